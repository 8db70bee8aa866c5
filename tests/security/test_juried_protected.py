"""Protected answers are shown to nobody who did not give them, save whom they are about and who says why."""

import pytest
from django.test import Client

from kaaring.entries import actions
from kaaring.entries.actions import NomineeDetails
from kaaring.entries.models import Case, Nominee, ProtectedFact
from tests.build import NOON
from tests.juried import a_case, an_entrant

pytestmark = pytest.mark.django_db
OLA = NomineeDetails("Ola Nordmann", "Agent", is_person=True, email="ola@example.org", language="en")
MINE = NomineeDetails("Ola Nordmann", "Agent", is_person=True, email="curious@example.org", language="en")


def a_kept_fact(case: Case) -> None:
    """A colleague has answered that there is a disability."""
    colleague = an_entrant(case.organisation)
    ProtectedFact.objects.create(case=case, fact="health", value="yes", given_at=NOON, given_by=colleague)


def page_of(case: Case) -> str:
    response = Client().get(f"/en/nominee/{Nominee.objects.get(case=case).token}/")
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_colleague_who_moves_the_nominees_page_to_the_own_address_reads_nothing_protected() -> None:
    case = a_case()
    curious = an_entrant(case.organisation)
    actions.name_nominee(case.pk, OLA, by="test", at=NOON)
    a_kept_fact(case)
    assert "Is there a disability?" in page_of(case)

    actions.name_nominee(case.pk, MINE, by=curious.public_id, at=NOON)

    assert "Is there a disability?" not in page_of(case)
    assert not ProtectedFact.objects.exists()


def test_a_colleague_who_names_the_nominee_after_the_answers_were_given_reads_nothing_protected() -> None:
    case = a_case()
    curious = an_entrant(case.organisation)
    a_kept_fact(case)

    actions.name_nominee(case.pk, MINE, by=curious.public_id, at=NOON)

    assert "Is there a disability?" not in page_of(case)


def test_who_gave_the_answers_may_mend_the_address() -> None:
    case = a_case()
    actions.name_nominee(case.pk, OLA, by="test", at=NOON)
    a_kept_fact(case)
    colleague = ProtectedFact.objects.get().given_by
    assert colleague is not None

    actions.name_nominee(case.pk, MINE, by=colleague.public_id, at=NOON)

    assert "Is there a disability?" in page_of(case)
