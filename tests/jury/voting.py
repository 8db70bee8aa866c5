"""Builders for public votes: two categories, three stages, of which the public votes in two."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kaaring.entries.models import Entry
from kaaring.jury.models import Admission, Stage, Vote
from kaaring.jury.voters import Choice, voter_of
from kaaring.programmes.models import Edition
from tests.build import NOON
from tests.jury.marking import DEFINITION as MARKING
from tests.jury.marking import OPENS, a_juried_edition_of, a_stage, an_entry_of

DEFINITION = MARKING.replace(
    "    - {code: public, mode: public_vote}\n",
    "    - {code: public, name: {en: The public's choice, nb: Publikums valg}, mode: public_vote,"
    " voting: confirmed_email}\n"
    "    - {code: readers, name: Readers' choice, mode: public_vote}\n",
)


def a_voted_edition(*changes: tuple[str, str]) -> Edition:
    """Return an edition whose public votes here in one stage and elsewhere in another."""
    text = DEFINITION
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return a_juried_edition_of(text)


def a_vote_of(edition: Edition, code: str = "public", **changes: Any) -> Stage:
    """Return a stage of the public that is open at noon."""
    return a_stage(edition, code, **changes)


def now_open(edition: Edition, code: str = "public", **changes: Any) -> Stage:
    """Return a stage of the public that is open by the clock of the pages, for five days yet."""
    now = timezone.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=5)}
    return a_vote_of(edition, code, **{**times, **changes})


def voted_on(stage: Stage, code: str, category: str = "centre", **changes: Any) -> Entry:
    """Return an entry that can be voted for."""
    entry = an_entry_of(stage.edition, category, code=code, **changes)
    Admission.objects.create(stage=stage, entry=entry, admitted_at=OPENS)
    return entry


def a_choice(stage: Stage, *entries: Entry, address: str = "kari@example.org", **changes: Any) -> Choice:
    """Return what somebody chose a minute before noon."""
    plain = {
        "stage": stage.pk,
        "voter": voter_of(stage, address),
        "entries": tuple(one.public_id for one in entries),
        "asked_at": NOON - timedelta(minutes=1),
    }
    return Choice(**{**plain, **changes})


def cast(stage: Stage, entry: Entry, count: int, *, begin: int = 0) -> None:
    """Let so many people vote for an entry here."""
    Vote.objects.bulk_create(
        Vote(
            stage=stage,
            category=entry.category,
            entry=entry,
            voter=voter_of(stage, f"{entry.code}-{number}@example.org"),
            confirmed_at=NOON,
        )
        for number in range(begin, begin + count)
    )


def leave(stage: Stage, entry: Entry) -> None:
    """Take an entry out of a stage."""
    Admission.objects.filter(stage=stage, entry=entry).update(ended_at=NOON, reason="Taken out.")


def withdraw(entry: Entry) -> None:
    """Withdraw an entry."""
    Entry.objects.filter(pk=entry.pk).update(withdrawn_at=NOON, withdrawn_reason="Sold.")
