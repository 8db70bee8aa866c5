"""Letters about the shortlist, the results and the feedback, to everybody who competed."""

from datetime import timedelta
from typing import Any

import pytest

from kaaring.audit.models import AuditLine
from kaaring.entries.actions.letters import Page
from kaaring.entries.models import Case, Entry, Party
from kaaring.jury.models import Admission, Stage
from kaaring.kernel.refused import Refused
from kaaring.outbox.actions import send_letters
from kaaring.outbox.models import Letter
from kaaring.outbox.queries import drafts_of, gone_before
from kaaring.people.models import Organisation
from kaaring.results.actions import publish_run, revoke_entry_decision, withdraw_run
from kaaring.results.actions.feedback import release_feedback
from kaaring.results.actions.letters import (
    Drafted,
    draft_feedback_letters,
    draft_other_letters,
    draft_result_letters,
    draft_shortlist_letters,
)
from kaaring.results.models import EntryDecision
from kaaring.results.queries.runs import current_run
from tests.build import NOON, a_user
from tests.juried import an_affiliation
from tests.jury.marking import a_stage
from tests.results.jury import a_judged_edition, an_idea, decide_for, in_stage

pytestmark = pytest.mark.django_db
TWO_STAGES = (
    "[{code: first, name: First, mode: scorecard},"
    " {code: final, name: {en: The final, nb: Finalen}, mode: scorecard}]"
)


def page_of(page: Page, entry: Entry, language: str) -> str:
    return f"https://awards.example/{language}/{page}/{entry.code}"


DOING: dict[str, Any] = {"page_of": page_of, "by": "test", "at": NOON}


def with_reader(entry: Entry, language: str = "en") -> Entry:
    """Let somebody act for the organisation that entered."""
    email = f"{entry.code.lower()}@example.org"
    an_affiliation(entry.case.organisation, a_user(email=email, language=language))
    return entry


def a_final(stages: str = TWO_STAGES) -> Stage:
    """Four entries in the first stage, A and B of them in the final; nobody can be written to about C."""
    edition = a_judged_edition(stages=stages, awards=False)
    first = a_stage(edition, "first", opens_at=NOON - timedelta(days=9), closes_at=NOON - timedelta(days=8))
    final = a_stage(edition, "final")
    for code in "AB":
        entry = with_reader(in_stage(first, code), "nb" if code == "B" else "en")
        Admission.objects.create(stage=final, entry=entry, admitted_at=NOON)
    in_stage(first, "C")
    with_reader(in_stage(first, "D"))
    return final


def told(kind: str) -> dict[str, Letter]:
    return {letter.to: letter for letter in Letter.objects.filter(kind=kind)}


def test_everybody_on_the_shortlist_is_written_to_in_their_language() -> None:
    final = a_final()

    assert draft_shortlist_letters(final, **DOING) == Drafted(2, [])

    letters = told("shortlisted")
    assert set(letters) == {"a@example.org", "b@example.org"}
    assert "goes on to the stage “The final”" in letters["a@example.org"].body
    assert "https://awards.example/en/preview/A" in letters["a@example.org"].body
    assert "Finalen" in letters["b@example.org"].body
    assert draft_shortlist_letters(final, **DOING) == Drafted(0, [])
    line = AuditLine.objects.get(doing="letters_drafted")
    assert line.details == {"kind": "shortlisted", "count": 2}


def test_the_others_are_written_to_and_it_is_said_about_whom_nobody_can_be() -> None:
    assert draft_other_letters(a_final(), **DOING) == Drafted(1, ["C"])

    assert "this one is not among them" in told("not_shortlisted")["d@example.org"].body


@pytest.mark.parametrize(
    ("first", "on", "off"),
    [
        (
            "mode: scorecard, shortlist: {top: 2}",
            "Case A”, is on the shortlist in “Idea of the Year” and goes on to the stage “The final”",
            "The jury has chosen which entries go on to the stage “The final”",
        ),
        (
            "mode: pass_fail",
            "in “Idea of the Year” has passed the check “First” and goes on to the stage “The final”",
            "It has not passed the check “First” and does not go on to the stage “The final”",
        ),
        (
            "mode: scorecard",
            "Case A”, in “Idea of the Year” goes on to the stage “The final”",
            "The jury has chosen which entries go on to the stage “The final”",
        ),
    ],
)
def test_a_shortlist_is_announced_only_where_the_rules_make_one(first: str, on: str, off: str) -> None:
    final = a_final(TWO_STAGES.replace("mode: scorecard", first, 1))

    draft_shortlist_letters(final, **DOING)
    draft_other_letters(final, **DOING)

    letters = [told("shortlisted")["a@example.org"], told("not_shortlisted")["d@example.org"]]
    assert on in letters[0].body
    assert off in letters[1].body
    has_shortlist = "shortlist:" in first
    assert [("shortlist" in one.subject + one.body.lower()) for one in letters] == [has_shortlist] * 2


