"""What a juror sees once the own scorecard is final: own marks, and of others' what the stage lets see."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from kaaring.jury.models import Scorecard
from kaaring.jury.queries.scorecards import Seen, calibration_marks, total_of
from kaaring.jury.sheets import Blank, mark_at
from kaaring.kernel.text import said
from kaaring.programmes.definition.schema import Criterion
from kaaring.programmes.definition.schema.values import plain_number
from kaaring.web.juror.desk import Desk


@dataclass(frozen=True, slots=True)
class Dot:
    """One juror's mark in a strip of dots, in per cent of its width; equal marks stand above each other."""

    x: str
    y: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """All jurors' marks for one criterion as dots, and in words for those who do not see them."""

    criterion: Criterion
    dots: tuple[Dot, ...]
    label: str
    mine: str
    others: str
    height: int


def final_context(desk: Desk) -> dict[str, Any]:
    """Return what the reading page shows beside the own final marks."""
    seen, jury = desk.seen, desk.definition.jury
    if seen is None or jury is None:
        return {}
    return {
        "others": [one for one in seen.others if one.comment or one.abstained],
        "spreads": _spreads(desk, seen),
        "total": total_of(seen.counting, jury.combine) if seen.counting else None,
    }


def _spreads(desk: Desk, seen: Seen) -> list[Spread]:
    """Return the spread of the calibration entry, or of the marks that may be seen."""
    if desk.is_calibration:
        given = calibration_marks(desk.assignment)
    else:
        given = _steps([*seen.others, seen.own] if seen.others else [])
    mine = {code: one.steps for code, one in desk.sheet.marks.items()}
    return [
        _spread(desk.blank, one, given[one.code], mine.get(one.code))
        for one in desk.blank.criteria
        if given.get(one.code)
    ]


def _steps(scorecards: Sequence[Scorecard]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for scorecard in scorecards:
        for mark in scorecard.marks.all():
            if mark.steps is not None:
                found.setdefault(mark.criterion, []).append(mark.steps)
    return found


RADIUS, ROW = 5, 12


def _spread(blank: Blank, criterion: Criterion, given: Sequence[int], mine: int | None) -> Spread:
    heights: dict[int, int] = {}
    dots, is_own_left = [], mine is not None
    for steps in sorted(given):
        row = heights[steps] = heights.get(steps, -1) + 1
        is_mine = is_own_left and steps == mine
        is_own_left = is_own_left and not is_mine
        share = Fraction(steps, blank.most_steps)
        dots.append(Dot(f"{4 + 92 * float(share):.2f}%", row, is_mine))
    tallest = max(heights.values()) + 1
    placed = tuple(Dot(one.x, (tallest - one.y) * ROW - RADIUS, one.is_mine) for one in dots)
    own = "–" if mine is None else _mark(blank, mine)
    rest = sorted(given)
    if mine in rest:
        rest.remove(mine)
    others = ", ".join(_mark(blank, steps) for steps in rest) or "–"
    label = _("%(criterion)s: you %(mine)s; the others %(others)s") % {
        "criterion": said(criterion.name),
        "mine": own,
        "others": others,
    }
    return Spread(criterion, placed, label, own, others, tallest * ROW + 4)


def _mark(blank: Blank, steps: int) -> str:
    return str(plain_number(mark_at(blank.scale, steps)))
