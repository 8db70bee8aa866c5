"""A jury's awards: who may get them, when a reason is due, and that two cannot decide at once."""

from collections.abc import Mapping

import pytest

from kaaring.audit.queries import lines_of
from kaaring.entries.models import Entry
from kaaring.jury.models import Assignment, Stage
from kaaring.kernel.refused import Refused
from kaaring.programmes.queries import chain_of
from kaaring.results.actions import decide_entries, decide_nobody, revoke_entry_decision
from kaaring.results.models import EntryDecision
from kaaring.results.queries.juried import due_before, entry_decisions_in_force, entry_proposal_for
from tests.build import NOON, a_member
from tests.jury.marking import a_juror_of, a_stage
from tests.results.jury import (
    a_judged_edition,
    a_stage_with,
    an_award,
    an_idea,
    decide_for,
    in_stage,
    votes,
)

pytestmark = pytest.mark.django_db
MARKS = (("A", [(9, 9)]), ("B", [(7, 7)]), ("C", [(7, 7)]), ("D", [(1, 1)]))


def a_field() -> tuple[Stage, Mapping[str, Entry]]:
    """A with 90, B and C with 70, D with 10, and E without a scorecard."""
    stage = a_stage_with(*MARKS)
    in_stage(stage, "E")
    return stage, {entry.code: entry for entry in Entry.objects.select_related("case", "edition")}


def decide(entries: Mapping[str, Entry], reason: str = "", **levels: str) -> list[EntryDecision]:
    award = an_award(entries["A"].edition)
    chosen = [(entries[code], level) for code, level in levels.items()]
    return decide_entries(
        award, chosen, citation={"en": " Bold. ", "nb": ""}, reason=reason, by="test", at=NOON
    )


@pytest.mark.parametrize(
    "levels",
    [
        {"A": "winner"},
        {"A": "gold"},
        {"A": "winner", "B": "silver", "C": "silver"},
        {"A": "gold", "B": "gold", "C": "gold", "D": "highly_commended"},
    ],
)
def test_levels_in_the_order_of_the_marks_need_no_reason(levels: dict[str, str]) -> None:
    _stage, entries = a_field()

    decisions = decide(entries, **levels)
    assert {one.entry.code: one.level for one in decisions if one.entry} == levels
    assert decisions[0].citation == {"en": "Bold."}


@pytest.mark.parametrize(
    "levels",
    [
        {"B": "winner"},
        {"A": "winner", "D": "winner"},
        {"A": "silver", "B": "gold", "C": "gold"},
        {"A": "winner", "B": "silver"},
        {"A": "winner", "D": "silver"},
        {"A": "winner", "E": "highly_commended"},
    ],
)
def test_whoever_is_not_first_or_gets_more_than_an_equal_does_so_with_a_reason(
    levels: dict[str, str],
) -> None:
    _stage, entries = a_field()

    with pytest.raises(Refused, match="reason_missing"):
        decide(entries, **levels)
    assert not EntryDecision.objects.exists()
    assert len(decide(entries, reason="The jury was moved.", **levels)) == len(levels)


def test_nothing_is_decided_while_a_scorecard_is_to_come_in_a_stage_that_is_open() -> None:
    stage, entries = a_field()
    assigned_to = Assignment.objects.create(
        stage=stage, entry=entries["E"], juror=a_juror_of(stage.edition), assigned_at=NOON
    )

    with pytest.raises(Refused, match="not_over") as refused:
        decide(entries, A="winner")
    assert "Marking: 1 scorecard is not final" in refused.value.details[0]
    with pytest.raises(Refused, match="not_over"):
        decide_nobody(an_award(stage.edition), reason="Too few.", by="test", at=NOON)
    assert not EntryDecision.objects.exists()

    assigned_to.ended_at, assigned_to.ended_reason = NOON, "The juror is ill."
    assigned_to.save()
    assert decide(entries, A="winner")


def test_a_stage_that_is_over_and_other_awards_hold_up_no_decision() -> None:
    stage, entries = a_field()
    juror, edition = a_juror_of(stage.edition), stage.edition
    small = in_stage(stage, "S", category="centre", division="small")
    Assignment.objects.create(stage=stage, entry=small, juror=juror, assigned_at=NOON)

    assert decide(entries, A="winner")
    assert not due_before(an_award(edition, "best-large"), at=NOON)
    (due,) = due_before(an_award(edition, "best-small"), at=NOON)
    assert (due.stage, due.scorecards) == ("Marking", 1)
    assert not due_before(an_award(edition, "best-small"), at=stage.closes_at)


def test_nothing_is_decided_while_the_public_votes_on_it() -> None:
    voted_on = a_stage(a_judged_edition(stages="[{code: vote, name: Vote, mode: public_vote}]"), "vote")
    entry = in_stage(voted_on, "A")
    votes(voted_on, {entry: 5})
    award = an_award(voted_on.edition)

    with pytest.raises(Refused, match="not_over") as refused:
        decide_entries(award, [(entry, "winner")], by="test", at=NOON)
    assert refused.value.details[0].startswith("Vote: the public votes until")
    assert decide_entries(award, [(entry, "winner")], by="test", at=voted_on.closes_at)


def test_a_decision_leaves_a_line_in_the_log_with_levels_and_the_reason() -> None:
    stage, entries = a_field()
    decide(entries, B="winner", reason=" Moved. ")

    line = lines_of(chain_of(stage.edition))[0]
    assert (line.doing, line.about, line.why) == ("award_decided", "Best idea", "Moved.")
    assert line.details == {"entries": {"B": "winner"}}


