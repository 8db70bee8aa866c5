"""Marking: drafts, what makes a scorecard final, and what keeps a juror from marking."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kaaring.audit.models import AuditLine
from kaaring.entries.models import Party
from kaaring.jury.actions.scorecards import save_draft, submit_scorecard, submit_together
from kaaring.jury.models import Mark, Scorecard
from kaaring.jury.queries.scorecards import scorecards_that_count
from kaaring.jury.sheets import Filled, Sheet, sheet_of
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Rules
from tests.build import NOON
from tests.jury.marking import (
    CLOSES,
    OPENS,
    a_conflict,
    a_desk,
    a_juried_edition_of,
    a_juror_of,
    a_sheet,
    a_stage,
    an_assignment,
    an_entry_of,
    an_organisation,
    by_juror,
    stored,
)

pytestmark = pytest.mark.django_db


def test_a_draft_keeps_everything_that_was_typed_finished_or_not() -> None:
    desk = a_desk()
    typed = Sheet(
        marks={
            "actions": Filled(7, comment="Well told."),
            "results": Filled(abstained="", comment="Which period?"),
            "other": Filled(comment="Later.", share=30),
        },
        remark="Thank you.",
        note="Read again.",
    )

    card = save_draft(desk.pk, typed, version=0, by=by_juror(desk), at=NOON)

    assert not card.is_final
    assert sheet_of(stored(desk)) == typed
    assert not Mark.objects.exists()


def test_a_final_scorecard_keeps_marks_shares_words_and_the_exact_score() -> None:
    desk = a_desk()

    card = submit_scorecard(
        desk.pk, a_sheet(comment=" Clear. ", remark="Well done."), version=0, by=by_juror(desk), at=NOON
    )

    card.refresh_from_db()
    assert (card.score_of, card.score_in) == (62, 1)
    assert (card.submitted_at, card.draft, card.comment, card.remark) == (NOON, {}, "Clear.", "Well done.")
    assert sorted(card.marks.values_list("criterion", "steps", "share")) == [
        ("actions", 8, 100),
        ("other", 10, 50),
        ("results", 5, 100),
    ]


def test_what_a_criterion_abstained_from_weighs_is_shared_among_the_others() -> None:
    desk = a_desk()
    sheet = a_sheet()
    sheet = replace(sheet, marks={**sheet.marks, "other": Filled(abstained="Nothing is said about it.")})

    card = submit_scorecard(desk.pk, sheet, version=0, by=by_juror(desk), at=NOON)

    assert (card.score_of, card.score_in) == (65, 1)
    assert card.marks.get(criterion="other").abstained == "Nothing is said about it."


def test_abstaining_from_the_whole_entry_gives_no_marks_and_no_score() -> None:
    desk = a_desk()

    card = submit_scorecard(
        desk.pk, a_sheet(abstained="I trained this team."), version=0, by=by_juror(desk), at=NOON
    )

    assert (card.score_of, card.score_in, card.abstained) == (None, None, "I trained this team.")
    assert not card.marks.exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"results": Filled()}, "incomplete"),
        ({"results": Filled(abstained=" ")}, "incomplete"),
        ({"results": Filled(11)}, "sheet_misfit"),
        ({"results": Filled(-1)}, "sheet_misfit"),
        ({"results": Filled(5, abstained="Both.")}, "sheet_misfit"),
        ({"results": Filled(5, share=50)}, "sheet_misfit"),
        ({"other": Filled(5, share=101)}, "sheet_misfit"),
        ({"charm": Filled(5)}, "sheet_misfit"),
    ],
)
def test_marks_that_do_not_fit_the_rules_are_refused(changed: dict[str, Filled], code: str) -> None:
    desk = a_desk()
    sheet = a_sheet()

    with pytest.raises(Refused, match=code):
        submit_scorecard(
            desk.pk, replace(sheet, marks={**sheet.marks, **changed}), version=0, by=by_juror(desk), at=NOON
        )

    assert not Scorecard.objects.exists()
    assert Rules.objects.get().frozen_at is None


def test_the_refusal_of_an_unfinished_scorecard_names_each_open_criterion() -> None:
    desk = a_desk()

    with pytest.raises(Refused) as raised:
        submit_scorecard(desk.pk, Sheet({"results": Filled(4)}), version=0, by=by_juror(desk), at=NOON)

    assert raised.value.reason == "2 criteria are still open. Mark them, or abstain with a reason."
    assert raised.value.details == ("Actions: no mark yet.", "Other matters: no mark yet.")


@pytest.mark.parametrize(
    "misplaced",
    [Sheet(passes=True), Sheet(rank=1), Sheet(points=1), Sheet(comment="x" * 20_001)],
)
def test_what_the_stage_does_not_ask_for_is_refused(misplaced: Sheet) -> None:
    desk = a_desk()

    with pytest.raises(Refused, match="sheet_misfit"):
        save_draft(desk.pk, misplaced, version=0, by=by_juror(desk), at=NOON)


def test_abstaining_without_a_reason_is_refused() -> None:
    desk = a_desk()

    with pytest.raises(Refused, match="no_reason_to_abstain"):
        submit_scorecard(desk.pk, Sheet(abstained=""), version=0, by=by_juror(desk), at=NOON)


def test_a_scorecard_submitted_from_two_tabs_is_final_once_and_the_second_is_told_so() -> None:
    desk = a_desk()
    first = save_draft(desk.pk, a_sheet(actions=1), version=0, by=by_juror(desk), at=NOON)
    submit_scorecard(desk.pk, a_sheet(actions=8), version=first.version, by=by_juror(desk), at=NOON)

    with pytest.raises(Refused, match="already_final"):
        submit_scorecard(desk.pk, a_sheet(actions=2), version=first.version, by=by_juror(desk), at=NOON)

    assert stored(desk).marks.get(criterion="actions").steps == 8


def test_a_draft_changed_in_another_window_is_not_overwritten() -> None:
    desk = a_desk()
    save_draft(desk.pk, a_sheet(actions=1), version=0, by=by_juror(desk), at=NOON)
    save_draft(desk.pk, a_sheet(actions=2), version=1, by=by_juror(desk), at=NOON)

    with pytest.raises(Refused, match="changed_elsewhere"):
        save_draft(desk.pk, a_sheet(actions=3), version=1, by=by_juror(desk), at=NOON)

    assert sheet_of(stored(desk)).marks["actions"].steps == 2


def test_the_same_draft_sent_twice_is_stored_once() -> None:
    desk = a_desk()
    save_draft(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=NOON)

    again = save_draft(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=NOON + timedelta(minutes=1))

    assert (again.version, again.changed_at) == (1, NOON)


def test_the_first_scorecard_freezes_the_rules_and_says_so() -> None:
    desk = a_desk()
    assert Rules.objects.get().frozen_at is None

    save_draft(desk.pk, Sheet(), version=0, by=by_juror(desk), at=NOON)

    assert Rules.objects.get().frozen_at == NOON
    assert AuditLine.objects.get(doing="rules_frozen").why == "The first scorecard has been started."


def test_the_log_says_what_was_marked_and_by_whom() -> None:
    desk = a_desk()

    submit_scorecard(desk.pk, a_sheet(comment="Private."), version=0, by=by_juror(desk), at=NOON)

    line = AuditLine.objects.get(doing="scorecard_submitted")
    assert line.by == by_juror(desk)
    assert line.details == {
        "marks": {"actions": [8, 100], "results": [5, 100], "other": [10, 50]},
        "score": "62/1",
    }


@pytest.mark.parametrize(
    ("at", "code"), [(OPENS - timedelta(seconds=1), "stage_not_open"), (CLOSES, "stage_closed")]
)
def test_marks_are_given_only_while_the_stage_is_open(at, code) -> None:  # type: ignore[no-untyped-def]
    desk = a_desk()

    with pytest.raises(Refused, match=code):
        submit_scorecard(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=at)


def test_a_stage_that_closes_over_a_draft_keeps_the_draft() -> None:
    desk = a_desk()
    save_draft(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=NOON)

    with pytest.raises(Refused, match="stage_closed"):
        submit_scorecard(desk.pk, a_sheet(actions=9), version=1, by=by_juror(desk), at=CLOSES)

    assert sheet_of(stored(desk)) == a_sheet()
    assert not stored(desk).is_final


def test_what_was_typed_while_the_stage_closed_is_kept_as_a_draft_and_counts_nowhere() -> None:
    desk = a_desk()
    save_draft(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=NOON)

    save_draft(desk.pk, a_sheet(actions=9), version=1, by=by_juror(desk), at=CLOSES)

    assert sheet_of(stored(desk)) == a_sheet(actions=9)
    assert (stored(desk).is_final, scorecards_that_count(desk.stage).count()) == (False, 0)
    early = OPENS - timedelta(seconds=1)
    with pytest.raises(Refused, match="stage_not_open"):
        save_draft(desk.pk, a_sheet(), version=2, by=by_juror(desk), at=early)


def test_nobody_marks_for_another_juror() -> None:
    desk = a_desk()

    with pytest.raises(Refused, match="not_your_scorecard"):
        save_draft(desk.pk, a_sheet(), version=0, by=by_juror(a_desk_beside(desk)), at=NOON)


def a_desk_beside(desk):  # type: ignore[no-untyped-def]
    return an_assignment(desk.stage, desk.entry)


def test_for_a_juror_without_an_account_others_enter_what_is_on_paper() -> None:
    edition = a_juried_edition_of()
    desk = an_assignment(a_stage(edition), juror=a_juror_of(edition, with_account=False))

    card = submit_scorecard(desk.pk, a_sheet(), version=0, by="secretary", at=NOON)

    assert card.entered_by == "secretary"


def test_an_ended_assignment_takes_no_marks() -> None:
    desk = a_desk(ended_at=NOON, ended_reason="Too much to read.")

    with pytest.raises(Refused, match="Too much to read"):
        save_draft(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=NOON)


def test_a_juror_who_was_removed_marks_nothing_more_and_what_was_final_stays() -> None:
    edition = a_juried_edition_of()
    stage, juror = a_stage(edition), a_juror_of(edition)
    marked, unmarked = (an_assignment(stage, juror=juror) for _turn in range(2))
    submit_scorecard(marked.pk, a_sheet(), version=0, by=by_juror(marked), at=NOON)
    juror.removed_at, juror.removed_reason = NOON, "Left the jury."
    juror.save()

    with pytest.raises(Refused, match="not_in_the_jury"):
        save_draft(unmarked.pk, a_sheet(), version=0, by=by_juror(unmarked), at=NOON)

    assert stored(marked).is_final


def test_a_withdrawn_entry_needs_no_marks() -> None:
    desk = a_desk()
    desk.entry.withdrawn_at, desk.entry.withdrawn_reason = NOON, "Merged."
    desk.entry.save()

    with pytest.raises(Refused, match="entry_withdrawn"):
        save_draft(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=NOON)


def test_a_conflict_with_the_organisation_keeps_a_juror_from_marking() -> None:
    desk = a_desk()
    a_conflict(desk)

    with pytest.raises(Refused, match="conflict_of_interest"):
        save_draft(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=NOON)


def test_a_conflict_with_one_case_or_with_a_party_to_it_keeps_a_juror_from_marking() -> None:
    with_case, with_party = a_desk(), None
    a_conflict(with_case, case=with_case.entry.case)
    with_party = an_assignment(with_case.stage)
    partner = an_organisation(with_case.stage.edition)
    Party.objects.create(case=with_party.entry.case, organisation=partner)
    a_conflict(with_party, organisation=partner)

    for desk in (with_case, with_party):
        with pytest.raises(Refused, match="conflict_of_interest"):
            save_draft(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=NOON)


def test_a_dismissed_conflict_keeps_nobody_from_marking() -> None:
    desk = a_desk()
    a_conflict(desk, dismissed_at=NOON, dismissed_by="test", dismissed_reason="Another house of that name.")

    assert save_draft(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=NOON).pk


def test_the_calibration_entry_is_marked_first() -> None:
    edition = a_juried_edition_of()
    example = an_entry_of(edition)
    stage, juror = a_stage(edition, calibration=example), a_juror_of(edition)
    first, real = an_assignment(stage, example, juror), an_assignment(stage, juror=juror)

    with pytest.raises(Refused, match="calibration_first"):
        save_draft(real.pk, a_sheet(), version=0, by=by_juror(real), at=NOON)
    submit_scorecard(first.pk, a_sheet(), version=0, by=by_juror(first), at=NOON)

    assert save_draft(real.pk, a_sheet(), version=0, by=by_juror(real), at=NOON).pk


def test_a_calibration_entry_that_was_withdrawn_holds_nobody_up() -> None:
    edition = a_juried_edition_of()
    example = an_entry_of(edition, withdrawn_at=NOON, withdrawn_reason="Merged.")
    desk = an_assignment(a_stage(edition, calibration=example))
    an_assignment(desk.stage, example, desk.juror)

    assert submit_scorecard(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=NOON).is_final


@pytest.mark.parametrize(
    ("code", "given"),
    [("sharing", {"points": 10}), ("ranking", {"rank": 1}), ("screening", {"passes": True})],
)
def test_the_calibration_entry_takes_no_rank_and_no_points_from_the_others(
    code: str, given: dict[str, Any]
) -> None:
    edition = a_juried_edition_of()
    example = an_entry_of(edition)
    real = an_assignment(a_stage(edition, code, calibration=example))
    first = an_assignment(real.stage, example, real.juror)

    for desk in (first, real):
        assert submit_scorecard(desk.pk, Sheet(**given), version=0, by=by_juror(desk), at=NOON).is_final


def test_a_juror_with_a_conflict_in_the_calibration_entry_begins_without_it() -> None:
    edition = a_juried_edition_of()
    example = an_entry_of(edition)
    stage, juror = a_stage(edition, calibration=example), a_juror_of(edition)
    first, real = an_assignment(stage, example, juror), an_assignment(stage, juror=juror)
    a_conflict(first)

    assert save_draft(real.pk, a_sheet(), version=0, by=by_juror(real), at=NOON).pk


def test_screening_takes_a_vote_and_gives_no_score() -> None:
    desk = a_desk("screening")

    with pytest.raises(Refused, match="incomplete"):
        submit_scorecard(desk.pk, Sheet(comment="Hm."), version=0, by=by_juror(desk), at=NOON)
    card = submit_scorecard(desk.pk, Sheet(passes=False), version=0, by=by_juror(desk), at=NOON)

    assert (card.passes, card.score_of) == (False, None)


def test_screening_takes_no_marks() -> None:
    desk = a_desk("screening")

    with pytest.raises(Refused, match="sheet_misfit"):
        save_draft(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=NOON)


def test_a_public_vote_has_no_scorecards() -> None:
    desk = a_desk("public")

    with pytest.raises(Refused, match="no_scorecards"):
        save_draft(desk.pk, Sheet(), version=0, by=by_juror(desk), at=NOON)


def test_a_rank_is_given_once_in_a_category() -> None:
    edition = a_juried_edition_of()
    stage, juror = a_stage(edition, "ranking"), a_juror_of(edition)
    one, two = (an_assignment(stage, juror=juror) for _turn in range(2))
    elsewhere = an_assignment(stage, an_entry_of(edition, "bot"), juror)
    submit_scorecard(one.pk, Sheet(rank=1), version=0, by=by_juror(one), at=NOON)

    with pytest.raises(Refused, match="rank_taken"):
        submit_scorecard(two.pk, Sheet(rank=1), version=0, by=by_juror(two), at=NOON)

    assert submit_scorecard(elsewhere.pk, Sheet(rank=1), version=0, by=by_juror(one), at=NOON).rank == 1


@pytest.mark.parametrize("rank", [None, 0])
def test_a_ranking_needs_a_rank_from_one_up(rank: int | None) -> None:
    desk = a_desk("ranking")

    with pytest.raises(Refused, match=r"incomplete|sheet_misfit"):
        submit_scorecard(desk.pk, Sheet(rank=rank), version=0, by=by_juror(desk), at=NOON)


def test_a_juror_gives_no_more_points_in_a_category_than_there_are() -> None:
    edition = a_juried_edition_of()
    stage, juror = a_stage(edition, "sharing"), a_juror_of(edition)
    one, two = (an_assignment(stage, juror=juror) for _turn in range(2))
    submit_scorecard(one.pk, Sheet(points=7), version=0, by=by_juror(one), at=NOON)

    with pytest.raises(Refused, match="too_many_points"):
        submit_scorecard(two.pk, Sheet(points=4), version=0, by=by_juror(two), at=NOON)
    with pytest.raises(Refused, match="sheet_misfit"):
        save_draft(two.pk, Sheet(points=11), version=0, by=by_juror(two), at=NOON)

    assert submit_scorecard(two.pk, Sheet(points=3), version=0, by=by_juror(two), at=NOON).points == 3


def test_a_ranking_is_made_final_together_or_not_at_all() -> None:
    edition = a_juried_edition_of()
    stage, juror = a_stage(edition, "ranking"), a_juror_of(edition)
    one, two = (an_assignment(stage, juror=juror) for _turn in range(2))

    with pytest.raises(Refused, match="rank_taken"):
        submit_together({one.pk: (Sheet(rank=2), 0), two.pk: (Sheet(rank=2), 0)}, by=by_juror(one), at=NOON)
    assert not Scorecard.objects.exists()

    cards = submit_together(
        {one.pk: (Sheet(rank=2), 0), two.pk: (Sheet(rank=1), 0)}, by=by_juror(one), at=NOON
    )
    assert [card.rank for card in cards] == [2, 1]


def test_the_database_lets_no_final_scorecard_hold_a_draft() -> None:
    desk = a_desk()
    submit_scorecard(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Scorecard.objects.update(draft={"note": "left over"})


def test_a_stage_that_left_the_rules_takes_no_marks() -> None:
    edition = a_juried_edition_of()
    desk = an_assignment(a_stage(edition, "gone"))

    with pytest.raises(Refused, match="not_in_the_rules"):
        save_draft(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=NOON)
