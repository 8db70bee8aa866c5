"""Which answers to a choice a category's rules leave open."""

from collections.abc import Collection, Iterable

from kaaring.programmes.definition.schema import Category
from kaaring.programmes.definition.schema.eligibility import DoesRule, NotRule, OnlyRule, Rule


def positively_asked(category: Category) -> Collection[str]:
    """Return the facts of which a category asks for something, rather than only against something."""
    return {rule.field for rule in category.eligibility if isinstance(rule, DoesRule | OnlyRule)}


def can_all_be_met(rules: Iterable[Rule], field: str) -> bool:
    """Return whether some choice of answers to one fact meets all rules about it.

    Choosing everything that is permitted meets each wish for something if anything does, so that choice
    alone needs to be tried. Answers that no rule names stand for each other: “” is one of them.
    """
    about = [rule for rule in rules if _field(rule) == field]
    permitted = {"", *(code for rule in about for code in _activity(rule))}
    for rule in about:
        if isinstance(rule, OnlyRule):
            permitted &= set(rule.activity)
        elif isinstance(rule, NotRule) and isinstance(rule.of, DoesRule):
            permitted -= set(rule.of.activity)
    return bool(permitted) and all(_is_met(rule, permitted) for rule in about)


def _is_met(rule: Rule, chosen: set[str]) -> bool:
    if isinstance(rule, DoesRule):
        return not chosen.isdisjoint(rule.activity)
    if isinstance(rule, NotRule) and isinstance(rule.of, OnlyRule):
        return not chosen <= set(rule.of.activity)
    return True


def _field(rule: Rule) -> str | None:
    plain = rule.of if isinstance(rule, NotRule) else rule
    return plain.field if isinstance(plain, DoesRule | OnlyRule) else None


def _activity(rule: Rule) -> Collection[str]:
    plain = rule.of if isinstance(rule, NotRule) else rule
    return plain.activity if isinstance(plain, DoesRule | OnlyRule) else ()
