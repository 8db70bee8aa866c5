"""The 2021 edition says what the organiser has published, by the second scorer and by the engine."""

from collections import Counter, defaultdict
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from statistics import mean, pstdev, pvariance, variance
from zoneinfo import ZoneInfo

import holidays
import pytest

from kaaring.jobs.demo.ground import ground_of
from kaaring.scoring.evaluation import score_evaluation
from kaaring.scoring.standings import EnquiryScore, ParticipantScore, participant_scores, places, rounded
from tests.jobs.test_demo_scorer import (
    classes_of,
    codes_of,
    definition_of,
    edition_of,
    final_scores,
    is_unanswered,
    leaders,
    most,
    scored_rows,
    shown,
    survey_of,
    until,
)

OSLO = ZoneInfo("Europe/Oslo")
HALF_WAY = "2021-01-31"
ROUNDING = [
    "Lendo", "Canal Digital", "Jetpak", "Tv2 Sumo", "Kolumbus", "Patentstyret", "Vitamail", "ice mobil",
    "Trumf", "Godtlevert.no", "Lowell", "Scandic Hotels", "Gjensidige Forsikring", "Tussa Energi",
    "Eplehuset", "Sognenett", "Hertz", "Sparebanken Møre", "Dagens Næringsliv", "Sector Alarm",
]  # fmt: skip
PUBLISHED = {
    "area:wait": "62.6", "area:welcome": "83.3", "area:agent": "77.1", "area:overall": "74.2",
    "theme:interest": "73.6", "theme:competence": "84.7",
    "question:MV9": "88.7", "question:TI4": "75.9", "question:TI5": "75.8",
}  # fmt: skip


def test_156_participants_in_20_classes_get_25_enquiries_each() -> None:
    edition = edition_of(2021)

    assert len(edition.participants) == len({row["name"] for row in edition.participants}) == 156
    assert set(classes_of(2021)) == {each["code"] for each in survey_of(2021)["classes"]}
    assert min(len(members) for members in classes_of(2021).values()) >= 3
    assert Counter(Counter(row["participant"] for row in edition.evaluations).values()) == {25: 156}
    assert [row["enquiry"] for row in edition.enquiries] == [row["enquiry"] for row in edition.evaluations]


def test_enquiries_follow_the_allocation_key_on_the_channels_a_centre_has() -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in edition_of(2021).evaluations:
        counts[row["participant"]][row["channel"]] += 1
    for row in edition_of(2021).participants:
        measured = counts[row["participant"]]
        assert set(measured) <= set(row["channels"].split())
        assert "chat" not in row["channels"].split() or "messenger" not in measured
        expected = {3: [13, 6, 6], 2: [17, 8]}[len(measured)]
        assert sorted(measured.values(), reverse=True) == expected
        assert measured["phone"] == expected[0]
    assert {len(measured) for measured in counts.values()} == {2, 3}


def test_everybody_is_contacted_on_working_days_between_nine_and_three() -> None:
    free = holidays.country_holidays("NO", years=(2020, 2021))
    for row in edition_of(2021).evaluations:
        at = datetime.fromisoformat(row["at"])
        local = at.astimezone(OSLO)
        assert local.replace(tzinfo=None) == at.replace(tzinfo=None)
        assert date(2020, 12, 1) <= local.date() <= date(2021, 3, 26)
        assert local.weekday() < 5
        assert local.date() not in free
        assert time(9) <= local.time() < (time(12) if row["channel"] == "email" else time(15))


def test_nobody_is_contacted_twice_a_day_and_everybody_evenly() -> None:
    days: dict[str, list[date]] = defaultdict(list)
    for row in edition_of(2021).evaluations:
        days[row["participant"]].append(date.fromisoformat(row["at"][:10]))
    for own in days.values():
        own.sort()
        assert len(set(own)) == 25
        assert max((later - earlier).days for earlier, later in pairwise(own)) <= 16
        assert 11 <= sum(day <= date(2021, 1, 31) for day in own) <= 14


@pytest.mark.parametrize(("measure", "published"), PUBLISHED.items())
def test_the_mean_over_all_participants_is_the_published_one(measure: str, published: str) -> None:
    mean_of_all = final_scores(2021).mean(measure)

    assert shown(mean_of_all) == Decimal(published)
    assert abs(mean_of_all - Fraction(published)) <= Fraction("0.03")


def test_competence_is_the_strongest_of_the_seven_themes() -> None:
    means = {
        theme["code"]: final_scores(2021).mean(f"theme:{theme['code']}")
        for theme in survey_of(2021)["themes"]
    }

    assert len(means) == 7
    assert max(means, key=lambda code: means[code]) == "competence"


