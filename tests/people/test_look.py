"""An organiser's colour and logo."""

import pytest

from kaaring.audit.models import AuditLine
from kaaring.kernel.refused import Refused
from kaaring.people import actions
from kaaring.people.models import MemberRole
from tests.build import NOON, a_member, an_organiser

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"></path></svg>'
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [MemberRole.OWNER, MemberRole.MANAGER])
def test_owners_and_managers_choose_colour_and_logo(role: MemberRole) -> None:
    organiser = an_organiser()

    actions.change_look(organiser, accent="#aa0000", logo=DRAWING, by=a_member(organiser, role), at=NOON)

    organiser.refresh_from_db()
    assert (organiser.accent, organiser.logo) == ("#aa0000", DRAWING)
    assert AuditLine.objects.get().details == {"accent": "#aa0000", "has_logo": True}


def test_an_empty_logo_means_kaarings_own() -> None:
    organiser = an_organiser(logo=DRAWING)

    actions.change_look(organiser, accent="#aa0000", logo="", by=a_member(organiser), at=NOON)

    organiser.refresh_from_db()
    assert organiser.logo == ""


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.AUDITOR])
def test_those_who_only_read_change_no_look(role: MemberRole) -> None:
    organiser = an_organiser()

    with pytest.raises(Refused, match="not_an_owner_or_manager"):
        actions.change_look(organiser, accent="#aa0000", logo="", by=a_member(organiser, role), at=NOON)


@pytest.mark.parametrize("accent", ["red", "#abc", "#AA0000", "#aa0000;}", ""])
def test_a_colour_is_six_digits_after_a_hash(accent: str) -> None:
    organiser = an_organiser()

    with pytest.raises(Refused, match="not_a_colour"):
        actions.change_look(organiser, accent=accent, logo="", by=a_member(organiser), at=NOON)


def test_a_refused_logo_leaves_the_old_look() -> None:
    organiser = an_organiser(accent="#000000", logo=DRAWING)

    with pytest.raises(Refused, match="logo_not_svg"):
        actions.change_look(organiser, accent="#aa0000", logo="<p/>", by=a_member(organiser), at=NOON)

    organiser.refresh_from_db()
    assert (organiser.accent, organiser.logo) == ("#000000", DRAWING)
