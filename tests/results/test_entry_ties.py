"""What parts equals beside marks: the jury's word in its meeting, a criterion, a lot; and where lists end."""

import hashlib

import pytest
from django.db import transaction

from kaaring.entries.models import Entry
from kaaring.jury.actions.meetings import open_meeting, part_tie
from kaaring.jury.models import Stage
from kaaring.kernel.text import said
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import rules_in_force
from kaaring.results.actions import publish_run
from kaaring.results.models import EntryLine
from kaaring.results.queries.juried import (
    EntryRow,
    entry_standings,
    shortlists_in,
    standings_of_category,
    steadiness_of,
)
from tests.build import NOON, a_member
from tests.jury.marking import a_stage
from tests.results.jury import a_judged_edition, an_idea, filled_in, in_stage, jury_of, votes

pytestmark = pytest.mark.django_db

ROUND = "[{{code: round, name: Round, {rules}}}, {{code: final, name: Final, mode: scorecard}}]"
JURY = "{minimum_marks: 1, ties: [jury]}"
CIRCLE = ("ABCDE", "BCDEA", "CDEAB", "DEABC", "EABCD")


def a_round(rules: str, combine: str = "{minimum_marks: 1}", slug: str = "service-awards") -> Stage:
    edition = a_judged_edition(stages=ROUND.format(rules=rules), combine=combine, slug=slug, awards=False)
    return a_stage(edition, "round")


def ranked(stage: Stage, *rankings: str) -> None:
    """Each juror ranks the entries they may judge by their codes, the best first."""
    entries = {code: in_stage(stage, code) for code in sorted({code for one in rankings for code in one})}
    for juror, order in zip(jury_of(stage.edition, len(rankings)), rankings, strict=True):
        for rank, code in enumerate(order, 1):
            filled_in(stage, entries[code], juror, rank=rank)


def parted(stage: Stage, order: str) -> None:
    """The jury parts a tie in its meeting."""
    entries = {one.code: one for one in Entry.objects.filter(edition=stage.edition)}
    owner = a_member(stage.edition.programme.organiser).public_id
    meeting = open_meeting(stage.pk, entries[order[0]].category_id, by=owner, at=NOON)
    part_tie(meeting.pk, [entries[code].pk for code in order], reason="Bolder.", by=owner, at=NOON)


def rows(edition: Edition, stage: str | None = "round") -> dict[str, EntryRow]:
    return {one.entry.code: one for one in standings_of_category(edition, "idea", stage)[0].rows}


def places(edition: Edition, stage: str | None = "round") -> dict[str, tuple[int | None, str]]:
    return {code: (one.place, one.parted_by) for code, one in rows(edition, stage).items()}


def drawn(edition: Edition, codes: str) -> str:
    """The order of a lot, taken again from what is on record: rules, stage and entries."""
    digest = rules_in_force(edition).digest
    by_lot = {code: hashlib.sha256(f"{digest}:round:{code}".encode()).hexdigest() for code in codes}
    return "".join(sorted(codes, key=by_lot.__getitem__))


def test_a_lot_is_drawn_from_the_rules_the_stage_and_the_codes_of_entries() -> None:
    stage = a_round("mode: ranking, count: stv, shortlist: {top: 5}")
    ranked(stage, *CIRCLE)
    order = drawn(stage.edition, "ABCDE")

    found = rows(stage.edition)
    assert list(found) == list(order)
    assert {one.parted_by for one in found.values()} == {"lot"}
    assert found["A"].lots == (tuple(order),)
    assert found["A"].lots_text == (
        f"A lot parted entries with equal votes, in this order: {', '.join(order)}."
    )


def test_the_same_files_loaded_twice_elect_the_same() -> None:
    elected: list[list[str]] = []
    for _time in range(2):
        with transaction.atomic():
            stage = a_round("mode: ranking, count: stv, shortlist: {top: 5}")
            ranked(stage, *CIRCLE)
            elected.append(list(rows(stage.edition)))
            transaction.set_rollback(True)

    assert elected[0] == elected[1]


