"""What single rules look at, and what they see there."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from kaaring.programmes.definition.schema.eligibility import (
    AttestationRule,
    DoesRule,
    MayNotEnterAloneRule,
    NotBeforeRule,
    OnlyRule,
    PartnershipRule,
    SizeRule,
    SubjectRule,
    TerritoryRule,
    ValueOnRule,
)
from kaaring.programmes.eligibility import outcomes, wanted
from kaaring.programmes.eligibility.amounts import amount, bounds, duration, unit_of
from kaaring.programmes.eligibility.facts import COUNTRIES_OF, PARTIES, SUBJECT, Declaration, Facts, Party
from kaaring.programmes.eligibility.findings import Aspect, Tell, compared, withheld
from kaaring.programmes.eligibility.lengths import day_in, is_at_least, is_longer, lasted
from kaaring.programmes.eligibility.names import Names, every, on_day, sentence_case, subject_kind
from kaaring.programmes.eligibility.outcomes import Outcome


def kind(rule: SubjectRule, facts: Facts) -> Aspect:
    """See whether the nominee is of a kind that the rule takes."""
    subject = facts.subject
    outcome = Outcome.CANNOT_TELL if subject is None else outcomes.of(subject in rule.kinds)
    return Aspect(
        SUBJECT,
        outcome,
        lambda: compared(
            outcome, wanted.nominee(), "" if subject is None else subject_kind(subject), wanted.kinds(rule)
        ),
    )


def roles(rule: SubjectRule, facts: Facts, names: Names) -> Aspect:
    """See whether one of the roles that the rule takes is among those answered."""
    return _choice(
        rule.field,
        facts,
        names,
        lambda chosen: not chosen.isdisjoint(rule.roles),
        lambda: wanted.roles(rule, names),
    )


def excluding(rule: SubjectRule, facts: Facts, names: Names) -> Aspect:
    """See whether none of the roles that the rule leaves out is among those answered."""
    return _choice(
        rule.field,
        facts,
        names,
        lambda chosen: chosen.isdisjoint(rule.excluding),
        lambda: wanted.without(rule, names),
    )


def only(rule: OnlyRule, facts: Facts, names: Names) -> Aspect:
    """See whether everything answered is among the rule's activities."""
    return _choice(rule.field, facts, names, _test(rule), lambda: wanted.nothing_but(rule, names))


def does(rule: DoesRule, facts: Facts, names: Names) -> Aspect:
    """See whether one of the rule's activities is among those answered."""
    return _choice(rule.field, facts, names, _test(rule), lambda: wanted.among_others(rule, names))


def contrary(rule: OnlyRule | DoesRule, facts: Facts, names: Names) -> Aspect:
    """See whether a rule on activities does not hold, as another one wants it."""
    holds = _test(rule)
    return _choice(
        rule.field, facts, names, lambda chosen: not holds(chosen), lambda: wanted.contrary(rule, names)
    )


def _test(rule: OnlyRule | DoesRule) -> Callable[[frozenset[str]], bool]:
    if isinstance(rule, OnlyRule):
        return lambda chosen: bool(chosen) and chosen.issubset(rule.activity)
    return lambda chosen: not chosen.isdisjoint(rule.activity)


def _choice(
    code: str, facts: Facts, names: Names, is_met: Callable[[frozenset[str]], bool], tell_wanted: Tell
) -> Aspect:
    chosen = facts.chosen(code)
    outcome = Outcome.CANNOT_TELL if chosen is None else outcomes.of(is_met(frozenset(chosen)))
    return _of_fact(
        code, outcome, names, lambda: _listed(chosen, lambda one: names.option(code, one)), tell_wanted
    )


def _listed(codes: Iterable[str] | None, name: Callable[[str], str]) -> str:
    return every(codes, name) if codes else _("none of these")


def _of_fact(code: str, outcome: Outcome, names: Names, tell_value: Tell, tell_wanted: Tell) -> Aspect:
    """Return what is seen of a fact; a protected one is never told."""
    if names.is_protected(code):
        return Aspect(code, outcome, lambda: withheld(outcome, names.fact(code), tell_wanted()))
    if outcome is Outcome.CANNOT_TELL:
        return _open(code, lambda: names.fact(code), tell_wanted)
    return Aspect(code, outcome, lambda: compared(outcome, names.fact(code), tell_value(), tell_wanted()))


