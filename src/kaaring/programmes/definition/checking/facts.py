"""Facts: what is asked for the rules must be answerable."""

from collections.abc import Iterator
from itertools import combinations

from django.utils.translation import gettext as _

from kaaring.programmes.definition.checking.references import has_no_use, same_code, unknown
from kaaring.programmes.definition.checking.rules import CHOSEN, parties
from kaaring.programmes.definition.faults import Finding, Path, Severity
from kaaring.programmes.definition.schema import Definition, Fact


def findings(definition: Definition) -> Iterator[Finding]:
    """Yield what is wrong or odd about the facts and terms."""
    yield from same_code([fact.code for fact in definition.facts], ("facts",))
    yield from same_code([term.code for term in definition.terms], ("terms",))
    roles = parties(definition)
    for position, fact in enumerate(definition.facts):
        path: Path = ("facts", position)
        yield from _answers(fact, path)
        if fact.party is not None and roles:
            yield from unknown("role", fact.party, roles, (*path, "party"))
    yield from _alike(definition)


def _answers(fact: Fact, path: Path) -> Iterator[Finding]:
    yield from same_code([option.code for option in fact.options], (*path, "options"))
    if fact.kind in CHOSEN and not fact.options:
        yield Finding(
            path,
            "options_missing",
            _("“%(code)s” has nothing to choose from") % {"code": fact.code},
            _("add “options:”, each with a code and a name"),
        )
    if fact.options and fact.kind not in CHOSEN:
        yield has_no_use("options", "kind: choice", path)
    if fact.unit is not None and fact.kind != "number":
        yield has_no_use("unit", "kind: number", path)


def _alike(definition: Definition) -> Iterator[Finding]:
    """Yield a warning for each two numbers that are asked for in the same words but counted differently."""
    numbers = [(n, fact) for n, fact in enumerate(definition.facts) if fact.kind == "number"]
    for (_first, one), (position, other) in combinations(numbers, 2):
        if one.unit != other.unit and not one.name.items().isdisjoint(other.name.items()):
            yield Finding(
                ("facts", position, "name"),
                "alike",
                _("“%(one)s” and “%(other)s” are asked in the same words, but counted in different units")
                % {"one": one.code, "other": other.code},
                _("say in each question what is counted"),
                Severity.WARNING,
            )
