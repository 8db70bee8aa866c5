"""A new installation gets its first owner from the command line."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from kaaring.people.models import Membership, Organiser

pytestmark = pytest.mark.django_db


def test_an_organiser_and_its_first_owner_are_made_at_once() -> None:
    out = StringIO()

    call_command(
        "organiser", "good-house", owner="olga@example.org", name="Good House", as_json=True, stdout=out
    )

    assert json.loads(out.getvalue()) == {"organiser": "good-house", "owner": "olga@example.org"}
    assert Organiser.objects.get().name == "Good House"
    assert Membership.objects.get(role="owner").user.email == "olga@example.org"


def test_an_organiser_with_an_owner_is_not_given_another_this_way() -> None:
    call_command("organiser", "good-house", owner="olga@example.org", stdout=StringIO())

    with pytest.raises(SystemExit) as left:
        call_command(
            "organiser", "good-house", owner="thief@example.org", stdout=StringIO(), stderr=StringIO()
        )

    assert left.value.code == 1
    assert Membership.objects.count() == 1
