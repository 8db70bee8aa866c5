"""Partners, colleagues, who sees what, and two cases that are one."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from kaaring.entries import actions
from kaaring.entries.models import Case, Entry, Figure, Party
from kaaring.entries.queries import (
    cases_seen_by,
    cases_written_by,
    entries_seen_by,
    entries_written_by,
    organisations_of,
    parts_of,
    twins_in,
    twins_of,
)
from kaaring.kernel.refused import Refused
from kaaring.people.models import Affiliation, Organisation, User
from kaaring.programmes.models import Edition, Invitation
from tests.build import NOON, a_member, a_user
from tests.juried import (
    LARGE_TEAM,
    PARTNERSHIP,
    PERSON,
    a_case,
    a_juried_edition,
    a_nominee,
    an_affiliation,
    an_attachment,
    an_entrant,
    an_entry,
    an_organisation,
)

pytestmark = pytest.mark.django_db


def link(_invitation: Invitation, _language: str) -> str:
    return "https://example.org/invitation"


def accept(invitation: Invitation, user: User) -> None:
    actions.accept_invitation(invitation.pk, by=user, at=NOON)


def invite(organisation: Organisation, email: str, *, by: User, edition: Edition | None = None) -> Invitation:
    edition = edition or a_juried_edition(organisation.organiser)
    return actions.invite_colleague(organisation, edition, email, language="en", link_to=link, by=by, at=NOON)


def test_people_see_the_cases_of_their_organisations_and_of_those_they_are_partners_in() -> None:
    edition = a_juried_edition()
    ours, theirs = (an_organisation(edition.programme.organiser) for _ in range(2))
    person = an_entrant(ours)
    own, joint, other = a_case(edition, ours), a_case(edition, theirs), a_case(edition, theirs)
    part = actions.name_party(joint.pk, organisation=ours, by="test", at=NOON)
    entry = an_entry(case=joint, category=LARGE_TEAM)

    assert set(cases_seen_by(person)) == {own, joint}
    assert set(cases_written_by(person)) == {own}
    assert list(parts_of(person)) == [part]
    assert list(entries_seen_by(person)) == [entry]
    assert list(entries_written_by(person)) == []
    assert list(organisations_of(person)) == [ours]
    assert other not in cases_seen_by(person)
    assert not cases_seen_by(a_user()).exists()


def test_a_case_is_seen_once_however_many_ways_lead_to_it() -> None:
    edition = a_juried_edition()
    ours, partner = (an_organisation(edition.programme.organiser) for _ in range(2))
    person = an_entrant(ours)
    an_affiliation(partner, person)
    case = a_case(edition, ours)
    actions.name_party(case.pk, organisation=partner, by="test", at=NOON)

    assert list(cases_seen_by(person)) == [case]
    assert list(parts_of(person)) == []


def test_a_partner_is_named_once_in_a_role_of_the_rules() -> None:
    case = a_case()
    partner = an_organisation(case.edition.programme.organiser)
    actions.name_party(case.pk, organisation=partner, role="partner", by="test", at=NOON)

    with pytest.raises(Refused, match="party_already"):
        actions.name_party(case.pk, organisation=partner, by="test", at=NOON)
    with pytest.raises(Refused, match="party_already"):
        actions.name_party(case.pk, organisation=case.organisation, by="test", at=NOON)
    with pytest.raises(Refused, match="unknown_role"):
        actions.name_party(case.pk, name="A", email="a@example.org", role="king", by="test", at=NOON)
    with pytest.raises(Refused, match="party_unnamed"):
        actions.name_party(case.pk, name="A", by="test", at=NOON)


def test_whoever_enters_stands_behind_the_case_and_others_may_go() -> None:
    case = a_case()
    party = actions.name_party(case.pk, name="Partner", email="a@example.org", by="test", at=NOON)

    with pytest.raises(Refused, match="own_party"):
        actions.remove_party(case.parties.get(organisation=case.organisation).pk, by="test", at=NOON)
    actions.remove_party(party.pk, by="test", at=NOON)

    assert case.parties.count() == 1


def test_a_partner_is_invited_by_mail_and_acts_for_its_organisation_from_then_on(
    django_capture_on_commit_callbacks: Any,
) -> None:
    edition = a_juried_edition()
    organisation = an_organisation(edition.programme.organiser)
    case, partner = a_case(edition, organisation), a_user("per@example.org")
    inviting = an_entrant(organisation)

    with django_capture_on_commit_callbacks(execute=True):
        party = actions.name_party(
            case.pk,
            name="Partner AS",
            email="per@example.org",
            link_to=link,
            by=inviting.public_id,
            at=NOON,
        )

    assert mail.outbox[0].to == ["per@example.org"]
    assert "acting for Partner AS" in mail.outbox[0].body
    accept(Invitation.objects.get(), partner)
    assert list(parts_of(partner)) == [party]


def test_somebody_who_acts_for_an_organisation_of_that_name_is_taken_at_it() -> None:
    case = a_case()
    acme = an_organisation(case.edition.programme.organiser, "Acme AS")
    person = an_entrant(acme)

    party = actions.name_party(case.pk, name="ACME", email=person.email, by="test", at=NOON)

    assert party.organisation == acme


def test_naming_a_known_organisation_opens_none_of_its_cases_to_the_invited() -> None:
    case = a_case()
    acme = an_organisation(case.edition.programme.organiser, "Acme AS")
    secret = a_case(case.edition, acme)
    inviting, friend = an_entrant(case.organisation), a_user()

    party = actions.name_party(
        case.pk, name="Acme AS", email=friend.email, link_to=link, by=inviting.public_id, at=NOON
    )
    accept(Invitation.objects.get(), friend)

    assert party.organisation != acme
    assert secret not in cases_seen_by(friend)


def test_who_named_a_partner_invites_its_first_person_and_no_second() -> None:
    case = a_case()
    partner = an_organisation(case.edition.programme.organiser)
    actions.name_party(case.pk, organisation=partner, by="test", at=NOON)
    inviting, first, second = an_entrant(case.organisation), a_user(), a_user()
    invitations = [invite(partner, one.email, by=inviting, edition=case.edition) for one in (first, second)]

    accept(invitations[0], first)

    with pytest.raises(Refused, match="not_a_colleague"):
        accept(invitations[1], second)
    with pytest.raises(Refused, match="not_a_colleague"):
        invite(partner, "third@example.org", by=inviting, edition=case.edition)
    assert [one.user for one in partner.affiliations.all()] == [first]


def test_colleagues_are_invited_by_colleagues_and_by_the_organiser_only() -> None:
    organisation = an_organisation()
    edition = a_juried_edition(organisation.organiser)
    colleague, owner = an_entrant(organisation), a_member(organisation.organiser)

    assert invite(organisation, "one@example.org", by=colleague, edition=edition).organisation
    assert invite(organisation, "two@example.org", by=owner, edition=edition).organisation
    for stranger in (a_user(), a_member(organisation.organiser, "viewer")):
        with pytest.raises(Refused, match="not_a_colleague"):
            invite(organisation, "three@example.org", by=stranger, edition=edition)


def test_an_invitation_lapses_when_its_sender_no_longer_acts_for_the_organisation() -> None:
    organisation = an_organisation()
    sender = an_affiliation(organisation)
    an_affiliation(organisation)
    invited = a_user()
    invitation = invite(organisation, invited.email, by=sender.user)
    actions.end_affiliation(sender.pk, by="test", at=NOON)

    with pytest.raises(Refused, match="not_a_colleague"):
        accept(invitation, invited)

    assert not Affiliation.objects.filter(user=invited).exists()


def test_who_acts_for_an_organisation_is_not_invited_again() -> None:
    organisation = an_organisation()
    one, other = an_affiliation(organisation), an_affiliation(organisation)

    with pytest.raises(Refused, match="already_a_colleague"):
        invite(organisation, other.user.email, by=one.user)


def test_an_open_invitation_is_sent_once_and_can_be_withdrawn() -> None:
    organisation = an_organisation()
    edition, colleague = a_juried_edition(organisation.organiser), an_entrant(organisation)
    invitation = invite(organisation, "kari@example.org", by=colleague, edition=edition)
    with pytest.raises(Refused, match="already_invited"):
        invite(organisation, "kari@example.org", by=colleague, edition=edition)
    with pytest.raises(Refused, match="not_a_colleague"):
        actions.withdraw_colleague_invitation(invitation.pk, by=a_user(), at=NOON)

    actions.withdraw_colleague_invitation(invitation.pk, by=colleague, at=NOON)

    with pytest.raises(Refused, match="invitation_withdrawn"):
        accept(invitation, a_user("kari@example.org"))


def test_an_organisation_with_cases_keeps_somebody_who_answers_for_them() -> None:
    case = a_case()
    only = an_affiliation(case.organisation)
    with pytest.raises(Refused, match="last_colleague"):
        actions.end_affiliation(only.pk, by="test", at=NOON)
    an_affiliation(case.organisation)

    actions.end_affiliation(only.pk, by="test", at=NOON)

    assert not cases_seen_by(only.user).exists()


def test_an_organisation_has_a_name_and_is_changed_with_a_line_in_the_log() -> None:
    organisation = an_organisation(name="Acme")

    with pytest.raises(Refused, match="no_name"):
        actions.add_organisation(organisation.organiser, " ", by="test", at=NOON)
    with pytest.raises(Refused, match="no_name"):
        actions.change_organisation(organisation.pk, {"name": ""}, by="test", at=NOON)
    changed = actions.change_organisation(organisation.pk, {"city": "Oslo"}, by="test", at=NOON)

    assert (changed.name, changed.city) == ("Acme", "Oslo")


def test_a_party_tells_and_approves_its_own_part() -> None:
    case = a_case()
    party = actions.name_party(case.pk, name="Partner", email="a@example.org", by="test", at=NOON)
    seen = Case.objects.get(pk=case.pk).version

    actions.change_part(
        party.pk, "We wrote the bot.", {"partner_countries": "NO, SE"}, version=seen, by="test", at=NOON
    )
    with pytest.raises(Refused, match="changed_meanwhile"):
        actions.change_part(party.pk, "Another", {}, version=seen, by="test", at=NOON)
    with pytest.raises(Refused, match="changed_meanwhile"):
        actions.approve_part(party.pk, version=seen, by="test", at=NOON)
    approved = actions.approve_part(party.pk, version=seen + 1, by="test", at=NOON)

    assert Case.objects.get(pk=case.pk).facts["partner_countries"] == ["NO", "SE"]
    assert (approved.text, approved.approved_version) == ("We wrote the bot.", seen + 1)


def the_same_partnership_twice() -> tuple[Entry, Entry]:
    """Each of two organisations enters, and names the other by about its name."""
    edition = a_juried_edition()
    organiser = edition.programme.organiser
    centre, partner = (
        an_organisation(organiser, "Northern Centre AS"),
        an_organisation(organiser, "Outsourcer"),
    )
    one = an_entry(edition, PARTNERSHIP, organisation=centre, title="As the centre sees it")
    other = an_entry(edition, PARTNERSHIP, organisation=partner, title="As the partner sees it")
    for entry, name in ((one, "OUTSOURCER AS"), (other, "Northern centre")):
        actions.name_party(
            entry.case_id, name=name, email="a@example.org", role="partner", by="test", at=NOON
        )
    return one, other


def test_the_same_partnership_entered_by_both_parties_is_found() -> None:
    one, other = the_same_partnership_twice()
    a_case(one.edition)

    assert [(pair.one, pair.other, pair.categories) for pair in twins_in(one.edition)] == [
        (one.case, other.case, (PARTNERSHIP,))
    ]
    assert twins_of(other.case) == [one.case]


def test_two_partnerships_that_share_one_organisation_are_two() -> None:
    one, other = the_same_partnership_twice()
    other.case.parties.exclude(organisation=other.case.organisation).delete()
    actions.name_party(other.case_id, name="Somebody else", email="a@example.org", by="test", at=NOON)

    assert twins_in(one.edition) == []


def test_the_organiser_merges_and_the_other_side_stands_behind_the_case_that_stays() -> None:
    one, other = the_same_partnership_twice()
    person = an_entrant(other.case.organisation)

    into = actions.merge_cases(other.case_id, one.case_id, by="test", at=NOON)

    other.refresh_from_db()
    assert into == one.case
    assert "001" in other.withdrawn_reason
    assert {party.organisation for party in Party.objects.filter(case=into)} == {
        one.case.organisation,
        other.case.organisation,
    }
    assert set(cases_seen_by(person)) == {one.case, other.case}
    assert [part.case for part in parts_of(person)] == [one.case]
    assert twins_in(one.edition) == []


def test_entries_in_other_categories_move_along_with_their_answers() -> None:
    one, other = the_same_partnership_twice()
    more = an_entry(case=other.case, category=LARGE_TEAM)

    actions.merge_cases(other.case_id, one.case_id, by="test", at=NOON)

    more.refresh_from_db()
    assert more.case == one.case
    assert more.answers.count() == 2


def test_two_cases_that_nobody_takes_for_one_are_not_merged() -> None:
    one, _other = the_same_partnership_twice()
    stranger = an_entry(one.edition)

    with pytest.raises(Refused, match="not_twins"):
        actions.merge_cases(stranger.case_id, one.case_id, by="test", at=NOON)

    Case.objects.filter(pk=one.case_id).update(merge_asked_into=stranger.case_id)
    assert actions.merge_cases(stranger.case_id, one.case_id, by="test", at=NOON) == one.case


def test_a_submitted_entry_that_would_have_gaps_does_not_move() -> None:
    one, other = the_same_partnership_twice()
    person = an_entry(case=other.case, category=PERSON)
    Entry.objects.filter(pk=person.pk).update(submitted_at=NOON)

    with pytest.raises(Refused, match="merge_leaves_gaps") as refused:
        actions.merge_cases(other.case_id, one.case_id, by="test", at=NOON)

    assert "“Nominee”: a partnership. Needed: a person." in refused.value.details[0]
    person.refresh_from_db()
    assert (person.case_id, Case.objects.get(pk=other.case_id).merged_into) == (other.case_id, None)
    actions.ask_correction(person.pk, "Move it.", until=NOON + timedelta(days=1), by="test", at=NOON)
    actions.merge_cases(other.case_id, one.case_id, by="test", at=NOON)
    person.refresh_from_db()
    assert person.case_id == one.case_id


def test_files_facts_figures_and_the_nominee_go_along_and_nothing_is_written_over() -> None:
    one, other = the_same_partnership_twice()
    file, same = an_attachment(other.case), an_attachment(other.case, "same.pdf", sha256="1" * 64)
    an_attachment(one.case, "ours.pdf", sha256="1" * 64)
    removed = an_attachment(other.case, "old.pdf", sha256="2" * 64, removed_at=NOON)
    Case.objects.filter(pk=one.case_id).update(facts={"people": 12})
    Case.objects.filter(pk=other.case_id).update(facts={"people": 90, "seats": 60})
    for case, name in ((one.case, "Answer time"), (other.case, "Answer time"), (other.case, "Satisfaction")):
        Figure.objects.create(case=case, name=name, after=20)
    nominee = a_nominee(Case.objects.get(pk=other.case_id), consented_at=NOON)

    into = actions.merge_cases(other.case_id, one.case_id, by="test", at=NOON)

    into.refresh_from_db()
    assert into.facts == {"people": 12, "seats": 60}
    assert [one.name for one in into.figures.all()] == ["Answer time", "Satisfaction"]
    assert file in into.attachments.all()
    assert {same, removed}.isdisjoint(into.attachments.all())
    nominee.refresh_from_db()
    assert (nominee.case, nominee.consented_at, nominee.consented_version) == (into, None, None)


def test_a_merged_case_stays_as_it_was() -> None:
    one, other = the_same_partnership_twice()
    actions.merge_cases(other.case_id, one.case_id, by="test", at=NOON)

    with pytest.raises(Refused, match="case_merged"):
        actions.change_case(other.case_id, actions.CaseChanges(title="New"), version=99, by="test", at=NOON)
    with pytest.raises(Refused, match="case_merged"):
        actions.enter(other.case_id, LARGE_TEAM, by="test", at=NOON)
    with pytest.raises(Refused, match="case_merged"):
        actions.merge_cases(other.case_id, one.case_id, by="test", at=NOON)


def test_the_parties_merge_when_both_agree() -> None:
    one, other = the_same_partnership_twice()
    with pytest.raises(Refused, match="merge_not_asked"):
        actions.agree_to_merge(other.case_id, one.case_id, by="test", at=NOON)
    actions.ask_merge(other.case_id, one.case_id, by="test", at=NOON)

    actions.agree_to_merge(other.case_id, one.case_id, by="test", at=NOON)

    assert Case.objects.get(pk=other.case_id).merged_into == one.case


def test_a_request_to_merge_is_declined() -> None:
    one, other = the_same_partnership_twice()
    actions.ask_merge(other.case_id, one.case_id, by="test", at=NOON)

    actions.decline_merge(other.case_id, by="test", at=NOON)

    with pytest.raises(Refused, match="merge_not_asked"):
        actions.agree_to_merge(other.case_id, one.case_id, by="test", at=NOON)


def test_a_submitted_entry_does_not_give_way_to_a_draft() -> None:
    one, other = the_same_partnership_twice()
    for party in other.case.parties.all():
        actions.approve_part(party.pk, by="test", at=NOON)
    actions.submit_entry(other.pk, by="test", at=NOON)

    with pytest.raises(Refused, match="merge_other_way"):
        actions.merge_cases(other.case_id, one.case_id, by="test", at=NOON)
    assert actions.merge_cases(one.case_id, other.case_id, by="test", at=NOON) == other.case


def test_a_case_is_not_merged_with_itself_or_with_another_edition() -> None:
    case = a_case()
    with pytest.raises(Refused, match="not_two_cases"):
        actions.merge_cases(case.pk, case.pk, by="test", at=NOON)
    with pytest.raises(Refused, match="not_two_cases"):
        actions.merge_cases(case.pk, a_case().pk, by="test", at=NOON)
