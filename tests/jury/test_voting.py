"""Votes confirmed from a mailbox: one for each address and category, the last one instead of those before."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from kaaring.audit.models import AuditLine
from kaaring.jury import voters
from kaaring.jury.actions.voting import confirm
from kaaring.jury.models import Stage, Vote
from kaaring.jury.queries.votes import Counted, votes_in
from kaaring.jury.queries.voting import candidates, is_counted, vote_on, votes_held
from kaaring.jury.voters import Choice
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Rules
from kaaring.programmes.queries import definition_in_force
from tests.build import NOON
from tests.jury.marking import CLOSES, OPENS
from tests.jury.voting import a_choice, a_vote_of, a_voted_edition, leave, voted_on, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return a_vote_of(a_voted_edition())


def refusal_of(choice: Choice, at: datetime = NOON) -> str:
    with pytest.raises(Refused) as raised:
        confirm(choice, at=at)
    return raised.value.code


def cast_votes() -> set[tuple[str, str]]:
    return set(Vote.objects.values_list("entry__code", "category__code"))


def test_a_choice_is_counted_once_in_each_category_and_freezes_the_rules(stage: Stage) -> None:
    a, b = voted_on(stage, "A1"), voted_on(stage, "B1", "bot")

    confirm(a_choice(stage, a, b), at=NOON)

    assert votes_in(stage) == {a.pk: Counted(None, 1), b.pk: Counted(None, 1)}
    assert set(Vote.objects.values_list("confirmed_at", flat=True)) == {NOON}
    frozen = AuditLine.objects.get(doing="rules_frozen")
    assert (Rules.objects.get().frozen_at, frozen.by) == (NOON, "public")


def test_the_same_choice_confirmed_twice_counts_once(stage: Stage) -> None:
    a = voted_on(stage, "A1")
    choice = a_choice(stage, a)

    confirm(choice, at=NOON)
    confirm(choice, at=NOON + timedelta(minutes=1))

    assert votes_in(stage) == {a.pk: Counted(None, 1)}


def test_the_last_choice_confirmed_replaces_the_one_before_in_its_categories_alone(stage: Stage) -> None:
    a, other, b = voted_on(stage, "A1"), voted_on(stage, "A2"), voted_on(stage, "B1", "bot")
    confirm(a_choice(stage, a, b), at=NOON)

    confirm(a_choice(stage, other, address=" KARI+again@example.org "), at=NOON)

    assert cast_votes() == {("A2", "centre"), ("B1", "bot")}
    confirm(a_choice(stage, a, address="ola@example.org"), at=NOON)
    assert Vote.objects.count() == 3


def test_no_row_and_no_link_holds_the_address(stage: Stage) -> None:
    choice = a_choice(stage, voted_on(stage, "A1"), address="kari@example.org")
    confirm(choice, at=NOON)

    (row,) = Vote.objects.values()
    assert "kari" not in f"{row} {voters.token_of(choice)}"
    assert len(row["voter"]) == 43
    assert not AuditLine.objects.exclude(doing__in=["rules_stored", "rules_frozen"]).exists()


def test_a_voter_is_another_one_in_every_stage_and_with_every_key(stage: Stage, settings: Any) -> None:
    readers = a_vote_of(stage.edition, "readers")
    here = voters.voter_of(stage, "kari@example.org")

    assert voters.voter_of(readers, "kari@example.org") != here
    settings.SECRET_KEY = "another"
    assert voters.voter_of(stage, "kari@example.org") != here


NAMES = st.text("abcæ.", min_size=1, max_size=5)


@given(NAMES.map("{}@example.org".format), st.sampled_from(["", " ", "\t"]), st.text("ab+", max_size=3))
def test_every_spelling_of_an_address_is_the_same_mailbox(address: str, blank: str, tag: str) -> None:
    name, host = address.rsplit("@", 1)
    plain = voters.mailbox_of(address)

    assert voters.mailbox_of(f"{blank}{address.upper()}{blank}") == plain
    assert voters.mailbox_of(f"{name}+{tag}@{host}") == plain


def test_an_address_that_begins_with_a_plus_is_not_everybodys() -> None:
    assert voters.mailbox_of("+one@example.org") != voters.mailbox_of("+two@example.org")


def test_a_withdrawn_entry_takes_no_votes_and_those_it_had_do_not_count(stage: Stage) -> None:
    a, b, out = voted_on(stage, "A1"), voted_on(stage, "B1", "bot"), voted_on(stage, "A2")
    confirm(a_choice(stage, a), at=NOON)
    withdraw(a)
    leave(stage, out)

    assert votes_in(stage) == {}
    assert candidates(stage) == [b]
    assert refusal_of(a_choice(stage, a)) == "nothing_to_vote_for"
    assert refusal_of(a_choice(stage, out)) == "nothing_to_vote_for"
    assert confirm(a_choice(stage, a, b), at=NOON) == [b]


def test_a_vote_is_counted_from_the_beginning_until_just_before_the_end(stage: Stage) -> None:
    choice = a_choice(stage, voted_on(stage, "A1"), asked_at=OPENS)

    assert refusal_of(choice, OPENS - timedelta(microseconds=1)) == "stage_not_open"
    confirm(choice, at=OPENS)
    late = choice._replace(asked_at=CLOSES - timedelta(hours=1))
    confirm(late, at=CLOSES - timedelta(microseconds=1))
    assert refusal_of(late, CLOSES) == "stage_closed"


def test_a_link_is_good_for_two_days(stage: Stage) -> None:
    choice = a_choice(stage, voted_on(stage, "A1"), asked_at=NOON)

    assert refusal_of(choice, NOON + voters.HOLDS) == "link_expired"
    confirm(choice, at=NOON + voters.HOLDS - timedelta(seconds=1))


def test_a_vote_that_is_counted_elsewhere_takes_no_votes_here(stage: Stage) -> None:
    readers = a_vote_of(stage.edition, "readers")

    assert refusal_of(a_choice(readers, voted_on(readers, "A1"))) == "not_voted_here"


def test_a_link_says_what_it_was_signed_for_and_nothing_else_is_believed(stage: Stage) -> None:
    choice = a_choice(stage, voted_on(stage, "A1"), asked_at=datetime(2030, 2, 1, tzinfo=UTC))
    token = voters.token_of(choice)

    assert voters.choice_in(token) == choice
    for forged in (token[:-1], token[1:], "", "a:b", token.replace(":", ""), token.swapcase()):
        with pytest.raises(Refused, match="broken_link"):
            voters.choice_in(forged)


def test_one_address_cannot_have_two_votes_in_a_category(stage: Stage) -> None:
    a, other = voted_on(stage, "A1"), voted_on(stage, "A2")
    plain = {"stage": stage, "category": a.category, "voter": "x", "confirmed_at": NOON}
    Vote.objects.create(entry=a, **plain)

    with (
        pytest.raises(IntegrityError, match=r"one_vote_per_stage_voter_and_category|UNIQUE"),
        transaction.atomic(),
    ):
        Vote.objects.create(entry=other, **plain)


def test_a_choice_is_counted_when_the_votes_of_its_categories_went_to_it(stage: Stage) -> None:
    a, other, b = voted_on(stage, "A1"), voted_on(stage, "A2"), voted_on(stage, "B1", "bot")
    choice = a_choice(stage, a, b)

    assert not is_counted(choice, [a, b])
    assert not is_counted(choice, [])
    confirm(choice, at=NOON)
    assert is_counted(choice, [a, b])
    confirm(a_choice(stage, other), at=NOON)
    assert not is_counted(choice, [a, b])


def test_the_open_vote_comes_before_the_next_and_that_before_the_last() -> None:
    edition = a_voted_edition(
        (
            "{code: readers, name: Readers' choice, mode: public_vote}",
            "{code: readers, name: Readers' choice, mode: public_vote, voting: confirmed_email,"
            " period: [2030-02-12, 2030-02-14]}",
        )
    )
    definition = definition_in_force(edition)

    def on(at: datetime) -> tuple[str, str] | None:
        held = vote_on(votes_held(edition, definition), at=at)
        return (held.rules.code, held.state(at)) if held else None

    assert on(OPENS) == ("readers", "later")
    a_vote_of(edition)
    assert on(OPENS - timedelta(days=1)) == ("public", "later")
    assert on(OPENS) == ("public", "now")
    assert on(CLOSES) == ("readers", "later")
    a_vote_of(edition, "readers", opens_at=CLOSES, closes_at=CLOSES + timedelta(days=1))
    assert on(CLOSES) == ("readers", "now")
    assert on(CLOSES + timedelta(days=2)) == ("readers", "past")
