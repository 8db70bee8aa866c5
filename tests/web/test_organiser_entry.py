"""The organiser's page of one entry, and what can be done there."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from kaaring.audit.models import AuditLine
from kaaring.entries import actions
from kaaring.entries.models import Correction, Declaration, Entry
from kaaring.entries.queries import dossier_of
from kaaring.entries.rules.declarations import attestations_of
from kaaring.people.models import MemberRole
from kaaring.programmes.models import Edition, EditionRole
from tests.build import NOON, a_member, a_part, a_user
from tests.entries.test_protected import an_entry_of_a_person
from tests.juried import LARGE_TEAM, PARTNERSHIP, TEAM, a_case, a_figure, a_juried_edition, an_entry
from tests.web.setup_pages import at, filled, signed_in, text

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")
POSTS = ("correction", "late", "withdraw", "division", "declarations/1", "protected")


@pytest.fixture
def edition() -> Edition:
    return a_juried_edition()


@pytest.fixture
def client(edition: Edition) -> Client:
    return signed_in(edition)


def of(entry: Entry, rest: str = "") -> str:
    return at(entry.edition, f"entries/{entry.public_id}/{rest}")


def in_days(days: int) -> str:
    """Return a moment as a browser sends it, on the edition's clock."""
    return f"{datetime.now(OSLO) + timedelta(days=days):%Y-%m-%dT%H:%M}"


def test_an_entry_is_shown_whole(client: Client, edition: Edition) -> None:
    case = a_case(edition, title="Faster answers", figures=(a_figure(before=45, after=20),))
    entry = an_entry(edition, TEAM, case=case, submitted=True, answers={
        "actions": "We trained everybody.", "results": "From 45 to 20.", "other": "Singing.",
    })  # fmt: skip

    page = text(client.get(of(entry)))

    assert "Faster answers" in page
    for said in ("We trained everybody.", "Singing.", "We answered faster", "Answer time", "12 people"):
        assert said in page
    assert "Everybody in the team has read this" in page
    assert "Declared by Kari Nordmann, head" in page
    assert "Entry submitted" in page[page.index("What happened") :]
    assert page.count('badge-good">met</span>') >= 2


def test_a_draft_says_what_is_missing_and_may_be_let_late(client: Client, edition: Edition) -> None:
    entry = an_entry(edition, PARTNERSHIP, answers={"actions": "Much."})

    page = client.get(of(entry))

    assert "1 thing is missing before it can be submitted" in text(page)
    assert "“Results” has no text yet." in text(page)
    assert "Ask for a correction" not in text(page)
    typed = filled(page, of(entry, "late/"))
    assert typed["late-until"][0].endswith("T23:59")
    late = {"late-until": "2199-06-01T12:00", "late-reason": "Ill"}
    assert client.post(of(entry, "late/"), late).status_code == 302
    entry.refresh_from_db()
    assert (entry.late_until, entry.late_reason) == (datetime(2199, 6, 1, 12, tzinfo=OSLO), "Ill")
    refused = client.post(of(entry, "late/"), {"late-until": "2020-06-01T12:00", "late-reason": "Ill"})
    assert refused.status_code == 409
    assert 'value="2020-06-01T12:00"' in text(refused)
    assert client.post(of(entry, "late/"), {"late-until": "soon"}).status_code == 422


def test_a_correction_is_asked_for_until_a_moment_on_the_editions_clock(
    client: Client, edition: Edition
) -> None:
    entry = an_entry(edition, TEAM, submitted=True)
    until = in_days(3)

    response = client.post(
        of(entry, "correction/"), {"correction-wanted": "The figures", "correction-until": until}, follow=True
    )

    correction = entry.corrections.get()
    assert f"{correction.until.astimezone(OSLO):%Y-%m-%dT%H:%M}" == until
    assert "The entrant can correct it until" in text(response)
    assert "but nobody acts for" in text(response)
    assert "Change what is to be corrected" in text(response)
    empty = client.post(of(entry, "correction/"), {"correction-wanted": "", "correction-until": until})
    assert empty.status_code == 422
    past = {"correction-wanted": "All", "correction-until": in_days(-1)}
    assert client.post(of(entry, "correction/"), past).status_code == 409
    actions.answer_correction(entry.pk, "Done so", by="test", at=timezone.now())
    page = text(client.get(of(entry)))
    assert "The figures" in page
    assert "Done so" in page