def test_whoever_a_lot_puts_out_says_so_and_so_does_who_stays_and_nobody_else() -> None:
    stage = a_round("mode: ranking, count: stv, shortlist: {top: 2}")
    ranked(stage, "BAC", "BAC", "BAC", "BAC", "BCA", "CBA", "CAB", "ABC", "ACB")

    # Quota 4; B is elected with 5 and hands on a fifth: four papers to A, one to C, so A has 2 4/5.
    assert places(stage.edition) == {"B": (1, ""), "A": (2, ""), "C": (None, "")}

    level = a_round("mode: ranking, count: stv, shortlist: {top: 2}", slug="level-awards")
    ranked(level, "BAC", "BAC", "BCA", "BCA", "CBA", "ABC")
    stays, goes = drawn(level.edition, "AC")
    assert places(level.edition) == {"B": (1, ""), stays: (2, "lot"), goes: (None, "lot")}


def test_the_jurys_word_comes_before_a_lot_in_a_transferable_vote() -> None:
    stage = a_round("mode: ranking, count: stv, shortlist: {top: 5}", combine=JURY)
    ranked(stage, *CIRCLE)
    order = drawn(stage.edition, "ABCDE")[::-1]
    parted(stage, order)

    assert places(stage.edition) == {code: (place, "jury") for place, code in enumerate(order, 1)}
    assert rows(stage.edition)["A"].lots == ()


def test_a_run_freezes_among_whom_a_lot_was_drawn() -> None:
    stage = a_round("mode: ranking, count: stv, shortlist: {top: 2}")
    ranked(stage, "AB", "BA")
    order = list(drawn(stage.edition, "AB"))
    run = publish_run(stage.edition, by="command", at=NOON)

    for line in EntryLine.objects.filter(run=run):
        assert line.working is not None
        assert (line.working["parted_by"], line.working["lots"]) == ("lot", [order])
    stage = a_round("mode: ranking, count: borda", slug="plain-awards")
    ranked(stage, "AB")
    run = publish_run(stage.edition, by="command", at=NOON)
    assert all("lots" not in (line.working or {}) for line in EntryLine.objects.filter(run=run))


@pytest.mark.parametrize("count", ["borda", "schulze"])
def test_the_jurys_word_parts_entries_that_are_ranked_equally(count: str) -> None:
    stage = a_round(f"mode: ranking, count: {count}", combine=JURY)
    ranked(stage, "ABC", "BAC")
    assert places(stage.edition) == {"A": (1, ""), "B": (1, ""), "C": (3, "")}

    parted(stage, "BA")

    assert places(stage.edition) == {"B": (1, "jury"), "A": (2, "jury"), "C": (3, "")}
    found = steadiness_of(standings_of_category(stage.edition, "idea", "round")[0])
    assert found is not None
    # Ranked by one juror alone, B is first without the first of them and A without the second.
    assert [Entry.objects.get(pk=one).code for one in found.winners] == ["B"]
    assert (found.holds, len(found.readings)) == (4, 6)


def test_the_jurys_word_parts_equal_points_and_equal_votes() -> None:
    sharing = a_round("mode: points, points: 10", combine=JURY)
    a, b = in_stage(sharing, "A"), in_stage(sharing, "B")
    for entry in (a, b):
        filled_in(sharing, entry, *jury_of(sharing.edition, 1), points=5)
    public = a_round("mode: public_vote", combine=JURY, slug="public-awards")
    votes(public, {in_stage(public, code): 7 for code in "AB"})

    for stage in (sharing, public):
        parted(stage, "BA")
        assert places(stage.edition) == {"B": (1, "jury"), "A": (2, "jury")}


BLEND = (
    "[{code: marking, name: Marking, mode: scorecard, weight: 50},"
    " {code: public, name: Public, mode: public_vote, weight: 50}]"
)


def a_tied_blend(ties: str) -> tuple[Stage, Stage]:
    """A is marked 64 and B 56, and B has 54 of a hundred votes to A's 46: both have 55."""
    edition = a_judged_edition(stages=BLEND, combine=f"{{minimum_marks: 1, ties: {ties}}}", awards=False)
    marking, public = a_stage(edition), a_stage(edition, "public")
    a, b = an_idea(marking, "A", (8, 4)), an_idea(marking, "B", (4, 8))
    for entry in (a, b):
        public.admissions.create(entry=entry, admitted_at=public.opens_at)
    votes(public, {a: 46, b: 54})
    return marking, public


def test_in_a_blend_a_criterion_parts_equals_by_the_marks_of_its_part() -> None:
    marking, _public = a_tied_blend("['criterion:effect']")

    found = rows(marking.edition, None)
    assert {code: (one.score, one.place, one.parted_by) for code, one in found.items()} == {
        "B": (55, 1, "criterion:effect"),
        "A": (55, 2, "criterion:effect"),
    }


