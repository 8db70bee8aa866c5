"""What a report says, against calculations by hand."""

import json
from dataclasses import asdict
from fractions import Fraction

import pytest
from pytest_django import DjangoAssertNumQueries

from kaaring.fieldwork.actions import EvaluationRow
from kaaring.people.models import Organiser
from kaaring.reports.content import ParticipantContent, edition_content, participant_content
from kaaring.results.actions import withdraw_run
from kaaring.results.models import Line, Run
from kaaring.scoring import rounded
from kaaring.survey.models import Participant
from tests import build
from tests.reports.build import (
    BEST,
    BY_EMAIL,
    DEFINITION,
    SHOPPER,
    UNANSWERED,
    an_edition_with,
    made,
    of_the_best,
    on,
    publish,
    published,
)

pytestmark = pytest.mark.django_db

SLOW = {**BEST, "W1": "100", "M1": "listened", "S1": "1"}
"""9 of 18 points on the phone: 2 + 1 + 0 + 1 + 5."""
OWN = [
    made(
        1, on(2, hour=10), BEST, comments={"talk": "Varm stemme, varm velkomst.", "close": "Varm avslutning."}
    ),
    made(2, on(3, hour=13), SLOW, comments={"talk": "Ingen varm tone."}),
    made(3, on(5, hour=9), BY_EMAIL, channel="email", comments={"close": "Kort svar."}),
    made(4, on(5, hour=14), UNANSWERED, attempts=2),
]
"""Scores 100, 50, 80/3 and 0."""


def content_of(rows: list[EvaluationRow], **how: object) -> ParticipantContent:
    run, participant = published([*rows, *of_the_best()], **how)
    return participant_content(run, participant)


def test_the_total_is_the_one_published_with_its_place_and_the_best_beside_it() -> None:
    total = content_of(OWN).summary.total

    assert total.score == (100 + 50 + Fraction(80, 3) + 0) / 4
    assert (total.place.place, total.place.among, total.class_place.place) == (2, 2, 2)
    assert (total.best, total.is_best, total.enquiries) == (100, False, 4)
    assert total.mean == total.class_mean == (total.score + 100) / 2


def test_only_what_is_below_the_mean_of_all_is_a_weakness_and_only_what_is_above_a_strength() -> None:
    own = content_of(OWN).summary

    assert own.strengths == ()
    assert own.weaknesses
    assert all(rounded(one.score) < rounded(one.mean) for one in own.weaknesses)


def test_losses_per_question_and_without_an_answer_add_up_to_what_the_total_lacks() -> None:
    content = content_of(OWN)
    lost = {line.question: line.lost for line in content.performances.questions}

    assert lost["S1"] == (Fraction(100 * 5, 18) + Fraction(100 * 3, 15)) / 4
    assert lost["H1"] == 0
    assert lost["C1"] == Fraction(100 * 5, 15) / 4
    assert content.performances.unanswered == Fraction(100 * 14, 18) / 4
    assert sum(lost.values()) + content.performances.unanswered == 100 - (content.summary.total.score or 0)


def test_the_costliest_question_stands_first_and_the_class_best_loses_nothing() -> None:
    lines = content_of(OWN).performances.questions

    assert [line.lost for line in lines] == sorted((line.lost for line in lines), reverse=True)
    assert {line.lost_at_best for line in lines} == {0}


def test_at_the_mean_of_all_half_way_to_the_best_half_the_points_are_lost() -> None:
    lines = content_of(OWN).performances.questions

    assert all(line.lost_at_mean == line.lost / 2 == line.lost_at_class for line in lines)


def test_what_lifts_most_is_what_is_lost_where_the_best_loses_nothing() -> None:
    content = content_of(OWN)
    lost = {line.question: line.lost for line in content.performances.questions}

    assert {lift.question: lift.gain.gain for lift in content.lifts.lifts} == {
        question: points for question, points in lost.items() if points
    }
    assert content.lifts.first_three is not None
    assert content.lifts.first_three.gain == sum(sorted(lost.values(), reverse=True)[:3])


