"""The home of a juried edition says what waits and what is next."""

import pytest
from django.test import Client

from kaaring.jury.models import Recusal
from kaaring.outbox.actions import draft
from kaaring.outbox.models import Letter
from kaaring.programmes.models import Edition
from tests.build import NOON, a_member
from tests.juried import a_juried_edition, a_juror, a_stage, an_assignment, an_entry, an_organisation

pytestmark = pytest.mark.django_db


def home_of(edition: Edition) -> str:
    client = Client()
    client.force_login(a_member(edition.programme.organiser))
    return client.get(f"/en/organiser/{edition}/").text


def test_the_next_step_follows_the_edition_from_its_entries_to_the_marking() -> None:
    edition = a_juried_edition()
    assert "Entries come in as entrants submit them" in home_of(edition)

    entry = an_entry(edition=edition, submitted=True)
    assert "Add the jurors." in home_of(edition)

    a_juror(edition)
    assert "Say when the first stage is open." in home_of(edition)

    stage = a_stage(edition)
    assert "Assign entries to jurors." in home_of(edition)

    an_assignment(stage, entry)
    assert "Jurors are marking." in home_of(edition)


def test_conflicts_and_letters_that_wait_are_counted_and_lead_to_their_pages() -> None:
    edition = a_juried_edition()
    juror = a_juror(edition)
    Recusal.objects.create(
        juror=juror,
        organisation=an_organisation(edition.programme.organiser),
        kind=Recusal.Kind.EMPLOYER,
        source=Recusal.Source.DETECTED,
        noted_at=NOON,
        noted_by="test",
    )
    for number in range(120):
        draft(
            edition,
            Letter.Kind.RECEIVED,
            f"entry-{number}",
            "anna@example.org",
            language="en",
            subject="Received",
            body="Thank you.",
            at=NOON,
        )

    page = home_of(edition)

    assert f'href="/en/organiser/{edition}/recusals/"><b>1</b>' in page
    assert f'href="/en/organiser/{edition}/letters/"><b>120</b>' in page


def test_a_juried_edition_shows_no_fieldwork() -> None:
    page = home_of(a_juried_edition())

    assert "Entries and judging" in page
    assert "/evaluations/" not in page
