"""What the jury reads stays as it was submitted, though entries may still be open."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kaaring.entries.models import Entry
from kaaring.jury.models import Stage
from tests.juried import a_juried_edition, an_entrant, an_entry

pytestmark = pytest.mark.django_db


def test_an_entry_that_a_juror_reads_is_not_taken_back_while_entries_are_still_open() -> None:
    now = timezone.now()
    edition = a_juried_edition()
    entry = an_entry(edition, submitted=True)
    stage = Stage.objects.create(
        edition=edition,
        code="screening",
        opens_at=now - timedelta(minutes=1),
        closes_at=now + timedelta(days=9),
    )
    client = Client()
    client.force_login(an_entrant(entry.case.organisation))
    address = f"/en/entrant/{edition.programme.slug}/{edition.slug}/entries/{entry.public_id}/take-back/"

    assert client.post(address).status_code == 409
    assert Entry.objects.get(pk=entry.pk).submitted_at is not None

    stage.opens_at = now + timedelta(days=1)
    stage.save(update_fields=["opens_at"])
    assert client.post(address).status_code == 302
    assert Entry.objects.get(pk=entry.pk).submitted_at is None
