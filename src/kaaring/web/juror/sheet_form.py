"""The form of a scorecard: how a sheet is shown as fields, and read from what was sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kaaring.jury.sheets import UNTOUCHED, Blank, Filled, Sheet, mark_at, steps_of
from kaaring.kernel.text import Text, said
from kaaring.programmes.definition.faults import quoted
from kaaring.programmes.definition.schema import Criterion
from kaaring.programmes.definition.schema.values import plain_number

MOST_BUTTONS = 21
"""A scale of more marks than these is typed as a number."""
LARGEST = 32_767

type Sent = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One mark to choose: as it is written, and whether it is chosen."""

    mark: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a mark means in words; ``is_mine`` is the highest that the chosen mark reaches."""

    mark: str
    text: Text
    is_mine: bool


@dataclass(frozen=True, slots=True)
class CriterionFields:
    """Everything the form shows for one criterion. ``choices`` is empty where the mark is typed."""

    criterion: Criterion
    filled: Filled
    mark: str
    choices: tuple[Choice, ...]
    anchors: tuple[Anchor, ...]
    lowest: str
    highest: str
    step: str

    @property
    def weight(self) -> str:
        """The weight in per cent, empty where criteria have none."""
        return "" if self.criterion.weight is None else str(plain_number(self.criterion.weight))

    @property
    def is_granted(self) -> bool:
        """Whether the juror decides how much of the weight counts."""
        return self.criterion.discretion != "fixed"

    @property
    def reading(self) -> str:
        """How this jury reads a weight that its jurors decide over, as a whole sentence."""
        return _READINGS[self.criterion.discretion, bool(self.weight)]() % {"weight": self.weight}


_READINGS: Mapping[tuple[str, bool], Callable[[], str]] = {
    # (how the juror decides, whether the criterion has a weight of its own)
    ("fixed", True): str,
    ("fixed", False): str,
    ("ceiling", True): lambda: _(
        "This jury counts the weight as a ceiling: you decide whether the criterion is relevant and how much "
        "of its %(weight)s %% counts. What you do not grant goes to no other criterion."
    ),
    ("ceiling", False): lambda: _(
        "This jury lets you decide whether the criterion is relevant and how much of its equal share counts. "
        "What you do not grant goes to no other criterion."
    ),
    ("rescaled", True): lambda: _(
        "This jury lets you decide whether the criterion is relevant and how much of its %(weight)s %% "
        "counts. The other criteria then fill what you do not grant."
    ),
    ("rescaled", False): lambda: _(
        "This jury lets you decide whether the criterion is relevant and how much of its equal share counts. "
        "The other criteria then fill what you do not grant."
    ),
}


class Keys(NamedTuple):
    """The digits that give a mark of the scale, and whether T, for ten, gives one."""

    digits: tuple[str, ...]
    has_ten: bool

    @property
    def shown(self) -> SafeString:
        """The digits as keys; of those that follow one another the first and the last."""
        if len(self.digits) > 2 and "".join(self.digits) in "0123456789":
            return format_html("<kbd>{}</kbd>–<kbd>{}</kbd>", self.digits[0], self.digits[-1])
        return format_html_join(", ", "<kbd>{}</kbd>", ((one,) for one in self.digits))


def keys_of(fields: Sequence[CriterionFields]) -> Keys:
    """Return which keys give marks in a form; none where marks are typed, or nothing is marked."""
    marks = [choice.mark for choice in fields[0].choices] if fields else []
    return Keys(tuple(one for one in marks if len(one) == 1), "10" in marks)


def fixed_in_words(criteria: Sequence[Criterion]) -> str:
    """Say of which criteria the juror decides the mark alone, and not what they weigh."""
    fixed = [one for one in criteria if one.discretion == "fixed"]
    if len(criteria) < 2 or not fixed:
        return ""
    if len(fixed) < len(criteria):
        names = ", ".join(quoted(said(one.name)) for one in fixed)
        return _("Fixed is what %(names)s weigh: there you decide the mark alone.") % {"names": names}
    if all(one.weight is None for one in criteria):
        return _("All criteria weigh the same, for every entry: you decide the marks alone.")
    return _("All weights are fixed, for every entry: you decide the marks, not how much a criterion counts.")


def set_in(blank: Blank, sheet: Sheet) -> int:
    """Return how many criteria have a mark or a reason to abstain."""
    filled = (sheet.marks.get(one.code, UNTOUCHED) for one in blank.criteria)
    return sum(one.steps is not None or bool((one.abstained or "").strip()) for one in filled)


def fields_of(blank: Blank, sheet: Sheet) -> list[CriterionFields]:
    """Return the fields of each criterion, filled in as the sheet is."""
    marks = [_written(mark_at(blank.scale, steps)) for steps in range(blank.most_steps + 1)]
    return [_fields(blank, one, sheet.marks.get(one.code, UNTOUCHED), marks) for one in blank.criteria]


def _fields(blank: Blank, criterion: Criterion, filled: Filled, marks: list[str]) -> CriterionFields:
    chosen = "" if filled.steps is None or filled.steps >= len(marks) else marks[filled.steps]
    return CriterionFields(
        criterion=criterion,
        filled=filled,
        mark=chosen,
        choices=tuple(Choice(mark, mark == chosen) for mark in marks) if len(marks) <= MOST_BUTTONS else (),
        anchors=_anchors(blank, filled),
        lowest=marks[0],
        highest=marks[-1],
        step=_written(blank.scale.step),
    )


def _anchors(blank: Blank, filled: Filled) -> tuple[Anchor, ...]:
    anchors = sorted((Fraction(mark), text) for mark, text in blank.scale.anchors.items())
    mark = None if filled.steps is None else mark_at(blank.scale, filled.steps)
    reached = [at for at, _text in anchors if mark is not None and at <= mark]
    return tuple(Anchor(_written(at), text, at in reached[-1:]) for at, text in anchors)


def _written(mark: Fraction) -> str:
    return str(plain_number(mark))


def sheet_from(sent: Sent, blank: Blank) -> tuple[Sheet, list[str]]:
    """Return the sheet that a form holds, finished or not, and what of it cannot be read, in words."""
    faults: list[str] = []
    marks = {one.code: _criterion_from(sent, one, blank, faults) for one in blank.criteria}
    sheet = Sheet(
        marks={code: one for code, one in marks.items() if one != UNTOUCHED},
        abstained=_text(sent, "abstained") if "abstain" in sent or _text(sent, "abstained") else None,
        passes={"yes": True, "no": False}.get(sent.get("passes", "")),
        comment=_text(sent, "comment"),
        remark=_text(sent, "remark"),
        note=_text(sent, "note"),
    )
    if blank.stage.mode == "ranking":
        sheet = replace(sheet, rank=number_from(sent, "rank", _("Rank"), faults, most=LARGEST))
    if blank.stage.mode == "points":
        sheet = replace(sheet, points=number_from(sent, "points", _("Points"), faults, most=LARGEST))
    return sheet, faults


def _criterion_from(sent: Sent, criterion: Criterion, blank: Blank, faults: list[str]) -> Filled:
    code, name = criterion.code, said(criterion.name)
    reason, mark = _text(sent, f"reason-{code}"), sent.get(f"mark-{code}", "").strip()
    abstains = f"abstain-{code}" in sent or bool(reason and not mark)
    steps = None if abstains or not mark else steps_of(blank.scale, mark)
    if mark and not abstains and steps is None:
        faults.append(_("%(name)s: “%(value)s” is not a mark on the scale.") % {"name": name, "value": mark})
    share = 100
    if criterion.discretion != "fixed":
        given = number_from(sent, f"share-{code}", name, faults, most=100)
        share = 100 if given is None else given
    return Filled(steps, reason if abstains else None, share, _text(sent, f"comment-{code}"))


def number_from(sent: Sent, field: str, name: str, faults: list[str], *, most: int) -> int | None:
    """Return a whole number from 0, None for an empty field; what is no such number becomes a fault."""
    value = sent.get(field, "").strip()
    if not value:
        return None
    if value.isascii() and value.isdecimal() and len(value) <= 6 and int(value) <= most:
        return int(value)
    faults.append(
        _("%(name)s: “%(value)s” is not a whole number from 0 to %(most)d.")
        % {"name": name, "value": value, "most": most}
    )
    return None


def _text(sent: Sent, field: str) -> str:
    return sent.get(field, "").replace("\r\n", "\n")


def version_from(sent: Sent) -> int:
    """Return the version that the form was filled in on; one chosen to be replaced goes before it."""
    value = sent.get("over") or sent.get("version", "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 9 else -1