def test_sognenett_wins_alone_with_some_flawless_enquiries() -> None:
    totals = final_scores(2021).by_measure["total"]
    second = max(score for code, score in totals.items() if code != "sognenett")
    own = [scores["total"] for row, scores in scored_rows(2021) if row["participant"] == "sognenett"]

    assert shown(totals["sognenett"]) == Decimal("95.2")
    assert shown(final_scores(2021).by_measure["area:agent"]["sognenett"]) == Decimal("96.4")
    assert shown(second) < Decimal("95.2")
    assert sum(score == 100 for score in own) >= 3
    assert leaders(2021, final_scores(2021))["broadband"] == ["sognenett"]


def test_nav_has_the_sixth_best_agents_alone() -> None:
    agents = final_scores(2021).by_measure["area:agent"]

    assert shown(agents["nav"]) == Decimal("91.8")
    assert sum(shown(score) > Decimal("91.8") for score in agents.values()) == 5
    assert sum(shown(score) == Decimal("91.8") for score in agents.values()) == 1
    assert {row["TI5"] for row in edition_of(2021).evaluations if row["participant"] == "nav"} == {"", "na"}


def test_the_twenty_leaders_lead_their_classes_alone_at_half_way() -> None:
    names = {row["participant"]: row["name"] for row in edition_of(2021).participants}
    at_half_way = leaders(2021, until(2021, HALF_WAY))

    assert all(len(ahead) == 1 for ahead in at_half_way.values())
    assert sorted(names[ahead[0]] for ahead in at_half_way.values()) == sorted(ROUNDING)


def test_about_a_third_of_them_are_overtaken_and_every_class_has_one_winner() -> None:
    at_half_way, at_the_end = leaders(2021, until(2021, HALF_WAY)), leaders(2021, final_scores(2021))

    assert all(len(ahead) == 1 for ahead in at_the_end.values())
    assert 5 <= sum(at_half_way[code] != at_the_end[code] for code in at_half_way) <= 9


def test_some_enquiries_stay_unanswered_most_of_all_in_writing_and_at_weak_centres() -> None:
    rows = edition_of(2021).evaluations
    spoken = [is_unanswered(row) for row in rows if row["channel"] == "phone"]
    written = [is_unanswered(row) for row in rows if row["channel"] != "phone"]
    answered = final_scores(2021).by_measure["area:agent"]
    middle = sorted(answered.values())[78]
    weak = [is_unanswered(row) for row in rows if answered[row["participant"]] < middle]

    assert 0.04 <= mean([*spoken, *written]) <= 0.07
    assert mean(written) > 1.5 * mean(spoken)
    assert sum(weak) > 0.6 * sum([*spoken, *written])


def test_scores_spread_as_they_do_in_real_surveys() -> None:
    answered: dict[str, list[float]] = defaultdict(list)
    for row, scores in scored_rows(2021):
        if not is_unanswered(row):
            answered[row["participant"]].append(float(scores["total"]))
    chance = mean(variance(own) / len(own) for own in answered.values())
    between = pvariance(mean(own) for own in answered.values()) - chance

    assert 13 <= pstdev(score for own in answered.values() for score in own) <= 15.5
    assert 4.5 <= between**0.5 <= 6.3


def test_the_engine_finds_no_fault_and_no_thin_evaluation() -> None:
    questionnaire = ground_of(definition_of(2021)).questionnaire
    for row in edition_of(2021).evaluations:
        scored = score_evaluation(questionnaire, row["channel"], answers_of(row))
        assert scored.faults == ()
        assert not scored.is_thin
        assert scored.is_answered != is_unanswered(row)


def test_the_engine_agrees_with_the_second_scorer_to_the_last_digit() -> None:
    questionnaire = ground_of(definition_of(2021)).questionnaire
    collected: dict[str, list[EnquiryScore[str]]] = defaultdict(list)
    for row in edition_of(2021).evaluations:
        scored = score_evaluation(questionnaire, row["channel"], answers_of(row))
        for measure, (points, stake) in scored.points.items():
            collected[measure].append(EnquiryScore(row["participant"], points, stake))
    second = final_scores(2021).by_measure

    assert {measure for measure in second if not measure.startswith("question:")} == set(collected)
    for measure, enquiries in collected.items():
        tallies = participant_scores(enquiries, method=ParticipantScore.MEAN_OF_ENQUIRIES)
        assert {code: tally.score for code, tally in tallies.items()} == second[measure]


