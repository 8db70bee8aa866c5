"""Runs of a juried edition: what is frozen, what refuses to be, and digests that anybody can take again."""

import hashlib
import json
from datetime import UTC
from typing import Any

import pytest

from kaaring.jury.models import Meeting, Minute, Scorecard
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.results.actions import decide_nobody, publish_run
from kaaring.results.models import EntryDecision, EntryLine, Run
from kaaring.results.queries.juried.frozen import deciding_lines
from tests.build import NOON, a_published_edition
from tests.jury.marking import a_stage
from tests.results.jury import (
    a_judged_edition,
    an_award,
    an_idea,
    decide_for,
    filled_in,
    in_stage,
    jury_of,
    marked,
    votes,
)

pytestmark = pytest.mark.django_db
STAGES = (
    "[{code: screening, name: Screening, mode: pass_fail, passes: 1},"
    " {code: marking, name: Marking, mode: scorecard}]"
)


def a_decided_edition(**rules: Any) -> Edition:
    """Ideas A (90, 70, 60) and B (50, 50), a small centre, no large one; two jurors and a screening."""
    edition = a_judged_edition(stages=STAGES, **rules)
    screening, stage = a_stage(edition, "screening"), a_stage(edition)
    a = an_idea(stage, "A", (9, 9), (7, 7), (6, 6))
    an_idea(stage, "B", (5, 5), (3, 8))
    small = an_idea(stage, "S", (4, 4), category="centre", division="small")
    filled_in(screening, a, *jury_of(edition, 1), passes=True)
    decide_for(a)
    decide_for(small, award="best-small", level="gold")
    decide_nobody(an_award(edition, "best-large"), reason="Nobody entered.", by="test", at=NOON)
    return edition


def published(edition: Edition) -> Run:
    return publish_run(edition, by="command", at=NOON)


def line(run: Run, code: str) -> EntryLine:
    return EntryLine.objects.get(run=run, entry__code=code)


def test_a_run_freezes_every_entrys_score_and_place_with_how_it_comes_about() -> None:
    run = published(a_decided_edition())
    first, second = line(run, "A"), line(run, "B")

    assert (first.score, first.place, first.scorecards, first.stage) == ("220/3", 1, 3, "marking")
    assert (second.score, second.place, second.category, second.division) == ("50/1", 2, "idea", "")
    assert first.working == {
        "mode": "scorecard",
        "method": "mean",
        "scores": ["60/1", "70/1", "90/1"],
        "value": None,
        "parted_by": "",
        "winners_hold_in": first.variants,
        "criteria": {"idea": "220/3", "effect": "220/3"},
    }
    assert second.working is not None
    assert second.working["criteria"] == {"idea": "40/1", "effect": "65/1"}
    assert (line(run, "S").division, line(run, "S").place) == ("small", 1)


def test_a_line_says_in_how_many_variants_its_place_holds() -> None:
    run = published(a_decided_edition())

    variants = 2 * (1 + 3)
    assert line(run, "A").variants == variants, "mean and median, all and without each of three"
    assert line(run, "A").holds_in == variants
    assert line(run, "S").variants == 2 * (1 + 1)


def test_a_run_names_its_method_its_decisions_and_how_many_scorecards_count() -> None:
    run = published(a_decided_edition())

    assert run.scorecard_count == 3 + 2 + 1 + 1
    assert run.evaluation_count == 0
    assert run.method["name"] == "kaaring.juried"
    assert run.method["parameters"]["stages"]["marking"]["method"] == "mean"
    assert run.method["parameters"]["stage"] == "marking"
    assert run.method["parameters"]["criteria"]["idea"] == {
        "idea": {"weight": "60", "discretion": "fixed"},
        "effect": {"weight": "40", "discretion": "fixed"},
    }
    assert [(one.award.code, one.level) for one in run.entry_decisions.all()] == [
        ("best-idea", "winner"),
        ("best-small", "gold"),
        ("best-large", "none"),
    ]


