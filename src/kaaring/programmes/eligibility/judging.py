"""Judging rules: what each kind of rule says of what is known."""

from dataclasses import dataclass
from functools import singledispatch

from django.utils.translation import gettext as _

from kaaring.programmes.definition.schema import Definition
from kaaring.programmes.definition.schema.eligibility import (
    AllOfRule,
    AnyOfRule,
    AttestationRule,
    DoesRule,
    MayNotEnterAloneRule,
    NotBeforeRule,
    NotRule,
    OnlyRule,
    PartnershipRule,
    Rule,
    SizeRule,
    SubjectRule,
    TerritoryRule,
    ValueOnRule,
)
from kaaring.programmes.eligibility import aspects, outcomes
from kaaring.programmes.eligibility.amounts import limit, unit_of
from kaaring.programmes.eligibility.facts import Facts
from kaaring.programmes.eligibility.findings import (
    Aspect,
    Finding,
    Tell,
    aspects_told,
    decisive,
    redirect_of,
)
from kaaring.programmes.eligibility.lengths import reference_year
from kaaring.programmes.eligibility.names import Names
from kaaring.programmes.eligibility.outcomes import Outcome
from kaaring.programmes.eligibility.wanted import demand


@dataclass(frozen=True, slots=True)
class Bench:
    """What a rule is judged by: what is known, what things are called, and the year of reference days."""

    names: Names
    facts: Facts
    year: int


def judged(rule: Rule, facts: Facts, *, definition: Definition, year: int, key: str = "rule") -> Finding:
    """Return what a rule says of what is known.

    ``year`` is that of reference days without one, where the definition announces no period for entries.
    """
    bench = Bench(Names(definition), facts, reference_year(definition, otherwise=year))
    return judge(rule, bench, key)


def judge(rule: Rule, bench: Bench, key: str) -> Finding:
    """Return what a rule at a place says."""
    return _judge(rule, bench, key)


@singledispatch
def _judge(rule: object, bench: Bench, key: str) -> Finding:
    raise TypeError(f"No such rule: {rule!r}")


@_judge.register
def _subject(rule: SubjectRule, bench: Bench, key: str) -> Finding:
    seen = [
        aspects.kind(rule, bench.facts),
        *([aspects.roles(rule, bench.facts, bench.names)] if rule.roles else []),
        *([aspects.excluding(rule, bench.facts, bench.names)] if rule.excluding else []),
    ]
    return _leaf(rule, bench, key, *seen)


@_judge.register
def _size(rule: SizeRule, bench: Bench, key: str) -> Finding:
    return _leaf(rule, bench, key, aspects.size(rule, bench.facts, bench.names))


@_judge.register
def _value_on(rule: ValueOnRule, bench: Bench, key: str) -> Finding:
    return _leaf(rule, bench, key, aspects.value_on(rule, bench.facts, bench.names, bench.year))


@_judge.register
def _not_before(rule: NotBeforeRule, bench: Bench, key: str) -> Finding:
    return _leaf(rule, bench, key, aspects.not_before(rule, bench.facts, bench.names))


@_judge.register
def _only(rule: OnlyRule, bench: Bench, key: str) -> Finding:
    return _leaf(rule, bench, key, aspects.only(rule, bench.facts, bench.names))


@_judge.register
def _does(rule: DoesRule, bench: Bench, key: str) -> Finding:
    return _leaf(rule, bench, key, aspects.does(rule, bench.facts, bench.names))


@_judge.register
def _territory(rule: TerritoryRule, bench: Bench, key: str) -> Finding:
    return _leaf(rule, bench, key, aspects.territory(rule, bench.facts, bench.names))


@_judge.register
def _partnership(rule: PartnershipRule, bench: Bench, key: str) -> Finding:
    return _leaf(rule, bench, key, aspects.partnership(rule, bench.facts, bench.names))


@_judge.register
def _may_not_enter_alone(rule: MayNotEnterAloneRule, bench: Bench, key: str) -> Finding:
    return _leaf(rule, bench, key, aspects.may_not_enter_alone(rule, bench.facts, bench.names))


@_judge.register
def _attestation(rule: AttestationRule, bench: Bench, key: str) -> Finding:
    seen = [] if rule.field is None else [aspects.answered_yes(rule, bench.facts, bench.names)]
    return _leaf(
        rule, bench, key, *seen, aspects.declared(rule, bench.facts.declarations.get(key), bench.names)
    )


def _leaf(rule: Rule, bench: Bench, key: str, *seen: Aspect) -> Finding:
    codes = [aspect.code for aspect in seen if aspect.code is not None]
    return Finding(
        key,
        rule,
        outcomes.all_of(aspect.outcome for aspect in seen),
        lambda: aspects_told(seen),
        missing=_missing(seen),
        read={code: bench.facts.answers[code] for code in codes if code in bench.facts.answers},
        is_protected=any(bench.names.is_protected(code) for code in codes),
        advise=_advice(rule, bench),
    )


