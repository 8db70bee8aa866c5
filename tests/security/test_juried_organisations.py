"""Nobody gets at the cases of an organisation by naming it, and no juror marks the own house."""

from datetime import timedelta
from typing import Any

import pytest

from kaaring.entries import actions
from kaaring.entries.queries import cases_seen_by
from kaaring.jury.actions import invitations
from kaaring.jury.actions.assignments import assign_by_hand
from kaaring.jury.actions.organisations import merge_organisations
from kaaring.jury.queries.marking import closed_cases
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import EditionRole, Invitation
from tests.build import NOON, a_member, a_user
from tests.juried import (
    a_case,
    a_juried_edition,
    a_juror,
    a_stage,
    an_assignment,
    an_entrant,
    an_entry,
    an_organisation,
)

pytestmark = pytest.mark.django_db
BY: Any = {"by": "test", "at": NOON}


def link(_invitation: Invitation, _language: str) -> str:
    return "https://example.org/invitation"


def test_who_named_a_partner_cannot_invite_into_a_house_that_has_cases_of_its_own() -> None:
    edition = a_juried_edition()
    house = an_organisation(edition.programme.organiser, "Brought in by the organiser")
    secret = a_case(edition, house)
    case = a_case(edition)
    actions.name_party(case.pk, organisation=house, **BY)
    attacker, accomplice = an_entrant(case.organisation), a_user()

    with pytest.raises(Refused, match="not_a_colleague"):
        actions.invite_colleague(
            house, edition, accomplice.email, language="en", link_to=link, by=attacker, at=NOON
        )
    assert secret not in cases_seen_by(accomplice)


def test_an_invitation_to_a_partner_lapses_when_it_turns_out_to_be_a_house_with_cases() -> None:
    edition = a_juried_edition()
    house = an_organisation(edition.programme.organiser, "Partner AS")
    secret, case = a_case(edition, house), a_case(edition)
    attacker, accomplice = an_entrant(case.organisation), a_user()
    party = actions.name_party(
        case.pk,
        name="Partner",
        email=accomplice.email,
        link_to=link,
        by=attacker.public_id,
        at=NOON,
    )
    merge_organisations(party.organisation_id, house.pk, **BY)

    with pytest.raises(Refused, match="not_a_colleague"):
        actions.accept_invitation(Invitation.objects.get().pk, by=accomplice, at=NOON)
    assert secret not in cases_seen_by(accomplice)


def test_a_partner_that_others_named_too_is_not_theirs_to_fill() -> None:
    edition = a_juried_edition()
    house = an_organisation(edition.programme.organiser)
    mine, others = a_case(edition), a_case(edition)
    for case in (mine, others):
        actions.name_party(case.pk, organisation=house, **BY)
    attacker, accomplice = an_entrant(mine.organisation), a_user()

    with pytest.raises(Refused, match="not_a_colleague"):
        actions.invite_colleague(
            house, edition, accomplice.email, language="en", link_to=link, by=attacker, at=NOON
        )


def test_a_juror_who_acts_for_an_organisation_is_found_out_on_accepting() -> None:
    edition = a_juried_edition()
    entry = an_entry(edition, submitted=True)
    person = an_entrant(entry.case.organisation)
    juror = a_juror(edition, email=person.email)
    an_assignment(a_stage(edition), entry, juror)
    invitation = Invitation.objects.create(
        organiser=edition.programme.organiser,
        edition=edition,
        email=person.email,
        role=EditionRole.JUROR,
        invited_at=NOON,
        invited_by=a_member(edition.programme.organiser),
    )

    invitations.accept_invitation(invitation.pk, by=person, at=NOON)

    assert entry.case_id in closed_cases(juror.pk)


def test_a_juror_gets_no_entry_of_the_own_house_by_hand() -> None:
    edition = a_juried_edition()
    entry = an_entry(edition, submitted=True)
    stage = a_stage(edition)
    juror = a_juror(edition, user=an_entrant(entry.case.organisation))

    with pytest.raises(Refused, match="conflict_of_interest"):
        assign_by_hand(stage.pk, entry.pk, juror.pk, **BY)


def test_a_juror_who_begins_to_act_for_an_organisation_marks_it_no_more() -> None:
    edition = a_juried_edition()
    entry = an_entry(edition, submitted=True)
    colleague = an_entrant(entry.case.organisation)
    juror = a_juror(edition, user=a_user())
    an_assignment(a_stage(edition), entry, juror)
    assert juror.user is not None
    invitation = actions.invite_colleague(
        entry.case.organisation,
        edition,
        juror.user.email,
        language="en",
        link_to=link,
        by=colleague,
        at=NOON,
    )

    invitations.accept_to_act(invitation.pk, by=juror.user, at=NOON + timedelta(hours=1))

    assert entry.case_id in closed_cases(juror.pk)
