"""Going through the eligibility rules of a definition, each with its path."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kaaring.programmes.definition.faults import Path
from kaaring.programmes.definition.schema import Category, Definition
from kaaring.programmes.definition.schema.eligibility import AllOfRule, AnyOfRule, NotRule, Rule, SizeRule


class Placed(NamedTuple):
    """A rule, the category it belongs to, and where it stands."""

    rule: Rule
    category: Category
    path: Path


def every_rule(definition: Definition) -> Iterator[Placed]:
    """Yield all rules of all categories: those of divisions, and those within other rules too."""
    for placed in outer_rules(definition):
        yield from _within(placed)
    for position, category in enumerate(definition.categories):
        yield from division_rules(category, ("categories", position))


def outer_rules(definition: Definition) -> Iterator[Placed]:
    """Yield the rules of all categories that stand by themselves, so that all of them must be met."""
    for position, category in enumerate(definition.categories):
        yield from outer_rules_of(category, ("categories", position))


def outer_rules_of(category: Category, path: Path) -> Iterator[Placed]:
    """Yield the rules of one category that stand by themselves."""
    for position, rule in enumerate(category.eligibility):
        yield Placed(rule, category, (*path, "eligibility", position))


def division_rules(category: Category, path: Path) -> Iterator[Placed]:
    """Yield the rules of a category's divisions."""
    for position, division in enumerate(category.divisions):
        yield Placed(division.rule, category, (*path, "divisions", position, "rule"))


def sizes(category: Category) -> Sequence[SizeRule]:
    """Return the sizes that a category speaks of, in rules of its own and in divisions."""
    outer = [rule for rule in category.eligibility if isinstance(rule, SizeRule)]
    return [*outer, *(division.rule for division in category.divisions)]


def _within(placed: Placed) -> Iterator[Placed]:
    yield placed
    rule, category, path = placed
    if isinstance(rule, AnyOfRule | AllOfRule):
        for position, inner in enumerate(rule.of):
            yield from _within(Placed(inner, category, (*path, "of", position)))
    elif isinstance(rule, NotRule):
        yield from _within(Placed(rule.of, category, (*path, "of")))