def _open(code: str, tell_label: Tell, tell_wanted: Tell) -> Aspect:
    return Aspect(
        code,
        Outcome.CANNOT_TELL,
        lambda: compared(Outcome.CANNOT_TELL, tell_label(), "", tell_wanted()),
    )


def size(rule: SizeRule, facts: Facts, names: Names) -> Aspect:
    """See whether a number is within the bounds of the rule."""
    number = facts.number(rule.what)
    outcome = Outcome.CANNOT_TELL if number is None else outcomes.of(_is_within(number, rule))
    return _of_fact(
        rule.what,
        outcome,
        names,
        lambda: amount(number or Fraction(0), unit_of(rule, names), names),
        lambda: bounds(rule, names),
    )


def _is_within(number: Fraction, rule: SizeRule) -> bool:
    return (
        (rule.min is None or number >= rule.min)
        and (rule.more_than is None or number > rule.more_than)
        and (rule.max is None or number <= rule.max)
        and (rule.less_than is None or number < rule.less_than)
    )


def value_on(rule: ValueOnRule, facts: Facts, names: Names, year: int) -> Aspect:
    """See how long before the reference day something began."""
    since = facts.day(rule.field)
    on = day_in(rule.date, year)
    outcome = Outcome.CANNOT_TELL if since is None else outcomes.of(_is_long_enough(since, on, rule))
    return _of_fact(
        rule.field,
        outcome,
        names,
        lambda: _how_long_before(since or on, on, rule),
        lambda: wanted.long_before(rule, year),
    )


def _is_long_enough(since: date, on: date, rule: ValueOnRule) -> bool:
    least, than = rule.at_least, rule.older_than
    return (least is None or is_at_least(lasted(since, on, least.unit), least)) and (
        than is None or is_longer(lasted(since, on, than.unit), than)
    )


def _how_long_before(since: date, on: date, rule: ValueOnRule) -> str:
    length = rule.at_least or rule.older_than
    unit = "days" if length is None else length.unit
    passed = lasted(since, on, unit)
    if passed is None:
        return _("%(day)s (after %(reference)s)") % {"day": on_day(since), "reference": on_day(on)}
    words = {"day": on_day(since), "length": duration(passed, unit), "reference": on_day(on)}
    if length is not None and (passed.whole, passed.days) == (length.amount, 0):
        return _("%(day)s (exactly %(length)s before %(reference)s)") % words
    return _("%(day)s (%(length)s before %(reference)s)") % words


def not_before(rule: NotBeforeRule, facts: Facts, names: Names) -> Aspect:
    """See whether something happened on the rule's day or later."""
    day = facts.day(rule.field)
    outcome = Outcome.CANNOT_TELL if day is None else outcomes.of(day >= rule.date)
    return _of_fact(
        rule.field,
        outcome,
        names,
        lambda: on_day(day or rule.date),
        lambda: wanted.or_later(rule),
    )


def territory(rule: TerritoryRule, facts: Facts, names: Names) -> Aspect:
    """See where the party of the rule does business, or every party."""

    def label() -> str:
        return wanted.countries_of(rule, names)

    def asked() -> str:
        return wanted.countries(rule, names)

    if rule.field in names.facts:
        return _choice_of_countries(rule, facts, names)
    code = COUNTRIES_OF + (rule.party or "")
    found = _places(rule, code, facts)
    if isinstance(found, str):
        return _open(found, label, asked)
    outcome = outcomes.of(bool(found) and all(_is_there(places, rule, names) for places in found))
    told = sorted({place for places in found for place in places})
    return Aspect(
        code,
        outcome,
        lambda: compared(outcome, label(), _listed(told, names.country), asked()),
    )


def _choice_of_countries(rule: TerritoryRule, facts: Facts, names: Names) -> Aspect:
    places = facts.chosen(rule.field)
    outcome = Outcome.CANNOT_TELL if places is None else outcomes.of(_is_there(places, rule, names))
    return _of_fact(
        rule.field,
        outcome,
        names,
        lambda: _listed(places, names.country),
        lambda: wanted.countries(rule, names),
    )


