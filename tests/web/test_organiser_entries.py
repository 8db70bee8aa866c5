"""The organiser's list of entries and categories."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kaaring.entries import actions
from kaaring.entries.models import Case, Entry, Invoice, InvoiceLine
from kaaring.jobs.imports import run_import
from kaaring.people.models import MemberRole
from kaaring.programmes.models import Edition
from tests.build import NOON, a_measured_edition, a_user, an_organiser
from tests.juried import (
    LARGE_TEAM,
    PARTNERSHIP,
    PERSON,
    TEAM,
    a_case,
    a_juried_edition,
    a_nominee,
    an_entry,
    an_organisation,
)
from tests.web.setup_pages import at, signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return a_juried_edition()


@pytest.fixture
def client(edition: Edition) -> Client:
    return signed_in(edition)


def listed(client: Client, edition: Edition, query: str = "") -> list[str]:
    """Return the codes of the entries that the list shows, in its order."""
    return [row.code for row in client.get(at(edition, "entries/") + query).context["rows"]]


def tabs(client: Client, edition: Edition) -> dict[str, int]:
    found = client.get(at(edition, "entries/")).context["tabs"]
    return {tab.state: tab.number for tab in found}


def test_an_edition_without_entries_says_how_they_come(client: Client, edition: Edition) -> None:
    page = text(client.get(at(edition, "entries/")))

    assert "No entries yet" in page
    assert "Import entries" in page


def test_each_state_is_counted_and_leads_to_its_entries(client: Client, edition: Edition) -> None:
    entered = {
        "draft": an_entry(edition, PARTNERSHIP),
        "submitted": an_entry(edition, LARGE_TEAM, submitted=True),
        "correction": an_entry(edition, LARGE_TEAM, submitted=True),
        "late": an_entry(edition, LARGE_TEAM),
        "declaration": an_entry(edition, TEAM, submitted=True),
        "consent": an_entry(edition, PERSON, submitted=True),
        "withdrawn": an_entry(edition, LARGE_TEAM, submitted=True),
    }
    code = {state: entry.code for state, entry in entered.items()}
    soon, doing = NOON + timedelta(days=90), {"by": "test", "at": NOON}
    actions.ask_correction(entered["correction"].pk, "The seats", until=soon, **doing)
    late = timezone.now() + timedelta(days=40_000)
    actions.allow_late(entered["late"].pk, until=late, reason="Ill", **doing)
    a_nominee(entered["consent"].case, consented_at=None, consented_version=None)
    actions.withdraw_entry(entered["withdrawn"].pk, reason="Merged firms", **doing)

    assert tabs(client, edition) == {
        "draft": 2,
        "submitted": 4,
        "correction": 1,
        "late": 1,
        "declaration": 1,
        "consent": 1,
        "unpaid": 4,
        "withdrawn": 1,
    }
    for state in ("correction", "late", "declaration", "consent", "withdrawn"):
        assert listed(client, edition, f"?state={state}") == [code[state]]
    assert listed(client, edition, "?state=draft") == [code["draft"], code["late"]]
    page = text(client.get(at(edition, "entries/")))
    assert "7 entries: 4 submitted, 2 not submitted, 1 withdrawn." in page
    assert "Correction asked for</span>" in page


def test_an_entry_is_unpaid_until_its_invoice_is_paid(client: Client, edition: Edition) -> None:
    entry = an_entry(edition, LARGE_TEAM, submitted=True)
    organiser = edition.programme.organiser
    fields: dict[str, Any] = {
        "organiser": organiser,
        "number": 1,
        "issued_on": NOON.date(),
        "due_on": NOON.date(),
        "currency": "NOK",
    }
    invoice = Invoice.objects.create(
        edition=edition, organisation=entry.case.organisation, vat="25", seller={}, buyer={}, **fields
    )
    InvoiceLine.objects.create(invoice=invoice, entry=entry, description="Entry", amount=400_000)
    assert tabs(client, edition)["unpaid"] == 1

    Invoice.objects.update(paid_on=NOON.date())

    assert "unpaid" not in tabs(client, edition)


def test_imported_entries_against_the_rules_are_marked(client: Client, edition: Edition) -> None:
    rows = "entry,category,title,organisation,people\nA1,team,Fits,Ours,12\nA2,team,Too large,Ours,64\n"
    run_import("entries", edition, rows.encode(), "e.csv", dry_run=False, by="command", at=NOON)

    assert tabs(client, edition)["unfit"] == 1
    assert listed(client, edition, "?state=unfit") == ["A2"]


def test_entries_are_found_by_number_case_organisation_partner_and_nominee(
    client: Client, edition: Edition
) -> None:
    house = an_organisation(edition.programme.organiser, "ООО «Ромашка»")
    first = an_entry(edition, LARGE_TEAM, organisation=house, title="Voices")
    joint = an_entry(edition, PARTNERSHIP, title="One house")
    actions.name_party(joint.case.pk, name="Fjelltopp", email="x@example.org", by="test", at=NOON)
    agent = an_entry(edition, PERSON, title="Ninety calls")

    assert listed(client, edition, "?q=ромашка") == [first.code]
    assert listed(client, edition, "?q=VOICES") == [first.code]
    assert listed(client, edition, "?q=fjell") == [joint.code]
    assert listed(client, edition, "?q=nordmann") == [agent.code]
    assert listed(client, edition, f"?q={joint.code}") == [joint.code]
    assert listed(client, edition, "?category=person") == [agent.code]
    assert listed(client, edition, f"?organisation={house.public_id}") == [first.code]
    partner = joint.case.parties.exclude(organisation=joint.case.organisation).get().organisation
    assert listed(client, edition, f"?organisation={partner.public_id}") == [joint.code]
    nothing = text(client.get(at(edition, "entries/?q=nowhere")))
    assert "No entry is like that" in nothing


def test_the_list_is_sorted_as_one_wants(client: Client, edition: Edition) -> None:
    first = an_entry(edition, PERSON, title="beta", at=NOON)
    second = an_entry(edition, TEAM, title="Alpha", submitted=True, at=NOON + timedelta(days=1))
    third = an_entry(edition, TEAM, title="gamma", submitted=True, at=NOON + timedelta(days=2))

    assert listed(client, edition) == [first.code, second.code, third.code]
    assert listed(client, edition, "?sort=title") == [second.code, first.code, third.code]
    assert listed(client, edition, "?sort=category") == [second.code, third.code, first.code]
    assert listed(client, edition, "?sort=-submitted_at") == [first.code, third.code, second.code]
    assert listed(client, edition, "?sort=nonsense") == [first.code, second.code, third.code]


def test_the_list_is_sent_as_a_file_with_what_was_looked_for(client: Client, edition: Edition) -> None:
    an_entry(edition, TEAM, title="=Draft")
    entry = an_entry(edition, TEAM, title="=Submitted", submitted=True)

    response = client.get(at(edition, "entries/list.csv?state=submitted"))

    assert response["Content-Disposition"] == 'attachment; filename="entries-service-awards-2030.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["entry"], row["title"], row["state"], row["open"]) for row in rows] == [
        (entry.code, "'=Submitted", "submitted", "declaration unpaid")
    ]


def a_pair_entered_twice(edition: Edition) -> tuple[Case, Case]:
    one, other = (an_organisation(edition.programme.organiser, name) for name in ("Nordlys", "Fjelltopp"))
    cases = []
    for own, partner in ((one, other), (other, one)):
        case = a_case(edition, own, f"Case of {own}", subject="partnership")
        actions.name_party(case.pk, organisation=partner, by="test", at=NOON)
        an_entry(edition, PARTNERSHIP, case=case)
        cases.append(case)
    return cases[0], cases[1]


def test_a_partnership_entered_twice_is_shown_and_merged(client: Client, edition: Edition) -> None:
    one, other = a_pair_entered_twice(edition)
    assert "1 partnership seems to be entered twice" in text(client.get(at(edition, "entries/")))

    response = client.post(
        at(edition, f"cases/{other.public_id}/merge/"), {"into": one.public_id}, follow=True
    )

    other.refresh_from_db()
    assert other.merged_into == one
    assert "entered twice" not in text(response)
    again = client.post(at(edition, f"cases/{other.public_id}/merge/"), {"into": one.public_id})
    assert again.status_code == 409
    assert "This case was merged into" in text(again)
    nowhere = client.post(at(edition, f"cases/{one.public_id}/merge/"), {"into": "nowhere"})
    assert nowhere.status_code == 404


def test_categories_show_their_rules_their_entries_and_what_is_odd(client: Client, edition: Edition) -> None:
    an_entry(edition, TEAM, submitted=True)
    an_entry(edition, TEAM)

    page = text(client.get(at(edition, "categories/")))

    assert "4 categories: 1 entry is submitted. Categories without a submitted entry: 3." in page
    assert "Actions 40" in page
    assert "“from 5 to 50 people”" in page
    assert "?category=team&amp;state=draft" in page
    # Exactly 100 seats are in both divisions of the category for large centres.
    large = page[page.index('id="category-large-team"') :]
    assert "note-wait" in large
    assert "100" in large[large.index("note-wait") : large.index("</p>", large.index("note-wait"))]


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.AUDITOR])
def test_who_only_reads_changes_nothing(edition: Edition, role: MemberRole) -> None:
    one, other = a_pair_entered_twice(edition)
    reader = signed_in(edition, role)

    page = text(reader.get(at(edition, "entries/")))

    assert "entered twice" in page
    assert "/merge/" not in page
    sent = reader.post(at(edition, f"cases/{other.public_id}/merge/"), {"into": one.public_id})
    assert sent.status_code == 404


@pytest.mark.parametrize("page", ["entries/", "entries/list.csv", "categories/"])
def test_strangers_and_measured_editions_find_no_such_page(edition: Edition, page: str) -> None:
    an_entry(edition, TEAM)
    stranger = Client()
    stranger.force_login(a_user(), backend="django.contrib.auth.backends.ModelBackend")
    assert stranger.get(at(edition, page)).status_code == 404
    assert Client().get(at(edition, page)).status_code == 302
    measured = a_measured_edition(participants=0, organiser=an_organiser())
    assert signed_in(measured).get(at(measured, page)).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_pages_take_as_many_queries_for_many_as_for_one(
    client: Client, edition: Edition, count: int, django_assert_max_num_queries: Any
) -> None:
    rows = [f"E{number},team,Case {number},House {number},N{number}\n" for number in range(count)]
    content = "entry,category,title,organisation,nominee\n" + "".join(rows)
    run_import("entries", edition, content.encode(), "e.csv", dry_run=False, by="command", at=NOON)
    assert Entry.objects.count() == count

    for page, most in {"entries/": 12, "entries/list.csv": 8, "categories/": 8}.items():
        with django_assert_max_num_queries(most):
            assert client.get(at(edition, page)).status_code == 200
