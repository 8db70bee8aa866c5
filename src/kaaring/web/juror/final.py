"""What a juror sees once the own scorecard is final: own marks, and of others' what the stage lets see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kaaring.jury.models import Scorecard
from kaaring.jury.queries.scorecards import Seen, calibration_marks, total_of
from kaaring.jury.sheets import Blank, mark_at
from kaaring.kernel.text import said
from kaaring.programmes.definition.schema import Criterion
from kaaring.programmes.definition.schema.values import plain_number
from kaaring.web.drawings import Dot, dots_of
from kaaring.web.juror.desk import Desk


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


def _spread(blank: Blank, criterion: Criterion, given: Sequence[int], mine: int | None) -> Spread:
    dots, height = dots_of(given, blank.most_steps, mine=mine)
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
    return Spread(criterion, dots, label, own, others, height)


def _mark(blank: Blank, steps: int) -> str:
    return str(plain_number(mark_at(blank.scale, steps)))
