"""Feedback to an entrant: what it tells, what it never tells, and the document it makes."""

import io
import re
from fractions import Fraction
from typing import Any

import pypdf
import pytest
from django.utils import translation

from kaaring.entries.models import Correction, Declaration, Entry
from kaaring.jury.actions.remarks import hold_back_remark, release_remark
from kaaring.jury.models import Scorecard, Stage
from kaaring.reports import feedback_words as words
from kaaring.reports.content.feedback import CriterionFeedback, Feedback, Final, feedback_of, standing_out
from kaaring.reports.feedback import feedback_pdf
from kaaring.reports.printed.feedback import feedback_document
from kaaring.results.actions import publish_run
from kaaring.results.models import EntryLine
from kaaring.scoring.juried import Quartiles
from tests.build import NOON
from tests.jury.marking import a_stage
from tests.results.jury import (
    a_judged_edition,
    an_idea,
    decide_for,
    filled_in,
    in_stage,
    jury_of,
    marked,
    votes,
)

pytestmark = pytest.mark.django_db
FIVE = {"A": (9, 2), "B": (5, 4), "C": (3, 6), "D": (7, 8), "E": (1, 10)}
"""Marks on idea and effect: scores 62, 46, 42, 74, 46."""
RECORD: dict[str, Any] = {
    "key": "eligibility/0",
    "rule": "size",
    "outcome": "met",
    "reason": {"en": "“People”: 12 people. This fits: at most 50 people.", "nb": "Tolv passer."},
    "advice": {},
    "wording": {"en": "at most 50"},
    "answers": {},
    "missing": [],
    "awaiting": [],
    "redirects": [],
    "is_protected": False,
    "of": [],
}


def a_stage_of(marks: dict[str, tuple[int, int]] = FIVE, **rules: Any) -> Stage:
    """A stage with ideas that one juror has marked."""
    stage = a_stage(a_judged_edition(**{"awards": False, **rules}))
    for code, pair in marks.items():
        an_idea(stage, code, pair)
    return stage


def entry(code: str = "A") -> Entry:
    return Entry.objects.select_related("case__organisation", "category", "edition").get(code=code)


def told(stage: Stage, code: str = "A", *, shows_band: bool = False) -> Feedback:
    """What an entrant is told once the results are published."""
    run = stage.edition.runs.first() or publish_run(stage.edition, by="test", at=NOON)
    return feedback_of(run, entry(code), shows_band=shows_band)


def test_each_criterion_stands_beside_the_quartiles_of_its_category() -> None:
    found = told(a_stage_of()).marked

    assert found is not None
    idea, effect = found.criteria
    assert (idea.mean, idea.quartiles) == (90, Quartiles(*map(Fraction, (30, 50, 70))))
    assert (effect.mean, effect.quartiles) == (20, Quartiles(*map(Fraction, (40, 60, 80))))
    assert (found.score, found.quartiles) == (62, Quartiles(*map(Fraction, (46, 46, 62))))
    assert (found.strongest, found.weakest) == ("idea", "effect")


def test_a_group_of_fewer_than_four_is_not_shown_and_the_reason_is_said() -> None:
    found = told(a_stage_of({"A": (9, 2), "B": (5, 4), "C": (3, 6)})).marked

    assert found is not None
    assert found.is_small
    assert [one.quartiles for one in found.criteria] == [None, None]
    assert found.quartiles is None
    assert "With fewer than 4 nothing is shown of the others" in words.compared(found)


def test_other_categories_and_divisions_are_no_part_of_the_group() -> None:
    stage = a_stage_of({"A": (9, 2), "B": (5, 4), "C": (3, 6)})
    juror = jury_of(stage.edition, 1)[0]
    marked(stage, in_stage(stage, "S", category="centre", division="small"), juror, idea=1, effect=1)

    found = told(stage).marked

    assert found is not None
    assert found.among == 3


def test_the_quarter_is_told_only_where_the_organiser_chose_so() -> None:
    stage = a_stage_of()

    quiet, open_one = told(stage).marked, told(stage, shows_band=True).marked

    assert quiet is not None
    assert open_one is not None
    assert words.band_in_words(quiet) == ""
    assert words.band_in_words(open_one) == "Its place is in the second quarter.", "second of five"


def test_a_quarter_of_a_small_group_is_not_told() -> None:
    found = told(a_stage_of({"A": (9, 2), "B": (5, 4), "C": (3, 6)}), shows_band=True).marked

    assert found is not None
    assert found.band is None


def test_marks_changed_after_publishing_change_nothing() -> None:
    stage = a_stage_of()
    before = told(stage)

    Scorecard.objects.update(excluded_at=NOON, excluded_reason="Found out later.")

    assert told(stage).marked == before.marked