def canonical(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_anybody_can_take_the_digest_of_the_input_again() -> None:
    edition = a_decided_edition()
    run = published(edition)
    one, two, three = (juror.public_id for juror in jury_of(edition, 3))

    def card(entry: str, juror: str, idea: int, effect: int) -> list[Any]:
        marks = [["effect", effect, 100], ["idea", idea, 100]]
        return ["marking", entry, juror, marks, None, None, None]

    lines = [
        card("A", one, 9, 9),
        card("A", two, 7, 7),
        card("A", three, 6, 6),
        card("B", one, 5, 5),
        card("B", two, 3, 8),
        card("S", one, 4, 4),
        ["screening", "A", one, [], True, None, None],
    ]
    assert run.input_digest == sha256("".join(canonical(one) + "\n" for one in sorted(lines)))


def test_the_input_holds_votes_and_parted_ties_and_nothing_that_does_not_count() -> None:
    stages = (
        "[{code: marking, name: Marking, mode: scorecard, weight: 50},"
        " {code: public, name: Public, mode: public_vote, weight: 50}]"
    )
    edition = a_judged_edition(stages=stages, combine="{method: mean, ties: [jury]}", awards=False)
    stage, public = a_stage(edition), a_stage(edition, "public")
    a, b, gone = (an_idea(stage, code, (5, 5)) for code in "ABC")
    for entry in (a, b):
        public.admissions.create(entry=entry, admitted_at=NOON)
    votes(public, {a: 10, b: 20})
    excluded, example = an_idea(stage, "E", (1, 1)), an_idea(stage, "F", (2, 2))
    Scorecard.objects.filter(assignment__entry=excluded).update(excluded_at=NOON, excluded_reason="Conflict.")
    stage.calibration = example
    stage.save()
    gone.withdrawn_at, gone.withdrawn_reason = NOON, "Sold."
    gone.save()
    meeting = Meeting.objects.create(stage=stage, category=a.category, opened_at=NOON)
    for position, entry in enumerate((b, a), 1):
        Minute.objects.create(meeting=meeting, kind=Minute.Kind.TIE, entry=entry, position=position, at=NOON)
    run = published(edition)
    (juror,) = jury_of(edition, 1)

    marks = [["effect", 5, 100], ["idea", 5, 100]]
    lines = [
        ["marking", "A", "", [], None, 2, None],
        ["marking", "A", juror.public_id, marks, None, None, None],
        ["marking", "B", "", [], None, 1, None],
        ["marking", "B", juror.public_id, marks, None, None, None],
        ["public", "A", "", [], None, None, 10],
        ["public", "B", "", [], None, None, 20],
    ]
    assert run.input_digest == sha256("".join(canonical(one) + "\n" for one in lines))
    assert run.scorecard_count == 2


LINE = (
    *("category", "division", "entry__code", "stage", "score", "low", "high", "scorecards"),
    *("place", "is_shared", "why", "holds_in", "variants", "working"),
)
DECISION = ("award__code", "level", "entry__code", "citation", "reason", "decided_at")


def as_documented(run: Run) -> dict[str, Any]:
    """Read the content of a run's digest from the tables by nothing but their columns."""

    def bound(value: float | None) -> str | None:
        return None if value is None else f"{value:.4f}"

    lines = [
        [*one[:5], bound(one[5]), bound(one[6]), *one[7:]]
        for one in EntryLine.objects.filter(run=run).values_list(*LINE)
    ]
    decisions = [
        [*one[:2], one[2] or "", *one[3:5], one[5].astimezone(UTC).isoformat(timespec="microseconds")]
        for one in EntryDecision.objects.filter(runs=run).values_list(*DECISION)
    ]
    return {
        "edition": "service-awards/2030",
        "number": run.number,
        "rules": run.rules.digest,
        "method": run.method,
        "input": run.input_digest,
        "evaluations": 0,
        "scorecards": run.scorecard_count,
        "lines": [],
        "means": [],
        "decisions": [],
        "entry_lines": sorted(lines, key=lambda one: one[:3]),
        "entry_decisions": sorted(decisions, key=lambda one: one[:3]),
    }


def test_anybody_can_take_the_digest_of_the_run_again() -> None:
    run = Run.objects.get(pk=published(a_decided_edition()).pk)

    assert run.digest == sha256(canonical(as_documented(run)))
    EntryLine.objects.filter(run=run, place=1).update(score="100/1")
    assert run.digest != sha256(canonical(as_documented(run)))


def test_a_run_of_a_measured_edition_says_nothing_of_a_jury() -> None:
    run = a_published_edition().runs.get()

    assert run.method["name"] == "kaaring.measured"
    assert (run.scorecard_count, run.entry_lines.count(), run.entry_decisions.count()) == (0, 0, 0)


def test_an_award_of_the_jury_that_is_not_decided_stops_publishing() -> None:
    edition = a_decided_edition()
    EntryDecision.objects.filter(award__code="best-small").delete()

    with pytest.raises(Refused, match="awards_undecided") as refused:
        published(edition)
    assert refused.value.details == ("Best small centre",)


def test_marks_that_no_longer_say_what_is_decided_stop_publishing() -> None:
    edition = a_decided_edition()
    an_idea(edition.stages.get(code="marking"), "Z", (10, 10))

    with pytest.raises(Refused, match="decisions_contradict") as refused:
        published(edition)
    assert refused.value.details == ("Best idea",)


def test_without_a_scorecard_there_is_nothing_to_publish() -> None:
    edition = a_judged_edition(awards=False)
    with pytest.raises(Refused, match="nothing_to_publish"):
        published(edition)
    in_stage(a_stage(edition), "A")
    with pytest.raises(Refused, match="nothing_to_publish"):
        published(edition)


def test_a_run_stays_as_it_is_whatever_is_marked_and_revoked_afterwards() -> None:
    edition = a_decided_edition()
    run = published(edition)
    an_idea(edition.stages.get(code="marking"), "Z", (10, 10))
    EntryDecision.objects.filter(award__code="best-idea").update(revoked_at=NOON, revoked_reason="Wrong.")

    assert [one.entry.code for one in run.entry_lines.order_by("pk")] == ["A", "B", "S"]
    assert run.entry_decisions.filter(award__code="best-idea").count() == 1


def test_who_did_not_come_to_the_last_stage_keeps_the_line_of_the_stage_before() -> None:
    stages = (
        "[{code: screening, name: Screening, mode: pass_fail, passes: 1},"
        " {code: marking, name: Marking, mode: scorecard}, {code: final, name: Final, mode: scorecard}]"
    )
    edition = a_judged_edition(stages=stages, awards=False)
    screening, marking, final = (a_stage(edition, code) for code in ("screening", "marking", "final"))
    ahead, left = an_idea(marking, "A", (9, 9)), an_idea(marking, "B", (5, 8))
    filled_in(screening, left, *jury_of(edition, 1), passes=True)
    final.admissions.create(entry=ahead, admitted_at=NOON)
    marked(final, ahead, jury_of(edition, 1)[0], idea=7, effect=7)

    run = published(edition)

    lines = EntryLine.objects.filter(run=run).order_by("entry__code", "stage")
    assert [(one.entry.code, one.stage, one.score) for one in lines] == [
        ("A", "final", "70/1"),
        ("A", "marking", "90/1"),
        ("B", "marking", "62/1"),
    ]
    assert [one.entry.code for one in deciding_lines(run)] == ["A"]
