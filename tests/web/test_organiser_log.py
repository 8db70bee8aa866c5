"""The organiser's log."""

import ast
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import kaaring
from kaaring.audit.actions import record
from kaaring.audit.models import AuditLine
from kaaring.fieldwork.models import Evaluation
from kaaring.jobs.models import Job
from kaaring.jury.models import Assignment, Recusal
from kaaring.people.models import User
from kaaring.people.queries import chain_of as chain_of_organiser
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of
from kaaring.web.organiser.log_words import WORDS
from tests.build import a_member, a_user, an_edition
from tests.juried import an_entry
from tests.jury.marking import a_juror_of
from tests.web.jury_results import a_marked_stage

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

    for words in (
        "Kari Owner",
        "Ola Juror",
        "Part given",
        "needed",
        "<dd>Juror</dd>",
        "2030-02-01T00:30:00+01:00",
    ):
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


def test_things_are_called_by_name_and_what_is_gone_by_its_id() -> None:
    entry = an_entry(title="A call that helped")
    organisation = entry.case.organisation
    happened(entry.edition, "entry_submitted", by="x", about=entry.public_id)
    happened(entry.edition, "cases_merged", by="x", details={"into": entry.case.public_id})
    happened(entry.edition, "party_named", by="x", details={"organisation": organisation.public_id})
    happened(entry.edition, "case_discarded", by="x", about="0123456789ab")

    shown = page(entry.edition)

    for words in (f"{entry.code}, A call that helped", "<dd>A call that helped", f"<dd>{organisation.name}"):
        assert words in shown
    assert "0123456789ab" in shown
    assert entry.public_id not in shown


def test_details_are_words_days_and_moments_of_the_editions_clock() -> None:
    edition = an_edition()
    details = {
        "is_late": True,
        "until": "2030-01-31T23:30:00+00:00",
        "paid_on": "2030-02-03",
        "gross": 612500,
        "facts": [],
        "entries": {"014": "highly_commended"},
    }
    happened(edition, "entry_submitted", by="x", details=details)

    shown = page(edition)

    for key, value in (
        ("Late", "yes"),
        ("Until", "1 Feb 2030, 00:30"),
        ("Paid on", "3 Feb 2030"),
        ("Amount with VAT", "6\u00a0125.00"),
        ("Facts", "–"),
        ("Entries", "014: Highly commended"),
    ):
        assert f"<dt>{key}</dt><dd>{value}</dd>" in shown


MARKS = {"marks": {"effect": [8, 50], "idea": [None, 100]}, "score": "62/1"}


def test_marks_stand_as_they_were_given_beside_the_criterions_name() -> None:
    edition = a_marked_stage().edition
    happened(edition, "scorecard_submitted", by="x", details=MARKS)
    happened(edition, "mark_changed", by="x", details={**MARKS, "before": 7, "criterion": "idea"})

    shown = page(edition)

    assert "<dd>Idea abstained; Effect 8 (50\u00a0%)</dd>" in shown
    assert "<dt>Score</dt><dd>62.0</dd>" in shown
    assert "<dt>Before</dt><dd>7</dd>" in shown
    assert "<dt>Criterion</dt><dd>Idea</dd>" in shown


@pytest.mark.parametrize("doing", ["scorecard_submitted", "mark_changed"])
def test_a_member_who_judges_too_reads_no_marks_before_the_own_scorecards_are_final(doing: str) -> None:
    stage = a_marked_stage()
    member = a_member(stage.edition.programme.organiser)
    juror = a_juror_of(stage.edition, user=member)
    own = stage.edition.entries.get(code="E")
    Assignment.objects.create(stage=stage, entry=own, juror=juror, assigned_at=AT)
    happened(stage.edition, doing, by="x", details=MARKS)

    shown = page(stage.edition, f"?what={doing}", user=member)

    assert "shown when your own scorecards are final" in shown
    assert "62" not in re.sub(r"[0-9a-f]{12,}", "", re.sub(r"<[^>]*>", "", shown))


def test_a_member_with_a_conflict_of_interest_reads_no_marks() -> None:
    stage = a_marked_stage()
    member = a_member(stage.edition.programme.organiser)
    Recusal.objects.create(
        juror=a_juror_of(stage.edition, user=member),
        case=stage.edition.entries.get(code="B").case,
        kind=Recusal.Kind.PERSON,
        source=Recusal.Source.DECLARED,
        noted_at=AT,
        noted_by="x",
    )
    happened(stage.edition, "scorecard_submitted", by="x", details=MARKS)

    shown = page(stage.edition, "?what=scorecard_submitted", user=member)

    assert "not shown to who has a conflict of interest" in shown
    assert "<dt>Score</dt>" not in shown


def test_which_protected_questions_were_answered_is_not_told() -> None:
    entry = an_entry()
    details = {"facts": ["disability"]}
    for doing in ("protected_facts_given", "protected_facts_removed", "protected_fact_read"):
        happened(entry.edition, doing, by="x", about=entry.case.public_id, details=details)

    assert "disability" not in page(entry.edition)


def test_a_page_asks_for_the_names_of_many_lines_as_often_as_for_those_of_one() -> None:
    edition = an_entry().edition
    auditor = a_member(edition.programme.organiser, "auditor")

    def queries_of(lines: int) -> int:
        for _line in range(lines):
            happened(edition, "entry_submitted", by="x", about=an_entry(edition).public_id)
        with CaptureQueriesContext(connection) as asked:
            page(edition, user=auditor)
        return len(asked)

    assert queries_of(1) == queries_of(40)