def test_who_did_not_reach_the_last_stage_is_told_of_the_stage_before() -> None:
    stages = "[{code: marking, name: Marking, mode: scorecard}, {code: final, name: Final, mode: scorecard}]"
    stage = a_stage_of(stages=stages)
    final = a_stage(stage.edition, "final")
    final.admissions.create(entry=entry("D"), admitted_at=NOON)
    marked(final, entry("D"), jury_of(stage.edition, 1)[0], idea=5, effect=5)

    out, ahead = told(stage, "A").marked, told(stage, "D").marked

    assert out is not None
    assert ahead is not None
    assert (out.stage["en"], out.score, out.among) == ("Marking", 62, 5)
    assert (ahead.stage["en"], ahead.score, ahead.among) == ("Final", 50, 1)


def with_all_of(stage: Stage, code: str) -> Stage:
    """Let all entries into another stage."""
    other = a_stage(stage.edition, code)
    for one in Entry.objects.filter(edition=stage.edition):
        other.admissions.create(entry=one, admitted_at=NOON)
    return other


def test_of_a_blend_the_score_and_the_quarter_are_the_blends_and_the_criteria_those_marked() -> None:
    stages = (
        "[{code: marking, name: Jury, mode: scorecard, weight: 25},"
        " {code: public, name: Public, mode: public_vote, weight: 75}]"
    )
    stage = a_stage_of(stages=stages)
    votes(with_all_of(stage, "public"), {entry("C"): 90, entry("A"): 10})

    found = told(stage, "C", shows_band=True).marked

    # C has the lowest marks, 42, and 90 % of the votes: 0.25 · 42 + 0.75 · 90 = 78.
    assert found is not None
    assert (found.score, found.quartiles) == (42, Quartiles(*map(Fraction, (46, 46, 62))))
    assert (found.final, found.band) == (Final(None, Fraction(78)), 1)
    assert words.summary(found)[:3] == [
        "The result blends several stages: in it the entry has the score 78.0 of 100. "
        "What follows is how jurors marked it in “Jury”.",
        "Its place is in the best quarter.",
        "In “Jury” the entry has the score 42.0 of 100, from 1 juror.",
    ]
    assert "The whole entry, by these marks" in str(document(told(stage, "C")))


def test_an_entry_that_lacks_a_part_of_the_blend_is_told_so() -> None:
    stages = (
        "[{code: marking, name: Jury, mode: scorecard, weight: 25},"
        " {code: public, name: Public, mode: public_vote, weight: 75}]"
    )
    stage = a_stage_of(stages=stages)
    with_all_of(stage, "public")

    found = told(stage, "C", shows_band=True).marked

    assert found is not None
    assert (found.final, found.band) == (Final(None, None), None)
    assert "in one of them the entry has no score" in words.summary(found)[0]


@pytest.mark.parametrize(
    ("mode", "score", "sentence"),
    [
        (
            "points, points: 15",
            Fraction(100, 3),
            "“Final” decided: there the entry has the score 33.3 of 100.",
        ),
        (
            "ranking, count: borda",
            Fraction(100),
            "“Final” decided: there the entry has the score 100.0 of 100.",
        ),
        ("ranking, count: schulze", None, "“Final” decided, without scores."),
    ],
)
def test_where_a_final_without_marks_decides_its_place_is_told(
    mode: str, score: Fraction | None, sentence: str
) -> None:
    stages = f"[{{code: marking, name: Jury, mode: scorecard}}, {{code: final, name: Final, mode: {mode}}}]"
    stage = a_stage_of(stages=stages)
    final, (juror,) = with_all_of(stage, "final"), jury_of(stage.edition, 1)
    for rank, code in enumerate("CABED", 1):
        own = {"points": 6 - rank} if "points" in mode else {"rank": rank}
        filled_in(final, entry(code), juror, **own)

    best, last = (told(stage, code, shows_band=True).marked for code in "CD")

    assert best is not None
    assert last is not None
    assert (best.stage["en"], best.score, best.final) == ("Jury", 42, Final({"en": "Final"}, score))
    assert (best.band, last.band) == (1, 4), "D has the highest marks and the last place"
    assert words.summary(best)[0].startswith(sentence)


def test_an_entry_that_nobody_marked_is_told_so() -> None:
    stage = a_stage_of()
    in_stage(stage, "F")

    found = told(stage, "F")

    assert found.marked is None
    assert "no marks for this entry" in str(document(found))


def test_remarks_are_told_as_released_and_held_back_ones_are_not() -> None:
    stage = a_stage_of({"A": (9, 2)})
    card = Scorecard.objects.get()
    other = marked(stage, in_stage(stage, "B"), jury_of(stage.edition, 1)[0], idea=1, effect=1)
    Scorecard.objects.update(remark="As written.")
    release_remark(card.pk, "As edited.", by="test", at=NOON)
    hold_back_remark(other.pk, by="test", at=NOON)

    assert told(stage).remarks == ("As edited.",)
    assert told(stage, "B").remarks == ()


