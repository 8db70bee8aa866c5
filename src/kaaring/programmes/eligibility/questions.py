"""What can be asked about a case so that its categories can be told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaaring.kernel.text import said
from kaaring.programmes.definition.schema import Category, Definition, Fact
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
from kaaring.programmes.eligibility.facts import COUNTRIES_OF, PARTIES, SUBJECT
from kaaring.programmes.eligibility.names import Names, subject_kind


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask. ``code`` names the answer for ``facts.read``; ``kind`` is that of a fact.

    ``fact`` is None for the kind of nominee, the roles of the parties and the countries of a party.
    """

    code: str
    kind: str
    options: tuple[str, ...] = ()
    fact: Fact | None = None

    @property
    def is_protected(self) -> bool:
        """Whether few may see the answer; it is asked last, and nobody needs to answer it to look around."""
        return self.fact is not None and self.fact.protected


def questions(definition: Definition) -> tuple[Question, ...]:
    """Return what the rules of a definition ask, each once.

    First what is entered and who takes part, then the facts in the organiser's order, protected ones last.
    """
    rules = [rule for category in definition.categories for rule in rules_of(category)]
    asked = dict.fromkeys(code for rule in rules for code in _codes(rule, definition))
    facts = [fact for fact in definition.facts if fact.code in asked]
    return (
        *_about_the_nominee(definition),
        *([_about_the_parties(rules)] if PARTIES in asked else []),
        *(Question(code, "countries") for code in asked if code.startswith(COUNTRIES_OF)),
        *(_about(fact) for fact in facts if not fact.protected),
        *(_about(fact) for fact in facts if fact.protected),
    )


def codes_asked(categories: Iterable[Category], definition: Definition) -> frozenset[str]:
    """Return the codes of what the rules of these categories ask."""
    rules = (rule for category in categories for rule in rules_of(category))
    return frozenset(code for rule in rules for code in _codes(rule, definition))


def question_in_words(question: Question, definition: Definition) -> str:
    """Return what to ask, in the reader's language."""
    if question.fact is not None:
        return said(question.fact.name)
    if question.code == SUBJECT:
        return _("What or who is to be entered?")
    if question.code == PARTIES:
        return _("Who takes part?")
    role = question.code.removeprefix(COUNTRIES_OF)
    if not role:
        return _("In which countries do those who take part do business?")
    return _("In which countries does this party do business: %(role)s?") % {
        "role": Names(definition).term(role)
    }


def option_in_words(question: Question, option: str, definition: Definition) -> str:
    """Return what one of a question's options is called."""
    if question.code == SUBJECT:
        return subject_kind(option)
    options = () if question.fact is None else question.fact.options
    named = {each.code: each.name for each in options}
    if option in named:
        return said(named[option])
    return Names(definition).term(option)


def rules_of(category: Category) -> Iterator[Rule]:
    """Yield every rule of a category, those of its divisions and those within others too."""
    for rule in (*category.eligibility, *(division.rule for division in category.divisions)):
        yield from _with_inner(rule)


def _with_inner(rule: Rule) -> Iterator[Rule]:
    yield rule
    inner: Iterable[Rule] = ()
    if isinstance(rule, AnyOfRule | AllOfRule):
        inner = rule.of
    elif isinstance(rule, NotRule):
        inner = (rule.of,)
    for one in inner:
        yield from _with_inner(one)


def _codes(rule: Rule, definition: Definition) -> tuple[str, ...]:
    """Return the questions that a rule asks itself."""
    if isinstance(rule, SizeRule):
        return (rule.what,)
    if isinstance(rule, SubjectRule):
        return (rule.field,) if rule.roles or rule.excluding else ()
    if isinstance(rule, ValueOnRule | NotBeforeRule | OnlyRule | DoesRule):
        return (rule.field,)
    if isinstance(rule, AttestationRule):
        return () if rule.field is None else (rule.field,)
    if isinstance(rule, TerritoryRule):
        is_fact = any(fact.code == rule.field for fact in definition.facts)
        return (rule.field if is_fact else COUNTRIES_OF + (rule.party or ""),)
    return (PARTIES,) if isinstance(rule, PartnershipRule | MayNotEnterAloneRule) else ()


def _about_the_nominee(definition: Definition) -> list[Question]:
    kinds = dict.fromkeys(kind for category in definition.categories for kind in category.subject)
    return [Question(SUBJECT, "choice", tuple(kinds))] if kinds else []


def _about_the_parties(rules: Iterable[Rule]) -> Question:
    roles: dict[str, None] = {}
    for rule in rules:
        if isinstance(rule, PartnershipRule | MayNotEnterAloneRule):
            roles |= dict.fromkeys(rule.roles)
        elif isinstance(rule, TerritoryRule) and rule.party is not None:
            roles[rule.party] = None
    return Question(PARTIES, "choices", tuple(roles))


def _about(fact: Fact) -> Question:
    options = ("yes", "no") if fact.kind == "yes_no" else tuple(option.code for option in fact.options)
    return Question(fact.code, fact.kind, options, fact)
