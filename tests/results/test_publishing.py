"""Runs: what is frozen, what refuses to be, and that anybody can take the digests again."""

import hashlib
import json
from fractions import Fraction
from typing import Any

import pytest

from kaaring.audit.actions import record
from kaaring.audit.queries import first_break, lines_of
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Award, Edition
from kaaring.programmes.queries import chain_of
from kaaring.results import actions
from kaaring.results.models import Decision, Line, Mean, Run
from kaaring.results.queries import (
    current_run,
    decisions_of,
    means_of,
    results_of,
    runs_of,
    standings,
    standings_of,
)
from kaaring.results.queries.computing import computed
from kaaring.survey.models import Participant
from tests.results.build import (
    LATER,
    a_member,
    a_participant,
    an_edition,
    an_evaluation,
    by_phone,
)

pytestmark = pytest.mark.django_db
COMPUTED = "kaaring.results.actions.publishing.computed"


def a_decided_edition(**changes: Any) -> Edition:
    """Two banks and an alarm service, every award by measurement decided as measured."""
    edition = an_edition(**changes)
    ann, bo = a_participant(edition, "ann"), a_participant(edition, "bo")
    by_phone(ann, 20, 18)
    by_phone(bo, 11, 12)
    an_evaluation(bo, "email", KB1="4")
    by_phone(bo, 0, review="held")
    by_phone(bo, 0, excluded="The line was down.")
    an_evaluation(bo, SV1="no")
    by_phone(a_participant(edition, "cy", "alarm"), 15, 5)
    by_phone(a_participant(edition, "dee", "alarm"), 20)
    actions.decide_open_awards(edition, by="command", at=LATER)
    return edition


def publish(edition: Edition) -> Run:
    return actions.publish_run(edition, by="command", at=LATER)


def test_a_run_freezes_what_the_live_standings_say() -> None:
    edition = a_decided_edition()
    live = {
        measure: standings(edition, measure)
        for measure in ("total", "area:agent", "question:KB1", "metric:nps")
    }
    run = publish(edition)

    for measure, table in live.items():
        frozen = standings_of(run, measure)
        assert frozen.rows == table.rows
        assert frozen.mean == table.mean
        assert frozen.class_means == table.class_means
        assert frozen.bands == table.bands
        assert (
            standings_of(run, measure, "banks").bands == standings(edition, measure, class_code="banks").bands
        )


def test_a_run_holds_every_measure_of_every_participant() -> None:
    run = publish(a_decided_edition())
    ann = Participant.objects.get(code="ann")

    assert Line.objects.filter(run=run).count() == 4 * 10
    assert list(results_of(run, ann)) == [
        *("total", "answered", "area:wait", "area:agent", "theme:interest", "channel:phone", "channel:email"),
        *("question:KB1", "question:KB2", "metric:nps"),
    ]
    assert results_of(run, ann)["total"].score == 95


def test_a_run_names_its_method_rules_and_means() -> None:
    run = publish(a_decided_edition())
    banks = run.edition.classes.get(code="banks")
    bo = Fraction(55 + 60 + 40 + 0, 4)

    assert run.method["name"] == "kaaring.measured"
    assert run.method["version"] == "1"
    assert run.method["parameters"]["minimum_enquiries"] == 2
    assert run.method["parameters"]["minimum_participants"] == {"banks": 2, "alarm": 1}
    assert run.method["parameters"]["units"] == {"1": 1}
    assert run.rules.number == 1
    assert run.evaluation_count == 9
    assert means_of(run).overall("total") == (95 + bo + 50) / 3
    assert means_of(run).of_class("total", banks.pk) == (95 + bo) / 2
    assert Mean.objects.get(run=run, measure="total", competition_class=banks).participants == 2


def test_the_working_of_a_total_says_what_each_enquiry_gave_and_what_was_left_out() -> None:
    run = publish(a_decided_edition())
    total = Line.objects.get(run=run, measure="total", participant__code="bo").working
    agent = Line.objects.get(run=run, measure="area:agent", participant__code="bo").working
    theme = Line.objects.get(run=run, measure="theme:interest", participant__code="bo").working

    assert total == {
        "enquiries": [
            ["E003", "phone", 1, 11, 20],
            ["E004", "phone", 1, 12, 20],
            ["E005", "email", 1, 4, 10],
            ["E008", "phone", 1, 0, 20],
        ],
        "left_out": [["E006", "held", ""], ["E007", "excluded", "The line was down."]],
    }
    assert agent == {
        "enquiries": [["E003", 11, 20], ["E004", 12, 20], ["E005", 4, 10]],
        "left_out": [["E008", "not_observed"]],
    }
    assert theme is None