def test_in_a_blend_the_jurys_last_word_in_any_of_its_stages_parts_equals() -> None:
    marking, public = a_tied_blend("[jury, 'criterion:effect']")
    parted(marking, "BA")
    assert places(marking.edition, None) == {"B": (1, "jury"), "A": (2, "jury")}

    parted(public, "AB")

    assert places(marking.edition, None) == {"A": (1, "jury"), "B": (2, "jury")}
    table = entry_standings(marking.edition)[0]
    found = steadiness_of(table)
    assert found is not None
    assert [Entry.objects.get(pk=one).code for one in found.winners] == ["A"]


def chosen(stage: Stage) -> dict[str, tuple[bool, tuple[str, ...]]]:
    (drawn_up,) = [one for one in shortlists_in(stage) if said(one.table.contest.name) == "Idea of the Year"]
    return {one.row.entry.code: (one.is_in, one.why) for one in drawn_up.candidates}


@pytest.mark.parametrize("ties", ["all_in", "all_out"])
def test_the_cut_falls_between_places_that_a_tie_breaker_parted(ties: str) -> None:
    stage = a_round(
        f"mode: scorecard, shortlist: {{top: 1, ties: {ties}}}",
        combine="{minimum_marks: 1, ties: ['criterion:idea']}",
    )
    an_idea(stage, "A", (6, 6))
    an_idea(stage, "B", (8, 3))

    assert chosen(stage) == {"B": (True, ("in",)), "A": (False, ("beyond_top",))}


def test_a_single_ranked_entry_of_several_is_compared_with_none_and_has_no_place() -> None:
    for count in ("borda", "schulze", "stv"):
        stage = a_round(
            f"mode: ranking, count: {count}, shortlist: {{threshold: 10}}",
            combine="{minimum_marks: 2}",
            slug=f"{count}-awards",
        )
        ranked(stage, "AB", "A")

        found = rows(stage.edition)
        assert {code: (one.place, one.why) for code, one in found.items()} == {
            "A": (None, "not_compared"),
            "B": (None, "too_few_scorecards"),
        }
        assert {is_in for is_in, _why in chosen(stage).values()} == {False}
        steady = steadiness_of(standings_of_category(stage.edition, "idea", "round")[0])
        assert steady is None or not steady.entries


def test_the_only_entry_of_a_contest_is_first_and_passes_no_threshold_without_a_score() -> None:
    stage = a_round("mode: ranking, count: borda, shortlist: {threshold: 0}")
    ranked(stage, "A")

    assert (rows(stage.edition)["A"].place, rows(stage.edition)["A"].score) == (1, None)
    assert chosen(stage) == {"A": (False, ("no_score",))}


@pytest.mark.parametrize(
    ("limit", "entries"), [("threshold: 0", ""), ("percentile: 100", ""), ("top: 2", "AB")]
)
def test_a_count_that_gives_places_alone_lets_entries_on_by_place_alone(limit: str, entries: str) -> None:
    stage = a_round(f"mode: ranking, count: schulze, shortlist: {{{limit}}}")
    ranked(stage, "ABC", "ABC")

    assert "".join(code for code, (is_in, _why) in chosen(stage).items() if is_in) == entries


def test_in_a_field_smaller_than_the_rules_ask_for_everybody_goes_on_and_no_second_round_is_due() -> None:
    rules = "mode: scorecard, shortlist: {top: 1, minimum_field: MINIMUM, margin: 90}"
    for minimum, is_too_small in ((3, False), (4, True)):
        stage = a_round(rules.replace("MINIMUM", str(minimum)), slug=f"awards-{minimum}")
        an_idea(stage, "A", (9, 9))
        an_idea(stage, "B", (8, 8))
        in_stage(stage, "C")
        (drawn_up,) = shortlists_in(stage)

        assert (drawn_up.is_too_small, drawn_up.is_second_round_due) == (is_too_small, not is_too_small)
        assert chosen(stage) == (
            dict.fromkeys("ABC", (True, ("everybody",)))
            if is_too_small
            else {"A": (True, ("in",)), "B": (False, ("beyond_top",)), "C": (False, ("no_score",))}
        )


def test_an_entry_in_no_division_is_in_no_field_that_could_be_too_small() -> None:
    stage = a_round("mode: scorecard, shortlist: {top: 1, minimum_field: 3}")
    in_stage(stage, "S", category="centre")

    (drawn_up,) = shortlists_in(stage)
    assert (drawn_up.entries, drawn_up.is_too_small) == ([], False)
