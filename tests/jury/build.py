"""Builders for planning and conflicts: many entries as bare rows, and scorecards without marks."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from kaaring.entries.models import Case, Entry
from kaaring.jury.models import Assignment, Scorecard
from kaaring.people.models import Organisation
from kaaring.programmes.models import Edition
from tests.build import NOON
from tests.juried import TEAM, an_organisation

_numbers = count(1)


def bare_entry(
    edition: Edition,
    category: str = TEAM,
    *,
    organisation: Organisation | None = None,
    language: str = "en",
    submitted_at: datetime | None = NOON - timedelta(days=3),
    **fields: Any,
) -> Entry:
    """A submitted entry as a row, of an organisation of its own."""
    number = next(_numbers)
    case = Case.objects.create(
        edition=edition,
        organisation=organisation or an_organisation(edition.programme.organiser, f"House {number}"),
        title=f"Case {number}",
        language=language,
        created_at=NOON,
        changed_at=NOON,
    )
    return Entry.objects.create(
        edition=edition,
        case=case,
        category=edition.categories.get(code=category),
        code=f"B{number:04}",
        created_at=NOON,
        submitted_at=submitted_at,
        **fields,
    )


def a_card(assignment: Assignment, *, is_final: bool = False) -> Scorecard:
    """A scorecard without marks, begun at noon: a draft, or final."""
    return Scorecard.objects.create(
        assignment=assignment,
        started_at=NOON,
        changed_at=NOON,
        submitted_at=NOON if is_final else None,
    )