def test_results_published_again_are_told_again_only_in_other_words() -> None:
    stage = a_stage_with_one_award()
    winner = with_reader(an_idea(stage, "A", (9, 9)))
    with_reader(an_idea(stage, "B", (5, 5)))
    decide_for(winner)

    def published_at(host: str) -> Drafted:
        publish_run(stage.edition, by="test", at=NOON)
        doing = DOING | {"page_of": lambda page, entry, language: f"{host}/{language}/{page}/{entry.code}"}
        return draft_result_letters(stage.edition, **doing)

    def withdraw() -> None:
        run = current_run(stage.edition)
        assert run is not None
        withdraw_run(run, reason="A slip", by="test", at=NOON)

    assert published_at("http://localhost:8000") == Drafted(2, [])
    send_letters(stage.edition, [Letter.Kind.RESULT], by="test", at=NOON)
    withdraw()
    assert published_at("https://awards.example") == Drafted(0, [])
    withdraw()
    decision = EntryDecision.objects.get(entry=winner)
    revoke_entry_decision(decision, reason="A slip", by="test", at=NOON)
    decide_for(Entry.objects.get(code="B"), reason="The jury sees more in it.")
    assert published_at("https://awards.example") == Drafted(2, [])
    assert [letter.is_another for letter in drafts_of(stage.edition)] == [True, True]
    assert gone_before(stage.edition, [Letter.Kind.RESULT]) == {("result", ""): 2}


def test_who_was_withdrawn_or_taken_out_is_not_written_to() -> None:
    final = a_final()
    Entry.objects.filter(code="A").update(withdrawn_at=NOON, withdrawn_reason="Merged")
    Admission.objects.filter(stage=final, entry__code="B").update(ended_at=NOON, reason="Taken out.")
    Admission.objects.create(stage=final, entry=Entry.objects.get(code="D"), admitted_at=NOON)

    draft_shortlist_letters(final, **DOING)
    draft_other_letters(final, **DOING)

    assert set(told("shortlisted")) == {"d@example.org"}
    assert set(told("not_shortlisted")) == {"b@example.org"}


def test_before_anybody_is_let_in_and_for_the_first_stage_there_is_no_shortlist() -> None:
    final = a_final()
    with pytest.raises(Refused, match="no_shortlist"):
        draft_shortlist_letters(Stage.objects.get(code="first"), **DOING)
    Admission.objects.filter(stage=final).delete()
    with pytest.raises(Refused, match="no_shortlist"):
        draft_other_letters(final, **DOING)


def a_stage_with_one_award() -> Stage:
    stage = a_stage(a_judged_edition())
    stage.edition.awards.exclude(code="best-idea").delete()
    return stage


def test_no_result_is_told_before_everybody_can_see_it() -> None:
    stage = a_stage_with_one_award()
    decide_for(with_reader(an_idea(stage, "A", (9, 9))))
    with pytest.raises(Refused, match="results_not_published"):
        draft_result_letters(stage.edition, **DOING)
    run = publish_run(stage.edition, by="test", at=NOON)
    withdraw_run(run, reason="A slip", by="test", at=NOON)

    with pytest.raises(Refused, match="results_not_published"):
        draft_result_letters(stage.edition, **DOING)

    assert not Letter.objects.exists()


def test_winners_and_others_read_what_was_published() -> None:
    stage = a_stage_with_one_award()
    winner = with_reader(an_idea(stage, "A", (9, 9)), "nb")
    with_reader(an_idea(stage, "B", (5, 5)))
    partner = Organisation.objects.create(
        organiser=stage.edition.programme.organiser, name="P", created_at=NOON
    )
    Party.objects.create(
        case=Case.objects.get(entries=winner), organisation=partner, contact_email="p@example.org"
    )
    decide_for(winner)
    publish_run(stage.edition, by="test", at=NOON)

    assert draft_result_letters(stage.edition, **DOING) == Drafted(3, [])

    letters = told("result")
    assert "has not won an award this time" in letters["b@example.org"].body
    assert "https://awards.example/en/results/B" in letters["b@example.org"].body
    english = letters["p@example.org"]
    assert english.subject == "Congratulations on entry A. Service Awards 2030"
    assert "Best idea: Winner\nWell done." in english.body
    assert letters["a@example.org"].language == "nb"


def test_feedback_is_announced_once_it_can_be_read() -> None:
    stage = a_stage(a_judged_edition(awards=False))
    with_reader(an_idea(stage, "A", (9, 9)))
    publish_run(stage.edition, by="test", at=NOON)
    with pytest.raises(Refused, match="feedback_not_released"):
        draft_feedback_letters(stage.edition, **DOING)
    release_feedback(stage.edition, shows_band=False, by="test", at=NOON)

    assert draft_feedback_letters(stage.edition, **DOING) == Drafted(1, [])

    (letter,) = drafts_of(stage.edition)
    assert "https://awards.example/en/feedback/A" in letter.body


@pytest.mark.parametrize("count", [2, 20])
def test_drafting_takes_as_many_queries_for_many_as_for_two(
    count: int, django_assert_max_num_queries: Any
) -> None:
    stage = a_stage(a_judged_edition(awards=False))
    for number in range(count):
        with_reader(an_idea(stage, f"E{number}", (9, 9)))
    publish_run(stage.edition, by="test", at=NOON)

    with django_assert_max_num_queries(18):
        assert draft_result_letters(stage.edition, **DOING).letters == count
