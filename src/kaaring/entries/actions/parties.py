"""Who stands behind a case: naming, changing, approving, removing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.entries.actions.colleagues import add_organisation, invite_colleague
from kaaring.entries.actions.holding import entries_of, grow, held_case, held_party
from kaaring.entries.actions.letters import PartOf, ask_partner
from kaaring.entries.actions.telling import is_told
from kaaring.entries.models import Case, Party
from kaaring.entries.rules import parties as may
from kaaring.entries.rules.cases import CaseChanges, against_changing, against_details, against_overwriting
from kaaring.entries.rules.merging import ALIKE
from kaaring.kernel.refused import refuse
from kaaring.people.models import Affiliation, Organisation, Organiser
from kaaring.people.queries import person_at, person_called
from kaaring.planning.names import likeness
from kaaring.programmes.actions import LinkTo
from kaaring.programmes.eligibility import read
from kaaring.programmes.eligibility.facts import Raw, plain
from kaaring.programmes.queries import chain_of, definition_in_force


@transaction.atomic
def name_party(
    case_id: int,
    *,
    organisation: Organisation | None = None,
    name: str = "",
    email: str = "",
    role: str = "",
    link_to: LinkTo | None = None,
    part_of: PartOf | None = None,
    by: str,
    at: datetime,
) -> Party:
    """Name a partner: an organisation that is known, or the name of one and who there can approve.

    Whoever reads ``email`` and acts for an organisation of that name already is taken at that; else the
    organisation is new, and with ``link_to`` that person is invited to act for it. With ``part_of`` those who
    act for an organisation that is known are asked to approve.
    """
    case = held_case(case_id)
    organiser = case.edition.programme.organiser
    refuse(against_changing(case, entries_of(case), at=at))
    if organisation is None:
        refuse(may.against_the_name(case, name, email))
        organisation = _known_to_act(organiser, name, email)
    known = None if organisation is None else organisation.pk
    definition = definition_in_force(case.edition)
    refuse(may.against_naming(case, case.parties.all(), known, role, definition))
    is_new = organisation is None
    organisation = organisation or add_organisation(organiser, name, by=by, at=at)
    party = Party.objects.create(case=case, organisation=organisation, role=role, contact_email=email.strip())
    grow(case, "parties", at=at)
    _tell(party, "party_named", by=by, at=at, role=role)
    inviting = person_called(by)
    if is_new and link_to is not None and inviting is not None:
        invite_colleague(
            organisation, case.edition, email, language=case.language, link_to=link_to, by=inviting, at=at
        )
    elif part_of is not None:
        ask_partner(party, part_of=part_of, by=by, at=at)
    return party


def _known_to_act(organiser: Organiser, name: str, email: str) -> Organisation | None:
    """Return the organisation of about this name for which the reader of an address acts."""
    person = person_at(email.strip())
    if person is None:
        return None
    acting = Affiliation.objects.filter(user=person, organisation__organiser=organiser)
    found = [each.organisation for each in acting.select_related("organisation")]
    return next((one for one in found if likeness(one.name, name) >= ALIKE), None)


@transaction.atomic
def change_role(party_id: int, role: str, *, by: str, at: datetime) -> Party:
    """Say in which role a party stands behind its case."""
    party = held_party(party_id)
    case = party.case
    refuse(
        against_changing(case, entries_of(case), at=at)
        or may.against_role(role, definition_in_force(case.edition))
    )
    if party.role != role:
        party.role = role
        party.save(update_fields=["role"])
        grow(case, "parties", at=at)
        _tell(party, "party_changed", by=by, at=at, role=role)
    return party


@transaction.atomic
def change_part(
    party_id: int, text: str, facts: Mapping[str, Raw], *, version: int, by: str, at: datetime
) -> Party:
    """Take what a party says of its part, and its answers to the questions about it."""
    party = held_party(party_id)
    case, part = party.case, f"party:{party_id}"
    definition = definition_in_force(case.edition)
    refuse(
        against_changing(case, entries_of(case), by_partner=True, at=at)
        or against_overwriting(case, [part], version=version)
        or against_details(CaseChanges(facts=facts), definition, case.edition)
    )
    answers = read(facts, definition).facts.answers
    kept = {code: value for code, value in case.facts.items() if code not in facts}
    told = kept | {code: plain(answers[code]) for code in facts if code in answers}
    if (party.text, case.facts) == (text.strip(), told):
        return party
    party.text, case.facts = text.strip(), told
    party.save(update_fields=["text"])
    case.save(update_fields=["facts"])
    grow(case, part, at=at)
    about = {"organisation": party.organisation.public_id, "facts": sorted(facts)}
    if not is_told(case, "party_changed", by=by, at=at, **about):
        _tell(party, "party_changed", by=by, at=at, facts=sorted(facts))
    return party


@transaction.atomic
def approve_part(party_id: int, *, version: int | None = None, by: str, at: datetime) -> Party:
    """Approve, as a party, the case as it is now; ``version`` is the one that was read."""
    party = held_party(party_id)
    case = party.case
    refuse(
        against_changing(case, entries_of(case), by_partner=True, at=at)
        or may.against_approving(party, version=case.version if version is None else version)
    )
    party.approved_at, party.approved_by, party.approved_version = at, person_called(by), case.version
    party.save(update_fields=["approved_at", "approved_by", "approved_version"])
    _tell(party, "part_approved", by=by, at=at, version=case.version)
    return party


@transaction.atomic
def remove_party(party_id: int, *, by: str, at: datetime) -> None:
    """Let a partner no longer stand behind a case."""
    party = held_party(party_id)
    case: Case = party.case
    refuse(against_changing(case, entries_of(case), at=at) or may.against_removing(party))
    party.delete()
    grow(case, "parties", at=at)
    _tell(party, "party_removed", by=by, at=at)


def _tell(party: Party, doing: str, *, by: str, at: datetime, **details: Any) -> None:
    about = {"organisation": party.organisation.public_id, **details}
    record(chain_of(party.case.edition), doing, party.case.public_id, by=by, at=at, details=about)
