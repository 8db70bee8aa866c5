"""What entrants and partners read where something is locked, due, to be declared or to be paid."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from kaaring.entries import actions
from kaaring.entries.actions.corrections import ask_correction
from kaaring.entries.models import Case
from kaaring.kernel.refused import Refused
from kaaring.survey.actions import store_definition
from tests.build import NOON, a_definition, an_organiser
from tests.juried import JURIED_DEFINITION, OPEN, PARTNERSHIP, TEAM, an_entrant, an_entry, an_organisation
from tests.web.entrant import Desk, close, signed_in, text

pytestmark = pytest.mark.django_db
UNTIL = datetime(2199, 11, 29, 23, tzinfo=UTC)
ASKED = UNTIL - timedelta(days=3)


def test_while_entries_are_open_a_locked_case_says_to_take_the_entry_back() -> None:
    desk = Desk(case=an_entry(submitted=True).case)

    assert "Take that back first" in text(desk.client.get(desk.of_case("about/")))


def test_after_the_deadline_nobody_is_told_to_take_an_entry_back() -> None:
    entry = an_entry(submitted=True)
    desk = Desk(case=entry.case)
    close(desk.edition)

    about, own = text(desk.client.get(desk.of_case("about/"))), text(desk.client.get(desk.of_entry(entry)))

    assert "ask the organiser to open it for a correction" in about
    assert "Take that back" not in about
    assert "entries have closed" in own
    assert "you can take it back" not in own


def a_partner(entry_desk: Desk) -> tuple[Client, str, int]:
    partner = an_organisation(entry_desk.edition.programme.organiser, "Partner AS")
    party = actions.name_party(entry_desk.case.pk, organisation=partner, role="partner", by="test", at=NOON)
    return signed_in(an_entrant(partner)), entry_desk.of_case(f"part/{partner.public_id}/"), party.pk


def test_a_partner_of_a_locked_case_is_told_whom_to_turn_to() -> None:
    entry = an_entry(category=PARTNERSHIP)
    desk = Desk(case=entry.case)
    client, address, party = a_partner(desk)
    actions.approve_part(party, by="test", at=NOON)
    actions.submit_entry(entry.pk, by="test", at=NOON)

    page = text(client.get(address))

    assert f"tell {desk.organisation}, who entered the case" in page
    assert "Take that back" not in page
    with pytest.raises(Refused, match="case_locked") as refusal:
        actions.change_part(party, "New", {}, version=99, by="test", at=NOON)
    assert "who entered the case" in refusal.value.reason


def test_each_role_on_the_page_of_parties_has_a_label_that_is_seen() -> None:
    desk = Desk(case=an_entry(category=PARTNERSHIP).case)

    page = text(desk.client.get(desk.of_case("parties/")))

    assert f'<label class="label" for="role-{desk.organisation.public_id}">' in page
    assert "Role not chosen" in page


def test_a_correction_is_due_at_the_end_of_a_day_and_not_at_the_beginning_of_the_next() -> None:
    entry = an_entry(submitted=True)
    ask_correction(entry.pk, "Which year?", until=UNTIL, page_of=lambda *_: "", by="test", at=ASKED)
    desk = Desk(case=entry.case)

    page = text(desk.client.get(desk.of_entry(entry)))

    assert "29 November 2199 at 24:00" in page
    assert "30 November" not in page


def test_the_deadline_names_the_last_day_to_its_end() -> None:
    desk = Desk()

    assert "Entries are open until 31 December 2099 at 24:00 (Europe/Oslo)." in text(
        desk.client.get(desk.of_case())
    )


CHOICE = """      - rule: any_of
        of:
          - {rule: size, what: people, min: 10}
          - {rule: attestation, who: head, statement: {en: I recommend this team.}}
"""


def test_what_another_alternative_settles_is_not_to_be_declared() -> None:
    text_of = JURIED_DEFINITION.replace("ENTRIES_FROM", OPEN[0]).replace("ENTRIES_TO", OPEN[1])
    before = "  - code: partnership\n    name: {en: Partnership of the Year}"
    definition = a_definition(text_of.replace(before, CHOICE + before))
    edition = store_definition(definition, an_organiser(), by="test", at=NOON).edition
    entry = an_entry(edition, TEAM, answers={})
    desk = Desk(case=entry.case)
    assert "I recommend this team" not in text(desk.client.get(desk.of_entry(entry)))

    Case.objects.filter(pk=desk.case.pk).update(facts={"people": 7})

    assert "I recommend this team" in text(desk.client.get(desk.of_entry(entry)))


def test_the_page_of_invoices_leads_to_the_address_of_each_organisation() -> None:
    desk = Desk()

    page = text(desk.client.get(desk.address("invoices/")))

    assert f'href="{desk.address(f"organisations/{desk.organisation.public_id}/")}"' in page
