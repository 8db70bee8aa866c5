"""Starting, changing, duplicating and discarding cases."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from kaaring.audit.actions import record
from kaaring.entries.actions.entries import enter_as_draft
from kaaring.entries.actions.holding import entries_of, grow, held_case
from kaaring.entries.actions.telling import is_told
from kaaring.entries.models import Answer, Case, Entry, Figure, Party
from kaaring.entries.rules import cases as may
from kaaring.entries.rules.cases import CaseChanges, FigureRow
from kaaring.entries.rules.leaves import against_the_time_for
from kaaring.entries.rules.parties import roles_in
from kaaring.kernel.refused import refuse
from kaaring.people.models import Organisation
from kaaring.people.queries import person_called
from kaaring.programmes.definition import Definition
from kaaring.programmes.eligibility import read
from kaaring.programmes.eligibility.facts import plain
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of, definition_in_force

FIGURE = ("code", "name", "definition", "unit", "period", "source", "before", "after", "is_documented")


@transaction.atomic
def start_case(
    edition: Edition, organisation: Organisation, title: str, *, language: str, by: str, at: datetime
) -> Case:
    """Start a case for an organisation, which stands behind it from the first."""
    details = CaseChanges(title=title, language=language)
    definition = definition_in_force(edition)
    refuse(
        may.against_starting(edition, organisation, at=at)
        or may.against_details(details, definition, edition)
    )
    case = _store(edition, organisation, title.strip(), language=language, by=by, at=at)
    _tell(case, "case_started", by=by, at=at, title=case.title)
    return case


def _store(
    edition: Edition, organisation: Organisation, title: str, *, language: str, by: str, at: datetime
) -> Case:
    case = Case.objects.create(
        edition=edition,
        organisation=organisation,
        title=title,
        language=language,
        created_at=at,
        created_by=person_called(by),
        changed_at=at,
    )
    Party.objects.create(case=case, organisation=organisation)
    return case


@transaction.atomic
def change_case(case_id: int, changes: CaseChanges, *, version: int, by: str, at: datetime) -> Case:
    """Change what a case says; refuses to overwrite a part that changed after ``version``."""
    case = held_case(case_id)
    definition = definition_in_force(case.edition)
    refuse(
        may.against_changing(case, entries_of(case), at=at)
        or may.against_overwriting(case, changes.parts, version=version)
        or may.against_details(changes, definition, case.edition)
    )
    changed = [
        *_take_about(case, changes),
        *_take_facts(case, changes, definition),
        *_take_figures(case, changes),
    ]
    if changed:
        case.save(update_fields=["title", "subject", "language", "summary", "facts"])
        grow(case, *changes.parts, at=at)
        if not is_told(case, "case_changed", by=by, at=at, changed=changed):
            _tell(case, "case_changed", by=by, at=at, changed=changed, version=case.version)
    return case


def _take_about(case: Case, changes: CaseChanges) -> list[str]:
    wanted = {name: getattr(changes, name) for name in ("title", "subject", "language", "summary")}
    given = {name: value.strip() for name, value in wanted.items() if value is not None}
    changed = [name for name, value in given.items() if getattr(case, name) != value]
    for name in changed:
        setattr(case, name, given[name])
    return changed


def _take_facts(case: Case, changes: CaseChanges, definition: Definition) -> list[str]:
    given = changes.facts or {}
    answers = read(given, definition).facts.answers
    before = dict(case.facts)
    case.facts = {code: value for code, value in before.items() if code not in given}
    case.facts |= {code: plain(answers[code]) for code in given if code in answers}
    return sorted(code for code in given if case.facts.get(code) != before.get(code))


def _take_figures(case: Case, changes: CaseChanges) -> list[str]:
    if changes.figures is None or _rows_of(case) == changes.figures:
        return []
    case.figures.all().delete()
    Figure.objects.bulk_create(
        Figure(case=case, position=position, **{name: getattr(row, name) for name in FIGURE})
        for position, row in enumerate(changes.figures)
    )
    return ["figures"]


def _rows_of(case: Case) -> tuple[FigureRow, ...]:
    return tuple(
        FigureRow(**{name: getattr(figure, name) for name in FIGURE}) for figure in case.figures.all()
    )


@transaction.atomic
def discard_case(case_id: int, *, by: str, at: datetime) -> None:
    """Throw a case away that stands in no category."""
    case = held_case(case_id)
    entries = list(entries_of(case))
    refuse(may.against_discarding(case, entries))
    try:
        with transaction.atomic():
            case.delete()
    except ProtectedError as error:
        raise may.discarding_would_lose(case) from error
    _tell(case, "case_discarded", by=by, at=at, title=case.title)


@transaction.atomic
def duplicate_case(case_id: int, edition: Edition, *, by: str, at: datetime) -> Case:
    """Take a case along to another edition: its words, facts and figures, and drafts in the same categories.

    Partners, the nominee, consent, declarations and attachments belong to the time they were given in and
    stay behind.
    """
    source = held_case(case_id)
    refuse(may.against_duplicating(source, edition, at=at))
    definition = definition_in_force(edition)
    language = source.language if source.language in edition.languages else edition.languages[0]
    case = _store(edition, source.organisation, source.title, language=language, by=by, at=at)
    case.subject, case.summary, case.copied_from = source.subject, source.summary, source
    asked = {fact.code for fact in definition.facts if not fact.protected}
    _take_facts(
        case, CaseChanges(facts={code: v for code, v in source.facts.items() if code in asked}), definition
    )
    known = {figure.code for figure in definition.key_figures}
    rows = [row if row.code in known else replace(row, code="") for row in _rows_of(source)]
    _take_figures(case, CaseChanges(figures=tuple(rows)))
    case.save()
    _keep_role(source, case, definition)
    copied = _copy_entries(source, case, definition, at=at)
    _tell(case, "case_duplicated", by=by, at=at, source=source.public_id, entries=copied)
    return case


def _keep_role(source: Case, case: Case, definition: Definition) -> None:
    own = source.parties.filter(organisation=source.organisation).first()
    if own is not None and own.role in roles_in(definition):
        case.parties.update(role=own.role, text=own.text)


def _copy_entries(source: Case, case: Case, definition: Definition, *, at: datetime) -> list[str]:
    """Make drafts in the categories that are still there, with the answers to criteria that still are."""
    categories = {category.code: category for category in definition.categories}
    living = Entry.objects.filter(case=source, withdrawn_at=None, category__code__in=categories)
    copied = []
    for entry in living.select_related("category").order_by("code")[: definition.most_entries_per_case]:
        code = entry.category.code
        if against_the_time_for(case.organisation, case.edition, category=code, at=at):
            continue
        draft = enter_as_draft(case, code, at=at)
        asked = {criterion.code for criterion in categories[code].criteria}
        Answer.objects.bulk_create(
            Answer(entry=draft, criterion=one.criterion, text=one.text, openness=one.openness)
            for one in entry.answers.filter(criterion__in=asked)
        )
        copied.append(draft.code)
    return copied


def _tell(case: Case, doing: str, *, by: str, at: datetime, **details: Any) -> None:
    record(chain_of(case.edition), doing, case.public_id, by=by, at=at, details=details)
