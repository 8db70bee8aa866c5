"""The 2020 edition can be closed on 10 March and shows why it should be."""

from collections import Counter
from datetime import date, datetime

import holidays

from kaaring.jobs.demo import names
from kaaring.jobs.demo.ground import ground_of
from kaaring.scoring.evaluation import score_evaluation
from tests.jobs.test_demo_scorer import (
    classes_of,
    definition_of,
    edition_of,
    is_unanswered,
    leaders,
    survey_of,
    until,
)

CUT_OFF, SHOCK, PAUSE = "2020-03-10", "2020-03-12", "2020-03-13"


def test_181_participants_in_23_classes_with_4525_planned_enquiries() -> None:
    edition = edition_of(2020)

    assert len(edition.participants) == len({row["name"] for row in edition.participants}) == 181
    assert set(classes_of(2020)) == {each["code"] for each in survey_of(2020)["classes"]}
    assert len(classes_of(2020)) == 23
    assert len(edition.enquiries) == 4525
    assert Counter(Counter(row["participant"] for row in edition.enquiries).values()) == {25: 181}


def test_over_95_per_cent_are_made_by_10_march_and_nothing_after_the_pause() -> None:
    days = [row["at"][:10] for row in edition_of(2020).evaluations]
    by_cut_off = sum(day <= CUT_OFF for day in days)

    assert 0.95 < by_cut_off / 4525 < 0.975
    assert 60 <= len(days) - by_cut_off <= 90
    assert (min(days) < "2019-12-01", max(days)) == (True, PAUSE)


def test_what_was_not_made_was_planned_for_the_days_after_the_pause() -> None:
    made = {row["enquiry"] for row in edition_of(2020).evaluations}
    left = [row for row in edition_of(2020).enquiries if row["enquiry"] not in made]

    assert len(left) == 4525 - len(made)
    assert all("2020-03-16" <= row["window_from"] <= row["window_to"] <= "2020-03-27" for row in left)


def test_everybody_is_contacted_on_different_working_days() -> None:
    free = holidays.country_holidays("NO", years=(2019, 2020))
    seen = Counter((row["participant"], row["at"][:10]) for row in edition_of(2020).evaluations)

    assert max(seen.values()) == 1
    for row in edition_of(2020).evaluations:
        at = datetime.fromisoformat(row["at"])
        assert at.weekday() < 5
        assert at.date() not in free
        assert at.date() >= date(2019, 11, 27)


def test_waiting_times_jump_at_some_participants_from_12_march() -> None:
    before, after = live_waits("2019-11-01", CUT_OFF), live_waits(SHOCK, PAUSE)

    assert share_above(after, 180) > 2.5 * share_above(before, 180)
    assert unanswered_share(SHOCK, PAUSE) > 2 * unanswered_share("2019-11-01", CUT_OFF)
    assert 0.03 < unanswered_share("2019-11-01", CUT_OFF) < 0.08


def test_shoppers_report_scenarios_that_no_longer_fit_only_after_the_shock() -> None:
    told = [row["at"][:10] for row in edition_of(2020).evaluations if "ollespillet" in row["comment_overall"]]

    assert len(told) >= 2
    assert min(told) >= SHOCK


def test_a_class_changes_its_leader_when_the_last_days_count() -> None:
    at_cut_off, at_pause = leaders(2020, until(2020, CUT_OFF)), leaders(2020, until(2020, PAUSE))

    assert all(len(ahead) == 1 for ahead in at_cut_off.values())
    assert len(at_pause["travel"]) == 1
    assert at_pause["travel"] != at_cut_off["travel"]


def test_nothing_is_excluded_before_the_organiser_decides() -> None:
    assert {row["excluded"] for row in edition_of(2020).evaluations} == {""}
    assert {row["status"] for row in edition_of(2020).evaluations} == {"approved"}


def test_no_real_participant_gets_an_invented_result() -> None:
    real = {*names.LEADERS_2021.values(), names.NAV}

    assert not real & {row["name"] for row in edition_of(2020).participants}


def test_the_engine_finds_no_fault() -> None:
    questionnaire = ground_of(definition_of(2020)).questionnaire
    codes = [question.code for question in questionnaire.questions]
    for row in edition_of(2020).evaluations:
        scored = score_evaluation(
            questionnaire, row["channel"], {code: row[code] for code in codes if row[code]}
        )
        assert scored.faults == ()
        assert not scored.is_thin


def test_the_same_seed_gives_the_same_rows() -> None:
    assert edition_of.__wrapped__(2020) == edition_of(2020)


def live_waits(first: str, last: str) -> list[int]:
    return [
        int(row["SV2"])
        for row in edition_of(2020).evaluations
        if row["channel"] in ("phone", "chat") and not is_unanswered(row) and first <= row["at"][:10] <= last
    ]


def share_above(waits: list[int], seconds: int) -> float:
    return sum(wait > seconds for wait in waits) / len(waits)


def unanswered_share(first: str, last: str) -> float:
    rows = [row for row in edition_of(2020).evaluations if first <= row["at"][:10] <= last]
    return sum(is_unanswered(row) for row in rows) / len(rows)