def test_a_declaration_is_accepted_or_refused_with_a_reason(client: Client, edition: Edition) -> None:
    entry = an_entry(edition, TEAM, submitted=True)
    declaration = Declaration.objects.get()
    address = of(entry, f"declarations/{declaration.pk}/")

    refused = client.post(address, {"decision": "refuse"})
    assert refused.status_code == 409
    assert "Say why the declaration is not accepted" in text(refused)
    page = client.post(address, {"decision": "refuse", "reason": "Three have not."}, follow=True)
    assert "Three have not." in text(page)
    client.post(address, {"decision": "accept"})

    declaration.refresh_from_db()
    assert (declaration.is_accepted, declaration.checked_reason) == (True, "")
    other = an_entry(edition, TEAM)
    assert client.post(of(other, f"declarations/{declaration.pk}/"), {}).status_code == 404


def test_an_entry_is_withdrawn_with_a_reason_and_then_left_alone(client: Client, edition: Edition) -> None:
    entry = an_entry(edition, TEAM, submitted=True)
    assert client.post(of(entry, "withdraw/"), {"withdraw-reason": " "}).status_code == 422

    page = text(client.post(of(entry, "withdraw/"), {"withdraw-reason": "They merged."}, follow=True))

    assert "Withdrawn on" in page
    assert "They merged." in page
    assert "What you can do" not in page
    assert client.post(of(entry, "withdraw/"), {"withdraw-reason": "Again"}).status_code == 409


def test_an_entry_moves_to_another_part_that_fits(client: Client, edition: Edition) -> None:
    entry = an_entry(edition, LARGE_TEAM, case=a_case(edition, facts={"seats": 100}))
    page = text(client.get(of(entry)))
    assert page.index("It fits several divisions") < page.index('name="division-division"')

    client.post(of(entry, "division/"), {"division-division": "large"})

    entry.refresh_from_db()
    assert entry.division == "large"
    assert "Large Centre of the Year · Large" in text(client.get(of(entry)))
    assert client.post(of(entry, "division/"), {"division-division": "small"}).status_code == 422


def test_protected_answers_are_shown_once_to_who_says_why() -> None:
    entry = an_entry_of_a_person()
    actions.give_protected(entry.case.pk, {"health": "yes"}, by="test", at=NOON)
    client = signed_in(entry.edition)
    page = text(client.get(of(entry)))
    assert "1 protected answer is kept apart" in page
    assert "Is there a disability?" not in page[page.index("Who may enter") :].replace("needed", "")
    assert client.post(of(entry, "protected/"), {"protected-reason": ""}).status_code == 422

    read = client.post(of(entry, "protected/"), {"protected-reason": "An appeal"})

    assert "<dt>Is there a disability?</dt><dd>yes</dd>" in text(read)
    assert "no-store" in read["Cache-Control"]
    assert AuditLine.objects.get(doing="protected_fact_read").why == "An appeal"
    viewer = signed_in(entry.edition, MemberRole.VIEWER)
    assert "protected/" not in text(viewer.get(of(entry)))
    assert viewer.post(of(entry, "protected/"), {"protected-reason": "Curious"}).status_code == 404


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.AUDITOR])
def test_who_only_reads_sees_the_entry_and_changes_nothing(edition: Edition, role: MemberRole) -> None:
    entry = an_entry(edition, TEAM, submitted=True)
    reader = signed_in(edition, role)

    page = text(reader.get(of(entry)))

    assert "What you can do" not in page
    assert "Do not accept" not in page
    assert {reader.post(of(entry, f"{rest}/")).status_code for rest in POSTS} == {404}


def test_an_entry_of_another_edition_is_not_found_nor_by_strangers(client: Client, edition: Edition) -> None:
    other = an_entry(a_juried_edition(edition.programme.organiser, edition="2031", slug="other"))
    entry = an_entry(edition)
    assert client.get(at(edition, f"entries/{other.public_id}/")).status_code == 404
    stranger = Client()
    stranger.force_login(a_user(), backend="django.contrib.auth.backends.ModelBackend")
    assert stranger.get(of(entry)).status_code == 404
    assert {stranger.post(of(entry, f"{rest}/")).status_code for rest in POSTS} == {404}


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_as_many_queries_for_many_lines_as_for_one(
    client: Client, edition: Edition, count: int, django_assert_max_num_queries: Any
) -> None:
    entry = an_entry(edition, TEAM, submitted=True)
    for number in range(count):
        actions.ask_correction(entry.pk, f"Word {number}", until=NOON + timedelta(days=9), by="test", at=NOON)

    with django_assert_max_num_queries(33):
        assert client.get(of(entry)).status_code == 200