def test_the_report_says_what_the_jury_gave_and_what_levels_mean() -> None:
    stage = a_stage_of(awards=True)
    decide_for(entry("D"), level="gold", reason="Best of a kind.")
    for award in ("best-small", "best-large"):
        stage.edition.awards.get(code=award).delete()

    found = told(stage, "D")

    assert [(one.award["en"], one.level) for one in found.given] == [("Best idea", "gold")]
    text = str(document(found))
    assert "Best idea: Gold." in text
    assert "Well done." in text
    assert "Highly commended: wins no award" in text
    assert "No award or level was given" in str(document(told(stage, "A")))


def test_the_record_of_eligibility_is_told_without_anything_protected() -> None:
    stage = a_stage_of()
    hidden = {**RECORD, "key": "eligibility/1", "is_protected": True, "reason": {"en": "Health."}}
    Entry.objects.filter(code="A").update(eligibility=[RECORD, hidden])
    for rule, statement in (("eligibility/0", "We are twelve."), ("eligibility/1", "She is ill.")):
        Declaration.objects.create(
            entry=entry(), rule=rule, statement=statement, declared_as="Kari, head", declared_at=NOON
        )

    text = str(document(told(stage)))

    assert "Met: “People”: 12 people." in text
    assert "We are twelve. Declared by Kari, head." in text
    assert "Health" not in text
    assert "ill" not in re.findall(r"\w+", text)


def test_no_criterion_stands_out_where_all_are_alike_or_there_is_one() -> None:
    def one(code: str, mean: int) -> CriterionFeedback:
        return CriterionFeedback(code, {"en": code}, None, Fraction(mean), None)

    assert standing_out([one("a", 50), one("b", 50)]) == (None, None)
    assert standing_out([one("a", 50)]) == (None, None)
    assert standing_out([one("a", 50), one("b", 60), one("c", 40)]) == ("b", "c")


def test_beside_others_the_strongest_is_the_one_farthest_above_the_median() -> None:
    def one(code: str, mean: int, median: int) -> CriterionFeedback:
        quarters = Quartiles(Fraction(0), Fraction(median), Fraction(100))
        return CriterionFeedback(code, {"en": code}, None, Fraction(mean), quarters)

    assert standing_out([one("easy", 90, 95), one("hard", 60, 40)]) == ("hard", "easy")


def document(found: Feedback, language: str = "en") -> Any:
    with translation.override(language):
        return feedback_document(found, language, "Europe/Oslo")


@pytest.mark.parametrize("language", ["nb", "en", "ru"])
def test_the_document_is_whole_in_every_language_and_tagged(language: str) -> None:
    stage = a_stage_of()
    Scorecard.objects.update(remark="Клиенты это заметили.", moderated="Клиенты это заметили.")
    run = publish_run(stage.edition, by="test", at=NOON)

    pdf = feedback_pdf(run, entry(), language, shows_band=True)

    reader = pypdf.PdfReader(io.BytesIO(pdf))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == language
    assert "Case A" in text
    assert "Клиенты это заметили." in text
    assert {"en": "62.0"}.get(language, "62,0") in text


def test_the_document_names_no_juror_and_no_other_entrant() -> None:
    stage = a_stage_of()
    run = publish_run(stage.edition, by="test", at=NOON)

    pdf = feedback_pdf(run, entry(), "en", shows_band=True)

    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert jury_of(stage.edition, 1)[0].name not in text
    for code in "BCDE":
        assert f"House of {code}" not in text
        assert f"Case {code}" not in text


def test_the_same_feedback_gives_the_same_bytes() -> None:
    stage = a_stage_of()
    run = publish_run(stage.edition, by="test", at=NOON)

    first, second = (feedback_pdf(run, entry(), "en", shows_band=False) for _time in range(2))

    assert first == second


def test_a_report_takes_as_many_queries_for_thirty_entries_as_for_one(django_assert_num_queries: Any) -> None:
    stage = a_stage_of({"A": (9, 2)})
    run = publish_run(stage.edition, by="test", at=NOON)
    many = a_stage_of({f"N{number:02}": (5, 5) for number in range(30)}, slug="many-awards")
    larger = publish_run(many.edition, by="test", at=NOON)

    for one, code in ((run, "A"), (larger, "N00")):
        found = entry(code)
        with django_assert_num_queries(7):
            feedback_of(one, found, shows_band=True)


def test_a_run_from_before_criteria_were_frozen_has_no_marks_to_show() -> None:
    stage = a_stage_of()
    run = publish_run(stage.edition, by="test", at=NOON)
    EntryLine.objects.filter(run=run).update(working=None)

    assert feedback_of(run, entry(), shows_band=True).marked is None


def test_while_an_entry_is_corrected_it_is_called_as_it_was_submitted() -> None:
    stage = a_stage_of()
    kept = {"title": "As submitted"}
    Correction.objects.create(entry=entry(), wanted="More.", until=NOON, asked_at=NOON, submitted=kept)

    assert told(stage).about.title == "As submitted"
