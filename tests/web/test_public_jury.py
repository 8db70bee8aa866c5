"""What the public reads of a jury's results: winners, levels, how it was decided, and no loser's score."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from kaaring.entries.models import Case, Correction, Nominee, Party
from kaaring.entries.queries import dossier_of
from kaaring.entries.queries.submitted import as_kept
from kaaring.jury.models import Assignment
from kaaring.jury.sheets import Filled
from kaaring.programmes.models import Edition
from kaaring.results.actions import decide_entries, decide_nobody, publish_run, withdraw_run
from kaaring.results.models import Run
from kaaring.web.public.kept import PAGES
from tests.build import NOON, a_published_edition
from tests.juried import an_organisation
from tests.jury.marking import a_conflict, a_stage
from tests.results.jury import (
    a_judged_edition,
    an_award,
    an_idea,
    filled_in,
    in_stage,
    jury_of,
    marked,
)
from tests.web.test_organiser_scores import text_of

pytestmark = pytest.mark.django_db
TWO_STAGES = (
    "[{code: marking, name: Marking, mode: scorecard, shortlist: {top: 3}},"
    " {code: final, name: Final, mode: scorecard}]"
)


@pytest.fixture(autouse=True)
def _fresh_pages() -> None:
    PAGES.clear()


def a_decided_edition() -> Edition:
    """Four ideas, of which A, B and C came to the final: A wins, B gets silver; no small centre won."""
    edition = a_judged_edition(stages=TWO_STAGES)
    stage, final = a_stage(edition), a_stage(edition, "final")
    entries = {
        code: an_idea(stage, code, (score, score)) for code, score in zip("ABCD", (8, 7, 6, 2), strict=True)
    }
    (juror, other) = jury_of(edition, 2)
    for code, score in (("A", 9), ("B", 8), ("C", 6)):
        final.admissions.create(entry=entries[code], admitted_at=NOON)
        marked(final, entries[code], juror, idea=score, effect=score)
    small = in_stage(final, "S", category="centre", division="small")
    marked(final, small, juror, idea=1, effect=1)
    a_conflict(Assignment(juror=other, entry=entries["C"]))
    decide_entries(
        an_award(edition),
        [(entries["A"], "winner"), (entries["B"], "silver")],
        citations={entries["A"].pk: {"en": "Bold & simple.", "nb": "Djervt."}},
        by="test",
        at=NOON,
    )
    for code in ("best-small", "best-large"):
        decide_nobody(an_award(edition, code), reason="None was good enough.", by="test", at=NOON)
    return edition


def published() -> Run:
    return publish_run(a_decided_edition(), by="test", at=NOON)


def page(where: str = "", language: str = "en") -> Any:
    return Client().get(f"/{language}/service-awards/2030/{where}")


def test_before_a_run_is_published_nobody_outside_sees_what_is_decided() -> None:
    a_decided_edition()

    assert "Case A" not in text_of(page())
    for where in ("results/idea/", "data/", "data/awards.csv", "data/results.json"):
        assert page(where).status_code == 404


def test_the_edition_shows_winners_and_levels_by_award_and_where_nobody_won() -> None:
    published()
    said = text_of(page())

    assert "5 entries were judged in 2 categories." in said
    assert "Best idea Case A, House of A Case B, House of B (Silver)" in said
    assert "Best small centre No winner" in said
    assert "Case C" not in said
    assert "Case D" not in said


def test_a_category_says_what_the_jury_said_and_how_it_decided() -> None:
    published()
    said = text_of(page("results/idea/"))

    assert "Winner Case A House of A Bold &amp; simple." in said
    assert "Silver Case B House of B" in said
    assert "Entries 4" in said
    assert "Jurors who judged 1" in said
    assert "Conflicts of interest 1 times a juror was kept from an entry" in said
    assert "The first place by this count holds in 2 of 4 variants" in said, (
        "nobody is first without its juror"
    )
    assert "The entry's score is the mean of its jurors' scores" in said.replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("mode", "combine", "sentence"),
    [
        ("scorecard", "{severity: adjusted}", "scores were adjusted for strict and lenient jurors"),
        ("ranking, count: stv", "{}", "a transferable vote fills several seats at once"),
        ("ranking, count: borda", "{}", "The first place by this count holds in 2 of 4 variants"),
    ],
)
def test_a_category_says_why_no_variants_are_told(mode: str, combine: str, sentence: str) -> None:
    stages = f"[{{code: marking, name: Round, mode: {mode}}}]"
    edition = a_judged_edition(stages=stages, combine=combine, awards=False)
    stage = a_stage(edition)
    (juror,) = jury_of(edition, 1)
    for rank, code in enumerate("AB", 1):
        given = (
            {"rank": rank} if "ranking" in mode else {"marks": {"idea": Filled(9), "effect": Filled(rank)}}
        )
        filled_in(stage, in_stage(stage, code), juror, **given)
    publish_run(edition, by="test", at=NOON)

    assert sentence in text_of(page("results/idea/"))


def test_the_shortlist_is_named_without_scores_and_who_is_not_on_it_is_not_named() -> None:
    published()
    said = text_of(page("results/idea/"))

    shortlist = said[said.index("Shortlist") : said.index("How it was decided")]
    assert [name for name in ("Case A", "Case B", "Case C", "Case D") if name in shortlist] == [
        "Case A",
        "Case B",
        "Case C",
    ]
    assert not any(score in said for score in ("90.0", "80.0", "60.0", "20.0"))


def test_with_one_stage_there_is_no_shortlist_to_name() -> None:
    edition = a_judged_edition(awards=False)
    an_idea(a_stage(edition), "A", (8, 8))
    publish_run(edition, by="test", at=NOON)

    said = text_of(page("results/idea/"))
    assert "Shortlist" not in said
    assert "Case A" not in said
    assert "How it was judged" in text_of(page())


def test_that_nobody_won_is_said_with_the_reason() -> None:
    published()

    assert "No winner None was good enough." in text_of(page("results/centre/"))


def test_citations_are_shown_in_the_readers_language() -> None:
    published()

    assert "Djervt." in text_of(page("results/idea/", "nb"))
    assert "Bold" not in text_of(page("results/idea/", "nb"))


def test_everybody_behind_an_entry_is_named_and_a_person_only_with_consent() -> None:
    edition = a_decided_edition()
    case = edition.entries.get(code="A").case
    partner = an_organisation(edition.programme.organiser, "Partner House")
    Party.objects.create(case=case, organisation=partner)
    nominee = Nominee.objects.create(case=case, name="Kari Nordmann", is_person=True)
    publish_run(edition, by="test", at=NOON)

    said = text_of(page("results/idea/"))
    assert "House of A / Partner House" in said
    assert "Kari Nordmann" not in said
    nominee.consented_at, nominee.consented_version = NOON, 1
    nominee.save()
    PAGES.clear()
    assert "Kari Nordmann" in text_of(page("results/idea/"))


def test_while_a_correction_is_open_the_title_is_the_one_that_was_submitted() -> None:
    edition = a_decided_edition()
    for entry in edition.entries.filter(code__in="AC"):
        kept = as_kept(dossier_of(entry))
        Correction.objects.create(entry=entry, wanted="More.", until=NOON, asked_at=NOON, submitted=kept)
    Case.objects.filter(edition=edition).update(title="Not checked")
    publish_run(edition, by="test", at=NOON)

    for where in ("", "results/idea/", "data/awards.csv"):
        assert "Case A" in page(where).content.decode(), where
    assert "Case C" in text_of(page("results/idea/"))


def test_a_withdrawn_run_takes_its_pages_along() -> None:
    run = published()
    assert page("results/idea/").status_code == 200
    withdraw_run(run, reason="A wrong mark.", by="test", at=NOON)

    assert page("results/idea/").status_code == 410
    assert "Case A" not in text_of(page())


def test_pages_are_kept_and_served_without_asking_for_more_than_the_stamp(
    django_assert_num_queries: Any,
) -> None:
    published()
    page("results/idea/")

    with django_assert_num_queries(1):
        again = page("results/idea/")
    assert (again.status_code, again["Cache-Control"]) == (200, "public, no-cache")


@pytest.mark.parametrize("entries", [1, 30])
def test_a_category_takes_as_many_queries_with_one_shortlisted_as_with_thirty(
    entries: int, django_assert_max_num_queries: Any
) -> None:
    edition = a_decided_edition()
    final = edition.stages.get(code="final")
    for number in range(entries):
        an_idea(final, f"X{number:02}", (1, 1))
    publish_run(edition, by="test", at=NOON)

    with django_assert_max_num_queries(14):
        assert page("results/idea/").status_code == 200


def test_there_is_no_page_for_a_category_that_does_not_exist() -> None:
    published()
    assert page("results/nothing/").status_code == 404


def test_open_data_have_what_was_given_and_no_other_scores() -> None:
    published()
    rows = list(csv.DictReader(io.StringIO(page("data/awards.csv").content.decode())))

    assert [
        (row["award"], row["level"], row["entry"], row["organisations"], row["citation"]) for row in rows
    ] == [
        ("best-idea", "winner", "A", "House of A", "Bold & simple."),
        ("best-idea", "silver", "B", "House of B", ""),
        ("best-small", "none", "", "", ""),
        ("best-large", "none", "", "", ""),
    ]
    document = page("data/results.json").json()
    assert (document["scorecards"], document["lines"], document["run"]["evaluations"]) == (8, [], 0)
    assert document["awards"][0]["citation"] == {"en": "Bold & simple.", "nb": "Djervt."}
    idea = document["categories"][0]
    assert (idea["entries"], idea["jurors"], idea["recusals"]) == (4, 1, 1)
    assert [one["entry"] for one in idea["shortlisted"]] == ["A", "B", "C"]
    assert "awards.csv" in text_of(page("data/"))


def test_the_counts_said_in_public_are_frozen_with_the_run() -> None:
    run = published()
    assert run.method["parameters"]["counts"]["idea"] == {"entries": 4, "jurors": 1, "recusals": 1}
    an_idea(run.edition.stages.get(code="marking"), "Z", (9, 9))
    PAGES.clear()

    assert "Entries 4" in text_of(page("results/idea/"))


def test_a_measured_edition_says_nothing_of_a_jury() -> None:
    edition = a_published_edition()
    said = text_of(Client().get(f"/en/{edition}/"))
    document = Client().get(f"/en/{edition}/data/results.json").json()

    assert "jury" not in said.casefold()
    assert set(document) == {"edition", "illustrative", "run", "lines", "means"}
    assert Client().get(f"/en/{edition}/data/awards.csv").status_code == 404
    assert Client().get(f"/en/{edition}/results/idea/").status_code == 404