def test_a_rule_that_denies_another_stands_once_and_alternatives_beneath_theirs(
    client: Client, edition: Edition
) -> None:
    entry = an_entry(edition, TEAM, submitted=True)

    def kept(rule: str, outcome: str, said: str, *of: Any, **more: Any) -> dict[str, Any]:
        plain = {"key": "none", "rule": rule, "outcome": outcome, "reason": {"en": said}, "of": of}
        return {**plain, "is_protected": False, **more}

    entry.eligibility = [
        kept("not", "met", "No campaign.", kept("does", "not_met", "Needed: a single campaign.")),
        kept("any_of", "met", "A.", kept("does", "not_met", "Alternative one."), kept("does", "met", "Two.")),
        kept("does", "met", "This goes by a protected answer.", is_protected=True),
    ]
    entry.save(update_fields=["eligibility"])

    page = text(client.get(of(entry)))

    assert "No campaign." in page
    assert "a single campaign" not in page
    assert "badge-stop" not in page[page.index('id="rules"') :]
    assert "One of these is enough:" in page
    assert "Alternative one." in page
    assert "This goes by a protected answer." in page


def test_what_rules_said_of_protected_answers_is_kept_without_the_answers() -> None:
    entry = an_entry_of_a_person()
    actions.give_protected(
        entry.case_id, {"born_on": "1999-12-31", "health": "yes"}, by="test", at=timezone.now()
    )
    record = dossier_of(Entry.objects.get(pk=entry.pk)).record
    hidden = [one for one in record if one["is_protected"]]

    assert {one["outcome"] for one in hidden} == {"met", "cannot_tell"}
    assert {one["reason"]["en"] for one in hidden} == {
        "This goes by a protected answer, which is kept apart."
    }
    assert all(one["answers"] == {} == one["wording"] for one in hidden)
    assert "1999" not in str(record)
    page = text(signed_in(entry.edition).get(of(entry)))
    assert "“Date of birth”: " in page or "When were you born?" in page


def told_of_rules(response: Any) -> str:
    page = text(response)
    return page[page.index("Who may enter") : page.index("kept apart, encrypted")]


def test_how_protected_rules_came_out_is_shown_only_after_the_logged_reading() -> None:
    entry = an_entry_of_a_person()
    actions.give_protected(
        entry.case_id, {"born_on": "2029-12-31", "health": "no"}, by="test", at=timezone.now()
    )
    sealed = '<span class="badge">protected</span>'
    viewer, owner = signed_in(entry.edition, MemberRole.VIEWER), signed_in(entry.edition)

    for client in (viewer, owner):
        page = client.get(of(entry))
        rules = told_of_rules(page)
        assert rules.count(sealed) == 4
        assert "not met" not in rules
        assert "not met" not in text(page)

    opened = text(owner.post(of(entry, "protected/"), {"protected-reason": "An appeal"}))
    assert sealed not in opened
    assert 'badge-stop">not met</span>' in opened


def test_a_manager_who_judges_is_offered_no_protected_answers_and_no_declarations_that_go_by_them() -> None:
    entry = an_entry_of_a_person()
    actions.give_protected(entry.case_id, {"health": "yes"}, by="test", at=timezone.now())
    rule = next(key for key, one in attestations_of(dossier_of(entry).category).items() if one.field)
    actions.declare(entry.pk, rule, "Kari, head", by="test", at=timezone.now())
    manager = a_member(entry.edition.programme.organiser, MemberRole.MANAGER)
    client = Client()
    client.force_login(manager)
    before = text(client.get(of(entry)))
    assert "Read them" in before
    assert "Declared by Kari, head" in before

    a_part(entry.edition, manager, EditionRole.JUROR)

    page = text(client.get(of(entry)))
    assert "You are in the jury of this edition" in page
    assert "Read them" not in page
    assert "Declared by Kari, head" not in page
    assert client.post(of(entry, "protected/"), {"protected-reason": "An appeal"}).status_code == 409


def test_the_page_shows_what_the_jury_reads_and_says_when_a_correction_has_lapsed(
    client: Client, edition: Edition
) -> None:
    entry = an_entry(edition, TEAM, submitted=True)
    now = timezone.now()
    actions.ask_correction(entry.pk, "More.", until=now + timedelta(hours=1), by="test", at=now)
    actions.write_answer(entry.pk, "results", "Unfinished", version=10**6, by="test", at=now)

    page = text(client.get(of(entry)))
    assert "Until it is handed in again the jury reads the text that was submitted." in page
    assert "Unfinished" not in page

    Correction.objects.update(until=now)
    page = text(client.get(of(entry)))
    assert "The correction was not answered by" in page
    assert "Correction lapsed, the submitted text holds" in page
    assert "What we say of results." in page
    listed = text(client.get(at(edition, "entries/?state=lapsed")))
    assert "Correction lapsed, the submitted text holds" in listed
    assert "Correction asked for" not in listed