def test_the_interval_of_a_gain_holds_the_spread_of_four_enquiries_and_of_the_best_ones_level() -> None:
    lift = next(lift for lift in content_of(OWN).lifts.lifts if lift.question == "S1")
    gains = [0.0, 500 / 18, 300 / 15, 0.0]
    mean = sum(gains) / 4
    worth = mean / (100 - (100 + 0 + 40) / 3)
    best = Line.objects.get(participant__code="best", measure="question:S1")
    level = ((best.high or 0) - (best.low or 0)) / 2 / 1.96 * worth
    error = (sum((gain - mean) ** 2 for gain in gains) / 3 / 4 + level**2) ** 0.5

    assert lift.gain.low == pytest.approx(mean - 3.182446 * error, abs=1e-2)
    assert lift.gain.high == pytest.approx(mean + 3.182446 * error, abs=1e-2)


def test_two_enquiries_are_too_few_for_the_interval_of_a_gain() -> None:
    lifts = content_of(OWN[:2]).lifts

    assert all((lift.gain.low, lift.gain.high) == (None, None) for lift in lifts.lifts)
    assert lifts.first_three is not None
    assert lifts.first_three.low is None


def test_pooled_losses_add_up_as_well() -> None:
    content = content_of(OWN, definition=DEFINITION.replace("mean_of_enquiries", "pooled"))
    lost = sum(line.lost for line in content.performances.questions)

    assert content.summary.total.score == Fraction(100 * (18 + 9 + 4 + 0), 18 + 18 + 15 + 18)
    assert lost + content.performances.unanswered == 100 - (content.summary.total.score or 0)
    assert content.method.is_pooled


def test_each_channel_has_its_own_result_and_shows_no_mean_of_fewer_than_three() -> None:
    phone, email = content_of(OWN).channels.channels

    assert (phone.channel, phone.enquiries, phone.answered, phone.result.score) == ("phone", 3, 2, 50)
    assert (email.channel, email.enquiries, email.answered) == ("email", 1, 1)
    assert [area.score for area in email.areas] == [None, None, None]
    assert phone.areas[0].score == (100 + 50 + 0) / Fraction(3)
    assert phone.areas[1].score is None


def test_weeks_stand_without_gaps_and_show_no_mean_of_fewer_than_three() -> None:
    weeks = content_of(OWN).over_time.weeks

    assert [(week.week, week.enquiries) for week in weeks] == [(2, 1), (3, 1), (4, 0), (5, 2)]
    assert [week.score for week in weeks] == [None] * 4
    assert [week.moving for week in weeks] == [None, None, (50 + Fraction(80, 3)) / 3, None]


def test_days_and_hours_are_counted_on_the_clock_of_the_edition() -> None:
    over_time = content_of(OWN).over_time

    assert [(slot.number, slot.enquiries) for slot in over_time.weekdays] == [(3, 4)]
    assert over_time.weekdays[0].score == (150 + Fraction(80, 3)) / 4
    assert over_time.few_by_weekday == 0


def test_a_day_or_hour_of_fewer_than_three_is_not_shown_but_counted_among_the_others() -> None:
    rows = [made(number, on(number, hour=10, weekday=2), BEST) for number in (1, 2, 3)]
    rows += [made(4, on(4, hour=15, weekday=5), SLOW), made(5, on(5, hour=16, weekday=5), SLOW)]
    over_time = content_of(rows).over_time

    assert [(slot.number, slot.enquiries) for slot in over_time.weekdays] == [(2, 3)]
    assert [(slot.number, slot.enquiries) for slot in over_time.hours] == [(10, 3)]
    assert (over_time.few_by_weekday, over_time.few_by_hour) == (2, 2)