def test_the_engine_gives_nav_and_sognenett_their_places() -> None:
    scores = final_scores(2021).by_measure
    by_agent = places(scores["area:agent"], ties=(), shared_when_rounded_equal=True)
    by_total = places(scores["total"], ties=(), shared_when_rounded_equal=True)

    assert (by_agent["nav"].place, by_agent["nav"].is_shared) == (6, False)
    assert (by_total["sognenett"].place, by_total["sognenett"].is_shared) == (1, False)
    assert rounded(scores["total"]["sognenett"]) == Decimal("95.2")


def test_not_applicable_stands_only_where_it_is_allowed_and_leaves_enough_observed() -> None:
    questions = survey_of(2021)["questions"]
    refused = [question["code"] for question in questions if "not_applicable" not in question]
    stakes_on = {
        channel: {question["code"]: most(question, channel) for question in questions}
        for channel in survey_of(2021)["channels"]
    }
    for row in edition_of(2021).evaluations:
        assert not any(row[code] == "na" for code in refused)
        if not is_unanswered(row):
            stakes = stakes_on[row["channel"]]
            observed = sum(stake for code, stake in stakes.items() if row[code] != "na")
            assert observed >= Fraction(3, 5) * sum(stakes.values())


def test_answers_agree_with_one_another() -> None:
    last = {channel: bands[-1][0] for channel, bands in bands_of("SV2").items()}
    for row in edition_of(2021).evaluations:
        if is_unanswered(row):
            filled = [code for code in codes_of(2021) if row[code]]
            assert filled == ["SV1"]
            assert row["attempts"] == ("1" if row["channel"] == "email" else "2")
            continue
        assert (row["KB1"] == "none") == (row["KB2"] == "na")
        assert row["SV1"] == {"1": "first", "2": "second"}[row["attempts"]]
        assert row["channel"] != "email" or row["attempts"] == "1"
        assert 0 < int(row["SV2"]) <= last[row["channel"]]
        for code in ("SV3", "SV4"):
            assert row[code] == "" or (row[code] == "na") == (int(row["SV2"]) < 60)


def test_an_email_is_answered_before_the_third_working_day_ends() -> None:
    for row in edition_of(2021).evaluations:
        if row["channel"] == "email" and not is_unanswered(row):
            sent = datetime.fromisoformat(row["at"])
            left_today = 15 * 60 - (sent.hour * 60 + sent.minute)
            assert int(row["SV2"]) <= left_today + 2 * 360


def test_details_of_participants_and_shoppers_cannot_belong_to_anybody() -> None:
    edition = edition_of(2021)
    for row in edition.participants:
        assert row["phone"].startswith("+47 00 00 ")
        assert row["email"] == "" or row["email"].endswith(".example")
        assert row["chat_url"] == "" or ".example/" in row["chat_url"]
    assert all(row["email"].endswith(".example") for row in edition.shoppers)
    assert len({row["email"] for row in edition.shoppers}) == len(edition.shoppers)
    assert {row["shopper"] for row in edition.evaluations} <= {row["shopper"] for row in edition.shoppers}


def test_a_shopper_meets_a_participant_once_and_within_the_planned_week() -> None:
    met = Counter((row["participant"], row["shopper"]) for row in edition_of(2021).enquiries)
    windows = {row["enquiry"]: (row["window_from"], row["window_to"]) for row in edition_of(2021).enquiries}

    assert max(met.values()) == 1
    for row in edition_of(2021).evaluations:
        first, last = windows[row["enquiry"]]
        assert first <= row["at"][:10] <= last


def test_the_same_seed_gives_the_same_rows_and_another_seed_the_same_figures() -> None:
    again = edition_of.__wrapped__(2021)
    other = final_scores(2021, 7)

    assert again == edition_of(2021)
    assert edition_of(2021, 7).evaluations != again.evaluations
    assert {measure: str(shown(other.mean(measure))) for measure in PUBLISHED} == PUBLISHED
    assert shown(other.by_measure["total"]["sognenett"]) == Decimal("95.2")


def test_a_better_start_goes_with_a_better_end() -> None:
    starts: dict[bool, list[float]] = defaultdict(list)
    for row, scores in scored_rows(2021):
        if not is_unanswered(row):
            starts[scores["area:welcome"] >= 83].append(float(scores["area:overall"]))

    assert mean(starts[True]) > mean(starts[False]) + 10


def bands_of(code: str) -> dict[str, list[list[int]]]:
    bands: dict[str, list[list[int]]] = next(
        each["bands"] for each in survey_of(2021)["questions"] if each["code"] == code
    )
    return bands


def answers_of(row: dict[str, str]) -> dict[str, str]:
    return {code: row[code] for code in codes_of(2021) if row[code]}