def test_each_winner_may_have_a_citation_of_its_own() -> None:
    _stage, entries = a_field()
    first, second = decide_entries(
        an_award(entries["A"].edition),
        [(entries["A"], "winner"), (entries["B"], "silver")],
        citation={"en": "Good."},
        citations={entries["A"].pk: {"en": "Best."}},
        reason="C has had its prize.",
        by="test",
        at=NOON,
    )

    assert (first.citation, second.citation) == ({"en": "Best."}, {"en": "Good."})


def test_only_entries_that_compete_in_the_deciding_stage_can_be_chosen() -> None:
    stage, entries = a_field()
    elsewhere = an_idea(stage, "X", (9, 9), category="centre", division="small")
    withdrawn = an_idea(stage, "Y", (9, 9))
    withdrawn.withdrawn_at, withdrawn.withdrawn_reason = NOON, "Sold."
    withdrawn.save()

    for entry in (elsewhere, withdrawn):
        with pytest.raises(Refused, match="not_competing") as refused:
            decide({"A": entry, **{}}, A="winner", reason="Because.")
        assert refused.value.details == (str(entry),)
    with pytest.raises(Refused, match="not_competing"):
        decide_for(elsewhere, award="best-large", reason="Because.")
    decide_for(elsewhere, award="best-small")
    assert entries["A"].decisions.count() == 0


def test_only_levels_of_the_rules_are_given_and_each_entry_has_one() -> None:
    _stage, entries = a_field()

    for level in ("bronze", "none", "best"):
        with pytest.raises(Refused, match=f"level_unknown.*{level}.*winner, gold, silver"):
            decide(entries, A=level, reason="Because.")
    with pytest.raises(Refused, match="nobody_chosen"):
        decide(entries)
    with pytest.raises(Refused, match="twice"):
        decide_entries(
            an_award(entries["A"].edition),
            [(entries["A"], "winner"), (entries["A"], "gold")],
            reason="Twice as good.",
            by="test",
            at=NOON,
        )


def test_an_award_that_is_not_the_jurys_is_not_decided_here_nor_the_jurys_by_measurement() -> None:
    stage, entries = a_field()
    award = an_award(stage.edition)
    award.by = "appointment"
    award.save()

    with pytest.raises(Refused, match="not_by_jury"):
        decide(entries, A="winner")
    with pytest.raises(Refused, match="not_by_jury"):
        decide_nobody(award, reason="Nobody.", by="test", at=NOON)


def test_who_decides_second_is_told_who_decided_and_when() -> None:
    stage, entries = a_field()
    chair = a_member(stage.edition.programme.organiser)
    decide_entries(an_award(stage.edition), [(entries["A"], "winner")], by=chair.public_id, at=NOON)

    for again in (lambda: decide(entries, A="winner"), lambda: nobody(stage, "None was good.")):
        with pytest.raises(Refused, match=f"already_decided.*{chair.name}.*2030"):
            again()
    assert EntryDecision.objects.count() == 1


def nobody(stage: Stage, reason: str) -> EntryDecision:
    return decide_nobody(an_award(stage.edition), reason=reason, by="test", at=NOON)


def test_that_nobody_wins_is_a_decision_with_a_reason() -> None:
    stage, entries = a_field()
    with pytest.raises(Refused, match="reason_missing"):
        nobody(stage, " ")
    decision = nobody(stage, " None was good enough. ")

    assert (decision.entry, decision.level, decision.reason) == (None, "none", "None was good enough.")
    assert str(decision) == "Best idea: No winner"
    assert not entry_proposal_for(an_award(stage.edition)).is_contradicted
    with pytest.raises(Refused, match=r"already_decided.*a command"):
        decide(entries, A="winner")


def test_a_revoked_decision_stays_with_its_reason_and_makes_room_for_another() -> None:
    stage, entries = a_field()
    (wrong,) = decide(entries, B="winner", reason="Moved.")
    with pytest.raises(Refused, match="reason_missing"):
        revoke_entry_decision(wrong, reason="", by="test", at=NOON)
    revoked = revoke_entry_decision(wrong, reason="Misread.", by="test", at=NOON)
    decide(entries, A="winner")

    assert (revoked.revoked_reason, revoked.revoked_at) == ("Misread.", NOON)
    assert [one.entry for one in entry_decisions_in_force(stage.edition)] == [entries["A"]]
    assert [line.doing for line in lines_of(chain_of(stage.edition))[:2]] == [
        "award_decided",
        "decision_revoked",
    ]
    with pytest.raises(Refused, match="already_revoked"):
        revoke_entry_decision(wrong, reason="Again.", by="test", at=NOON)


def test_a_decision_is_contradicted_once_the_marks_say_otherwise_unless_it_has_a_reason() -> None:
    stage, entries = a_field()
    decide(entries, A="winner")
    award = an_award(stage.edition)
    assert not entry_proposal_for(award).is_contradicted
    an_idea(stage, "Z", (10, 10))

    assert entry_proposal_for(award).is_contradicted
    EntryDecision.objects.update(reason="The jury was moved.")
    assert not entry_proposal_for(award).is_contradicted


def test_before_a_stage_has_its_period_nothing_can_be_decided() -> None:
    edition = a_judged_edition()
    entry = in_stage(a_stage(a_judged_edition(slug="other")), "A")

    with pytest.raises(Refused, match="stage_not_opened"):
        decide_entries(an_award(edition), [(entry, "winner")], by="test", at=NOON)
