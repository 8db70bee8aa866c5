"""Gathering what is known about entries, with as many queries for many as for one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from kaaring.entries.models import Case, Declaration, Entry, Nominee, Party
from kaaring.entries.rules.declarations import NOMINEE, attestations_of
from kaaring.entries.rules.dossier import Dossier
from kaaring.entries.rules.periods import entry_period
from kaaring.programmes import eligibility
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Category
from kaaring.programmes.eligibility import Facts
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force


def dossier_of(entry: Entry, definition: Definition | None = None) -> Dossier:
    """Return all that is known about an entry."""
    return dossiers_of([entry], definition)[0]


def dossiers_of(entries: Iterable[Entry], definition: Definition | None = None) -> list[Dossier]:
    """Return all that is known about entries of one edition, in the order given."""
    found = list(entries)
    if not found:
        return []
    definition = definition or definition_in_force(found[0].edition)
    prefetch_related_objects(
        found, "answers", "declarations__declared_by", "corrections", *_of_case("case__")
    )
    categories = {category.code: category for category in definition.categories}
    return [_dossier(entry, definition, categories[entry.category.code]) for entry in found]


def _of_case(at: str) -> list[str | Prefetch[str, QuerySet[Party], str]]:
    parties = Party.objects.select_related("organisation")
    return [
        Prefetch(f"{at}parties", parties),
        f"{at}figures",
        f"{at}protected_facts",
        f"{at}nominee",
    ]


def _dossier(entry: Entry, definition: Definition, category: Category) -> Dossier:
    case = entry.case
    declarations = {each.rule: each for each in entry.declarations.all()}
    facts = _facts(case, definition)
    return Dossier(
        entry,
        definition,
        category,
        replace(facts, declarations=_declared(case, category, declarations)),
        {answer.criterion: answer for answer in entry.answers.all()},
        tuple(case.figures.all()),
        tuple(case.parties.all()),
        nominee_of(case),
        year_of(entry.edition, case),
        declarations,
    )


def nominee_of(case: Case) -> Nominee | None:
    """Return whom or what a case nominates, if that has been told."""
    return getattr(case, "nominee", None)


def year_of(edition: Edition, case: Case) -> int:
    """Return the year of reference days that name none."""
    period = entry_period(edition)
    return case.created_at.year if period is None else period.last.year


def facts_of(case: Case, definition: Definition) -> Facts:
    """Return what the rules may go by, protected answers included; declarations belong to single entries."""
    prefetch_related_objects([case], *_of_case(""))
    return _facts(case, definition)


def _facts(case: Case, definition: Definition) -> Facts:
    protected = {each.fact: each.value for each in case.protected_facts.all()}
    read = eligibility.read({**case.facts, **protected}, definition).facts
    parties = tuple(eligibility.Party(party.role, party.organisation.name) for party in case.parties.all())
    return replace(read, subject=case.subject or None, parties=parties or None)


def _declared(
    case: Case, category: Category, declarations: Mapping[str, Declaration]
) -> dict[str, eligibility.Declaration]:
    """Return what has been declared; who is nominated declares by consenting to the case as it is."""
    found = {
        key: eligibility.Declaration(
            each.declared_as, each.declared_at, each.proof_id is not None, each.is_accepted
        )
        for key, each in declarations.items()
    }
    nominee = nominee_of(case)
    if nominee is not None and nominee.consented_at is not None and nominee.consented_version == case.version:
        consent = eligibility.Declaration(nominee.name, nominee.consented_at)
        asked = attestations_of(category).items()
        found = {key: consent for key, rule in asked if rule.who == NOMINEE} | found
    return found
