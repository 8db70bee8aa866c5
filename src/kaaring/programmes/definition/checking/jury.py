"""The jury: its scale, and how marks are combined."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _

from kaaring.programmes.definition.checking.references import never_enough_marks, unknown
from kaaring.programmes.definition.faults import Finding, Severity
from kaaring.programmes.definition.schema import Definition, Jury, Stage
from kaaring.programmes.definition.schema.values import plain_number

MARKED = ("scorecard", "presentation", "site_visit")


def findings(definition: Definition) -> Iterator[Finding]:
    """Yield what is wrong about the jury, if there is one."""
    if definition.jury is not None:
        yield from _mark_scale(definition.jury)
        yield from _combine(definition.jury, definition)
        yield from _ties(definition.jury)


def _combine(jury: Jury, definition: Definition) -> Iterator[Finding]:
    criteria = {criterion.code for category in definition.categories for criterion in category.criteria}
    for position, tie in enumerate(jury.combine.ties):
        kind, _colon, code = tie.partition(":")
        if kind == "criterion":
            yield from unknown("criterion", code, criteria, ("jury", "combine", "ties", position))
    if (jury.combine.method == "trimmed") != (jury.combine.trim is not None):
        yield Finding(
            ("jury", "combine"),
            "trim",
            _("“trim” and “method: trimmed” belong together, but only one is here"),
            _("say how many to leave out at either end with “trim: 1”, or take it out"),
        )
    jurors = jury.jurors_per_entry
    if jury.combine.minimum_marks > jurors:
        remedy = _("write at most %(jurors)s") % {"jurors": jurors}
        yield never_enough_marks(jurors, ("jury", "combine", "minimum_marks"), remedy)


def _ties(jury: Jury) -> Iterator[Finding]:
    """Yield the tie-breakers that part nothing in the stages that decide: no marks there, or no places."""
    deciding = [stage for stage in jury.stages if stage.weight] or list(jury.stages[-1:])
    for position, tie in enumerate(jury.combine.ties):
        if not any(_applies(tie, stage) for stage in deciding):
            yield Finding(
                ("jury", "combine", "ties", position),
                "tie_parts_nothing",
                _("“%(tie)s” can part nothing in “%(stage)s”, the stage that decides")
                % {"tie": tie, "stage": deciding[-1].code},
                _("name “jury” for a stage without marks, or keep it for the stages before"),
                Severity.WARNING,
            )


def _applies(tie: str, stage: Stage) -> bool:
    return stage.mode in MARKED or (tie == "jury" and stage.mode != "pass_fail")


def _mark_scale(jury: Jury) -> Iterator[Finding]:
    scale = jury.scale
    if scale.lowest >= scale.highest:
        yield Finding(
            ("jury", "scale", "to"),
            "scale_backwards",
            _("The scale ends where it begins, or before"),
            _("write the lowest mark under “from”"),
        )
        return
    if scale.step == 0 or Fraction(scale.highest - scale.lowest) % scale.step:
        yield Finding(
            ("jury", "scale", "step"),
            "uneven_step",
            _("Steps of %(step)s do not lead from %(lowest)s to %(highest)s")
            % {"step": plain_number(scale.step), "lowest": scale.lowest, "highest": scale.highest},
            _("choose a step that divides the scale evenly, such as 1"),
        )
    for mark in scale.anchors:
        if not scale.lowest <= mark <= scale.highest:
            yield Finding(
                ("jury", "scale", "anchors", mark),
                "anchor_off_scale",
                _("%(step)s is not on the scale from %(lowest)s to %(highest)s")
                % {"step": mark, "lowest": scale.lowest, "highest": scale.highest},
                _("take the anchor out, or change the scale"),
                at_key=True,
            )