def _missing(seen: tuple[Aspect, ...]) -> tuple[str, ...]:
    """Return the questions to ask; none where another aspect has settled the rule."""
    if any(aspect.outcome is Outcome.NOT_MET for aspect in seen):
        return ()
    asked = [each.code for each in seen if each.outcome is Outcome.CANNOT_TELL and each.code is not None]
    return tuple(dict.fromkeys(asked))


@_judge.register
def _any_of(rule: AnyOfRule, bench: Bench, key: str) -> Finding:
    inner = _inner(rule, bench, key)
    outcome = outcomes.any_of(one.outcome for one in inner)
    return _group(rule, bench, key, outcome=outcome, inner=inner, tell=lambda: _any_told(outcome, inner))


def _any_told(outcome: Outcome, inner: tuple[Finding, ...]) -> str:
    parts = decisive(outcome, inner)
    if outcome is Outcome.MET:
        return str(parts[0].reason)
    reasons = " ".join(part.reason for part in parts)
    if outcome is Outcome.NOT_MET:
        return _("None of these holds, and one must. %(reasons)s") % {"reasons": reasons}
    return _("One of these must hold. %(reasons)s") % {"reasons": reasons}


@_judge.register
def _all_of(rule: AllOfRule, bench: Bench, key: str) -> Finding:
    inner = _inner(rule, bench, key)
    outcome = outcomes.all_of(one.outcome for one in inner)
    return _group(
        rule,
        bench,
        key,
        outcome=outcome,
        inner=inner,
        tell=lambda: " ".join(one.reason for one in decisive(outcome, inner)),
    )


@_judge.register
def _not(rule: NotRule, bench: Bench, key: str) -> Finding:
    inner = judge(rule.of, bench, f"{key}/of")
    return _group(
        rule,
        bench,
        key,
        outcome=outcomes.opposite(inner.outcome),
        inner=(inner,),
        tell=lambda: _not_told(rule, inner, bench),
    )


def _not_told(rule: NotRule, inner: Finding, bench: Bench) -> str:
    if isinstance(rule.of, OnlyRule | DoesRule):
        return aspects.contrary(rule.of, bench.facts, bench.names).tell()
    words = {"rule": demand(rule.of, bench.names, bench.year)}
    if inner.outcome is Outcome.MET:
        return _("This must not hold, but it does: %(rule)s.") % words
    if inner.outcome is Outcome.NOT_MET:
        return _("This must not hold, and it does not: %(rule)s.") % words
    return _("This must not hold, and it cannot be told yet: %(rule)s.") % words


def _inner(rule: AnyOfRule | AllOfRule, bench: Bench, key: str) -> tuple[Finding, ...]:
    return tuple(judge(one, bench, f"{key}/of/{place}") for place, one in enumerate(rule.of))


def _group(
    rule: Rule, bench: Bench, key: str, *, outcome: Outcome, inner: tuple[Finding, ...], tell: Tell
) -> Finding:
    missing: list[str] = []
    if outcome is Outcome.CANNOT_TELL:
        missing = [code for one in inner for code in one.missing]
    return Finding(
        key,
        rule,
        outcome,
        tell,
        missing=tuple(dict.fromkeys(missing)),
        of=inner,
        is_protected=any(one.is_protected for one in inner),
        advise=_advice(rule, bench),
    )


def _advice(rule: Rule, bench: Bench) -> Tell | None:
    """Return how to tell what can be done instead, or None if the rule offers nothing."""
    names = bench.names
    code = redirect_of(rule)
    category = code if code in names.categories else None
    parts = _largest_part(rule, bench)
    if parts is not None:
        return lambda: _split_told(parts, category, rule, names)
    if category is None:
        return None
    return lambda: _("Enter %(category)s instead.") % {"category": names.category(category)}


def _largest_part(rule: Rule, bench: Bench) -> int | None:
    """Return how large the parts may be into which something too large may be split."""
    if not isinstance(rule, SizeRule) or not rule.split:
        return None
    number = bench.facts.number(rule.what)
    most = rule.max if rule.max is not None else rule.less_than and rule.less_than - 1
    return most if number is not None and most and number > most else None


def _split_told(most: int, category: str | None, rule: Rule, names: Names) -> str:
    unit = unit_of(rule, names) if isinstance(rule, SizeRule) else None
    words = {"limit": limit(most, unit, names)}
    if category is None:
        return _("Split it into parts of at most %(limit)s, and enter each of them.") % words
    return _(
        "Split it into parts of at most %(limit)s and enter each of them, or enter %(category)s instead."
    ) % {**words, "category": names.category(category)}
