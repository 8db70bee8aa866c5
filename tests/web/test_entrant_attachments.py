"""An entrant's files: sent on a page, opened by those who stand behind the case, refused early."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from kaaring.entries import actions
from kaaring.entries.models import Attachment, Case
from kaaring.entries.rules.attachments import MOST_BYTES
from kaaring.people.models import User
from tests.build import NOON, a_user
from tests.entries.build import EXECUTABLE, PDF, PNG, a_docx
from tests.juried import TEAM, a_case, an_entrant, an_entry, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"
    return tmp_path / "files"


def signed_in(user: User, **how: Any) -> Client:
    client = Client(**how)
    client.force_login(user)
    return client


def at(case: Case, rest: str = "") -> str:
    edition = case.edition
    place = f"{edition.programme.slug}/{edition.slug}/cases/{case.public_id}"
    return f"/en/entrant/{place}/attachments/{rest}"


def send(client: Client, case: Case, content: bytes = PDF, name: str = "report.pdf") -> Any:
    return client.post(at(case, "attach/"), {"file": SimpleUploadedFile(name, content)})


def text(response: Any) -> str:
    return str(response.content.decode())


def attached(case: Case, content: bytes = PDF, name: str = "report.pdf") -> Attachment:
    return actions.attach(case.pk, name, [content], by="test", at=NOON)


def test_an_entrant_attaches_a_file_sees_it_and_removes_it() -> None:
    case = a_case()
    client = signed_in(an_entrant(case.organisation))

    empty = text(client.get(at(case)))
    assert "Nothing is attached" in empty
    assert "20 MB" in empty

    assert send(client, case).status_code == 302
    attachment = Attachment.objects.get()
    page = text(client.get(at(case)))
    assert "report.pdf" in page
    assert "1 of 10 files" in page
    assert at(case, f"{attachment.public_id}/") in page

    gone = client.post(at(case, f"{attachment.public_id}/remove/"))
    assert gone.status_code == 302
    assert "Nothing is attached" in text(client.get(at(case)))
    assert client.get(at(case, f"{attachment.public_id}/")).status_code == 404


def test_the_page_asks_the_database_as_often_for_ten_files_as_for_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    case = a_case()
    client = signed_in(an_entrant(case.organisation))
    for number in range(10):
        attached(case, PDF + bytes([number]))

    with django_assert_max_num_queries(14):
        page = text(client.get(at(case)))

    assert "no room for another file" in page


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (EXECUTABLE, "report.pdf", "holds a kind of file that we do not take"),
        (b"", "empty.pdf", "empty.pdf” is empty"),
        (PDF + bytes(MOST_BYTES), "film.pdf", "larger than 20 MB"),
    ],
)
def test_what_is_refused_is_said_on_the_page(content: bytes, name: str, says: str) -> None:
    case = a_case()

    response = send(signed_in(an_entrant(case.organisation)), case, content, name)

    assert response.status_code in (409, 422)
    assert says in text(response)
    assert not Attachment.objects.exists()


def test_two_hundred_megabytes_are_refused_before_any_of_them_is_read(folder: Path) -> None:
    class Unread:
        def read(self, *_count: int) -> bytes:
            raise AssertionError("read")

        readline = read

    case = a_case()
    client = signed_in(an_entrant(case.organisation))
    for announced, status in ((MOST_BYTES + 10**6, 409), (200 * 2**20, 413)):
        response = client.generic(
            "POST",
            at(case, "attach/"),
            b"",
            content_type="multipart/form-data; boundary=x",
            **{"CONTENT_LENGTH": str(announced), "wsgi.input": Unread()},  # type: ignore[arg-type]
        )
        assert response.status_code == status
        assert "MB" in text(response)

    assert not folder.exists()


def test_an_upload_without_the_token_against_forged_forms_is_not_taken() -> None:
    case = a_case()

    response = send(signed_in(an_entrant(case.organisation), enforce_csrf_checks=True), case)

    assert response.status_code == 403
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "how"),
    [
        (PDF, "tall 2029.pdf", "inline"),
        (PNG, "screen.png", "inline"),
        (a_docx(), "text.docx", "attachment"),
    ],
)
def test_a_file_is_handed_out_so_that_it_can_do_no_harm(content: bytes, name: str, how: str) -> None:
    case = a_case()
    attachment = attached(case, content, name)

    response = signed_in(an_entrant(case.organisation)).get(at(case, f"{attachment.public_id}/"))

    assert b"".join(response) == content
    assert response.headers["Content-Type"] == attachment.content_type
    assert response.headers["Content-Disposition"].startswith(how)
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_partner_opens_files_and_does_not_change_them() -> None:
    case = a_case()
    attachment = attached(case)
    partner = actions.name_party(
        case.pk, organisation=an_organisation(case.edition.programme.organiser), by="test", at=NOON
    )
    client = signed_in(an_entrant(partner.organisation))

    assert client.get(at(case, f"{attachment.public_id}/")).status_code == 200
    assert client.get(at(case)).status_code == 404
    assert send(client, case).status_code == 404
    assert client.post(at(case, f"{attachment.public_id}/remove/")).status_code == 404


def test_for_everybody_else_there_is_no_such_file() -> None:
    case, other = a_case(), a_case()
    attachment = attached(case)
    address = at(case, f"{attachment.public_id}/")

    assert Client().get(address).status_code == 302
    assert signed_in(a_user()).get(address).status_code == 404
    stranger = signed_in(an_entrant(other.organisation))
    assert stranger.get(address).status_code == 404
    assert stranger.get(at(other, f"{attachment.public_id}/")).status_code == 404
    assert stranger.post(at(other, f"{attachment.public_id}/remove/")).status_code == 404


def test_a_locked_case_shows_its_files_and_takes_none() -> None:
    entry = an_entry(category=TEAM)
    attachment = attached(entry.case)
    actions.submit_entry(entry.pk, by="test", at=NOON)
    case = Case.objects.get(pk=entry.case_id)
    client = signed_in(an_entrant(case.organisation))

    page = text(client.get(at(case)))
    assert "report.pdf" in page
    assert 'type="file"' not in page
    assert send(client, case, PNG).status_code == 409
    assert client.post(at(case, f"{attachment.public_id}/remove/")).status_code == 409


def test_entrants_are_warned_where_the_jury_is_not_told_who_enters() -> None:
    case = a_case()

    page = text(signed_in(an_entrant(case.organisation)).get(at(case)))

    assert "In “Screening” the jury is not told who enters" in page


def test_a_form_without_a_file_says_what_to_do() -> None:
    case = a_case()

    response = signed_in(an_entrant(case.organisation)).post(at(case, "attach/"), {})

    assert response.status_code == 409
    assert "No file arrived" in text(response)
