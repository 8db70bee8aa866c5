"""Published pages are kept ready, answer conditional requests, and never outlive what they show."""

import gzip
from typing import Any

import pytest
from django.test import Client

from kaaring.audit.actions import record
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of
from kaaring.results.actions import publish_run, withdraw_run
from kaaring.results.queries.runs import current_run
from kaaring.survey.models import Participant
from kaaring.web.public.kept import PAGES, Page, Pages
from tests.build import NOON, a_measured_edition, a_published_edition

pytestmark = pytest.mark.django_db
PATHS = (
    "",
    "classes/shops/",
    "participants/",
    "participants/centre-1/",
    "method/",
    "questions/",
    "data/",
    "data/results.csv",
    "data/results.json",
)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    PAGES.clear()


def got(edition: Edition, rest: str = "", **headers: str) -> Any:
    return Client().get(f"/en/{edition.programme.slug}/{edition.slug}/{rest}", headers=headers)


@pytest.mark.parametrize("rest", PATHS)
def test_a_page_that_is_kept_takes_one_query(rest: str, django_assert_num_queries: Any) -> None:
    edition = a_published_edition()
    made = got(edition, rest)

    with django_assert_num_queries(1):
        kept = got(edition, rest)

    assert kept.content == made.content
    assert kept["Content-Type"] == made["Content-Type"]
    assert kept.get("Content-Disposition") == made.get("Content-Disposition")


@pytest.mark.parametrize("rest", PATHS)
def test_a_page_that_has_not_changed_is_not_sent_again(rest: str) -> None:
    edition = a_published_edition()
    etag = got(edition, rest)["ETag"]

    again = got(edition, rest, if_none_match=etag)

    assert not etag.startswith("W/")
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == etag
    assert got(edition, rest, if_none_match='"another"').status_code == 200


def test_whoever_can_unpack_it_gets_it_compressed() -> None:
    edition = a_published_edition()
    plain, packed = got(edition), got(edition, accept_encoding="br, gzip")

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"


def test_a_page_is_kept_for_each_language_and_host() -> None:
    edition = a_published_edition()
    path = f"{edition.programme.slug}/{edition.slug}/"
    pages = {Client().get(f"/{language}/{path}").content for language in ("nb", "en", "ru")}
    pages.add(Client().get(f"/en/{path}", headers={"host": "localhost"}).content)

    assert len(pages) == len(PAGES) == 4


def test_what_changes_in_the_edition_shows_at_once() -> None:
    edition = a_published_edition()
    assert "Centre 1" in got(edition, "participants/").content.decode()

    Participant.objects.filter(edition=edition, code="centre-1").update(name="Centre One")
    record(chain_of(edition), "participant_changed", "centre-1", by="test", at=NOON)

    assert "Centre One" in got(edition, "participants/").content.decode()


def test_a_withdrawn_run_is_gone_from_the_kept_pages_at_once() -> None:
    edition = a_published_edition()
    etag = got(edition, "participants/")["ETag"]
    run = current_run(edition)
    assert run is not None
    withdraw_run(run, reason="A file was read twice.", by="test", at=NOON)

    assert got(edition, "participants/", if_none_match=etag).status_code == 410
    publish_run(edition, by="test", at=NOON)
    assert got(edition, "participants/").status_code == 200


def test_pages_before_publishing_are_not_kept() -> None:
    Client().get("/en/")
    page = got(a_measured_edition())

    assert len(PAGES) == 0
    assert page["Cache-Control"] == "no-cache"


def test_searches_are_not_kept() -> None:
    edition = a_published_edition()
    search = Client().get(f"/en/{edition.programme.slug}/{edition.slug}/", {"q": "centre"})

    assert len(PAGES) == 0
    assert "ETag" not in search
    assert search["Cache-Control"] == "no-cache"


def test_what_is_not_found_is_not_kept() -> None:
    got(a_published_edition(), "participants/nobody/")

    assert len(PAGES) == 0


def a_page(size: int) -> Page:
    return Page(b"x" * size, "text/html", "", "")


def test_the_page_asked_for_longest_ago_goes_when_there_is_no_room() -> None:
    pages = Pages(room=10)
    pages.put(("first", None), a_page(4))
    pages.put(("second", None), a_page(4))
    pages.get(("first", None))
    pages.put(("third", None), a_page(4))

    assert pages.get(("second", None)) is None
    assert pages.get(("first", None)) is not None
    assert len(pages) == 2


def test_a_page_put_twice_takes_its_room_once() -> None:
    pages = Pages(room=10)
    for _time in range(5):
        pages.put(("first", None), a_page(4))
    pages.put(("second", None), a_page(6))

    assert len(pages) == 2


@pytest.mark.parametrize(
    ("rest", "queries"),
    [
        ("", 22),
        ("classes/shops/", 14),
        ("participants/", 12),
        ("participants/centre-1/", 12),
        ("method/", 9),
        ("questions/", 4),
        ("data/results.json", 12),
    ],
)
@pytest.mark.parametrize("participants", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_participants(
    participants: int, rest: str, queries: int, django_assert_max_num_queries: Any
) -> None:
    edition = a_published_edition(participants=participants, evaluations=2)

    with django_assert_max_num_queries(queries):
        assert got(edition, rest).status_code == 200
