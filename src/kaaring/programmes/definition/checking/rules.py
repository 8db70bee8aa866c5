"""Eligibility rules one by one: what they refer to must exist, and what they say must be possible."""

from collections.abc import Collection, Iterator, Sequence

from django.utils.translation import gettext as _

from kaaring.programmes.definition.checking.references import all_known, unknown
from kaaring.programmes.definition.checking.walking import Placed, every_rule
from kaaring.programmes.definition.faults import Finding, Path
from kaaring.programmes.definition.schema import Definition, Fact
from kaaring.programmes.definition.schema.eligibility import (
    AttestationRule,
    DoesRule,
    MayNotEnterAloneRule,
    NotBeforeRule,
    OnlyRule,
    PartnershipRule,
    Rule,
    SizeRule,
    SubjectRule,
    TerritoryRule,
    ValueOnRule,
)
from kaaring.programmes.definition.schema.facts import FactKind

CHOSEN: tuple[FactKind, ...] = ("choice", "choices")
OWN_COUNTRIES = "countries"
"""Where a party does business is asked of the party itself; a fact of that name may stand in for it."""


def findings(definition: Definition) -> Iterator[Finding]:
    """Yield what is wrong about the rules."""
    roles = parties(definition)
    for placed in every_rule(definition):
        yield from _redirect(placed, definition)
        yield from _possible(placed.rule, placed.path)
        if isinstance(placed.rule, TerritoryRule):
            groups = placed.rule.groups
            yield from all_known("territory", groups, definition.territories, (*placed.path, "groups"))
        yield from _party(placed.rule, roles, placed.path)
        if definition.facts:
            yield from _read(placed.rule, definition.facts, placed.path)


def parties(definition: Definition) -> Collection[str]:
    """Return the roles in which organisations take part."""
    rules = [placed.rule for placed in every_rule(definition)]
    together = [rule for rule in rules if isinstance(rule, PartnershipRule | MayNotEnterAloneRule)]
    return {role for rule in together for role in rule.roles}


def _redirect(placed: Placed, definition: Definition) -> Iterator[Finding]:
    target = placed.rule.redirect
    if target is None:
        return
    path = (*placed.path, "redirect")
    yield from unknown("category", target, [category.code for category in definition.categories], path)
    if target == placed.category.code:
        yield Finding(
            path,
            "redirects_to_itself",
            _("“%(code)s” sends those it does not take to itself") % {"code": target},
            _("name another category, or take it out"),
        )


def _possible(rule: Rule, path: Path) -> Iterator[Finding]:
    if isinstance(rule, SizeRule):
        yield from _bounds(rule, path)
    elif isinstance(rule, ValueOnRule) and (rule.at_least is None) == (rule.older_than is None):
        yield Finding(
            path,
            "one_of_two",
            _("This rule needs either “at_least” or “older_than”"),
            _("write one of them, with a length of time such as 6 months"),
        )


def _bounds(rule: SizeRule, path: Path) -> Iterator[Finding]:
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


def _party(rule: Rule, known: Collection[str], path: Path) -> Iterator[Finding]:
    if isinstance(rule, TerritoryRule) and rule.party is not None and known:
        yield from unknown("role", rule.party, known, (*path, "party"))


def _read(rule: Rule, facts: Sequence[Fact], path: Path) -> Iterator[Finding]:
    """Yield what is wrong about the fact that a rule reads."""
    if isinstance(rule, SizeRule):
        yield from _fact(rule.what, facts, ("number",), (*path, "what"))
        yield from _unit(rule, facts, path)
    elif isinstance(rule, ValueOnRule | NotBeforeRule):
        yield from _fact(rule.field, facts, ("date",), (*path, "field"))
    elif isinstance(rule, OnlyRule | DoesRule):
        yield from _choice(rule.field, rule.activity, facts, (*path, "activity"), (*path, "field"))
    elif isinstance(rule, SubjectRule):
        yield from _choice(rule.field, rule.roles, facts, (*path, "roles"), (*path, "field"))
        yield from _choice(rule.field, rule.excluding, facts, (*path, "excluding"), (*path, "field"))
    elif isinstance(rule, TerritoryRule) and rule.field != OWN_COUNTRIES:
        yield from _fact(rule.field, facts, ("countries",), (*path, "field"))
    elif isinstance(rule, AttestationRule) and rule.field is not None:
        yield from _fact(rule.field, facts, ("yes_no",), (*path, "field"))


def _fact(code: str, facts: Sequence[Fact], kinds: Sequence[FactKind], path: Path) -> Iterator[Finding]:
    yield from unknown("fact", code, [fact.code for fact in facts], path)
    for fact in facts:
        if fact.code == code and fact.kind not in kinds:
            yield Finding(
                path,
                "fact_kind",
                _("The answer to “%(code)s” is no %(kind)s, which this rule needs")
                % {"code": code, "kind": kinds[0]},
                _("write “kind: %(kind)s” in the fact, or name another fact") % {"kind": kinds[0]},
            )


def _choice(
    code: str, options: Sequence[str], facts: Sequence[Fact], path: Path, field_path: Path
) -> Iterator[Finding]:
    if not options:
        return
    yield from _fact(code, facts, CHOSEN, field_path)
    for fact in facts:
        if fact.code == code and fact.kind in CHOSEN:
            yield from all_known("option", options, [option.code for option in fact.options], path)


def _unit(rule: SizeRule, facts: Sequence[Fact], path: Path) -> Iterator[Finding]:
    for fact in facts:
        if fact.code == rule.what and rule.unit is not None and rule.unit != fact.unit:
            yield Finding(
                (*path, "unit"),
                "unit",
                _("“%(code)s” is not asked for in %(unit)s") % {"code": fact.code, "unit": rule.unit},
                _("write the same unit in the fact and in its rules"),
            )
