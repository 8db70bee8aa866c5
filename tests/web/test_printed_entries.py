"""Who may fetch an entry as a PDF, and whose names stand in it."""

import io
from typing import Any

import pypdf
import pytest
from django.test import Client

from kaaring.entries import actions
from kaaring.jury.models import Assignment
from kaaring.people.models import MemberRole, User
from tests.build import NOON, a_member, a_user, an_organiser
from tests.juried import an_entrant, an_entry, an_organisation
from tests.web.test_juror_reading import a_desk, page_of

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def fetched(client: Client, path: str) -> Any:
    return client.get(path)


def words(response: Any) -> str:
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "private, no-store"
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(response.content)).pages)


def test_entrants_partners_and_organisers_fetch_it_with_names_and_strangers_find_none() -> None:
    entry = an_entry()
    edition, case = entry.edition, entry.case
    partner = actions.name_party(
        case.pk, organisation=an_organisation(edition.programme.organiser), by="test", at=NOON
    )
    place = f"{edition.programme.slug}/{edition.slug}/entries/{entry.public_id}/print.pdf"

    for person, who in (
        (an_entrant(case.organisation), "entrant"),
        (an_entrant(partner.organisation), "entrant"),
        (a_member(edition.programme.organiser, MemberRole.AUDITOR), "organiser"),
    ):
        assert case.organisation.name in words(signed_in(person).get(f"/en/{who}/{place}"))
    for person in (a_user(), a_member(an_organiser()), an_entrant(an_organisation())):
        for who in ("entrant", "organiser"):
            assert signed_in(person).get(f"/en/{who}/{place}").status_code == 404
    assert Client().get(f"/en/entrant/{place}").status_code == 302


@pytest.mark.parametrize(("stage", "is_named"), [("screening", False), ("marking", True)])
def test_a_juror_reads_names_where_the_stage_shows_them(stage: str, is_named: bool) -> None:
    desk = a_desk(stage)
    assert desk.juror.user is not None

    text = words(signed_in(desk.juror.user).get(page_of(desk, "print.pdf")))

    assert (desk.entry.case.organisation.name in text) == is_named
    assert ("Names are hidden" in text) != is_named


def test_a_juror_to_whom_it_is_not_assigned_finds_none() -> None:
    desk, other = a_desk(), a_user()
    Assignment.objects.filter(pk=desk.pk).update(ended_at=NOON, ended_reason="Another took it")

    assert desk.juror.user is not None
    for person in (desk.juror.user, other):
        assert signed_in(person).get(page_of(desk, "print.pdf")).status_code == 404