def _is_there(places: Collection[str], rule: TerritoryRule, names: Names) -> bool:
    groups = names.definition.territories
    allowed = {*rule.countries, *(place for group in rule.groups for place in groups.get(group, ()))}
    is_within = not (rule.countries or rule.groups) or not allowed.isdisjoint(places)
    return is_within and not set(rule.excluding).intersection(places)


def _places(rule: TerritoryRule, code: str, facts: Facts) -> list[tuple[str, ...]] | str:
    """Return where each of the parties meant does business, or the question to ask for it."""
    answered = facts.chosen(code)
    if answered is not None:
        return [answered]
    if not facts.parties:
        return code
    meant = [party for party in facts.parties if rule.party in {None, party.role}]
    if not meant and _without_role(facts.parties):
        return PARTIES
    places = [party.countries for party in meant if party.countries]
    return places if len(places) == len(meant) else code


def partnership(rule: PartnershipRule, facts: Facts, names: Names) -> Aspect:
    """See whether those whom the rule wants together, or one of them, take part."""
    present = _roles(facts)
    unnamed = _without_role(facts.parties or ())
    lacking = [role for role in rule.roles if role not in present]
    needed = len(lacking) if rule.all_required else len(lacking) == len(rule.roles)
    return _parties(facts, names, needed == 0, unnamed >= needed, lambda: wanted.together(rule, names))


def may_not_enter_alone(rule: MayNotEnterAloneRule, facts: Facts, names: Names) -> Aspect:
    """See whether somebody takes part in another role than those of the rule."""
    is_met = not _roles(facts).issubset(rule.roles)
    may_be = _without_role(facts.parties or ()) > 0
    return _parties(facts, names, is_met, may_be, lambda: wanted.not_alone(rule, names))


def _parties(facts: Facts, names: Names, is_met: bool, may_be: bool, tell_wanted: Tell) -> Aspect:
    if not facts.parties or (may_be and not is_met):
        return _open(PARTIES, wanted.parties, tell_wanted)
    outcome = outcomes.of(is_met)
    present = sorted(_roles(facts))
    return Aspect(
        PARTIES,
        outcome,
        lambda: compared(outcome, wanted.parties(), _listed(present, names.role), tell_wanted()),
    )


def _roles(facts: Facts) -> frozenset[str]:
    return frozenset(party.role for party in facts.parties or () if party.role)


def _without_role(parties: Iterable[Party]) -> int:
    """Return how many parties there are whose role nobody has told."""
    return sum(not party.role for party in parties)


def answered_yes(rule: AttestationRule, facts: Facts, names: Names) -> Aspect:
    """See whether what is to be declared has been answered with yes beforehand."""
    code = rule.field or ""
    chosen = facts.chosen(code)
    outcome = Outcome.CANNOT_TELL if chosen is None else outcomes.of("yes" in chosen)
    return _of_fact(
        code,
        outcome,
        names,
        lambda: _listed(chosen, lambda one: names.option(code, one)),
        lambda: names.term("yes"),
    )


def declared(rule: AttestationRule, declaration: Declaration | None, names: Names) -> Aspect:
    """See whether it has been declared, with the proof that is needed, and not been refused since."""
    return Aspect(
        None,
        _declared(rule, declaration),
        lambda: (
            _told(rule, declaration)
            % {"who": sentence_case(names.declarer(rule.who)), "what": wanted.statement(rule, names)}
        ),
    )


def _declared(rule: AttestationRule, declaration: Declaration | None) -> Outcome:
    if declaration is None:
        return Outcome.CANNOT_TELL
    if declaration.is_accepted is not None:
        return outcomes.of(declaration.is_accepted)
    lacks_proof = rule.proof == "required" and not declaration.has_proof
    return Outcome.CANNOT_TELL if lacks_proof else Outcome.MET


def _told(rule: AttestationRule, declaration: Declaration | None) -> str:
    if declaration is None:
        return _("%(who)s still has to declare: %(what)s.")
    if declaration.is_accepted is False:
        return _("%(who)s has declared this, and it was not accepted: %(what)s.")
    if _declared(rule, declaration) is Outcome.CANNOT_TELL:
        return _("%(who)s has declared this, and the proof is still missing: %(what)s.")
    return _("%(who)s has declared: %(what)s.")