def test_a_top_start_is_compared_with_other_starts_by_what_came_after() -> None:
    rows = [made(number, on(number), BEST) for number in (1, 2, 3)]
    rows += [made(number, on(number), {**BEST, "S1": "1", "C1": "1"}) for number in (4, 5, 6)]
    chapter = content_of(rows).start_to_end

    assert chapter.start == {"en": "Conversation", "nb": "Samtale"}
    assert (chapter.after_top.enquiries, chapter.after_top.later) == (3, 100)
    assert (chapter.after_other.enquiries, chapter.after_other.later) == (3, 0)
    assert [area.area for area in chapter.after_top.areas] == ["close"]


def test_a_start_that_was_seen_twice_only_has_a_count_and_no_mean() -> None:
    chapter = content_of(OWN).start_to_end

    assert (chapter.after_top.enquiries, chapter.after_other.enquiries) == (1, 2)
    assert chapter.after_top.later is chapter.after_other.later is None


def test_without_an_area_after_the_start_there_is_nothing_to_compare() -> None:
    two_areas = (
        DEFINITION.replace("    - {code: close, name: {en: Ending, nb: Avslutning}}\n", "")
        .replace("area: close", "area: talk")
        .replace("[talk, close]", "[talk]")
    )

    assert content_of([made(1, on(2), BEST)], definition=two_areas).start_to_end.start is None


def test_feelings_are_shares_of_the_answers_beside_those_of_all() -> None:
    (felt,) = content_of(OWN).feelings.distributions

    assert felt.answers == 3
    assert [(share.option, share.count) for share in felt.options] == [("glad", 2), ("seen", 2), ("cross", 1)]
    assert felt.options[0].share == Fraction(2, 3)
    assert felt.options[0].share_of_all == Fraction(5, 6)


def test_a_word_is_counted_once_a_comment_and_words_that_say_nothing_never() -> None:
    words = content_of(OWN).feelings.words

    assert [(word.word, word.count) for word in words] == [("varm", 3)]


def test_quotes_come_from_the_best_and_the_weakest_enquiries() -> None:
    quotes = content_of(OWN).feelings.quotes

    assert [(quote.text, quote.is_from_best) for quote in quotes] == [
        ("Varm stemme, varm velkomst.", True),
        ("Kort svar.", False),
    ]


def test_every_enquiry_shows_its_ticks_with_points_in_the_order_of_the_questionnaire() -> None:
    first = content_of(OWN).enquiries.enquiries[0]

    assert [tick.question for tick in first.ticks] == ["G1", "W1", "H1", "S1", "M1", "C1", "F1"]
    assert [(tick.earned, tick.possible) for tick in first.ticks[1:4]] == [(4, 4), (1, 1), (5, 5)]
    assert (first.ticks[1].value, first.ticks[1].unit) == (45, "seconds")
    assert [option["en"] for option in first.ticks[4].options] == ["Listened", "Solved it"]
    assert [remark.text for remark in first.remarks] == ["Varm stemme, varm velkomst.", "Varm avslutning."]


def test_the_same_answer_on_two_channels_is_in_the_unit_of_each() -> None:
    rows = [made(1, on(2), BEST), made(2, on(3), {**BY_EMAIL, "W1": "45"}, channel="email")]
    waits = [enquiry.ticks[1] for enquiry in content_of(rows).enquiries.enquiries]

    assert [(wait.value, wait.unit) for wait in waits] == [(45, "seconds"), (45, "working_minutes")]
    assert [(wait.earned, wait.possible) for wait in waits] == [(4, 4), (4, 4)]


def test_an_enquiry_without_an_answer_scores_zero_and_tells_how_often_it_was_tried() -> None:
    last = content_of(OWN).enquiries.enquiries[-1]

    assert (last.is_answered, last.attempts, last.score) == (False, 2, 0)
    assert [tick.question for tick in last.ticks] == ["G1"]


def test_nothing_tells_who_enquired_or_on_which_day_or_hour() -> None:
    said = json.dumps(asdict(content_of(OWN)), default=str, ensure_ascii=False)

    for secret in (SHOPPER.code, SHOPPER.name, SHOPPER.email, "own-1", "10:00", "2030-01-09", "2030-01-30"):
        assert secret not in said


