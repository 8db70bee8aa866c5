"""The organiser's log."""

import ast
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import kaaring
from kaaring.audit.actions import record
from kaaring.audit.models import AuditLine
from kaaring.fieldwork.models import Evaluation
from kaaring.jobs.models import Job
from kaaring.people.models import User
from kaaring.people.queries import chain_of as chain_of_organiser
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of
from kaaring.web.organiser.log_words import WORDS
from tests.build import a_member, a_user, an_edition

pytestmark = pytest.mark.django_db
AT = datetime(2030, 1, 31, 23, 30, tzinfo=UTC)
PACKAGE = Path(kaaring.__file__).parent


def recorded_anywhere() -> set[str]:
    """What the source records, read from its calls; composed codes from the values they are made of."""
    calls = [
        node
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("record", "_record", "_tell")
    ]
    doings = [part for call in calls for argument in call.args[1:2] for part in ast.walk(argument)]
    written = {str(part.value) for part in doings if isinstance(part, ast.Constant)}
    reviews = {f"evaluation_{review}" for review in Evaluation.Review.values}
    jobs = {f"{kind}_asked_for" for kind in Job.Kind.values}
    return {code for code in written if re.fullmatch(r"[a-z]+(_[a-z]+)+", code)} | reviews | jobs


def happened(edition: Edition, doing: str, *, by: str, **more: Any) -> AuditLine:
    return record(chain_of(edition), doing, more.pop("about", "thing"), by=by, at=AT, **more)


def page(edition: Edition, query: str = "", user: User | None = None) -> str:
    client = Client()
    client.force_login(user or a_member(edition.programme.organiser, "auditor"))
    response = client.get(f"/en/organiser/{edition.programme.slug}/{edition.slug}/log/{query}")
    assert response.status_code == 200
    return str(response.content.decode())


def test_an_empty_log_says_what_will_stand_in_it() -> None:
    assert "Nothing has happened here yet" in page(an_edition())


def test_a_line_says_what_who_about_whom_why_and_when_on_the_editions_clock() -> None:
    edition, owner, juror = an_edition(), a_user(name="Kari Owner"), a_user(name="Ola Juror")
    happened(
        edition,
        "part_given",
        by=owner.public_id,
        about=juror.public_id,
        why="needed",
        details={"role": "juror"},
    )

    shown = page(edition)

    for words in ("Kari Owner", "Ola Juror", "Part given", "needed", "juror", "2030-02-01T00:30:00+01:00"):
        assert words in shown
    assert owner.public_id not in shown


def test_a_command_is_named_as_it_is_and_unknown_doings_are_readable() -> None:
    edition = an_edition()
    happened(edition, "kettle_boiled", by="kaaring import", details={"count": 3})

    shown = page(edition)

    assert "kaaring import" in shown
    assert "Kettle boiled" in shown


def test_everything_that_is_recorded_anywhere_has_words_and_nothing_else_has() -> None:
    assert recorded_anywhere() == set(WORDS)


def test_the_log_is_filtered_by_what_was_done() -> None:
    edition = an_edition()
    happened(edition, "part_given", by="first")
    happened(edition, "part_ended", by="second")

    shown = page(edition, "?what=part_ended")

    assert "second" in shown
    assert "first" not in shown
    assert "first" in page(edition, "?what=never_heard_of")


def test_fifty_lines_stand_on_a_page_newest_first_and_the_filter_goes_along() -> None:
    edition = an_edition()
    for number in range(1, 52):
        happened(edition, "part_given", by=f"person-{number}-")

    first, second = page(edition, "?what=part_given"), page(edition, "?what=part_given&page=2")

    assert "person-51-" in first
    assert "person-1-" not in first
    assert first.index("person-51-") < first.index("person-2-")
    assert "person-1-" in second
    assert "what=part_given&amp;page=2" in first


def test_the_chain_is_checked_on_request_only() -> None:
    edition = an_edition()
    happened(edition, "part_given", by="first")

    assert "The log holds" not in page(edition)
    assert "The log holds" in page(edition, "?check=1")


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda lines: lines.filter(number=2).update(why="forged"), "Line 2 was changed"),
        (lambda lines: lines.filter(number=2).delete(), "Line 2 is missing"),
        (lambda lines: lines.filter(number=2).update(digest_before="f" * 64), "Line 2 does not follow"),
    ],
)
def test_a_broken_chain_says_where(harm: Any, sentence: str) -> None:
    edition = an_edition()
    for doing in ("part_given", "part_ended", "part_given"):
        happened(edition, doing, by="somebody")
    harm(AuditLine.objects.all())

    assert sentence in page(edition, "?check=1")


def test_the_organisers_own_log_stands_beside() -> None:
    edition = an_edition()
    record(chain_of_organiser(edition.programme.organiser), "look_changed", "thing", by="designer", at=AT)

    assert "designer" in page(edition, "?of=organiser")
    assert "designer" not in page(edition)


def test_the_owner_of_another_organiser_finds_no_such_log() -> None:
    edition, client = an_edition(), Client()
    client.force_login(a_member(an_edition().programme.organiser))

    assert client.get(f"/en/organiser/{edition.programme.slug}/{edition.slug}/log/").status_code == 404
