"""The organisations that enter: their price, their entries, and merging those that are known twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kaaring.audit.models import AuditLine
from kaaring.entries import actions
from kaaring.entries.models import Case, Invoice, Party
from kaaring.jury.actions.organisations import merge_organisations
from kaaring.jury.actions.recusals import detect_recusals
from kaaring.jury.models import Recusal
from kaaring.kernel.refused import Refused
from kaaring.people.models import Affiliation, MemberRole, Organisation
from kaaring.programmes.models import Edition, Invitation
from tests.build import NOON, a_user, an_organiser
from tests.juried import (
    LARGE_TEAM,
    PARTNERSHIP,
    a_case,
    a_juried_edition,
    a_juror,
    an_affiliation,
    an_entry,
    an_organisation,
)
from tests.web.setup_pages import at, filled, signed_in, text

pytestmark = pytest.mark.django_db
DOING: dict[str, Any] = {"by": "test", "at": NOON}


@pytest.fixture
def edition() -> Edition:
    return a_juried_edition()


@pytest.fixture
def client(edition: Edition) -> Client:
    return signed_in(edition)


def known(edition: Edition, name: str, **fields: Any) -> Organisation:
    return an_organisation(edition.programme.organiser, name, **fields)


def test_the_list_counts_entries_and_people_and_says_what_members_pay(
    client: Client, edition: Edition
) -> None:
    assert "No organisations yet" in text(client.get(at(edition, "organisations/")))
    one, other = known(edition, "Nordlys", is_member=True), known(edition, "Solvang")
    an_affiliation(one)
    joint = an_entry(edition, PARTNERSHIP, organisation=one)
    actions.name_party(joint.case.pk, organisation=other, **DOING)
    an_entry(edition, LARGE_TEAM, organisation=one)

    response = client.get(at(edition, "organisations/"))

    lines = [(line.name, line.entry_count, line.person_count) for line in response.context["lines"]]
    assert lines == [("Nordlys", 2, 1), ("Solvang", 1, 0)]
    assert "2 of 2 organisations stand behind entries here." in text(response)
    assert "costs members 3\u00a0000.00\u00a0NOK today, others 4\u00a0000.00\u00a0NOK" in text(response)
    found = client.get(at(edition, "organisations/?q=sol")).context["lines"]
    assert [line.name for line in found] == ["Solvang"]


def test_an_organisation_is_changed_and_made_a_member(client: Client, edition: Edition) -> None:
    own = known(edition, "Nordlys")
    an_entry(edition, LARGE_TEAM, organisation=own, title="Voices")
    page = client.get(at(edition, f"organisations/{own.public_id}/"))
    assert "Voices" in text(page)
    save = at(edition, f"organisations/{own.public_id}/save/")

    typed = filled(page, save) | {"name": "Nordlys AS", "country": "no", "is_member": "on"}
    assert client.post(save, typed).status_code == 302

    own.refresh_from_db()
    assert (own.name, own.country, own.is_member) == ("Nordlys AS", "NO", True)
    changed = [line.details["changed"] for line in AuditLine.objects.filter(doing="organisation_changed")]
    assert sorted(changed) == [["is_member"], ["name", "country"]]
    wrong = client.post(save, {"name": "", "invoice_email": "nobody"})
    assert wrong.status_code == 422
    own.refresh_from_db()
    assert own.name == "Nordlys AS"


def test_somebody_is_invited_to_act_for_an_organisation_that_an_import_made(
    client: Client, edition: Edition
) -> None:
    own = known(edition, "Nordlys")
    page = at(edition, f"organisations/{own.public_id}/")
    assert "Nobody has an account here yet." in text(client.get(page))

    assert client.post(f"{page}invite/", {"email": "nobody"}).status_code == 422
    sent = text(client.post(f"{page}invite/", {"email": "kari@example.org"}, follow=True))

    assert "The invitation to kari@example.org is on its way." in sent
    assert Invitation.objects.get().organisation == own.public_id
    again = client.post(f"{page}invite/", {"email": "kari@example.org"})
    assert again.status_code == 409
    viewer = signed_in(edition, MemberRole.VIEWER)
    assert viewer.post(f"{page}invite/", {"email": "x@example.org"}).status_code == 404


def test_organisations_that_may_be_one_are_shown_and_merged(client: Client, edition: Edition) -> None:
    one, other = known(edition, "Nordlys AS"), known(edition, "Nordlys")
    known(edition, "Shop 11 of Solvang"), known(edition, "Shop 12 of Solvang")
    case = a_case(edition, other)
    assert "1 pair of organisations may be one" not in text(client.get(at(edition, "organisations/")))
    assert "1 pair of organisations may be one" in text(client.get(at(edition, "organisations/?alike=1")))

    merge = at(edition, f"organisations/{other.public_id}/merge/")
    page = client.post(merge, {"into": one.public_id}, follow=True)

    assert "are one organisation now" in text(page)
    assert "No two organisations are called alike." in text(client.get(at(edition, "organisations/?alike=1")))
    assert Case.objects.get(pk=case.pk).organisation == one
    assert not Organisation.objects.filter(pk=other.pk).exists()
    assert client.post(merge, {"into": one.public_id}).status_code == 404
    itself = at(edition, f"organisations/{one.public_id}/merge/")
    refused = client.post(itself, {"into": one.public_id})
    assert refused.status_code == 409
    assert "Choose two different organisations" in text(refused)


def test_everything_goes_to_the_one_that_stays(edition: Edition) -> None:
    stays, goes = (
        known(edition, "Nordlys AS", city="Oslo"),
        known(edition, "Nordlys", number="9", is_member=True),
    )
    colleague = an_affiliation(stays).user
    an_affiliation(goes, colleague)
    newcomer = an_affiliation(goes).user
    joint = a_case(edition, goes)
    actions.name_party(joint.pk, organisation=stays, **DOING)
    partner_of = a_case(edition)
    actions.name_party(partner_of.pk, organisation=goes, **DOING)
    Invoice.objects.create(
        organiser=goes.organiser, edition=edition, organisation=goes, number=1,
        issued_on=NOON.date(), due_on=NOON.date(), currency="NOK", vat="25", seller={},
        buyer={"name": "Nordlys"},
    )  # fmt: skip
    Invitation.objects.create(
        organiser=stays.organiser, edition=edition, email="x@example.org", role="entrant_contact",
        organisation=goes.public_id, invited_at=NOON, invited_by=a_user(),
    )  # fmt: skip
    juror = a_juror(edition, organisation=goes)

    merge_organisations(goes.pk, stays.pk, **DOING)

    stays.refresh_from_db()
    assert (stays.name, stays.number, stays.city, stays.is_member) == ("Nordlys AS", "9", "Oslo", True)
    assert {one.user for one in Affiliation.objects.filter(organisation=stays)} == {colleague, newcomer}
    joint.refresh_from_db()
    assert joint.organisation == stays
    assert [party.organisation for party in joint.parties.all()] == [stays]
    assert Party.objects.filter(case=partner_of, organisation=stays).exists()
    assert Invoice.objects.get().organisation == stays
    assert Invoice.objects.get().buyer == {"name": "Nordlys"}
    assert Invitation.objects.get().organisation == stays.public_id
    juror.refresh_from_db()
    assert juror.organisation == stays
    line = AuditLine.objects.get(doing="organisations_merged")
    assert (line.about, line.details["into"], line.details["cases"]) == (goes.public_id, stays.public_id, 1)


def test_jurors_keep_one_conflict_the_confirmed_one_and_new_ones_are_found(edition: Edition) -> None:
    stays, goes = known(edition, "Fjelltopp"), known(edition, "Bergtopp")
    a_case(edition, stays)
    a_case(edition, goes)
    both = a_juror(edition, organisation=stays, organisation_name="Fjelltopp")
    detect_recusals(edition, **DOING)
    found = Recusal.objects.get(juror=both)
    other = Recusal.objects.create(
        juror=both, organisation=goes, kind="client", source="organiser", noted_at=NOON, noted_by="test",
    )  # fmt: skip
    outside = a_juror(edition, organisation=goes, organisation_name="Elsewhere")

    merge_organisations(goes.pk, stays.pk, by="test", at=NOON + timedelta(days=1))

    standing = Recusal.objects.get(juror=both, dismissed_at=None)
    assert (standing.pk, standing.organisation) == (other.pk, stays)
    found.refresh_from_db()
    assert (
        found.dismissed_reason
        == "The two organisations are one, so their two conflicts of interest became one."
    )
    assert Recusal.objects.get(juror=outside).organisation == stays


def test_organisations_of_two_organisers_are_never_one(edition: Edition) -> None:
    with pytest.raises(Refused, match="two different organisations"):
        merge_organisations(known(edition, "A").pk, an_organisation(an_organiser(), "A").pk, **DOING)


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.AUDITOR])
def test_who_only_reads_changes_nothing(edition: Edition, role: MemberRole) -> None:
    own, reader = known(edition, "Nordlys"), signed_in(edition, role)
    address = at(edition, f"organisations/{own.public_id}/")

    assert "Merge it into another" not in text(reader.get(address))
    assert reader.post(f"{address}save/", {"name": "Mine"}).status_code == 404
    assert reader.post(f"{address}merge/", {"into": own.public_id}).status_code == 404


def test_organisations_of_others_and_strangers_find_nothing(client: Client, edition: Edition) -> None:
    theirs = an_organisation(an_organiser(), "Theirs")
    own = known(edition, "Ours")
    assert client.get(at(edition, f"organisations/{theirs.public_id}/")).status_code == 404
    merge = at(edition, f"organisations/{own.public_id}/merge/")
    assert client.post(merge, {"into": theirs.public_id}).status_code == 404
    stranger = Client()
    stranger.force_login(a_user(), backend="django.contrib.auth.backends.ModelBackend")
    for rest in ("organisations/", f"organisations/{own.public_id}/"):
        assert stranger.get(at(edition, rest)).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_as_many_queries_for_many_as_for_one(
    client: Client, edition: Edition, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        a_case(edition, known(edition, f"House {number}"))

    with django_assert_max_num_queries(11):
        assert client.get(at(edition, "organisations/")).status_code == 200