def test_enquiries_of_one_half_day_stand_in_an_order_that_tells_nothing() -> None:
    rows = [made(number, on(5, hour=9, weekday=number), BEST) for number in (1, 2, 3, 4, 5)]
    shown = [one.public_id for one in content_of(rows).enquiries.enquiries]

    assert shown == sorted(shown)


def test_what_does_not_count_is_told_with_its_reason() -> None:
    rows = [
        *OWN,
        made(5, on(6), BEST, excluded="The line broke."),
        made(6, on(7), BEST, status="held"),
        made(7, on(7), BEST, status="rejected"),
    ]
    method = content_of(rows).method

    assert [(one.moment.week, one.reason) for one in method.left_out] == [(6, "The line broke.")]
    assert (method.held, method.rejected, method.thin) == (1, 1, 0)
    assert [(one.channel, one.counted, one.unanswered) for one in method.sample] == [
        ("phone", 3, 1),
        ("email", 1, 0),
    ]


def test_the_last_edition_stands_beside_where_the_participant_took_part() -> None:
    organiser = build.an_organiser()
    for slug, year, rows in (("2029", 2029, OWN[:1]), ("2030", 2030, OWN)):
        text = DEFINITION.replace('slug: "2030"', f'slug: "{slug}"').replace("2030-0", f"{year}-0")
        _publish_under(organiser, text, rows)
    run = Run.objects.get(edition__slug="2030")
    participant = Participant.objects.get(edition=run.edition, code="own")

    previous = participant_content(run, participant).next_steps.previous

    assert previous is not None
    assert (previous.edition, previous.place.place) == ("2029", 1)
    assert (previous.measures[0].before, previous.measures[0].measure) == (100, "total")


def _publish_under(organiser: Organiser, text: str, rows: list[EvaluationRow]) -> None:
    edition = an_edition_with([*rows, *of_the_best()], definition=text, organiser=organiser)
    publish(edition)


def test_a_withdrawn_run_is_no_earlier_result() -> None:
    organiser = build.an_organiser()
    for slug in ("2029", "2030"):
        _publish_under(organiser, DEFINITION.replace('slug: "2030"', f'slug: "{slug}"'), OWN)
    withdraw_run(Run.objects.get(edition__slug="2029"), reason="Wrong.", by="test", at=build.NOON)
    run = Run.objects.get(edition__slug="2030")

    content = participant_content(run, Participant.objects.get(edition=run.edition, code="own"))

    assert content.next_steps.previous is None


def test_with_too_few_enquiries_there_is_neither_score_nor_place_but_every_enquiry() -> None:
    content = content_of(
        OWN[:2], definition=DEFINITION.replace("minimum_enquiries: 1", "minimum_enquiries: 3")
    )

    assert (content.summary.total.score, content.summary.total.why) == (None, "too_few_enquiries")
    assert content.performances.questions == content.lifts.lifts == ()
    assert len(content.enquiries.enquiries) == 2


def test_a_participant_nobody_contacted_has_empty_chapters() -> None:
    content = content_of([])

    assert content.summary.total.why == "not_observed"
    assert content.over_time.weeks == content.channels.channels == content.enquiries.enquiries == ()
    assert content.method.first is None


def test_metrics_stand_apart_from_the_results() -> None:
    rows = [
        made(number, on(number), {**BEST, "N1": answer}) for number, answer in ((1, "10"), (2, "9"), (3, "2"))
    ]
    results = content_of(rows).results

    assert [one.measure for one in results.results] == ["total", "answered", "area:talk"]
    assert [(one.measure, one.score) for one in results.metrics] == [("metric:nps", Fraction(100, 3))]


def test_one_report_needs_few_queries_and_many_share_theirs(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    run, participant = published([*OWN, *of_the_best()])
    run = Run.objects.select_related("edition__programme__organiser", "rules").get(pk=run.pk)

    with django_assert_max_num_queries(15):
        alone = participant_content(run, participant)
    shared = edition_content(run)
    with django_assert_max_num_queries(8):
        together = participant_content(run, participant, shared=shared)

    assert alone == together
