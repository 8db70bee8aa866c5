"""Entries are open from the first day to midnight after the last, on the edition's clock."""

from datetime import UTC, datetime, timedelta

import pytest

from kaaring.entries import actions
from kaaring.entries.models import Answer, Entry
from kaaring.entries.rules.periods import entry_period
from kaaring.kernel.refused import Refused
from tests.juried import (
    TEAM,
    a_case,
    a_juried_edition,
    an_entry,
    an_organisation,
)

pytestmark = pytest.mark.django_db

DAYS = ("2030-01-10", "2030-02-10")
MIDNIGHT_IN_OSLO = datetime(2030, 2, 10, 23, tzinfo=UTC)
BEFORE, LAST_MOMENT = datetime(2030, 2, 1, 12, tzinfo=UTC), MIDNIGHT_IN_OSLO - timedelta(seconds=1)


def test_the_last_day_belongs_to_the_period_until_midnight_local_time() -> None:
    period = entry_period(a_juried_edition(entries=DAYS))

    assert period is not None
    assert period.closes_at == MIDNIGHT_IN_OSLO
    assert period.is_open(LAST_MOMENT)
    assert not period.is_open(MIDNIGHT_IN_OSLO)
    assert period.days_left(LAST_MOMENT) == 0


def test_an_entry_is_submitted_in_the_last_second_and_not_in_the_next() -> None:
    edition = a_juried_edition(entries=DAYS)
    first, second = an_entry(edition, at=BEFORE), an_entry(edition, at=BEFORE)

    assert actions.submit_entry(first.pk, by="test", at=LAST_MOMENT).submitted_at == LAST_MOMENT
    with pytest.raises(Refused, match="entries_closed"):
        actions.submit_entry(second.pk, by="test", at=MIDNIGHT_IN_OSLO)


def test_a_refusal_after_the_deadline_names_day_and_time_zone_and_what_to_do() -> None:
    entry = an_entry(a_juried_edition(entries=DAYS), at=BEFORE)

    with pytest.raises(Refused) as refusal:
        actions.write_answer(entry.pk, "actions", "Too late", version=99, by="test", at=MIDNIGHT_IN_OSLO)

    for words in ("Service Awards 2030", "10 February 2030", "Europe/Oslo", "ask the organiser"):
        assert words in str(refusal.value.reason)


def test_nothing_changes_after_the_deadline() -> None:
    edition = a_juried_edition(entries=DAYS)
    entry = an_entry(edition, at=BEFORE)
    other = a_case(edition, at=BEFORE)
    doing = [
        lambda at: actions.start_case(edition, entry.case.organisation, "New", language="en", by="t", at=at),
        lambda at: actions.change_case(other.pk, actions.CaseChanges(title="New"), version=99, by="t", at=at),
        lambda at: actions.enter(other.pk, TEAM, by="t", at=at),
        lambda at: actions.leave_category(entry.pk, by="t", at=at),
        lambda at: actions.declare(entry.pk, "eligibility/1", "Kari, head", by="t", at=at),
        lambda at: actions.name_party(other.pk, name="Partner", email="a@example.org", by="t", at=at),
    ]

    for each in doing:
        with pytest.raises(Refused, match="entries_closed"):
            each(MIDNIGHT_IN_OSLO)
    assert Answer.objects.get(entry=entry, criterion="actions").text == "What we say of actions."


def test_nothing_begins_before_entries_open() -> None:
    edition = a_juried_edition(entries=DAYS)
    organisation = an_organisation(edition.programme.organiser)

    with pytest.raises(Refused, match="entries_not_open"):
        actions.start_case(
            edition,
            organisation,
            "Early",
            language="en",
            by="test",
            at=datetime(2030, 1, 9, 22, 59, tzinfo=UTC),
        )
    opened = datetime(2030, 1, 9, 23, tzinfo=UTC)
    assert actions.start_case(edition, organisation, "In time", language="en", by="test", at=opened).pk


def test_an_edition_without_dates_takes_no_entries_yet() -> None:
    edition = a_juried_edition()
    organisation = an_organisation(edition.programme.organiser)
    edition.timeline = {}
    edition.save()

    with pytest.raises(Refused, match="entries_not_announced"):
        actions.start_case(edition, organisation, "Case", language="en", by="test", at=BEFORE)


def test_with_leave_to_be_late_a_draft_is_written_and_submitted_until_the_leave_ends() -> None:
    entry = an_entry(a_juried_edition(entries=DAYS), at=BEFORE)
    until = MIDNIGHT_IN_OSLO + timedelta(days=2)
    actions.allow_late(entry.pk, until=until, reason="The server was down.", by="test", at=MIDNIGHT_IN_OSLO)

    later = until - timedelta(minutes=2)
    actions.write_answer(entry.pk, "actions", "Written late", version=99, by="test", at=later)
    actions.change_case(
        entry.case_id, actions.CaseChanges(summary="Late too"), version=99, by="test", at=later
    )
    with pytest.raises(Refused, match="entries_closed"):
        actions.submit_entry(entry.pk, by="test", at=until)
    assert actions.submit_entry(entry.pk, by="test", at=later).submitted_at == later


def test_leave_to_be_late_is_for_the_entry_that_has_it_only() -> None:
    edition = a_juried_edition(entries=DAYS)
    one, other = an_entry(edition, at=BEFORE), an_entry(edition, at=BEFORE)
    until = MIDNIGHT_IN_OSLO + timedelta(days=2)
    actions.allow_late(one.pk, until=until, reason="Illness", by="test", at=MIDNIGHT_IN_OSLO)

    with pytest.raises(Refused, match="entries_closed"):
        actions.submit_entry(other.pk, by="test", at=MIDNIGHT_IN_OSLO)


@pytest.mark.parametrize(
    ("until", "reason", "code"),
    [
        (MIDNIGHT_IN_OSLO + timedelta(days=1), "  ", "no_reason"),
        (MIDNIGHT_IN_OSLO, "Illness", "leave_too_short"),
        (BEFORE, "Illness", "leave_too_short"),
    ],
)
def test_leave_to_be_late_needs_a_reason_and_a_later_moment(until: datetime, reason: str, code: str) -> None:
    entry = an_entry(a_juried_edition(entries=DAYS), at=BEFORE)

    with pytest.raises(Refused, match=code):
        actions.allow_late(entry.pk, until=until, reason=reason, by="test", at=BEFORE)


def test_a_submitted_entry_needs_no_leave() -> None:
    entry = an_entry(a_juried_edition(entries=DAYS), at=BEFORE, submitted=True)

    with pytest.raises(Refused, match="already_submitted"):
        actions.allow_late(
            entry.pk, until=MIDNIGHT_IN_OSLO + timedelta(days=1), reason="x", by="test", at=BEFORE
        )


def test_an_entry_is_taken_back_before_the_deadline_and_not_after() -> None:
    edition = a_juried_edition(entries=DAYS)
    entry = an_entry(edition, at=BEFORE, submitted=True)

    with pytest.raises(Refused, match="entries_closed"):
        actions.take_back(entry.pk, by="test", at=MIDNIGHT_IN_OSLO)
    assert actions.take_back(entry.pk, by="test", at=LAST_MOMENT).submitted_at is None
    with pytest.raises(Refused, match="not_submitted"):
        actions.take_back(entry.pk, by="test", at=LAST_MOMENT)
    assert Entry.objects.get(pk=entry.pk).code == entry.code
