"""Categories that take the same cases: whoever fits one of them fits the other as well."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kaaring.programmes.definition.checking.walking import every_rule
from kaaring.programmes.definition.faults import Finding, Severity
from kaaring.programmes.definition.schema import Category, Definition
from kaaring.programmes.definition.schema.eligibility import (
    AllOfRule,
    AnyOfRule,
    AttestationRule,
    NotRule,
    Rule,
)

SAID_BESIDE = {"redirect", "split", "wording"}
"""What stands in a rule beside what it asks for."""
GROUPS = (AllOfRule, AnyOfRule, NotRule)


def findings(definition: Definition) -> Iterator[Finding]:
    """Yield a warning for each category whose rules are those of an earlier one, in whatever order.

    Categories without rules, or with none but declarations, are told apart by their names alone, and that is
    meant. Where one sends cases on to the other, somebody has thought of both.
    """
    checked = {placed.category.code for placed in every_rule(definition) if _is_checked(placed.rule)}
    known: dict[frozenset[str], Category] = {}
    for position, category in enumerate(definition.categories):
        if category.code not in checked:
            continue
        first = known.setdefault(_rules_of(category), category)
        if first is not category and not _sends(first, category) and not _sends(category, first):
            yield Finding(
                ("categories", position, "eligibility"),
                "same_rules",
                _("Every case that fits “%(code)s” also fits “%(other)s”: their rules are the same")
                % {"code": category.code, "other": first.code},
                _("say in a rule what sets them apart, unless one case may win both"),
                Severity.WARNING,
            )


def _is_checked(rule: Rule) -> bool:
    """Say whether a machine can tell if a rule is met."""
    return not isinstance(rule, AttestationRule | AllOfRule | AnyOfRule | NotRule)


def _rules_of(category: Category) -> frozenset[str]:
    """Return what a category asks for, in no order and each thing once."""
    sizes = [f"division {_asked(division.rule)}" for division in category.divisions]
    kinds = " ".join(sorted(category.subject))
    return frozenset([kinds, *map(_asked, category.eligibility), *sizes])


def _asked(rule: Rule) -> str:
    inner = rule.of if isinstance(rule, GROUPS) else ()
    if isinstance(rule, NotRule):
        return f"not {_asked(rule.of)}"
    if isinstance(inner, tuple) and inner:
        return f"{rule.rule} {sorted(set(map(_asked, inner)))}"
    return rule.model_dump_json(exclude=SAID_BESIDE)


def _sends(one: Category, other: Category) -> bool:
    return any(rule.redirect == other.code for rule in one.eligibility)
