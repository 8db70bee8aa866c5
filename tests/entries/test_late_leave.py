"""Leave to enter late, given to an organisation before it has anything."""

from datetime import UTC, datetime, timedelta

import pytest

from kaaring.audit.queries import lines_of
from kaaring.entries import actions
from kaaring.entries.models import Entry, LateLeave
from kaaring.jury.actions.organisations import merge_organisations
from kaaring.kernel.refused import Refused
from kaaring.people.models import Organisation
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of
from tests.juried import LARGE_TEAM, TEAM, a_case, a_juried_edition, an_entry, an_organisation

pytestmark = pytest.mark.django_db

DAYS = ("2030-01-10", "2030-02-10")
CLOSED = datetime(2030, 2, 10, 23, tzinfo=UTC)
BEFORE, UNTIL = CLOSED - timedelta(days=3), CLOSED + timedelta(days=2)
LATER = UNTIL - timedelta(hours=1)


@pytest.fixture
def edition() -> Edition:
    return a_juried_edition(entries=DAYS)


@pytest.fixture
def organisation(edition: Edition) -> Organisation:
    return an_organisation(edition.programme.organiser)


def give(
    organisation: Organisation, edition: Edition, category: str = "", until: datetime = UNTIL
) -> LateLeave:
    told = {"category": category, "until": until, "reason": "The mail went astray."}
    return actions.give_leave(edition, organisation.pk, **told, by="test", at=CLOSED)


def test_with_leave_a_case_is_started_written_entered_and_submitted_after_the_deadline(
    edition: Edition, organisation: Organisation
) -> None:
    with pytest.raises(Refused, match="entries_closed"):
        a_case(edition, organisation, at=LATER)
    give(organisation, edition)

    entry = an_entry(edition, TEAM, organisation=organisation, submitted=True, at=LATER)

    assert (entry.late_until, entry.late_reason) == (UNTIL, "The mail went astray.")
    submitted = lines_of(chain_of(edition)).get(doing="entry_submitted")
    assert submitted.details["is_late"]


def test_leave_ends(edition: Edition, organisation: Organisation) -> None:
    give(organisation, edition)
    entry = an_entry(edition, TEAM, organisation=organisation, at=LATER)

    with pytest.raises(Refused, match="entries_closed"):
        actions.submit_entry(entry.pk, by="test", at=UNTIL)
    with pytest.raises(Refused, match="entries_closed"):
        a_case(edition, organisation, at=UNTIL)


def test_leave_is_for_the_organisation_that_has_it(edition: Edition, organisation: Organisation) -> None:
    give(organisation, edition)

    with pytest.raises(Refused, match="entries_closed"):
        a_case(edition, at=LATER)


def test_leave_for_a_category_is_for_no_other(edition: Edition, organisation: Organisation) -> None:
    give(organisation, edition, LARGE_TEAM)
    case = a_case(edition, organisation, at=LATER)

    with pytest.raises(Refused, match="entries_closed"):
        actions.enter(case.pk, TEAM, by="test", at=LATER)
    assert actions.enter(case.pk, LARGE_TEAM, by="test", at=LATER).category.code == LARGE_TEAM


def test_leave_holds_for_drafts_that_are_there_already(edition: Edition, organisation: Organisation) -> None:
    entry = an_entry(edition, TEAM, organisation=organisation, at=BEFORE)
    give(organisation, edition)

    assert actions.submit_entry(entry.pk, by="test", at=LATER).late_until == UNTIL


def test_leave_that_is_taken_back_lets_nobody_in_and_undoes_nothing(
    edition: Edition, organisation: Organisation
) -> None:
    leave = give(organisation, edition)
    entry = an_entry(edition, TEAM, organisation=organisation, submitted=True, at=LATER)

    actions.take_leave_back(leave.pk, by="test", at=LATER)

    assert Entry.objects.get(pk=entry.pk).late_until == UNTIL
    with pytest.raises(Refused, match="entries_closed"):
        a_case(edition, organisation, at=LATER)
    log = lines_of(chain_of(edition))
    assert log.get(doing="late_leave_given").why == "The mail went astray."
    assert log.get(doing="late_leave_taken_back").about == organisation.public_id


def test_leave_is_given_anew_in_its_place(edition: Edition, organisation: Organisation) -> None:
    give(organisation, edition)
    give(organisation, edition, until=UNTIL + timedelta(days=1))

    assert LateLeave.objects.get().until == UNTIL + timedelta(days=1)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"reason": " "}, "no_reason"),
        ({"until": CLOSED}, "leave_too_short"),
        ({"category": "nothing"}, "unknown_category"),
    ],
)
def test_leave_has_a_reason_a_later_moment_and_a_known_category(
    edition: Edition, organisation: Organisation, told: dict[str, object], code: str
) -> None:
    whole = {"category": "", "until": UNTIL, "reason": "Illness", **told}

    with pytest.raises(Refused, match=code):
        actions.give_leave(edition, organisation.pk, **whole, by="test", at=BEFORE)  # type: ignore[arg-type]


def test_leave_is_for_organisations_of_the_same_organiser(edition: Edition) -> None:
    with pytest.raises(Refused, match="organisation_of_another_organiser"):
        give(an_organisation(), edition)


def test_a_case_is_taken_along_late_only_into_the_categories_of_the_leave(
    edition: Edition, organisation: Organisation
) -> None:
    house, slug = edition.programme.organiser, edition.programme.slug
    earlier = a_juried_edition(house, slug=slug, edition="2029")
    case = an_entry(earlier, TEAM, organisation=organisation).case
    actions.enter(case.pk, LARGE_TEAM, by="test", at=BEFORE)
    give(organisation, edition, LARGE_TEAM)

    copy = actions.duplicate_case(case.pk, edition, by="test", at=LATER)

    assert [entry.category.code for entry in copy.entries.all()] == [LARGE_TEAM]


def test_of_two_organisations_that_become_one_the_longer_leave_stays(
    edition: Edition, organisation: Organisation
) -> None:
    other = an_organisation(edition.programme.organiser)
    give(organisation, edition, until=UNTIL + timedelta(days=1))
    give(other, edition)
    give(organisation, edition, TEAM)

    merge_organisations(organisation.pk, other.pk, by="test", at=CLOSED)

    assert [
        (one.organisation, one.category, one.until) for one in LateLeave.objects.order_by("category")
    ] == [
        (other, "", UNTIL + timedelta(days=1)),
        (other, TEAM, UNTIL),
    ]
