"""Publishing a jury's results on the page: what is in order, what stops it, and what a run says."""

from datetime import timedelta

import pytest

from kaaring.jury.actions.scorecards import save_draft
from kaaring.jury.models import Assignment, Meeting
from kaaring.jury.sheets import Filled, Sheet
from kaaring.results.actions import decide_nobody, publish_run
from kaaring.results.models import Run
from tests.build import NOON
from tests.jury.marking import a_juror_of, by_juror
from tests.results.jury import an_award, decide_for
from tests.web.jury_results import a_marked_stage, a_reader, path
from tests.web.test_organiser_scores import text_of

pytestmark = pytest.mark.django_db


def test_the_page_says_what_stands_in_the_way_of_a_jurys_results() -> None:
    stage = a_marked_stage()
    edition = stage.edition
    entry = edition.entries.get(code="E")
    late = Assignment.objects.create(stage=stage, entry=entry, juror=a_juror_of(edition), assigned_at=NOON)
    save_draft(late.pk, Sheet({"idea": Filled(3)}), version=0, by=by_juror(late), at=NOON)
    Meeting.objects.create(stage=stage, category=entry.category, opened_at=NOON)
    page = a_reader(stage).get(path("runs/"))

    assert [(one.state, one.sentence) for one in page.context["checks"]] == [
        ("good", "12 scorecards count"),
        ("wait", "1 scorecard is still a draft and does not count"),
        ("wait", "1 meeting is going on"),
        ("stop", "3 awards of the jury are not decided"),
        ("good", "No decision departs from the marks without a reason"),
    ]
    assert "To the jury's decisions" in text_of(page)
    assert a_reader(stage).post(path("runs/publish/")).status_code == 409


def test_decided_results_are_published_and_the_run_says_how_many_scorecards_count() -> None:
    stage = a_marked_stage()
    edition = stage.edition
    decide_for(edition.entries.get(code="B"))
    for code in ("best-small", "best-large"):
        decide_nobody(an_award(edition, code), reason="None.", by="test", at=NOON)
    owner = a_reader(stage)
    assert owner.post(path("runs/publish/")).status_code == 302

    assert Run.objects.get().scorecard_count == 12
    said = text_of(owner.get(path("runs/")))
    assert "Scorecards 12" in said
    assert "Evaluations 0" not in said


def test_marks_that_change_after_publishing_are_pointed_out() -> None:
    stage = a_marked_stage()
    edition = stage.edition
    decide_for(edition.entries.get(code="B"))
    for code in ("best-small", "best-large"):
        decide_nobody(an_award(edition, code), reason="None.", by="test", at=NOON)
    publish_run(edition, by="test", at=NOON + timedelta(hours=1))
    owner = a_reader(stage)
    assert "have changed since" not in text_of(owner.get(path("runs/")))
    late = Assignment.objects.create(
        stage=stage, entry=edition.entries.get(code="E"), juror=a_juror_of(edition), assigned_at=NOON
    )
    evening = NOON + timedelta(hours=6)
    save_draft(late.pk, Sheet({"idea": Filled(3)}), version=0, by=by_juror(late), at=evening)

    assert "Evaluations or marks have changed since run 1 was published" in text_of(owner.get(path("runs/")))
