"""Open data: the published lines for programs."""

import csv
import io
import json
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from kaaring.programmes.models import Edition
from kaaring.results.queries.runs import current_run, standings_of
from kaaring.web.public.data import COLUMNS
from kaaring.web.public.kept import PAGES
from tests import measured
from tests.build import a_published_edition

pytestmark = pytest.mark.django_db
STRICT = measured.SMALL_DEFINITION.replace("minimum_participants: 1}", "minimum_participants: 3}", 1)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    PAGES.clear()


def got(edition: Edition, ending: str, language: str = "nb") -> Any:
    return Client().get(f"/{language}/{edition.programme.slug}/{edition.slug}/data/results.{ending}")


def rows(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_the_csv_has_fixed_columns_decimal_points_and_a_name() -> None:
    edition = a_published_edition()

    response = got(edition, "csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="quality-prize-2030-results.csv"'
    assert response.content.decode().splitlines()[0] == ",".join(COLUMNS)
    assert all("," not in row["score"] for row in rows(response))
    assert got(edition, "csv", "en").content == response.content


def test_the_csv_holds_every_line_of_the_results_shown_and_no_others() -> None:
    edition = a_published_edition(participants=5)
    run = current_run(edition)
    assert run is not None

    found = rows(got(edition, "csv"))

    assert {row["measure"] for row in found} == {"total", "answered", "area:talk"}
    assert len(found) == 15
    scores = {row.participant.code: row.score for row in standings_of(run, "total").rows}
    for row in found:
        if row["measure"] == "total":
            exact = scores[row["participant"]]
            assert exact is not None
            assert Fraction(row["exact"]) == exact
            assert float(row["score"]) == float(exact)


def test_the_json_says_which_run_it_is_and_holds_the_published_means() -> None:
    edition = a_published_edition()
    run = current_run(edition)
    assert run is not None

    response = got(edition, "json")
    document = json.loads(response.content)

    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="quality-prize-2030-results.json"'
    assert document["run"]["digest"] == run.digest
    assert document["edition"] == "quality-prize/2030"
    assert {mean["measure"] for mean in document["means"]} == {
        "total",
        "answered",
        "area:talk",
        "area:wait",
        "theme:warmth",
    }
    assert len(document["lines"]) == 6


def test_a_missing_place_is_empty_with_its_reason() -> None:
    edition = a_published_edition(participants=4, definition=STRICT)

    found = {(row["measure"], row["participant"]): row for row in rows(got(edition, "csv"))}
    row = found["total", "centre-2"]

    assert row["class"] == "banks"
    assert row["class_place"] == ""
    assert row["why"] == "class_too_small"
    assert json.loads(got(edition, "json").content)["lines"][0]["place"] == 1
