"""Forming a panel for whole groups of categories."""

from typing import Any

import pytest
from django.test import Client

from kaaring.jury.models import Panel
from kaaring.programmes.models import Edition
from tests.build import a_member
from tests.jury.marking import DEFINITION, a_juried_edition_of, a_juror_of

pytestmark = pytest.mark.django_db
GROUPED = (
    DEFINITION.replace(
        "categories:\n",
        "category_groups: [{code: service, name: Service}, {code: other, name: Other}]\ncategories:\n",
        1,
    )
    .replace("  - code: centre\n", "  - code: centre\n    group: service\n")
    .replace("  - code: bot\n", "  - code: bot\n    group: service\n")
    + """
  - {code: idea, group: other, name: Idea of the Year, subject: project, criteria: [{code: idea, name: Idea}]}
"""
)
PANELS = "/en/organiser/service-awards/2030/"


def sent(edition: Edition, **changes: Any) -> dict[str, Any]:
    return {"name_en": "Panel", "jurors": [str(a_juror_of(edition).pk)], "chair": "", **changes}


def client_of(edition: Edition) -> Client:
    client = Client()
    client.force_login(a_member(edition.programme.organiser))
    return client


def judged(panel: Panel) -> list[str]:
    return [one.code for one in panel.categories.order_by("position")]


def test_a_panel_is_formed_for_a_whole_group_and_single_categories_beside_it() -> None:
    edition = a_juried_edition_of(GROUPED)
    client = client_of(edition)

    client.post(f"{PANELS}add/panel/save/", sent(edition, groups_of=["service"]))
    panel = Panel.objects.get()
    assert judged(panel) == ["centre", "bot"]
    more = sent(edition, groups_of=["service"], categories=["idea", "bot"])
    client.post(f"{PANELS}panels/{panel.code}/save/", more)

    assert judged(panel) == ["centre", "bot", "idea"]


def test_a_group_of_one_category_has_no_box_of_its_own() -> None:
    page = client_of(a_juried_edition_of(GROUPED)).get(f"{PANELS}add/panel/").content.decode()

    assert page.count('name="groups_of"') == 1
    assert "All categories of a group" in page


def test_without_groups_there_is_no_box_for_them_and_no_category_is_told() -> None:
    edition = a_juried_edition_of()
    client = client_of(edition)

    nothing = client.post(f"{PANELS}add/panel/save/", sent(edition))

    assert nothing.status_code == 422
    assert "Choose the categories that the panel judges." in nothing.content.decode()
    assert 'name="groups_of"' not in nothing.content.decode()
