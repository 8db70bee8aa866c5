"""Whatever is typed into pages of the juried award, nobody meets a broken page."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from kaaring.entries import actions
from kaaring.jury.models import Scorecard
from kaaring.people.models import Organisation
from tests.build import NOON, a_user
from tests.juried import a_case, a_juried_edition, an_entrant, an_entry
from tests.web.test_juror_reading import SENT, a_desk, page_of, signed_in
from tests.web.test_meeting_pages import Room

pytestmark = pytest.mark.django_db
HUGE = "9" * 5000
STRANGE = (
    HUGE, "-1", "1e400", "NaN", "Infinity", "٣", "²", "1/0", "0x10", "\u202e12", "9999-12-31", "0000-00-00",
    "NO," * 2000, "[]", "{}", "null", "'", '"><script>alert(1)</script>', "%00", "\ud7ff", "😀" * 50, " ",
)  # fmt: skip


def test_a_nul_in_a_form_with_files_is_turned_away_too() -> None:
    desk = a_desk()
    client = signed_in(desk)
    sent = {**SENT, "version": "0", "comment": "a\0b"}

    response = client.post(page_of(desk, "save/"), sent)

    assert response.status_code == 400
    assert not Scorecard.objects.exists()


@pytest.mark.parametrize("doing", ["change", "part"])
def test_numbers_that_no_machine_can_hold_are_refused_in_meetings(doing: str) -> None:
    room = Room()
    room.take_up("B")
    entry = room.edition.entries.get(code="B").public_id
    typed: dict[str, Any] = {
        "scorecard": HUGE,
        "steps": HUGE,
        "criterion": "idea",
        "reason": "x",
        "entry": entry,
    }

    typed[f"position_{entry}"] = HUGE

    assert room.do(doing, **typed).status_code == 409


@pytest.mark.parametrize("strange", STRANGE)
def test_strange_answers_of_a_stranger_are_answered(strange: str) -> None:
    edition = a_juried_edition()
    address = f"/en/{edition.programme.slug}/{edition.slug}/fit/"
    codes = ("people", "seats", "role", "partner_countries", "case:subject", "case:parties", "_ask", "_skip")

    for code in codes:
        got = Client().get(f"{address}?{urlencode({code: strange, '_asked': strange})}")
        assert got.status_code in (200, 400), code
        assert b"<script>alert(1)" not in got.content


@pytest.mark.parametrize("strange", STRANGE)
def test_strange_answers_of_an_entrant_are_answered(strange: str) -> None:
    entry = an_entry()
    case = entry.case
    client = Client()
    client.force_login(an_entrant(case.organisation))
    where = f"/en/entrant/{case.edition.programme.slug}/{case.edition.slug}"
    typed: dict[str, Any] = dict.fromkeys(
        ("title", "subject", "summary", "language", "people", "seats", "role", "name", "email", "number"),
        strange,
    )
    typed |= {"figure-TOTAL_FORMS": "1", "figure-INITIAL_FORMS": "0", "version": strange, "text": strange}
    typed |= {f"figure-0-{name}": strange for name in ("name", "before", "after", "code")}

    for page in ("about/save/", "facts/save/", "figures/save/", "nominee/save/", "parties/name/"):
        answer = client.post(f"{where}/cases/{case.public_id}/{page}", typed)
        assert answer.status_code < 500, page
        assert answer.status_code != 404, page
    for page in ("answers/actions/save/", "division/", "declare/", "undeclare/"):
        answer = client.post(f"{where}/entries/{entry.public_id}/{page}", typed)
        assert answer.status_code < 500, page


@pytest.mark.parametrize("strange", STRANGE)
def test_strange_marks_of_a_juror_are_answered(strange: str) -> None:
    desk = a_desk()
    client = signed_in(desk)
    names = ("mark-actions", "share-other", "abstain-results", "comment", "version", "over", "rank", "points")

    for page in ("save/", "check/", "final/", "ask/", "conflict/"):
        answer = client.post(page_of(desk, page), {**SENT, **dict.fromkeys(names, strange), "kind": strange})
        assert answer.status_code < 500, page
    for query in ("on", "with"):
        assert client.get(f"{page_of(desk, 'compare/')}?{query}={quote(strange)}").status_code < 500


def test_the_name_of_an_organisation_is_one_line() -> None:
    case = a_case()

    organisation = actions.add_organisation(
        case.edition.programme.organiser, "Acme\r\nBcc: all@example.org", acting=a_user(), by="test", at=NOON
    )
    actions.change_organisation(organisation.pk, {"name": "Acme\nAS"}, by="test", at=NOON)

    assert organisation.name == "Acme Bcc: all@example.org"
    assert Organisation.objects.get(pk=organisation.pk).name == "Acme AS"
