"""What a juror sees once the own scorecard is final: own marks, and of others' what the stage lets see."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kaaring.jury.models import Scorecard
from kaaring.jury.queries.scorecards import Seen, calibration_cards, calibration_marks, total_of
from kaaring.jury.sheets import Blank, mark_at
from kaaring.kernel.figures import figure
from kaaring.kernel.text import said
from kaaring.programmes.definition.schema import Criterion
from kaaring.programmes.definition.schema.values import plain_number
from kaaring.web.drawings import Dot, dots_of
from kaaring.web.juror.desk import Desk

MOST_LISTED = 8
"""More marks than these are summed up: the lowest, the middle and the highest."""


@dataclass(frozen=True, slots=True)
class Spread:
    """All jurors' marks for one criterion as dots, and in words for those who do not see them.

    ``comments`` are what the others wrote to the jury under the criterion.
    """

    criterion: Criterion
    dots: tuple[Dot, ...]
    label: str
    mine: str
    others: str
    height: int
    comments: Sequence[str]


class Given(NamedTuple):
    """What the others gave where nothing is marked: how many they are, and their votes, ranks or points."""

    jurors: int
    values: str


def final_context(desk: Desk) -> dict[str, Any]:
    """Return what the reading page shows beside the own final marks."""
    seen, jury = desk.seen, desk.definition.jury
    if seen is None or jury is None:
        return {}
    is_marked, counting = desk.blank.is_marked, seen.counting
    return {
        "others": [one for one in seen.others if one.comment or one.abstained],
        "spreads": _spreads(desk, seen),
        "given": None if is_marked else _given(desk, seen),
        "total": total_of(counting, jury.combine) if counting and is_marked else None,
        "sum": "" if is_marked else _sum(desk.blank, counting, jury.combine.minimum_marks),
    }


def _spreads(desk: Desk, seen: Seen) -> list[Spread]:
    """Return the spread of the calibration entry, or of the marks that may be seen."""
    if desk.is_calibration:
        given = calibration_marks(desk.assignment)
    else:
        given = _steps([*seen.others, seen.own] if seen.others else [])
    mine = {code: one.steps for code, one in desk.sheet.marks.items()}
    written = _comments(seen.others)
    return [
        _spread(desk.blank, one, given.get(one.code, ()), mine.get(one.code), written.get(one.code, ()))
        for one in desk.blank.criteria
        if given.get(one.code) or written.get(one.code)
    ]


def _steps(scorecards: Sequence[Scorecard]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for scorecard in scorecards:
        for mark in scorecard.marks.all():
            if mark.steps is not None:
                found.setdefault(mark.criterion, []).append(mark.steps)
    return found


def _comments(scorecards: Sequence[Scorecard]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for scorecard in scorecards:
        for mark in scorecard.marks.all():
            if mark.abstained:
                found.setdefault(mark.criterion, []).append(
                    _("Abstains: %(reason)s") % {"reason": mark.abstained}
                )
            if mark.comment:
                found.setdefault(mark.criterion, []).append(mark.comment)
    return found


def _spread(
    blank: Blank, criterion: Criterion, given: Sequence[int], mine: int | None, comments: Sequence[str]
) -> Spread:
    dots, height = dots_of(given, blank.most_steps, mine=mine) if given else ((), 0)
    own = "–" if mine is None else _mark(blank, mine)
    rest = sorted(given)
    if mine in rest:
        rest.remove(mine)
    others = _listed(rest, lambda steps: _mark(blank, steps))
    label = _("%(criterion)s: you %(mine)s; the others %(others)s") % {
        "criterion": said(criterion.name),
        "mine": own,
        "others": others,
    }
    return Spread(criterion, dots, label, own, others, height, comments)


def _listed(values: Sequence[int], written: Callable[[int], str]) -> str:
    """Return values from low to high; of many the lowest, the middle and the highest."""
    if len(values) <= MOST_LISTED:
        return ", ".join(written(one) for one in values) or "–"
    return _("%(count)d marks from %(lowest)s to %(highest)s, %(middle)s in the middle") % {
        "count": len(values),
        "lowest": written(values[0]),
        "middle": written(values[len(values) // 2]),
        "highest": written(values[-1]),
    }


def _given(desk: Desk, seen: Seen) -> Given | None:
    """Return what the others gave where each gives one thing, without names; None where nothing is shown."""
    cards = calibration_cards(desk.assignment) if desk.is_calibration else seen.others
    if not cards:
        return None
    if desk.blank.stage.mode == "pass_fail":
        yes, no = (sum(one.passes is vote for one in cards) for vote in (True, False))
        words = (yes, pgettext("vote", "yes")), (no, pgettext("vote", "no"))
        return Given(len(cards), ", ".join(f"{count} {word}" for count, word in words if count) or "–")
    return Given(len(cards), _listed(sorted(_numbers(desk.blank, cards)), str))


def _numbers(blank: Blank, cards: Iterable[Scorecard]) -> list[int]:
    numbers = (one.rank if blank.stage.mode == "ranking" else one.points for one in cards)
    return [one for one in numbers if one is not None]


def _sum(blank: Blank, counting: Sequence[Scorecard], minimum: int) -> str:
    """Say what votes, ranks or points come to so far; ranks and points once there are enough of them."""
    if blank.stage.mode == "pass_fail":
        votes = [one.passes for one in counting if one.passes is not None]
        return _votes(sum(votes), len(votes), blank.stage.passes or 1) if votes else ""
    numbers = _numbers(blank, counting)
    if not numbers or len(numbers) < minimum:
        return ""
    values: Mapping[str, object] = {
        "count": len(numbers),
        "points": sum(numbers),
        "mean": figure(Fraction(sum(numbers), len(numbers))),
    }
    if blank.stage.mode == "ranking":
        told = ngettext(
            "Mean rank so far, by %(count)d juror: %(mean)s.",
            "Mean rank so far, by %(count)d jurors: %(mean)s.",
            len(numbers),
        )
    else:
        told = ngettext(
            "Points so far, by %(count)d juror: %(points)d.",
            "Points so far, by %(count)d jurors: %(points)d.",
            len(numbers),
        )
    return told % values


def _votes(yes: int, count: int, needed: int) -> str:
    return ngettext(
        "So far %(yes)d of %(count)d vote is for it; it takes %(needed)d.",
        "So far %(yes)d of %(count)d votes are for it; it takes %(needed)d.",
        count,
    ) % {"yes": yes, "count": count, "needed": needed}


def _mark(blank: Blank, steps: int) -> str:
    return str(plain_number(mark_at(blank.scale, steps)))
