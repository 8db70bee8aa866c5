"""Inviting jurors, and what becomes of one who accepts."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kaaring.audit.models import AuditLine
from kaaring.jury.actions import invitations, jurors, panels, recusals
from kaaring.jury.actions.panels import Members
from kaaring.jury.models import Juror
from kaaring.jury.queries.jurors import juror_of
from kaaring.jury.spreadsheets import JurorRow
from kaaring.kernel.refused import Refused
from kaaring.people.models import User
from kaaring.programmes import links
from kaaring.programmes.models import Edition, Invitation, Part
from tests.build import NOON, a_member, a_user
from tests.juried import a_juried_edition, a_juror, an_organisation
from tests.jury.build import bare_entry

pytestmark = pytest.mark.django_db
BY: Any = {"by": "test", "at": NOON}


@pytest.fixture
def edition() -> Edition:
    return a_juried_edition()


@pytest.fixture
def owner(edition: Edition) -> User:
    return a_member(edition.programme.organiser)


def refusal_of(doing: Any, *args: Any, **options: Any) -> str:
    with pytest.raises(Refused) as refused:
        doing(*args, **options)
    return refused.value.code


def invite(juror: Juror, owner: User) -> Invitation:
    return invitations.invite_juror(
        juror.pk,
        language="nb",
        link_to=lambda invitation, language: f"https://kaaring.example/{language}/{invitation.public_id}",
        by=owner,
        at=NOON,
    )


def test_a_juror_is_invited_by_a_message_and_a_chair_as_chair(
    edition: Edition, owner: User, django_capture_on_commit_callbacks: Any
) -> None:
    juror, chair = a_juror(edition, email="kari@example.org"), a_juror(edition)
    panels.form_panel(edition, {"en": "Teams"}, Members(["team"], [chair.pk], chair.pk), **BY)

    with django_capture_on_commit_callbacks(execute=True):
        invitation = invite(juror, owner)

    assert invitation.role == "juror"
    assert mail.outbox[0].to == ["kari@example.org"]
    assert invite(chair, owner).role == "jury_chair"
    assert invitations.is_for_a_juror(invitation)


def test_nobody_is_invited_while_a_possible_conflict_waits(edition: Edition, owner: User) -> None:
    bare_entry(edition, organisation=an_organisation(edition.programme.organiser, "Nordbank"))
    juror = jurors.add_juror(edition, JurorRow("kari", "Kari", "kari@example.org", "Nordbank AS"), **BY)

    assert refusal_of(invite, juror, owner) == "conflicts_wait"
    recusals.confirm_recusal(juror.recusals.get().pk, **BY)
    assert invite(juror, owner).email == "kari@example.org"


def test_who_has_no_address_has_accepted_or_has_left_is_not_invited(edition: Edition, owner: User) -> None:
    assert refusal_of(invite, a_juror(edition, email=""), owner) == "no_address"
    assert refusal_of(invite, a_juror(edition, user=a_user()), owner) == "accepted_already"
    gone = a_juror(edition, removed_at=NOON, removed_reason="Moved")
    assert refusal_of(invite, gone, owner) == "removed_already"
    assert refusal_of(invite, a_juror(edition), a_user()) == "not_an_owner_or_manager"


def test_who_accepts_is_the_juror_with_the_invited_address(edition: Edition, owner: User) -> None:
    juror = a_juror(edition, email="Kari@example.org")
    kari = a_user("kari@example.org")

    invitations.accept_invitation(invite(juror, owner).pk, by=kari, at=NOON)

    assert juror_of(kari, edition) == juror
    assert Part.objects.get(user=kari).role == "juror"
    assert AuditLine.objects.get(doing="juror_accepted").about == juror.code


def test_who_was_invited_without_having_been_added_becomes_a_juror(edition: Edition, owner: User) -> None:
    kari = a_user("kari@example.org", name="Kari Berg")
    offer = Invitation.objects.create(
        organiser=edition.programme.organiser,
        edition=edition,
        email="kari@example.org",
        role="juror",
        invited_at=NOON,
        invited_by=owner,
    )

    invitations.accept_invitation(offer.pk, by=kari, at=NOON)

    juror = juror_of(kari, edition)
    assert juror is not None
    assert (juror.name, juror.email) == ("Kari Berg", "kari@example.org")


def test_one_person_is_not_two_jurors_of_one_edition(edition: Edition, owner: User) -> None:
    kari = a_user("kari@example.org")
    a_juror(edition, user=kari, email="old@example.org")
    second = a_juror(edition, email="kari@example.org")
    offer = invite(second, owner)

    assert refusal_of(invitations.accept_invitation, offer.pk, by=kari, at=NOON) == "juror_already"
    assert not Part.objects.exists()


def test_a_chair_who_was_a_juror_before_stays_the_same_juror(edition: Edition, owner: User) -> None:
    kari = a_user("kari@example.org")
    juror = a_juror(edition, email="kari@example.org")
    invitations.accept_invitation(invite(juror, owner).pk, by=kari, at=NOON)
    offer = Invitation.objects.create(
        organiser=edition.programme.organiser,
        edition=edition,
        email="kari@example.org",
        role="jury_chair",
        invited_at=NOON,
        invited_by=owner,
    )

    invitations.accept_invitation(offer.pk, by=kari, at=NOON)

    assert Juror.objects.get() == juror
    assert set(Part.objects.values_list("role", flat=True)) == {"juror", "jury_chair"}


def test_the_offer_to_a_juror_who_is_removed_or_moves_to_another_address_is_withdrawn(
    edition: Edition, owner: User
) -> None:
    gone, moved = a_juror(edition), a_juror(edition, email="old@example.org")
    offers = [invite(gone, owner), invite(moved, owner)]

    jurors.remove_juror(gone.pk, reason="Moved", **BY)
    jurors.change_juror(moved.pk, JurorRow(moved.code, moved.name, "new@example.org"), **BY)

    withdrawn = Invitation.objects.filter(withdrawn_at__isnull=False)
    assert set(withdrawn) == set(offers)


def test_the_page_behind_the_link_makes_the_reader_a_juror(edition: Edition, owner: User) -> None:
    juror = a_juror(edition, email="kari@example.org")
    kari = a_user("kari@example.org")
    offer = invite(juror, owner)
    Invitation.objects.update(invited_at=timezone.now())
    client = Client()
    client.force_login(kari, backend="django.contrib.auth.backends.ModelBackend")

    response = client.post(reverse("account:accept_invitation", args=[links.token_of(offer)]))

    assert response.status_code == 302
    juror.refresh_from_db()
    assert juror.user == kari
