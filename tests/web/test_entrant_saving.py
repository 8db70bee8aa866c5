"""Pages of a case that save themselves: about it, its facts and figures, and a partner's part."""

from typing import Any

import pytest

from kaaring.audit.queries import lines_of
from kaaring.entries import actions
from kaaring.entries.actions import CaseChanges
from kaaring.entries.models import Case, Party
from kaaring.programmes.queries import chain_of
from tests.build import NOON
from tests.juried import PARTNERSHIP, an_entrant, an_entry, an_organisation
from tests.web.entrant import Desk, signed_in, text

pytestmark = pytest.mark.django_db
BESIDE = {"HX-Request": "true"}
ABOUT = {"title": "Title", "subject": "team", "language": "en", "summary": "Typed"}


def save(desk: Desk, part: str, typed: Any, version: int | None = None) -> Any:
    whole = {**typed, "version": desk.version() if version is None else version}
    return desk.client.post(desk.of_case(f"{part}/save/"), whole, headers=BESIDE)


def test_what_a_case_says_of_itself_is_saved_and_the_answer_says_so_with_the_next_version() -> None:
    desk = Desk()

    response = save(desk, "about", ABOUT)

    assert Case.objects.get(pk=desk.case.pk).summary == "Typed"
    assert "Saved" in text(response)
    assert f'name="version" value="{desk.version()}"' in text(response)
    assert "<form" not in text(response)


def test_what_somebody_else_saved_meanwhile_is_shown_and_not_overwritten() -> None:
    desk = Desk()
    save(desk, "about", {**ABOUT, "summary": "From the first window"})

    response = save(desk, "about", {**ABOUT, "summary": "From the second window"}, version=1)

    assert response.status_code == 409
    assert "From the first window" in text(response)
    assert Case.objects.get(pk=desk.case.pk).summary == "From the first window"
    assert f'name="version" value="{desk.version()}"' in text(response)


def test_what_cannot_be_saved_is_said_and_the_version_stays() -> None:
    desk = Desk()
    version = desk.version()

    response = save(desk, "about", {**ABOUT, "title": ""})

    assert response.status_code == 422
    assert "Title: This field is required." in text(response)
    assert f'name="version" value="{version}"' in text(response)


def test_facts_save_themselves() -> None:
    desk = Desk()

    assert "Saved" in text(save(desk, "facts", {"people": "14"}))
    assert Case.objects.get(pk=desk.case.pk).facts["people"] == 14
    wrong = save(desk, "facts", {"people": "many"})
    assert wrong.status_code == 422
    assert "“many” is not a number" in text(wrong)
    clash = save(desk, "facts", {"people": "15"}, version=1)
    assert clash.status_code == 409
    assert "14 people" in text(clash)


def figures(**first: str) -> dict[str, str]:
    form = {"figure-TOTAL_FORMS": "1", "figure-INITIAL_FORMS": "0"}
    return {**form, **{f"figure-0-{name}": value for name, value in first.items()}}


def test_key_figures_save_themselves_and_the_button_makes_room_for_more() -> None:
    desk = Desk()

    assert "Saved" in text(save(desk, "figures", figures(name="Answer time", before="45")))
    assert desk.case.figures.get().name == "Answer time"
    assert save(desk, "figures", figures(before="45")).status_code == 422
    response = save(desk, "figures", {**figures(name="Answer time", before="44"), "more": "1"})
    assert response.headers["HX-Redirect"] == desk.of_case("figures/")


@pytest.fixture
def part() -> tuple[Desk, Party, Any, str]:
    """A case, a partner's part of it, the client of somebody who acts for it, and where that is."""
    desk = Desk(case=an_entry(category=PARTNERSHIP).case)
    partner = an_organisation(desk.edition.programme.organiser, "Partner AS")
    party = actions.name_party(desk.case.pk, organisation=partner, role="partner", by="test", at=NOON)
    return desk, party, signed_in(an_entrant(partner)), desk.of_case(f"part/{partner.public_id}/")


def test_a_part_saves_itself_and_is_then_approved_as_it_is(part: tuple[Desk, Party, Any, str]) -> None:
    desk, party, client, address = part
    read = desk.version()

    response = client.post(f"{address}save/", {"text": "Ours", "version": read, "read": read}, headers=BESIDE)

    assert 'id="approval"' in text(response)
    assert f'name="read" value="{desk.version()}"' in text(response)
    client.post(f"{address}approve/", {"version": desk.version()})
    party.refresh_from_db()
    assert (party.text, party.approved_version) == ("Ours", desk.version())


def test_saving_a_part_does_not_let_a_partner_approve_what_it_has_not_read(
    part: tuple[Desk, Party, Any, str],
) -> None:
    desk, _party, client, address = part
    read = desk.version()
    changes = CaseChanges(summary="Written meanwhile")
    actions.change_case(desk.case.pk, changes, version=read, by="test", at=NOON)

    response = client.post(f"{address}save/", {"text": "Ours", "version": read, "read": read}, headers=BESIDE)

    approval = text(response).split('id="approval"')[1]
    assert f'name="version" value="{read}"' in approval
    assert client.post(f"{address}approve/", {"version": read}).status_code == 409


def test_a_sitting_of_writing_is_one_line_in_the_log() -> None:
    desk = Desk()
    log = lines_of(chain_of(desk.edition)).filter(doing="case_changed", by=desk.person.public_id)
    save(desk, "about", {**ABOUT, "title": desk.case.title, "summary": "One"})
    save(desk, "about", {**ABOUT, "title": desk.case.title, "summary": "One two"})
    assert log.count() == 1

    save(desk, "facts", {"people": "14"})

    assert log.count() == 2


def test_without_scripts_the_button_still_saves() -> None:
    desk = Desk()

    response = desk.client.post(desk.of_case("about/save/"), {**ABOUT, "version": desk.version()})

    assert response.status_code == 302
    assert Case.objects.get(pk=desk.case.pk).summary == "Typed"
