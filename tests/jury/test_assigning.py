"""Who reads what: planned, taken, changed by hand."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kaaring.audit.models import AuditLine
from kaaring.jury.actions import assignments, panels, recusals, stages
from kaaring.jury.actions.jurors import remove_juror
from kaaring.jury.actions.panels import Members
from kaaring.jury.models import Assignment, Juror, Stage
from kaaring.jury.queries.assignments import (
    assigned_by_entry,
    assignments_in,
    counts_by_stage,
    progress_of,
    with_readings,
)
from kaaring.jury.queries.plan_words import told
from kaaring.jury.queries.planning import plan_assignment
from kaaring.jury.queries.plans import plan_from
from kaaring.jury.queries.stages import entries_in
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from tests.build import NOON
from tests.juried import (
    LARGE_TEAM,
    PARTNERSHIP,
    PERSON,
    TEAM,
    a_juried_edition,
    a_juror,
    a_stage,
    an_assignment,
    an_organisation,
)
from tests.jury.build import a_card, bare_entry

pytestmark = pytest.mark.django_db
BY: Any = {"by": "test", "at": NOON}


@pytest.fixture
def edition() -> Edition:
    return a_juried_edition()


def refusal_of(doing: Any, *args: Any, **options: Any) -> str:
    with pytest.raises(Refused) as refused:
        doing(*args, **options)
    return refused.value.code


def a_jury_at_work(edition: Edition, *, entries: int = 6, jurors: int = 4, code: str = "screening") -> Stage:
    """Return a stage with entries that a jury is about to read, two readings each in the screening."""
    for _turn in range(entries):
        bare_entry(edition)
    for _turn in range(jurors):
        a_juror(edition)
    return a_stage(edition, code)


def take(stage: Stage, seed: int = 1) -> assignments.Stored:
    return assignments.store_assignments(stage, plan_assignment(stage, seed=seed), **BY)


def pairs(stage: Stage) -> set[tuple[int, int]]:
    return set(assignments_in(stage).values_list("juror_id", "entry_id"))


def readers_of(stage: Stage, entry: int) -> set[int]:
    return {juror for juror, other in pairs(stage) if other == entry}


def test_every_entry_gets_its_readings_and_loads_are_even(edition: Edition) -> None:
    stage = a_jury_at_work(edition, entries=6, jurors=4)

    plan = plan_assignment(stage, seed=1)

    assert sorted(plan.loads.values()) == [3, 3, 3, 3]
    assert len(plan.pairs) == len(set(plan.pairs)) == 12
    assert plan.is_comparable
    assert (plan.gaps, plan.gap) == ((), 0)
    assert len(plan.by_lottery) == 6


def test_the_same_seed_gives_the_same_plan_and_planning_writes_nothing(edition: Edition) -> None:
    stage = a_jury_at_work(edition)

    assert plan_assignment(stage, seed=7) == plan_assignment(stage, seed=7)
    assert not Assignment.objects.exists()


def test_a_plan_survives_being_kept_as_plain_data(edition: Edition) -> None:
    stage = a_jury_at_work(edition, entries=3, jurors=1)
    plan = plan_assignment(stage, seed=1)

    assert plan_from(json.loads(json.dumps(plan.as_json()))) == plan


def test_the_stages_own_number_of_readings_comes_before_the_jurys(edition: Edition) -> None:
    screening = a_jury_at_work(edition, entries=2, jurors=4)
    final = a_stage(edition, "final")
    stages.admit_by_hand(final.pk, assignments_entry(screening), reason="Wild card", **BY)

    assert plan_assignment(screening, seed=1).readings == 2
    assert plan_assignment(final, seed=1).readings == 3


def assignments_entry(stage: Stage) -> int:
    return stage.admissions.order_by("pk")[0].entry_id


def test_a_plan_that_is_taken_is_who_reads_what(edition: Edition) -> None:
    stage = a_jury_at_work(edition)
    plan = plan_assignment(stage, seed=1)

    stored = assignments.store_assignments(stage, plan, **BY)

    assert stored == (12, 0, 0)
    assert pairs(stage) == set(plan.pairs)
    drawn = Assignment.objects.filter(is_by_lottery=True).values_list("juror_id", "entry_id")
    assert set(drawn) == set(plan.by_lottery)
    details = AuditLine.objects.get(doing="assignments_stored").details
    assert details == {"new": 12, "ended": 0, "stayed": 0, "seed": 1, "ground": plan.digest}


def test_taking_the_same_plan_again_changes_nothing(edition: Edition) -> None:
    stage = a_jury_at_work(edition)
    take(stage)

    assert take(stage) == (0, 0, 12)
    assert Assignment.objects.count() == 12


def test_another_plan_ends_what_it_does_without_and_begins_anew_what_had_ended(edition: Edition) -> None:
    stage = a_jury_at_work(edition, entries=8, jurors=6)
    take(stage, seed=1)
    first = pairs(stage)
    for seed in (2, 3, 1):
        take(stage, seed=seed)

    assert pairs(stage) == first
    ended = Assignment.objects.filter(ended_at__isnull=False)
    assert ended.exists()
    assert set(ended.values_list("ended_reason", flat=True)) == {
        "The new plan does not include this reading."
    }


def test_what_is_begun_or_made_by_hand_stays_in_every_later_plan(edition: Edition) -> None:
    stage = a_jury_at_work(edition, entries=8, jurors=6)
    take(stage)
    begun = assignments_in(stage)[0]
    a_card(begun)
    free = {one.pk for one in Juror.objects.all()} - readers_of(stage, begun.entry_id)
    by_hand = assignments.assign_by_hand(stage.pk, begun.entry_id, min(free), **BY)

    for seed in range(2, 7):
        take(stage, seed=seed)
        assert {(one.juror_id, one.entry_id) for one in (begun, by_hand)} <= pairs(stage)
    assert len(readers_of(stage, begun.entry_id)) == 2


def test_what_was_ended_by_hand_is_not_planned_again(edition: Edition) -> None:
    stage = a_jury_at_work(edition, entries=4, jurors=3)
    take(stage)
    one = assignments_in(stage)[0]
    assignments.end_assignment(one.pk, reason="Is on leave", **BY)

    for seed in range(2, 6):
        take(stage, seed=seed)
        assert (one.juror_id, one.entry_id) not in pairs(stage)


def test_who_has_a_conflict_reads_nothing_of_it_even_before_anybody_has_looked(edition: Edition) -> None:
    bank = an_organisation(edition.programme.organiser, "Nordbank")
    entry = bare_entry(edition, organisation=bank)
    stage = a_jury_at_work(edition, entries=3, jurors=2)
    banker = a_juror(edition, organisation_name="Nordbank AS")

    plan = plan_assignment(stage, seed=1)
    assert (banker.pk, entry.pk) not in plan.pairs
    assert not banker.recusals.exists()
    assignments.store_assignments(stage, plan, **BY)

    assert banker.recusals.count() == 1
    assert banker.pk not in readers_of(stage, entry.pk)


def test_jurors_read_their_languages_their_panels_and_no_more_than_they_want(edition: Edition) -> None:
    russian = bare_entry(edition, language="ru")
    person = bare_entry(edition, PERSON)
    readers = [a_juror(edition, languages=["ru", "en"]) for _turn in range(2)]
    others = [a_juror(edition, languages=["en"], most_entries=1) for _turn in range(2)]
    panels.form_panel(edition, {"en": "People"}, Members(["person"], [one.pk for one in others]), **BY)
    stage = a_stage(edition)

    take(stage)

    assert readers_of(stage, russian.pk) == {one.pk for one in readers}
    assert readers_of(stage, person.pk) == {one.pk for one in others}


def test_who_knows_a_category_reads_it_before_those_who_do_not(edition: Edition) -> None:
    entries = [bare_entry(edition, TEAM) for _turn in range(4)] + [
        bare_entry(edition, PERSON) for _turn in range(4)
    ]
    for category in (TEAM, TEAM, TEAM, TEAM, PERSON, PERSON, PERSON, PERSON):
        a_juror(edition, categories=[category])
    stage = a_stage(edition)

    plan = plan_assignment(stage, seed=3)

    category_of = {entry.pk: entry.category.code for entry in entries}
    knows = {one.pk: one.categories[0] for one in Juror.objects.all()}
    by_fit = set(plan.pairs) - set(plan.by_lottery)
    assert all(knows[juror] == category_of[entry] for juror, entry in by_fit)


def test_a_category_beside_those_a_juror_knows_comes_before_others(edition: Edition) -> None:
    bare_entry(edition, LARGE_TEAM)
    bare_entry(edition, PARTNERSHIP)
    beside, other = a_juror(edition, categories=[TEAM]), a_juror(edition, categories=[PERSON])
    stage = a_stage(edition)
    stage_entries = {one.entry.category.code: one.entry_id for one in stage.admissions.all()}
    rules = stage.edition.rules.get()
    text = json.loads(json.dumps(rules.document))
    text["jury"]["stages"][0] |= {"jurors_per_entry": 1, "seats_by_lottery": 0}
    rules.document, rules.digest = text, "one reading"
    rules.save()

    plan = plan_assignment(stage, seed=1)

    assert set(plan.pairs) == {
        (beside.pk, stage_entries[LARGE_TEAM]),
        (other.pk, stage_entries[PARTNERSHIP]),
    }


def test_what_cannot_be_placed_is_named_with_the_reason(edition: Edition) -> None:
    house = an_organisation(edition.programme.organiser, "Nordbank")
    entry = bare_entry(edition, organisation=house, language="ru")
    inside = a_juror(edition, organisation=house)
    a_juror(edition, languages=["nb"])
    outside = a_juror(edition)
    panels.form_panel(
        edition,
        {"en": "Teams"},
        Members(["team"], [one.pk for one in Juror.objects.exclude(pk=outside.pk)]),
        **BY,
    )
    off = a_juror(edition)
    stage = a_stage(edition)
    assignments.end_assignment(an_assignment(stage, entry, off).pk, reason="Away", **BY)
    Juror.objects.get(pk=off.pk).panels.add(edition.panels.get())

    plan = plan_assignment(stage, seed=1)

    (gap,) = plan.gaps
    assert (gap.missing, gap.eligible, gap.is_full) == (2, 0, False)
    assert (gap.by_conflict, gap.by_language, gap.by_panel, gap.by_hand) == (1, 1, 1, 1)
    words = told(plan, edition)
    assert words.gaps == (
        f"{entry.code} lacks 2 readings. 0 jurors of 4 may read this entry. Kept out: 1 with a conflict of "
        "interest, 1 without the language of the entry, 1 outside the panel of the category, "
        "1 taken off the entry by hand.",
    )
    assert words.headline == "1 entry. An entry is read by 2 jurors. 2 readings cannot be placed."
    assert inside.recusals.count() == 0


def test_where_jurors_are_full_the_plan_says_so(edition: Edition) -> None:
    for _turn in range(3):
        bare_entry(edition)
    a_juror(edition, "Kari", most_entries=1)
    a_juror(edition, "Ola", most_entries=2)
    stage = a_stage(edition)

    plan = plan_assignment(stage, seed=1)

    assert sum(gap.missing for gap in plan.gaps) == 3
    assert all(gap.is_full for gap in plan.gaps)
    assert "as many as they take: Kari, Ola." in told(plan, edition).gaps[0]
    assert "Readings needed of them: 6; they can give 3." in told(plan, edition).gaps[0]


def test_jurors_who_share_no_entry_cannot_be_compared_and_the_plan_names_them(edition: Edition) -> None:
    for language in ("nb", "ru"):
        bare_entry(edition, language=language)
        for turn in range(2):
            a_juror(edition, f"{language} {turn}", languages=[language])
    stage = a_stage(edition)

    plan = plan_assignment(stage, seed=1)

    assert not plan.is_comparable
    assert "nb 0, nb 1; ru 0, ru 1" in told(plan, edition).comparable
    assert told(plan, edition).headline == (
        "2 entries. An entry is read by 2 jurors. Every reading is placed."
    )


def test_a_plan_that_gave_up_fit_says_how_much_and_long_lists_of_names_are_cut(edition: Edition) -> None:
    stage = a_jury_at_work(edition, entries=2, jurors=9)
    made = plan_assignment(stage, seed=1)
    everybody = tuple(Juror.objects.order_by("name").values_list("pk", flat=True))

    words = told(replace(made, fit=1900, gap=100, parts=(everybody[:8], everybody[8:])), edition)

    assert "at most 5.0 % of the best possible fit" in words.proof
    little = told(replace(made, fit=1999, gap=1), edition)
    assert "at most 0.1 % of the best possible fit" in little.proof
    assert "and 2 more;" in words.comparable


def test_a_plan_is_refused_once_anything_it_was_made_on_has_changed(edition: Edition) -> None:
    stage = a_jury_at_work(edition)
    plan = plan_assignment(stage, seed=1)
    a_juror(edition)

    assert refusal_of(assignments.store_assignments, stage, plan, **BY) == "plan_is_stale"
    assert not Assignment.objects.exists()

    take(stage)
    plan = plan_assignment(stage, seed=2)
    a_card(assignments_in(stage)[0])
    assert refusal_of(assignments.store_assignments, stage, plan, **BY) == "plan_is_stale"


def test_a_plan_of_another_stage_or_for_a_closed_one_is_refused(edition: Edition) -> None:
    stage = a_jury_at_work(edition)
    plan = plan_assignment(stage, seed=1)
    other = a_stage(edition, "final")

    assert refusal_of(assignments.store_assignments, other, plan, **BY) == "plan_is_stale"
    late = {"by": "test", "at": stage.closes_at}
    assert refusal_of(assignments.store_assignments, stage, plan, **late) == "stage_closed"


def test_without_entries_jurors_or_a_jury_to_read_there_is_nothing_to_plan(edition: Edition) -> None:
    stage = a_stage(edition)
    assert refusal_of(plan_assignment, stage, seed=1) == "no_entries"
    bare_entry(edition)
    stages.admit_submitted(stage.pk, **BY)
    assert refusal_of(plan_assignment, stage, seed=1) == "no_jurors"


def test_nobody_is_assigned_anything_in_a_public_vote(edition: Edition) -> None:
    stage = a_jury_at_work(edition)
    rules = edition.rules.get()
    document = json.loads(json.dumps(rules.document))
    document["jury"]["stages"][0] |= {"mode": "public_vote", "passes": None}
    rules.document, rules.digest = document, "a public vote"
    rules.save()

    assert refusal_of(plan_assignment, stage, seed=1) == "public_vote"


def test_whoever_reads_anything_marks_the_calibration_entry_too_unless_in_conflict(edition: Edition) -> None:
    stage = a_jury_at_work(edition, entries=4, jurors=3)
    example = bare_entry(edition)
    stages.choose_calibration(stage.pk, example.pk, **BY)
    kept_out = Juror.objects.all()[0]
    recusals.set_recusal(kept_out.pk, case=example.case, kind="person", **BY)

    take(stage)

    readers = set(Assignment.objects.filter(entry=example, ended_at=None).values_list("juror_id", flat=True))
    assert readers == {one.pk for one in Juror.objects.all()} - {kept_out.pk}
    assert example.pk not in {entry for _juror, entry in pairs(stage)}
    assert take(stage) == (0, 0, 8)


def test_by_hand_an_entry_is_given_and_taken_away_with_a_reason(edition: Edition) -> None:
    stage = a_jury_at_work(edition, entries=1, jurors=1)
    juror, entry = Juror.objects.get(), stage.admissions.get().entry

    given = assignments.assign_by_hand(stage.pk, entry.pk, juror.pk, **BY)
    assert (given.is_manual, given.is_by_lottery) == (True, False)
    assert refusal_of(assignments.end_assignment, given.pk, reason=" ", **BY) == "reason_missing"
    ended = assignments.end_assignment(given.pk, reason="Is on leave", **BY)
    assert (ended.ended_at, ended.ended_reason) == (NOON, "Is on leave")
    assert refusal_of(assignments.end_assignment, given.pk, reason="Twice", **BY) == "ended_already"
    assert AuditLine.objects.get(doing="assignment_ended").why == "Is on leave"

    again = assignments.assign_by_hand(stage.pk, entry.pk, juror.pk, **BY)
    assert (again.pk, again.ended_at, again.ended_reason) == (given.pk, None, "")


def test_a_finished_reading_is_not_taken_away(edition: Edition) -> None:
    stage = a_jury_at_work(edition, entries=1, jurors=1)
    one = an_assignment(stage, stage.admissions.get().entry)
    a_card(one, is_final=True)

    assert refusal_of(assignments.end_assignment, one.pk, reason="Odd", **BY) == "scorecard_is_final"


def test_by_hand_too_nobody_reads_what_must_not_be_read(edition: Edition) -> None:
    entry = bare_entry(edition)
    stage = a_stage(edition)
    outside = bare_entry(edition)
    juror, busy = a_juror(edition), a_juror(edition, most_entries=1)
    gone = a_juror(edition, removed_at=NOON, removed_reason="Moved")
    foreign = a_juror(a_juried_edition(slug="other-awards"))
    conflicted = a_juror(edition)
    recusals.set_recusal(conflicted.pk, case=entry.case, kind="person", **BY)

    def give(who: Juror, what: int = entry.pk, **more: Any) -> str:
        return refusal_of(assignments.assign_by_hand, stage.pk, what, who.pk, **{**BY, **more})

    assert give(gone) == "not_in_the_jury"
    assert give(foreign) == "not_in_the_jury"
    assert give(juror, outside.pk) == "not_in_the_stage"
    assert give(conflicted) == "conflict_of_interest"
    assert give(juror, at=stage.closes_at) == "stage_closed"
    assignments.assign_by_hand(stage.pk, entry.pk, busy.pk, **BY)
    assert give(busy) == "already_assigned"
    stages.admit_submitted(stage.pk, **BY)
    assert give(busy, outside.pk) == "has_enough"


def test_progress_says_how_far_each_juror_has_come(edition: Edition, django_assert_num_queries: Any) -> None:
    stage = a_jury_at_work(edition, entries=3, jurors=2)
    first, second = Juror.objects.order_by("name")
    for turn, admission in enumerate(stage.admissions.order_by("pk")):
        one = an_assignment(stage, admission.entry, first)
        if turn:
            a_card(one, is_final=turn == 2)

    with django_assert_num_queries(2):
        progress = progress_of(stage)

    assert [tuple(one) for one in progress] == [(first, 3, 2, 1), (second, 0, 0, 0)]


def test_what_a_juror_finished_before_leaving_is_counted_wherever_readings_are(edition: Edition) -> None:
    stage = a_jury_at_work(edition, entries=1, jurors=1)
    entry = stage.admissions.get().entry
    staying, leaving = Juror.objects.get(), a_juror(edition, "Left")
    for juror in (staying, leaving):
        a_card(an_assignment(stage, entry, juror), is_final=juror == leaving)
    remove_juror(leaving.pk, reason="Moved away.", **BY)

    assert [tuple(one) for one in progress_of(stage)] == [(staying, 1, 1, 0), (leaving, 1, 1, 1)]
    assert counts_by_stage(edition)[stage.pk] == (1, 2, 1)
    assert assigned_by_entry(stage) == {entry.pk: 2}
    counted = with_readings(entries_in(stage), stage).get()
    assert (counted.assigned, counted.done) == (2, 1)  # type: ignore[attr-defined]


def test_a_juror_in_no_panel_is_left_out_where_panels_judge_every_category(edition: Edition) -> None:
    stage = a_jury_at_work(edition, entries=1, jurors=2)
    member, outside = Juror.objects.order_by("name")
    first, *others = edition.categories.values_list("code", flat=True)
    panels.form_panel(edition, {"en": "First"}, Members([first], [member.pk]), **BY)
    assert told(plan_assignment(stage, seed=1), edition).left_out == ""

    panels.form_panel(edition, {"en": "Others"}, Members(others, [member.pk]), **BY)

    left_out = told(plan_assignment(stage, seed=1), edition).left_out
    assert left_out == f"{outside} belongs to no panel, so no entry is assigned."
    a_juror(edition, "Zoe")
    left_out = told(plan_assignment(stage, seed=1), edition).left_out
    assert left_out == f"{outside}, Zoe belong to no panel, so no entry is assigned to them."


def test_a_begun_reading_with_a_new_conflict_is_replaced_in_the_next_plan(edition: Edition) -> None:
    bank = an_organisation(edition.programme.organiser, "Nordbank")
    entry = bare_entry(edition, organisation=bank)
    stage = a_jury_at_work(edition, entries=2, jurors=3)
    banker = a_juror(edition)
    a_card(an_assignment(stage, entry, banker))
    Juror.objects.filter(pk=banker.pk).update(organisation_name="Nordbank")

    take(stage)

    others = readers_of(stage, entry.pk) - {banker.pk}
    assert len(others) == 2
    assert Assignment.objects.get(juror=banker, entry=entry).ended_at is None
    recusals.confirm_recusal(banker.recusals.get().pk, by="test", at=NOON + timedelta(hours=1))
    assert Assignment.objects.get(juror=banker, entry=entry).ended_at is not None