def test_an_unanswered_enquiry_that_is_left_out_of_the_total_stands_in_the_working() -> None:
    run = publish(a_decided_edition(scoring={"unanswered": "leave_out"}))
    working = Line.objects.get(run=run, measure="total", participant__code="bo").working

    assert working is not None
    assert working["left_out"][-1] == ["E008", "not_observed", ""]


def test_rows_of_a_run_say_in_a_log_what_they_are() -> None:
    run = publish(a_decided_edition())
    line = Line.objects.get(run=run, measure="total", participant__code="ann")
    mean = Mean.objects.get(run=run, measure="total", competition_class=None)
    decision = run.decisions.get(award__code="best")

    assert [str(one) for one in (run, line, mean, decision)] == [
        "prisen/2021, run 1",
        "prisen/2021, run 1: Ann, total",
        "prisen/2021, run 1: total",
        "Best of all: Ann",
    ]


def canonical(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_anybody_can_take_the_digest_of_the_input_again() -> None:
    run = publish(a_decided_edition())
    noon = "2021-01-15T12:00:00.000000+00:00"

    def phone(enquiry: str, participant: str, kb1: str, kb2: str) -> list[Any]:
        return [enquiry, participant, "phone", noon, 1, [["KB1", kb1], ["KB2", kb2], ["SV1", "first"]]]

    lines = [
        phone("E001", "ann", "10", "yes"),
        phone("E002", "ann", "8", "yes"),
        phone("E003", "bo", "1", "yes"),
        phone("E004", "bo", "2", "yes"),
        ["E005", "bo", "email", noon, 1, [["KB1", "4"], ["SV1", "first"]]],
        ["E008", "bo", "phone", noon, 1, [["SV1", "no"]]],
        phone("E009", "cy", "5", "yes"),
        phone("E010", "cy", "5", "no"),
        phone("E011", "dee", "10", "yes"),
    ]
    assert run.input_digest == sha256("".join(canonical(line) + "\n" for line in lines))


LINE = (
    *("measure", "participant__code", "participant__competition_class__code", "score", "low", "high"),
    *("enquiries", "place", "is_shared", "class_place", "class_is_shared"),
    *("band", "class_band", "why", "working"),
)
MEAN = ("measure", "competition_class__code", "score", "participants")
DECISION = (
    *("award__code", "competition_class__code", "participant__code"),
    *("citation", "quote", "reason", "decided_at"),
)


def as_documented(run: Run) -> dict[str, Any]:
    """Read the content of a run's digest from the tables by nothing but their columns."""

    def bound(value: float | None) -> str | None:
        return None if value is None else f"{value:.4f}"

    lines = [
        [*line[:4], bound(line[4]), bound(line[5]), *line[6:]]
        for line in Line.objects.filter(run=run).values_list(*LINE)
    ]
    decisions = [
        [one[0], one[1] or "", *one[2:6], one[6].isoformat(timespec="microseconds")]
        for one in Decision.objects.filter(runs=run).values_list(*DECISION)
    ]
    means = Mean.objects.filter(run=run).values_list(*MEAN)
    return {
        "edition": "prisen/2021",
        "number": run.number,
        "rules": run.rules.digest,
        "method": run.method,
        "input": run.input_digest,
        "evaluations": run.evaluation_count,
        "lines": sorted(lines, key=lambda line: line[:2]),
        "means": sorted([mean[0], mean[1] or "", *mean[2:]] for mean in means),
        "decisions": sorted(decisions, key=lambda one: one[:3]),
    }


def test_anybody_can_take_the_digest_of_the_run_again() -> None:
    run = Run.objects.get(pk=publish(a_decided_edition()).pk)

    assert run.digest == sha256(canonical(as_documented(run)))


def test_a_changed_line_does_not_fit_the_digest() -> None:
    run = publish(a_decided_edition())
    Line.objects.filter(run=run, measure="total", place=1).update(score="96/1")

    assert run.digest != sha256(canonical(as_documented(run)))


def test_a_published_run_stays_as_it_is_whatever_happens_afterwards() -> None:
    edition = a_decided_edition()
    run = publish(edition)
    before = as_documented(run)
    by_phone(Participant.objects.get(code="bo"), 20, 20, 20)
    actions.revoke_decision(Decision.objects.all()[0], reason="Miscounted.", by="command", at=LATER)

    assert as_documented(run) == before
    assert standings(edition).rows != standings_of(run, "total").rows
    assert decisions_of(run).count() == 3


def test_a_run_shows_the_decisions_in_force_at_that_moment() -> None:
    run = publish(a_decided_edition())

    assert [(one.award.code, one.participant.code) for one in decisions_of(run)] == [
        ("best", "ann"),
        ("class-winner", "ann"),
        ("class-winner", "cy"),
    ]


def test_publishing_says_who_did_it_in_the_log() -> None:
    edition = a_decided_edition()
    owner = a_member()
    run = actions.publish_run(edition, by=owner.public_id, at=LATER)
    line = lines_of(chain_of(edition))[0]

    assert run.published_by == owner
    assert (line.doing, line.by, line.details["digest"]) == ("run_published", owner.public_id, run.digest)
    assert first_break(chain_of(edition)) is None


def test_with_nothing_counted_there_is_nothing_to_publish() -> None:
    edition = an_edition()
    by_phone(a_participant(edition, "ann"), 20, 20, review="held")

    with pytest.raises(Refused, match="nothing_to_publish"):
        publish(edition)
    assert not Run.objects.exists()


def test_an_undecided_award_by_measurement_stops_publishing_and_is_named() -> None:
    edition = a_decided_edition()
    winner = Decision.objects.get(award__code="class-winner", participant__code="cy")
    actions.revoke_decision(winner, reason="Look again.", by="command", at=LATER)

    with pytest.raises(Refused, match="awards_undecided") as refused:
        publish(edition)
    assert refused.value.details == ("Class winner, alarm",)


def test_an_award_that_nobody_can_win_stops_nothing() -> None:
    edition = an_edition()
    by_phone(a_participant(edition, "ann"), 20)

    assert publish(edition).number == 1


def test_a_decision_that_the_measurement_has_overtaken_stops_publishing() -> None:
    edition = a_decided_edition()
    by_phone(Participant.objects.get(code="ann"), 0, 0, 0)

    with pytest.raises(Refused, match="decisions_contradict") as refused:
        publish(edition)
    assert refused.value.details == ("Best of all", "Class winner, Banks")


def test_a_decision_against_the_measurement_with_a_reason_is_published() -> None:
    edition = a_decided_edition()
    best = Award.objects.get(code="best")
    actions.revoke_decision(Decision.objects.get(award=best), reason="Withdrawn.", by="command", at=LATER)
    bo = Participant.objects.get(code="bo")
    actions.decide_award(best, [bo], reason="Ann has withdrawn.", by="command", at=LATER)

    assert publish(edition).decisions.get(award=best).participant == bo


def test_runs_are_numbered_and_the_newest_counts_unless_it_is_withdrawn() -> None:
    edition = a_decided_edition()
    assert current_run(edition) is None
    first, second = publish(edition), publish(edition)

    assert [run.number for run in runs_of(edition)] == [2, 1]
    assert current_run(edition) == second
    actions.withdraw_run(second, reason="A wrong date.", by="command", at=LATER)
    assert current_run(edition) is None, "the run before it does not come back"
    assert first.withdrawn_at is None
    third = publish(edition)
    assert (third.number, current_run(edition)) == (3, third)


def test_a_withdrawn_run_stays_to_be_seen_with_its_reason() -> None:
    edition = a_decided_edition()
    owner = a_member()
    run = publish(edition)
    actions.withdraw_run(run, reason=" A wrong date. ", by=owner.public_id, at=LATER)
    (seen,) = runs_of(edition)

    assert (seen.withdrawn_reason, seen.withdrawn_by, seen.withdrawn_at) == ("A wrong date.", owner, LATER)
    assert Line.objects.filter(run=run).exists()
    assert lines_of(chain_of(edition))[0].why == "A wrong date."


def test_a_run_is_withdrawn_once_and_never_without_a_reason() -> None:
    run = publish(a_decided_edition())
    with pytest.raises(Refused, match="reason_missing"):
        actions.withdraw_run(run, reason=" ", by="command", at=LATER)
    actions.withdraw_run(run, reason="A wrong date.", by="command", at=LATER)
    with pytest.raises(Refused, match="already_withdrawn"):
        actions.withdraw_run(run, reason="A wrong date.", by="command", at=LATER)


def test_what_changes_while_results_are_computed_stops_publishing(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = a_decided_edition()

    def computed_while_something_happens(edition: Edition) -> Any:
        results = computed(edition)
        record(chain_of(edition), "evaluations_imported", "E012", by="command", at=LATER)
        return results

    monkeypatch.setattr(COMPUTED, computed_while_something_happens)
    with pytest.raises(Refused, match="changed_meanwhile"):
        publish(edition)
    assert not Run.objects.exists()


def test_two_people_who_publish_at_once_make_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = a_decided_edition()

    def computed_while_another_publishes(edition: Edition) -> Any:
        results = computed(edition)
        monkeypatch.setattr(COMPUTED, computed)
        publish(edition)
        return results

    monkeypatch.setattr(COMPUTED, computed_while_another_publishes)
    with pytest.raises(Refused, match="changed_meanwhile"):
        publish(edition)
    assert [run.number for run in runs_of(edition)] == [1]
