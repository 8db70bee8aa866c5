"""Bad days of a juried award: what would undo entries or marks is refused, with the way out."""

from pathlib import Path

import pytest

from kaaring.jury.actions.scorecards import save_draft
from kaaring.jury.models import Scorecard
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Category, Edition, Rules
from kaaring.programmes.queries import definition_in_force
from kaaring.survey.actions import store_definition
from tests.build import NOON, a_definition
from tests.juried import JURIED_DEFINITION, OPEN, PARTNERSHIP, TEAM, a_juried_edition, an_entry
from tests.jury.marking import DEFINITION, a_desk, a_sheet, by_juror
from tests.processes import told

OURS = JURIED_DEFINITION.replace("ENTRIES_FROM", OPEN[0]).replace("ENTRIES_TO", OPEN[1])


def stored_again(edition: Edition, text: str) -> None:
    store_definition(a_definition(text), edition.programme.organiser, by="test", at=NOON)


def without_a_category(text: str, code: str, award: str) -> str:
    """Return the small definition without one category and its award."""
    begins = text.index(f"  - code: {code}\n")
    follows = text.find("\n  - code: ", begins)
    ends = follows + 1 if follows > 0 else text.index("awards:\n")
    text = text[:begins] + text[ends:]
    return "\n".join(line for line in text.splitlines() if f"code: {award}," not in line)


@pytest.mark.django_db
def test_a_category_with_entries_is_not_removed_and_the_way_out_is_told() -> None:
    edition = a_juried_edition()
    entry = an_entry(edition, PARTNERSHIP)
    before = definition_in_force(edition)

    with pytest.raises(Refused, match="category_in_use") as refused:
        stored_again(edition, without_a_category(OURS, PARTNERSHIP, "best-partnership"))

    assert "withdraw its entries with a reason" in str(refused.value.reason)
    assert definition_in_force(edition) == before
    assert entry.category in Category.objects.filter(edition=edition)


@pytest.mark.django_db
def test_a_category_without_entries_is_removed() -> None:
    edition = a_juried_edition()
    an_entry(edition, TEAM)

    stored_again(edition, without_a_category(OURS, PARTNERSHIP, "best-partnership"))

    assert not Category.objects.filter(edition=edition, code=PARTNERSHIP).exists()


@pytest.mark.django_db
def test_a_weight_is_not_changed_once_somebody_has_begun_to_mark() -> None:
    desk = a_desk()
    heavier = DEFINITION.replace("actions, weight: 40", "actions, weight: 50")
    heavier = heavier.replace("results, weight: 40", "results, weight: 30")
    save_draft(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=NOON)

    with pytest.raises(Refused, match="rules_frozen") as refused:
        stored_again(desk.stage.edition, heavier)

    assert "make a new version and give the reason" in str(refused.value.reason)
    assert any("actions" in detail.lower() for detail in refused.value.details)
    assert Rules.objects.count() == 1
    assert [one.weight for one in definition_in_force(desk.stage.edition).categories[0].criteria] == [
        40,
        40,
        20,
    ]
    assert Scorecard.objects.count() == 1


def test_of_two_chairs_who_decide_at_once_one_decides_and_the_other_is_told(
    address: str, tmp_path: Path
) -> None:
    script = """
from kaaring.results.models import EntryDecision
from tests.results.jury import a_stage_with, decide_for
stage = a_stage_with(("A", [(9, 9)]), ("B", [(5, 5)]))
first, second = stage.edition.entries.order_by("code")
broken = at_once([
    lambda: decide_for(first),
    lambda: decide_for(second, reason="The jury saw more in it."),
    lambda: decide_for(first),
])
tell(
    broken=sorted(broken),
    decided=EntryDecision.objects.filter(revoked_at=None).count(),
    hole=first_break(chain_of(stage.edition)),
)
"""
    refused = ["refused: already_decided"] * 2
    assert told(script, address, tmp_path) == {"broken": refused, "decided": 1, "hole": None}
