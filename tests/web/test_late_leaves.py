"""Leave to enter late: given by the organiser, read by the entrant."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kaaring.entries import actions
from kaaring.entries.models import Case, Entry, LateLeave
from kaaring.people.models import MemberRole
from tests.build import NOON, a_member
from tests.juried import TEAM, a_juried_edition, an_entrant, an_organisation
from tests.jury.build import bare_entry
from tests.web.entrant import CLOSED, Desk, close, text
from tests.web.entrant import signed_in as as_user
from tests.web.setup_pages import at, signed_in

pytestmark = pytest.mark.django_db


def test_an_organiser_gives_leave_and_takes_it_back() -> None:
    edition = a_juried_edition(entries=CLOSED)
    organisation = an_organisation(edition.programme.organiser, "Latecomer AS")
    client = signed_in(edition)
    assert 'late-entries/"' in text(client.get(at(edition, "entries/")))
    typed = {"organisation": organisation.public_id, "until": "2199-06-01T00:00", "reason": "Illness"}

    page = text(client.post(at(edition, "late-entries/give/"), typed, follow=True))

    assert "Latecomer AS may enter late." in page
    assert "31 May 2199 at 24:00" in page
    leave = LateLeave.objects.get()
    client.post(at(edition, f"late-entries/{leave.pk}/take-back/"))
    assert not LateLeave.objects.exists()


def test_what_is_wrong_with_a_leave_is_said() -> None:
    edition = a_juried_edition()
    organisation = an_organisation(edition.programme.organiser)
    client, address = signed_in(edition), at(edition, "late-entries/give/")
    early = {"organisation": organisation.public_id, "until": "2030-01-01T00:00", "reason": "Illness"}

    assert client.post(address, {"until": "2199-06-01T00:00"}).status_code == 422
    response = client.post(address, early)

    assert response.status_code == 409
    assert "Choose a moment after the deadline" in text(response)
    assert "Illness" in text(response)


def test_leave_that_a_single_entry_has_is_listed_too() -> None:
    edition = a_juried_edition(entries=CLOSED)
    late, over, gone = (bare_entry(edition, submitted_at=None) for _number in range(3))
    until, given = NOON + timedelta(days=5), {"reason": "Illness", "by": "test", "at": NOON}
    for entry in (late, over, gone):
        actions.allow_late(entry.pk, until=until, **given)
    Entry.objects.filter(pk=over.pk).update(late_until=timezone.now())
    actions.withdraw_entry(gone.pk, **given)

    page = text(signed_in(edition).get(at(edition, "late-entries/")))

    assert "2 single entries have leave" in page
    assert "Nobody has leave to enter late." not in page
    assert late.code in page
    assert gone.code not in page
    assert page.count('<span class="badge">over</span>') == 1


def test_who_only_reads_sees_the_leaves_and_changes_none() -> None:
    edition = a_juried_edition(entries=CLOSED)
    client = as_user(a_member(edition.programme.organiser, MemberRole.VIEWER))

    assert "Nobody has leave to enter late." in text(client.get(at(edition, "late-entries/")))
    assert client.post(at(edition, "late-entries/give/")).status_code == 404


def test_an_entrant_with_leave_reads_until_when_and_starts_a_case_after_the_deadline() -> None:
    edition = a_juried_edition(entries=CLOSED)
    organisation = an_organisation(edition.programme.organiser, "Latecomer AS")
    client = as_user(an_entrant(organisation))
    base = f"/en/entrant/{edition.programme.slug}/{edition.slug}/"
    typed = {"organisation": organisation.public_id, "title": "Late", "language": "en"}
    assert client.post(f"{base}cases/new/start/", typed).status_code == 409
    until = timezone.now() + timedelta(days=30)
    actions.give_leave(edition, organisation.pk, until=until, reason="Illness", by="test", at=timezone.now())

    for page in (client.get(base), client.get(f"{base}cases/new/")):
        assert "You may enter for Latecomer AS until" in text(page)
    client.post(f"{base}cases/new/start/", typed)

    case = Case.objects.get()
    assert "You may enter for Latecomer AS until" in text(client.get(f"{base}cases/{case.public_id}/"))
    response = client.post(f"{base}cases/{case.public_id}/categories/{TEAM}/enter/")
    assert response.status_code == 302
    assert case.entries.count() == 1


def test_leave_for_one_category_names_it() -> None:
    desk = Desk()
    close(desk.edition)
    until = timezone.now() + timedelta(days=30)
    told = {"category": TEAM, "until": until, "reason": "Illness"}
    actions.give_leave(desk.edition, desk.organisation.pk, **told, by="test", at=timezone.now())

    assert "You may enter “Small Team of the Year” for" in text(desk.client.get(desk.of_case()))


def test_with_leave_for_one_of_two_organisations_only_that_one_can_be_chosen() -> None:
    desk = Desk()
    other = an_organisation(desk.edition.programme.organiser, "Other AS")
    other.affiliations.create(user=desk.person, since=timezone.now())
    close(desk.edition)
    until = timezone.now() + timedelta(days=30)
    actions.give_leave(desk.edition, other.pk, until=until, reason="Illness", by="test", at=timezone.now())

    page = text(desk.client.get(desk.address("cases/new/")))

    assert other.public_id in page
    assert f'value="{desk.organisation.public_id}"' not in page
    assert "Another organisation" not in page
