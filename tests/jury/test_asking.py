"""Jurors ask the organiser about entries, and everybody who marks the entry reads the answer."""

import pytest

from kaaring.jury.actions.asking import answer_query, ask_organiser
from kaaring.jury.models import Query
from kaaring.jury.queries.asking import asked_about, asked_in, open_count
from kaaring.jury.rules.asking import MOST_OPEN
from kaaring.kernel.refused import Refused
from kaaring.people.models import MemberRole
from tests.build import NOON, a_member
from tests.jury.marking import CLOSES, a_conflict, a_desk, an_assignment, by_juror

pytestmark = pytest.mark.django_db


def asked(desk, text: str = "Which year is “before”?") -> Query:  # type: ignore[no-untyped-def]
    return ask_organiser(desk.pk, text, by=by_juror(desk), at=NOON)


def test_a_question_waits_until_an_owner_or_manager_answers_it() -> None:
    desk = a_desk()
    edition = desk.stage.edition
    query = asked(desk)
    assert open_count(edition) == 1

    manager = a_member(edition.programme.organiser, MemberRole.MANAGER)
    answered = answer_query(query.pk, " 2029. ", by=manager.public_id, at=NOON)

    assert (answered.answer, answered.answered_by, answered.answered_at) == ("2029.", manager, NOON)
    assert open_count(edition) == 0
    assert list(asked_in(edition)) == [answered]


def test_the_answer_is_for_all_who_mark_the_entry_the_open_question_only_for_who_asked() -> None:
    desk = a_desk()
    beside, elsewhere = an_assignment(desk.stage, desk.entry), an_assignment(desk.stage)
    query = asked(desk)

    assert list(asked_about(desk)) == [query]
    assert list(asked_about(beside)) == []
    answer_query(query.pk, "2029.", by=a_member(desk.stage.edition.programme.organiser).public_id, at=NOON)
    assert list(asked_about(beside)) == [query]
    assert list(asked_about(elsewhere)) == []


def test_what_waits_for_an_answer_comes_first() -> None:
    desk = a_desk()
    done, waiting = asked(desk), asked(desk, "And who is “we”?")
    answer_query(done.pk, "2029.", by=a_member(desk.stage.edition.programme.organiser).public_id, at=NOON)

    assert list(asked_in(desk.stage.edition)) == [waiting, done]


def test_an_empty_question_and_one_about_what_one_does_not_mark_are_refused() -> None:
    desk = a_desk()
    other = an_assignment(desk.stage, desk.entry)
    recused = an_assignment(desk.stage)
    a_conflict(recused)

    with pytest.raises(Refused, match="nothing_asked"):
        asked(desk, "  ")
    with pytest.raises(Refused, match="not_your_scorecard"):
        ask_organiser(desk.pk, "Why?", by=by_juror(other), at=NOON)
    with pytest.raises(Refused, match="conflict_of_interest"):
        asked(recused)
    with pytest.raises(Refused, match="stage_closed"):
        ask_organiser(desk.pk, "Why?", by=by_juror(desk), at=CLOSES)


def test_a_juror_with_many_questions_waiting_asks_again_after_an_answer() -> None:
    desk = a_desk()
    first, *_others = [asked(desk, f"Question {number}?") for number in range(MOST_OPEN)]

    with pytest.raises(Refused, match="questions_waiting"):
        asked(desk, "One more?")
    answer_query(first.pk, "2029.", by=a_member(desk.stage.edition.programme.organiser).public_id, at=NOON)
    assert asked(desk, "One more?")


def test_only_owners_and_managers_answer_once_and_in_words() -> None:
    desk = a_desk()
    organiser = desk.stage.edition.programme.organiser
    query, owner = asked(desk), a_member(organiser).public_id

    for by in (by_juror(desk), a_member(organiser, MemberRole.VIEWER).public_id, "command"):
        with pytest.raises(Refused, match="not_an_owner_or_manager"):
            answer_query(query.pk, "2029.", by=by, at=NOON)
    with pytest.raises(Refused, match="nothing_answered"):
        answer_query(query.pk, " ", by=owner, at=NOON)
    answer_query(query.pk, "2029.", by=owner, at=NOON)
    with pytest.raises(Refused, match="already_answered"):
        answer_query(query.pk, "2030.", by=owner, at=NOON)
