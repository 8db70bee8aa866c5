"""The organiser's page for colour and logo."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kaaring.people.logo import LARGEST
from kaaring.people.models import MemberRole
from kaaring.programmes.models import Edition
from tests.build import a_member, an_edition

pytestmark = pytest.mark.django_db
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"></path></svg>'


def signed_in(edition: Edition, role: str = MemberRole.MANAGER) -> Client:
    client = Client()
    client.force_login(a_member(edition.programme.organiser, role))
    return client


def address(edition: Edition, rest: str = "") -> str:
    return f"/en/organiser/{edition.programme.slug}/{edition.slug}/look/{rest}"


def text(response: Any) -> str:
    return str(response.content.decode())


def drawn(content: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("logo.svg", content.encode() if isinstance(content, str) else content)


def test_a_manager_stores_colour_and_logo() -> None:
    edition = an_edition()

    response = signed_in(edition).post(
        address(edition, "save/"), {"accent": "#aa0000", "logo": f"<!-- x -->{DRAWING}"}, follow=True
    )

    organiser = edition.programme.organiser
    organiser.refresh_from_db()
    assert (organiser.accent, organiser.logo) == ("#aa0000", DRAWING)
    assert "are stored" in text(response)
    assert "--accent: #aa0000" in text(Client().get(f"/theme/{organiser.slug}.css"))
    assert text(Client().get(f"/theme/{organiser.slug}.svg")) == DRAWING


def test_a_file_wins_over_the_text() -> None:
    edition = an_edition()
    other = DRAWING.replace("M0 0", "M1 1")

    signed_in(edition).post(
        address(edition, "save/"), {"accent": "#aa0000", "logo": other, "file": drawn(DRAWING)}
    )

    edition.programme.organiser.refresh_from_db()
    assert edition.programme.organiser.logo == DRAWING


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"accent": "red"}, "six digits"),
        ({"logo": DRAWING.replace("<path", "<script/><path")}, "can act on the reader"),
        ({"logo": DRAWING.replace('d="', 'fill="url(//example.org)" d="')}, "outside itself"),
        ({"file": drawn(b"\xff\xfe\x00")}, "not SVG text"),
        ({"file": drawn(b" " * (LARGEST + 1))}, "larger than 20000 bytes"),
    ],
)
def test_what_cannot_be_a_look_is_said_and_changes_nothing(told: dict[str, Any], sentence: str) -> None:
    edition = an_edition()

    for rest in ("save/", "preview/"):
        for value in told.values():
            if isinstance(value, SimpleUploadedFile):
                value.seek(0)
        response = signed_in(edition).post(address(edition, rest), {"accent": "#aa0000", **told})
        assert response.status_code == 422
        assert sentence in text(response)

    edition.programme.organiser.refresh_from_db()
    assert edition.programme.organiser.accent == "#0b5563"


def test_a_preview_shows_the_look_keeps_what_was_typed_and_stores_nothing() -> None:
    edition = an_edition()
    told = {"accent": "#aa0000", "file": drawn(DRAWING)}

    page = text(signed_in(edition).post(address(edition, "preview/"), told))

    assert "accent.css?accent=%23aa0000" in page
    assert "data:image/svg+xml;base64," in page
    assert "M0 0" in page
    assert "Not stored yet" in page
    edition.programme.organiser.refresh_from_db()
    assert edition.programme.organiser.logo == ""


def test_a_live_preview_is_the_preview_alone() -> None:
    edition = an_edition()

    response = signed_in(edition).post(
        address(edition, "preview/"), {"accent": "#ffffff"}, headers={"HX-Request": "true"}
    )

    page = text(response)
    assert page.lstrip().startswith('<section class="section" id="preview"')
    assert "on light pages: contrast 1.0 to 1" in page


def test_a_tried_colour_is_a_stylesheet_and_nothing_else_is() -> None:
    edition = an_edition()
    client = signed_in(edition, MemberRole.VIEWER)

    response = client.get(address(edition, "accent.css"), {"accent": "#aa0000"})

    assert response["Content-Type"].startswith("text/css")
    assert text(response) == ":root { --accent: #aa0000; }\n"
    assert client.get(address(edition, "accent.css"), {"accent": "red; } body { }"}).status_code == 404


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.AUDITOR])
def test_those_who_only_read_see_the_look_without_a_form(role: MemberRole) -> None:
    edition = an_edition()
    client = signed_in(edition, role)

    assert "<form" not in text(client.get(address(edition)))
    for rest in ("save/", "preview/"):
        assert client.post(address(edition, rest), {"accent": "#aa0000"}).status_code == 404
