"""What a rule asks for, in words: of which fact, and what that must be."""

from functools import singledispatch

from django.utils.translation import gettext as _

from kaaring.kernel.text import said
from kaaring.programmes.definition.faults import quoted
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
from kaaring.programmes.eligibility.amounts import bounds, span
from kaaring.programmes.eligibility.lengths import day_in
from kaaring.programmes.eligibility.names import Names, either, every, on_day, subject_kind


def demand(rule: Rule, names: Names, year: int) -> str:
    """Return what a rule asks for, to stand within a sentence. ``year`` is that of reference days."""
    return _demand(rule, names, year)


@singledispatch
def _demand(rule: object, names: Names, year: int) -> str:
    raise TypeError(f"No such rule: {rule!r}")


def needed(label: str, wanted: str) -> str:
    """Return what is needed of something, without the full stop."""
    return _("“%(fact)s”: %(wanted)s") % {"fact": label, "wanted": wanted}


@_demand.register
def _subject(rule: SubjectRule, names: Names, year: int) -> str:
    asked = [needed(nominee(), kinds(rule))]
    of_role = [
        *([roles(rule, names)] if rule.roles else []),
        *([without(rule, names)] if rule.excluding else []),
    ]
    asked += [needed(names.fact(rule.field), "; ".join(of_role))] if of_role else []
    return "; ".join(asked)


def nominee() -> str:
    """Return what the question for the kind of nominee is called."""
    return _("Nominee")


def kinds(rule: SubjectRule) -> str:
    """Return the kinds of nominee that a rule takes."""
    return either(rule.kinds, subject_kind)


def roles(rule: SubjectRule, names: Names) -> str:
    """Return the roles that a rule takes."""
    return either(rule.roles, lambda code: names.option(rule.field, code))


def without(rule: SubjectRule, names: Names) -> str:
    """Return the roles that a rule leaves out."""
    return _("none of these: %(names)s") % {
        "names": ", ".join(names.option(rule.field, code) for code in rule.excluding)
    }


@_demand.register
def _size(rule: SizeRule, names: Names, year: int) -> str:
    return needed(names.fact(rule.what), bounds(rule, names))


@_demand.register
def _value_on(rule: ValueOnRule, names: Names, year: int) -> str:
    return needed(names.fact(rule.field), long_before(rule, year))


def long_before(rule: ValueOnRule, year: int) -> str:
    """Return how long before its reference day something must have begun."""
    day = on_day(day_in(rule.date, year))
    wanted = []
    if rule.at_least is not None:
        length = span(rule.at_least)
        wanted.append(_("at least %(length)s before %(day)s") % {"length": length, "day": day})
    if rule.older_than is not None:
        length = span(rule.older_than)
        told = _("more than %(length)s before %(day)s (exactly that long is too little)")
        wanted.append(told % {"length": length, "day": day})
    return "; ".join(wanted) or _("any answer")


@_demand.register
def _not_before(rule: NotBeforeRule, names: Names, year: int) -> str:
    return needed(names.fact(rule.field), or_later(rule))


def or_later(rule: NotBeforeRule) -> str:
    """Return the first day that a rule takes."""
    return _("%(day)s or later") % {"day": on_day(rule.date)}


@_demand.register
def _only(rule: OnlyRule, names: Names, year: int) -> str:
    return needed(names.fact(rule.field), nothing_but(rule, names))


def nothing_but(rule: OnlyRule, names: Names) -> str:
    """Return the activities beside which there may be no other."""
    return _("nothing but %(names)s") % {
        "names": either(rule.activity, lambda code: names.option(rule.field, code))
    }


@_demand.register
def _does(rule: DoesRule, names: Names, year: int) -> str:
    return needed(names.fact(rule.field), among_others(rule, names))


def among_others(rule: DoesRule, names: Names) -> str:
    """Return the activities of which there must be one."""
    activities = either(rule.activity, lambda code: names.option(rule.field, code))
    if rule.field in names.facts and names.facts[rule.field].kind != "choices":
        return activities
    return _("%(names)s, alone or with others") % {"names": activities}


