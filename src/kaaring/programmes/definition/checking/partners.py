"""Partners: who may not enter alone in one category should not be able to in another."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from kaaring.programmes.definition.checking.walking import Placed, outer_rules
from kaaring.programmes.definition.faults import Finding, Severity
from kaaring.programmes.definition.schema import Category, Definition
from kaaring.programmes.definition.schema.eligibility import (
    MayNotEnterAloneRule,
    PartnershipRule,
    TerritoryRule,
)


def findings(definition: Definition) -> Iterator[Finding]:
    """Yield a warning where categories treat the same partners differently."""
    placed = list(outer_rules(definition))
    guards = [each for each in placed if isinstance(each.rule, MayNotEnterAloneRule)]
    for each in placed:
        yield from _unguarded(each, guards)
    yield from _anywhere(placed, guards)


def _unguarded(placed: Placed, guards: Sequence[Placed]) -> Iterator[Finding]:
    rule, category, path = placed
    if not isinstance(rule, PartnershipRule) or rule.all_required:
        return
    for position, role in enumerate(rule.roles):
        where = [guard.category.code for guard in guards if role in _roles(guard)]
        if where and category.code not in where:
            yield Finding(
                (*path, "roles", position),
                "may_enter_alone",
                _("“%(role)s” may not enter alone in “%(other)s”, but may here")
                % {"role": role, "other": where[0]},
                _("add a rule “may_not_enter_alone”, unless that is meant"),
                Severity.WARNING,
            )


def _anywhere(placed: Sequence[Placed], guards: Sequence[Placed]) -> Iterator[Finding]:
    """Yield a warning where a party's countries matter in one category of the same partners only."""
    territories = [each for each in placed if isinstance(each.rule, TerritoryRule)]
    bound = {each.category.code for each in territories}
    for guard in guards:
        for each in territories:
            is_alike = _is_guarded(each.category, guards, _roles(guard))
            if guard.category.code not in bound and is_alike:
                yield Finding(
                    guard.path,
                    "anywhere",
                    _("“%(other)s” says in which countries one must do business, “%(code)s” does not")
                    % {"other": each.category.code, "code": guard.category.code},
                    _("add the same rule “territory”, unless that is meant"),
                    Severity.WARNING,
                )


def _is_guarded(category: Category, guards: Sequence[Placed], roles: Sequence[str]) -> bool:
    return any(guard.category is category and not set(_roles(guard)).isdisjoint(roles) for guard in guards)


def _roles(guard: Placed) -> Sequence[str]:
    return guard.rule.roles if isinstance(guard.rule, MayNotEnterAloneRule) else ()
