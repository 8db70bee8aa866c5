"""What is open to everybody holds nothing that acts, and asking oddly costs no more than asking plainly."""

import csv
import io

import pytest
from django.test import Client

from kaaring.survey.models import Participant
from kaaring.web.public.kept import PAGES
from tests.build import a_published_edition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ['=HYPERLINK("https://example.org")', "@SUM(1)", "+1|cmd", "-2+3"])
def test_a_participants_name_is_no_formula_in_the_open_table(name: str) -> None:
    edition = a_published_edition()
    Participant.objects.filter(edition=edition, code="centre-1").update(name=name)
    PAGES.clear()

    answer = Client().get(f"/en/{edition.programme.slug}/{edition.slug}/data/results.csv")

    rows = csv.DictReader(io.StringIO(answer.content.decode()))
    assert {row["name"] for row in rows if row["participant"] == "centre-1"} == {f"'{name}"}


def test_addresses_that_end_in_empty_questions_are_not_kept() -> None:
    edition = a_published_edition()
    PAGES.clear()

    for question in ("?&", "?&&", "?&&&"):
        Client().get(f"/en/{edition.programme.slug}/{edition.slug}/{question}")

    assert len(PAGES) == 0


def test_a_name_with_markup_stays_text_on_the_pages() -> None:
    edition = a_published_edition()
    Participant.objects.filter(edition=edition, code="centre-1").update(name="<script>alert(1)</script>")
    PAGES.clear()

    for path in ("", "participants/", "participants/centre-1/"):
        page = Client().get(f"/en/{edition.programme.slug}/{edition.slug}/{path}").content.decode()
        assert "<script>alert" not in page
        assert path == "" or "&lt;script&gt;alert(1)" in page
