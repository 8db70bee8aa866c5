"""A scorecard as it is filled in: the blank that the rules give, and what a juror has put on it.

A sheet may be unfinished: that is a draft. What makes one complete is a rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from kaaring.jury.models import Mark, Reopening, Scorecard
from kaaring.kernel.refused import Refused
from kaaring.kernel.tables.numbers import as_plain_number, is_number
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Category, Criterion, MarkScale, Stage
from kaaring.scoring import juried

MARKED = frozenset({"scorecard", "presentation", "site_visit"})
"""Modes in which each criterion is marked."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One criterion as filled in: ``steps`` above the lowest mark, or ``abstained`` with why.

    ``abstained`` is None for a juror who does not abstain, empty for one who has not said why yet. With
    neither, the criterion is open. ``share`` is the per cent of its weight that the juror lets count.
    """

    steps: int | None = None
    abstained: str | None = None
    share: int = 100
    comment: str = ""


UNTOUCHED = Filled()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a juror has put on a scorecard; ``abstained`` is why from the whole entry, as in ``Filled``.

    The stage's mode says which of ``marks``, ``passes``, ``rank`` and ``points`` is used.
    """

    marks: Mapping[str, Filled] = field(default_factory=dict)
    abstained: str | None = None
    passes: bool | None = None
    rank: int | None = None
    points: int | None = None
    comment: str = ""
    remark: str = ""
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the sheet as plain data, without what is untouched."""
        marks = {code: _touched(one) for code, one in self.marks.items() if one != UNTOUCHED}
        return _touched(self, but="marks") | ({"marks": marks} if marks else {})

    @classmethod
    def restored(cls, plain: Mapping[str, Any]) -> "Sheet":
        """Return the sheet that plain data is."""
        marks = {code: Filled(**one) for code, one in plain.get("marks", {}).items()}
        return cls(**{**plain, "marks": marks})


def _touched(one: Filled | Sheet, but: str = "") -> dict[str, Any]:
    """Return what differs from an untouched one, by its name."""
    return {
        column.name: value
        for column in fields(one)
        if column.name != but and (value := getattr(one, column.name)) != column.default
    }


@dataclass(frozen=True, slots=True)
class Blank:
    """The sheet that the rules give a juror for an entry of a category in a stage."""

    stage: Stage
    category: Category
    scale: MarkScale

    @property
    def is_marked(self) -> bool:
        """Whether each criterion is marked here."""
        return self.stage.mode in MARKED

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria to mark, none in a mode without marks."""
        return self.category.criteria if self.is_marked else ()

    @property
    def most_steps(self) -> int:
        """How many steps the highest mark is above the lowest."""
        return most_steps(self.scale)


def blank_of(definition: Definition, stage: str, category: str) -> Blank:
    """Return the sheet for a stage and a category; refuses what is no longer in the rules."""
    jury = definition.jury
    stages = {one.code: one for one in jury.stages} if jury else {}
    categories = {one.code: one for one in definition.categories}
    if jury is None or stage not in stages or category not in categories:
        raise Refused(
            "not_in_the_rules",
            _("The rules no longer have the stage “%(stage)s” or the category “%(category)s”.")
            % {"stage": stage, "category": category},
        )
    return Blank(stages[stage], categories[category], jury.scale)


def most_steps(scale: MarkScale) -> int:
    """Return how many steps the highest mark is above the lowest."""
    return int((scale.highest - scale.lowest) / scale.step)


def steps_of(scale: MarkScale, mark: str) -> int | None:
    """Return how many steps a mark, as people write it, is above the lowest; None for one off the scale."""
    if not is_number(mark):
        return None
    steps = (Fraction(as_plain_number(mark)) - scale.lowest) / scale.step
    return int(steps) if steps.denominator == 1 and 0 <= steps <= most_steps(scale) else None


def mark_at(scale: MarkScale, steps: int) -> Fraction:
    """Return the mark that lies so many steps above the lowest."""
    return scale.lowest + steps * scale.step


def criteria_to_score(category: Category) -> tuple[juried.Criterion, ...]:
    """Return a category's criteria as the scoring knows them; one without a weight beside others weighs 0."""
    has_weights = any(one.weight is not None for one in category.criteria)
    return tuple(
        juried.Criterion(
            one.code,
            (one.weight or Fraction(0)) if has_weights else None,
            juried.Discretion(one.discretion),
        )
        for one in category.criteria
    )


def scale_to_score(scale: MarkScale) -> juried.Scale:
    """Return the jury's scale as the scoring knows it."""
    return juried.Scale(Fraction(scale.lowest), Fraction(scale.highest))


def mark_to_score(scale: MarkScale, steps: int | None, share: int) -> juried.Mark:
    """Return a mark as the scoring knows it; ``steps`` is None for an abstention."""
    value = None if steps is None else mark_at(scale, steps)
    return juried.Mark(value, Fraction(share, 100))


def worked_score(sheet: Sheet, blank: Blank) -> juried.JurorScore | None:
    """Return the score the marks make with its working; None where there is nothing to weigh."""
    if not blank.is_marked or sheet.abstained is not None:
        return None
    marks = {
        code: mark_to_score(blank.scale, one.steps, one.share)
        for code, one in sheet.marks.items()
        if one.steps is not None
    }
    return juried.juror_score(marks, criteria_to_score(blank.category), scale_to_score(blank.scale))


def sheet_of(scorecard: Scorecard | None) -> Sheet:
    """Return what stands on a scorecard, draft or final; an empty sheet where nothing is started."""
    if scorecard is None:
        return Sheet()
    if not scorecard.is_final:
        return Sheet.restored(scorecard.draft)
    return Sheet(
        marks={mark.criterion: _filled(mark) for mark in scorecard.marks.all()},
        abstained=scorecard.abstained or None,
        passes=scorecard.passes,
        rank=scorecard.rank,
        points=scorecard.points,
        comment=scorecard.comment,
        remark=scorecard.remark,
        note=scorecard.note,
    )


def sheet_before(kept: Reopening) -> Sheet:
    """Return what stood on a scorecard before it was reopened or changed."""
    return Sheet.restored({name: value for name, value in kept.before.items() if name != "score"})


def _filled(mark: Mark) -> Filled:
    return Filled(mark.steps, mark.abstained or None, mark.share, mark.comment)
