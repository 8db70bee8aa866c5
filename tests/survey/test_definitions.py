"""Taking a definition into use: what it makes, and what it may not take away."""

import pytest
from django.contrib.auth.models import AnonymousUser

from kaaring.kernel.refused import Refused
from kaaring.survey.actions import store_definition
from kaaring.survey.models import CompetitionClass, Questionnaire
from kaaring.survey.queries import participants_shown_to, questionnaire_in_force
from tests import measured
from tests.build import NOON, a_definition, a_measured_edition, an_organiser

pytestmark = pytest.mark.django_db
WITHOUT_SHOPS = measured.SMALL_DEFINITION.replace(
    "    - {code: shops, name: {en: Shops, nb: Butikker}, minimum_participants: 1}\n", ""
)
WITHOUT_BANKS = measured.SMALL_DEFINITION.replace(
    "    - {code: banks, name: {en: Banks, nb: Banker}, minimum_participants: 1}\n", ""
)


def test_a_definition_makes_its_questionnaire_and_its_classes() -> None:
    edition = a_measured_edition(participants=0)

    asked = questionnaire_in_force(edition)

    assert [question.code for question in asked.questions.all()] == ["G1", "W1", "H1", "S1", "M1", "N1"]
    assert [one.code for one in CompetitionClass.objects.all()] == ["banks", "shops"]


def test_a_class_without_participants_goes_and_one_with_some_stays() -> None:
    edition = a_measured_edition(participants=1)
    organiser = edition.programme.organiser
    without_banks = a_definition(WITHOUT_BANKS)

    store_definition(without_banks, organiser, by="test", at=NOON)

    assert [one.code for one in CompetitionClass.objects.all()] == ["shops"]
    both = a_definition()
    store_definition(both, organiser, by="test", at=NOON)
    with pytest.raises(Refused, match="class_has_participants") as caught:
        store_definition(a_definition(WITHOUT_SHOPS), organiser, by="test", at=NOON)
    assert len(caught.value.details) == 1


def test_an_edition_that_measures_nothing_has_no_questionnaire() -> None:
    unmeasured = a_definition().model_copy(update={"survey": None, "awards": ()})

    rules = store_definition(unmeasured, an_organiser(), by="test", at=NOON)

    assert not Questionnaire.objects.exists()
    with pytest.raises(Refused, match="no_questionnaire"):
        questionnaire_in_force(rules.edition)


def test_who_is_not_signed_in_sees_no_participants() -> None:
    assert list(participants_shown_to(AnonymousUser())) == []