@_demand.register
def _territory(rule: TerritoryRule, names: Names, year: int) -> str:
    return needed(countries_of(rule, names), countries(rule, names))


def countries_of(rule: TerritoryRule, names: Names) -> str:
    """Return whose countries a rule speaks of."""
    if rule.field in names.facts:
        return names.fact(rule.field)
    if rule.party is None:
        return _("Countries of every party")
    return _("Countries (%(role)s)") % {"role": names.term(rule.party)}


def countries(rule: TerritoryRule, names: Names) -> str:
    """Return in which countries somebody must do business, and in which not."""
    places = [*map(names.territory, rule.groups), *map(names.country, rule.countries)]
    wanted = []
    if places:
        wanted.append(_("%(names)s, alone or with others") % {"names": either(places, str)})
    if rule.excluding:
        left_out = ", ".join(map(names.country, rule.excluding))
        wanted.append(_("none of these: %(names)s") % {"names": left_out})
    return "; ".join(wanted) or _("any answer")


@_demand.register
def _partnership(rule: PartnershipRule, names: Names, year: int) -> str:
    return needed(parties(), together(rule, names))


def parties() -> str:
    """Return what the question for those who take part is called."""
    return _("Who takes part")


def together(rule: PartnershipRule, names: Names) -> str:
    """Return who enters with whom."""
    if rule.all_required:
        return _("%(names)s, together in one entry") % {"names": every(rule.roles, names.role)}
    return _("%(names)s, alone or together") % {"names": either(rule.roles, names.role)}


@_demand.register
def _may_not_enter_alone(rule: MayNotEnterAloneRule, names: Names, year: int) -> str:
    return needed(parties(), not_alone(rule, names))


def not_alone(rule: MayNotEnterAloneRule, names: Names) -> str:
    """Return who needs a partner."""
    return _("somebody other than %(names)s, alone or with them") % {"names": either(rule.roles, names.role)}


@_demand.register
def _attestation(rule: AttestationRule, names: Names, year: int) -> str:
    words = {"who": names.declarer(rule.who), "what": statement(rule, names)}
    if rule.proof == "required":
        return _("%(who)s declares, with proof: %(what)s") % words
    if rule.proof == "optional":
        return _("%(who)s declares, with proof if there is any: %(what)s") % words
    return _("%(who)s declares: %(what)s") % words


def statement(rule: AttestationRule, names: Names) -> str:
    """Return what is declared, in quotation marks: else the fact, else the rule's wording."""
    if rule.statement is not None:
        return quoted(said(rule.statement).rstrip("."))
    if rule.field is not None:
        return quoted(names.question(rule.field))
    return _("that this rule is met") if rule.wording is None else quoted(said(rule.wording).rstrip("."))


@_demand.register
def _any_of(rule: AnyOfRule, names: Names, year: int) -> str:
    return _("at least one of these: %(rules)s") % {"rules": _inner(rule, names, year)}


@_demand.register
def _all_of(rule: AllOfRule, names: Names, year: int) -> str:
    return _("all of these: %(rules)s") % {"rules": _inner(rule, names, year)}


def _inner(rule: AnyOfRule | AllOfRule, names: Names, year: int) -> str:
    return "; ".join(f"({number}) {demand(inner, names, year)}" for number, inner in enumerate(rule.of, 1))


@_demand.register
def _not(rule: NotRule, names: Names, year: int) -> str:
    inner = rule.of
    if isinstance(inner, OnlyRule | DoesRule):
        return needed(names.fact(inner.field), contrary(inner, names))
    return _("this must not hold: %(rule)s") % {"rule": demand(inner, names, year)}


def contrary(rule: OnlyRule | DoesRule, names: Names) -> str:
    """Return what is needed where a rule on activities must not hold."""
    told = [names.option(rule.field, code) for code in rule.activity]
    if isinstance(rule, OnlyRule):
        return _("more than just %(names)s") % {"names": every(told, str)}
    return _("none of these: %(names)s") % {"names": ", ".join(told)}
