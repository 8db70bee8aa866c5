"""The jury, its categories and criteria, and what eligibility rules refer to."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.programmes.definition.checking.references import all_known, same_code, unknown
from kaaring.programmes.definition.faults import Finding, Path, Severity
from kaaring.programmes.definition.schema import Category, Definition, Jury
from kaaring.programmes.definition.schema.eligibility import (
    AllOfRule,
    AnyOfRule,
    NotRule,
    Rule,
    SizeRule,
    TerritoryRule,
    ValueOnRule,
)
from kaaring.programmes.definition.schema.values import plain_number


def findings(definition: Definition) -> Iterator[Finding]:
    """Yield what is wrong or odd about the juried part."""
    yield from same_code([each.code for each in definition.category_groups], ("category_groups",))
    yield from same_code([each.code for each in definition.categories], ("categories",))
    yield from _announced(definition)
    if definition.jury is not None:
        yield from _jury(definition.jury, definition)
    for position, category in enumerate(definition.categories):
        yield from _category(category, definition, ("categories", position))


def _announced(definition: Definition) -> Iterator[Finding]:
    announced, real = definition.edition.announced_count, len(definition.categories)
    if announced is not None and announced != real:
        yield Finding(
            ("edition", "announced_count"),
            "announced_count",
            _("%(announced)s categories are announced, but there are %(real)s")
            % {"announced": announced, "real": real},
            _("correct the announcement, or add what is missing"),
            Severity.WARNING,
        )


def _jury(jury: Jury, definition: Definition) -> Iterator[Finding]:
    yield from same_code([stage.code for stage in jury.stages], ("jury", "stages"))
    yield from _mark_scale(jury)
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
    if jury.combine.minimum_marks > jury.jurors_per_entry:
        yield Finding(
            ("jury", "combine", "minimum_marks"),
            "never_enough_marks",
            ngettext(
                "An entry never gets so many scorecards: it has %(jurors)s juror",
                "An entry never gets so many scorecards: it has %(jurors)s jurors",
                jury.jurors_per_entry,
            )
            % {"jurors": jury.jurors_per_entry},
            _("write at most %(jurors)s") % {"jurors": jury.jurors_per_entry},
        )


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


def _category(category: Category, definition: Definition, path: Path) -> Iterator[Finding]:
    groups = [group.code for group in definition.category_groups]
    if category.group is not None:
        yield from unknown("group", category.group, groups, (*path, "group"))
    yield from same_code([criterion.code for criterion in category.criteria], (*path, "criteria"))
    yield from _weights(category, path)
    for position, rule in enumerate(category.eligibility):
        yield from _rule(rule, definition, (*path, "eligibility", position))


def _weights(category: Category, path: Path) -> Iterator[Finding]:
    weights = [criterion.weight for criterion in category.criteria]
    if all(weight is None for weight in weights):
        return
    total = sum((weight or Fraction(0) for weight in weights), Fraction(0))
    if total != 100:
        yield Finding(
            (*path, "criteria"),
            "weights",
            _("The weights of “%(code)s” add up to %(total)s, not to 100")
            % {"code": category.code, "total": plain_number(total)},
            _("change them, unless that is meant"),
            Severity.WARNING,
        )


def _rule(rule: Rule, definition: Definition, path: Path) -> Iterator[Finding]:
    categories = [category.code for category in definition.categories]
    if rule.redirect is not None:
        yield from unknown("category", rule.redirect, categories, (*path, "redirect"))
    if isinstance(rule, AnyOfRule | AllOfRule):
        for position, inner in enumerate(rule.of):
            yield from _rule(inner, definition, (*path, "of", position))
    elif isinstance(rule, NotRule):
        yield from _rule(rule.of, definition, (*path, "of"))
    elif isinstance(rule, TerritoryRule):
        yield from all_known("territory", rule.groups, definition.territories, (*path, "groups"))
    elif isinstance(rule, SizeRule):
        yield from _size(rule, path)
    elif isinstance(rule, ValueOnRule) and (rule.at_least is None) == (rule.older_than is None):
        yield Finding(
            path,
            "one_of_two",
            _("This rule needs either “at_least” or “older_than”"),
            _("write one of them, with a length of time such as 6 months"),
        )


def _size(rule: SizeRule, path: Path) -> Iterator[Finding]:
    low = [bound for bound in (rule.min, rule.more_than) if bound is not None]
    high = [bound for bound in (rule.max, rule.less_than) if bound is not None]
    if len(low) > 1 or len(high) > 1 or not (low or high):
        yield Finding(
            path,
            "bounds",
            _("This rule needs one lower bound, one upper bound, or one of each"),
            _("write “min” or “more_than”, and “max” or “less_than”"),
        )
    elif low and high and low[0] > high[0]:
        yield Finding(
            path, "bounds", _("Nothing can be this size"), _("make the lower bound smaller than the upper")
        )
