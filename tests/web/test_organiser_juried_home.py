"""The home of a juried edition says what waits and what is next."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from kaaring.jury.models import Assignment, Recusal, Scorecard, Stage
from kaaring.outbox.actions import draft
from kaaring.outbox.models import Letter
from kaaring.programmes.models import Edition
from kaaring.results.actions import decide_nobody, publish_run, release_feedback
from tests.build import NOON, a_member
from tests.juried import a_juried_edition, a_juror, a_stage, an_assignment, an_entry, an_organisation
from tests.jury.marking import CLOSES
from tests.web.jury_results import a_marked_stage

pytestmark = pytest.mark.django_db


def home_of(edition: Edition) -> str:
    client = Client()
    client.force_login(a_member(edition.programme.organiser))
    return unescape(client.get(f"/en/organiser/{edition}/").text)


def moved(stage: Stage, *, opens: int, closes: int) -> None:
    """Give a stage a period by days from now."""
    now = timezone.now()
    Stage.objects.filter(pk=stage.pk).update(
        opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes)
    )


def a_letter(edition: Edition, about: str = "entry-1") -> None:
    draft(
        edition,
        Letter.Kind.RECEIVED,
        about,
        "anna@example.org",
        language="en",
        subject="Received",
        body="Thank you.",
        at=NOON,
    )


def test_the_next_step_follows_the_edition_from_its_entries_to_the_marking() -> None:
    edition = a_juried_edition()
    assert "Entries come in as entrants submit them" in home_of(edition)

    entry = an_entry(edition=edition, submitted=True)
    assert "Add the jurors." in home_of(edition)

    a_juror(edition)
    assert "Say when the first stage is open." in home_of(edition)

    stage = a_stage(edition)
    assert "Assign entries to jurors." in home_of(edition)

    assignment = an_assignment(stage, entry)
    moved(stage, opens=20, closes=30)
    assert "Judging has not begun: the first stage opens on" in home_of(edition)

    moved(stage, opens=-1, closes=1)
    assert "Jurors are marking." in home_of(edition)

    Scorecard.objects.create(assignment=assignment, started_at=NOON, changed_at=NOON, submitted_at=NOON)
    assert "Decide the awards." in home_of(edition)


def test_awards_wait_to_be_decided_once_the_last_stage_has_ended() -> None:
    edition = a_juried_edition()
    waiting = "awards are not decided"
    last = a_stage(edition, "final")

    moved(last, opens=20, closes=30)
    assert waiting not in home_of(edition)
    moved(last, opens=-2, closes=3)
    assert waiting not in home_of(edition)
    moved(last, opens=-5, closes=-1)
    assert waiting in home_of(edition)


def test_what_is_left_after_publishing_is_the_feedback_then_the_letters_then_nothing() -> None:
    edition = a_marked_stage().edition
    Assignment.objects.filter(stage__edition=edition, scorecard=None).delete()
    for award in edition.awards.filter(by="jury"):
        decide_nobody(award, reason="None was good enough.", by="test", at=CLOSES)
    run = publish_run(edition, by="test", at=CLOSES)
    assert "Give the entrants their feedback." in home_of(run.edition)

    release_feedback(edition, shows_band=False, by="test", at=CLOSES)
    assert "all is done" in home_of(edition)

    a_letter(edition)
    a_letter(edition, "entry-2")
    page = home_of(edition)
    assert "The feedback is released, and 2 letters wait to be sent. Send them." in page
    assert f'<a class="btn btn-primary" href="/en/organiser/{edition}/letters/">' in page
    assert "all is done" not in page

    Letter.objects.update(claimed_at=NOON)
    assert "2 letters are in doubt" in home_of(edition)
    Letter.objects.update(sent_at=NOON)
    assert "all is done" in home_of(edition)


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
        a_letter(edition, f"entry-{number}")

    page = home_of(edition)

    assert f'href="/en/organiser/{edition}/recusals/"><b>1</b>' in page
    assert f'href="/en/organiser/{edition}/letters/"><b>120</b>' in page


def test_a_juried_edition_shows_no_fieldwork() -> None:
    page = home_of(a_juried_edition())

    assert "Entries and judging" in page
    assert "/evaluations/" not in page
