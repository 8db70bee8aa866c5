"""The public votes at the same moment, and with what no page of ours would send."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kaaring.jury.models import Stage, Vote
from kaaring.jury.voters import token_of
from tests.jury.voting import a_choice, a_vote_of, a_voted_edition, voted_on
from tests.processes import told

DAY = timedelta(days=1)

VOTE = """
from kaaring.jury.actions.stages import close_stage
from kaaring.jury.actions.votes import enter_votes
from kaaring.jury.actions.voting import confirm
from kaaring.jury.models import Ballot, Vote
from kaaring.jury.queries.votes import votes_in
from tests.jury.voting import a_choice, a_vote_of, a_voted_edition, voted_on

stage = a_vote_of(a_voted_edition())
first, second = voted_on(stage, "A1"), voted_on(stage, "A2")
other = voted_on(stage, "B1", "bot")
"""


def test_one_choice_confirmed_in_many_windows_at_once_counts_once(address: str, tmp_path: Path) -> None:
    script = """
choice = a_choice(stage, first, other)
broken = at_once([lambda: confirm(choice, at=NOON)] * 6, times=5)
tell(broken=broken, votes=sorted(Vote.objects.values_list("entry__code", flat=True)))
"""
    assert told(VOTE + script, address, tmp_path) == {"broken": [], "votes": ["A1", "B1"]}


def test_two_choices_of_one_voter_at_once_leave_one_vote_in_the_category(
    address: str, tmp_path: Path
) -> None:
    script = """
one, two = a_choice(stage, first, other), a_choice(stage, other, second)
broken = at_once([lambda: confirm(one, at=NOON), lambda: confirm(two, at=NOON)], times=10)
counted = votes_in(stage)
tell(broken=broken, votes=Vote.objects.count(), total=sum(one.here for one in counted.values()))
"""
    assert told(VOTE + script, address, tmp_path) == {"broken": [], "votes": 2, "total": 2}


def test_votes_counts_and_a_withdrawal_at_once_meet_no_deadlock(address: str, tmp_path: Path) -> None:
    script = """
from kaaring.entries.models import Entry

def voting(number):
    choice = a_choice(stage, first, other, address=f"{number}@example.org")
    return lambda: confirm(choice, at=NOON)

def entering():
    enter_votes(stage.pk, {first.pk: 5, other.pk: 7}, why="Again.", by="test", at=NOON)

def writing():
    with transaction.atomic():
        Entry.objects.select_for_update().get(pk=first.pk)
        record(chain_of(stage.edition), "said", "x", by="test", at=NOON)

broken = at_once([*(voting(number) for number in range(4)), entering, writing], times=8)
tell(broken=broken, votes=Vote.objects.count(), counts=Ballot.objects.count())
"""
    assert told(VOTE + script, address, tmp_path) == {"broken": [], "votes": 8, "counts": 2}


def test_two_organisers_who_enter_different_counts_at_once_do_not_overwrite_each_other(
    address: str, tmp_path: Path
) -> None:
    script = """
def entering(count):
    return lambda: enter_votes(stage.pk, {first.pk: count}, seen={first.pk: None}, by="test", at=NOON)

broken = at_once([entering(1), entering(2)])
lines = AuditLine.objects.filter(doing="votes_entered").count()
tell(broken=broken, counts=Ballot.objects.count(), lines=lines)
"""
    found = told(VOTE + script, address, tmp_path)
    assert found == {"broken": ["refused: changed_meanwhile"], "counts": 1, "lines": 1}


def test_a_vote_that_waits_while_the_stage_is_closed_does_not_count(address: str, tmp_path: Path) -> None:
    script = """
from datetime import timedelta
later = NOON + timedelta(seconds=1)
choice = a_choice(stage, first)
broken = at_once([
    lambda: close_stage(stage.pk, by="test", at=NOON),
    lambda: (threading.Event().wait(0.3), confirm(choice, at=later)),
])
tell(broken=broken, votes=Vote.objects.count())
"""
    assert told(VOTE + script, address, tmp_path) == {"broken": ["refused: stage_closed"], "votes": 0}


@pytest.fixture
def stage() -> Stage:
    now = timezone.now()
    return a_vote_of(a_voted_edition(), opens_at=now - DAY, closes_at=now + DAY)


def where(stage: Stage, path: str = "") -> str:
    return f"/en/{stage.edition.programme.slug}/{stage.edition.slug}/vote/{path}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "email",
    [
        "kari@example.org\r\nBcc: all@example.org",
        "kari@example.org\nSubject: Won!",
        "kari@example.org, ola@example.org",
        "Kari <kari@example.org>",
        "kari@example.org%0aBcc:all@example.org",
        "<script>@example.org",
        "\u202ekari@example.org",
        "k" * 5000 + "@example.org",
    ],
)
def test_an_address_that_is_more_than_one_gets_no_message(stage: Stage, email: str) -> None:
    entry = voted_on(stage, "A1")

    refused = Client().post(where(stage, "ask/"), {"email": email, "in-centre": entry.public_id})

    assert refused.status_code == 422
    assert "<script>@" not in refused.content.decode()
    assert not mail.outbox


@pytest.mark.django_db
def test_a_title_with_line_breaks_and_marks_up_nothing(stage: Stage) -> None:
    title = "Best\r\nBcc: all@example.org <b>bold</b>"
    entry = voted_on(stage, "A1", case={"title": title})

    page = Client().get(where(stage)).content.decode()
    Client().post(where(stage, "ask/"), {"email": "kari@example.org", "in-centre": entry.public_id})

    assert "<b>bold</b>" not in page
    (message,) = mail.outbox
    assert "- Centre of the Year: Best Bcc: all@example.org <b>bold</b>\n" in message.body
    assert message.recipients() == ["kari@example.org"]
    assert "Bcc" not in message.message()


@pytest.mark.django_db
def test_forged_and_overlong_links_are_told_and_count_nothing(stage: Stage) -> None:
    entry = voted_on(stage, "A1")
    whole = token_of(a_choice(stage, entry, asked_at=timezone.now()))
    body, signature = whole.rsplit(":", 1)
    forged = [
        f"{body[:-1]}A:{signature}",
        f"{body}:{signature[::-1]}",
        f".{whole}",
        "A" * 3000,
        "..%2f..%2fetc",
        "😀:😀",
        ":",
    ]

    for token in forged:
        link = where(stage, f"{token}/")
        assert Client().get(link).status_code in (404, 410), token
        assert Client().post(link + "count/").status_code in (404, 409), token
    assert not Vote.objects.exists()


@pytest.mark.django_db
def test_many_values_for_one_category_are_one_choice(stage: Stage) -> None:
    a, other = voted_on(stage, "A1"), voted_on(stage, "A2")
    sent = {"email": "kari@example.org", "in-centre": [a.public_id, other.public_id], "in-none": "x"}

    Client().post(where(stage, "ask/"), sent)

    assert other.case.title in mail.outbox[0].body
    assert a.case.title not in mail.outbox[0].body
