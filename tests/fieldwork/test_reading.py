"""What is read about fieldwork: progress, filters, working, deviations."""

from fractions import Fraction

import pytest

from kaaring.fieldwork.actions import exclude_evaluation, submit_evaluations
from kaaring.fieldwork.models import Answer, Evaluation, Points
from kaaring.fieldwork.queries import (
    Filter,
    definition_under,
    deviations_in,
    evaluations_found,
    progress_of,
    surroundings_of,
    texts_in,
    working_of,
)
from kaaring.kernel.refused import Refused
from tests import measured
from tests.build import NOON, a_definition, a_measured_edition, an_edition, an_evaluation_row

pytestmark = pytest.mark.django_db


def test_progress_counts_what_is_done_of_what_is_planned() -> None:
    edition = a_measured_edition(participants=3, evaluations=10)
    first = Evaluation.objects.order_by("pk")[0]
    exclude_evaluation(first, "The line was down.", by="test", at=NOON)

    progress = progress_of(edition)

    assert (progress.done, progress.planned, progress.counted, progress.unanswered) == (30, 30, 29, 3)
    assert (progress.participants, progress.least) == (3, 10)
    assert [(one.name["en"], one.done, one.planned, one.share) for one in progress.channels] == [
        ("Phone", 24, 24, 1.0),
        ("E-mail", 6, 6, 1.0),
    ]


def test_an_edition_without_enquiries_has_no_progress() -> None:
    progress = progress_of(a_measured_edition(participants=0))

    assert (progress.done, progress.planned, progress.least, progress.channels) == (0, 0, None, ())


def test_a_filter_lets_through_what_it_names() -> None:
    edition = a_measured_edition(participants=2, evaluations=10)
    thin = an_evaluation_row("thin", channel="email", answers=measured.THIN_BY_EMAIL)
    submit_evaluations(edition, [thin], by="test", at=NOON)
    exclude_evaluation(Evaluation.objects.get(enquiry__code="centre-1-1"), "No.", by="test", at=NOON)

    def found(**wanted: str) -> int:
        return evaluations_found(edition, Filter(**wanted)).count()

    assert found() == 21
    assert found(participant="centre-1") == 11
    assert found(channel="email") == 5
    assert found(review="held") == 1
    assert [found(flag=flag) for flag in ("thin", "unanswered", "excluded", "?")] == [1, 2, 1, 21]


def test_the_working_of_an_evaluation_explains_its_score() -> None:
    edition = a_measured_edition()
    submit_evaluations(
        edition, [an_evaluation_row(answers={**measured.BY_PHONE, "S1": "3"})], by="test", at=NOON
    )
    evaluation = Evaluation.objects.select_related("enquiry", "questionnaire__rules").get()

    working = working_of(evaluation)

    assert working.score == Fraction(100 * 10, 13)
    wait, talk, *loose = working.children
    assert (talk.label, talk.earned, talk.possible) == ("area:talk", 6, 9)
    assert [one.label for one in talk.children] == ["question:H1", "question:S1", "question:M1"]
    assert (wait.score, [one.label for one in loose]) == (Fraction(100), ["question:N1"])
    texts = texts_in(definition_under(evaluation))
    assert texts["area:talk"]["nb"] == "Samtale"
    assert texts["question:S1"]["en"] == "How interested was the agent?"


def test_what_is_stored_equals_what_the_answers_give() -> None:
    edition = a_measured_edition(participants=3, evaluations=20)

    assert list(deviations_in(edition)) == []


def test_every_deviation_is_told_with_both_values() -> None:
    edition = a_measured_edition(participants=1, evaluations=2)
    Answer.objects.filter(evaluation__enquiry__code="centre-1-1", question__code="S1").update(earned=4)
    Points.objects.filter(evaluation__enquiry__code="centre-1-1", measure="area:wait").delete()
    Evaluation.objects.filter(enquiry__code="centre-1-2").update(earned=None, possible=None, is_thin=True)
    Answer.objects.filter(evaluation__enquiry__code="centre-1-2", question__code="H1").update(value="maybe")

    assert [deviation[:4] for deviation in deviations_in(edition)] == [
        ("centre-1-1", "area:wait", "", "4/4"),
        ("centre-1-1", "question:S1", "4/5", "5/5"),
        ("centre-1-2", "area:talk", "8/9", "7/8"),
        ("centre-1-2", "question:H1", "1/1", "unknown_option"),
        ("centre-1-2", "theme:warmth", "5/6", "4/5"),
        ("centre-1-2", "thin", "True", "False"),
        ("centre-1-2", "total", "", "11/12"),
    ]


def test_an_edition_that_measures_nothing_takes_no_evaluations() -> None:
    edition = an_edition()
    document = a_definition().model_dump(mode="json", by_alias=True) | {"survey": None, "awards": []}
    edition.rules.create(number=1, document=document, digest="x", loaded_at=NOON, loaded_by="test")

    with pytest.raises(Refused, match="no_questionnaire"):
        surroundings_of(edition)
    assert progress_of(edition).channels == ()
    assert texts_in(a_definition().model_copy(update={"survey": None})) == {}
