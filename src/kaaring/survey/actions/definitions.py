"""Taking a definition into use: rules, questionnaire and classes in one transaction."""

from datetime import datetime

from django.db import transaction

from kaaring.kernel.refused import refuse
from kaaring.people.models import Organiser
from kaaring.programmes.actions import store_rules
from kaaring.programmes.definition import Definition, questionnaire
from kaaring.programmes.models import Edition, Rules
from kaaring.survey import rules as may
from kaaring.survey.models import CompetitionClass, Question, Questionnaire


@transaction.atomic
def store_definition(
    definition: Definition, organiser: Organiser, *, new_version_because: str = "", by: str, at: datetime
) -> Rules:
    """Create or update an edition as the definition says; return the version of its rules now in force."""
    rules = store_rules(definition, organiser, new_version_because=new_version_because, by=by, at=at)
    if definition.survey is not None:
        _store_questionnaire(rules, definition)
        _store_classes(rules.edition, definition)
    return rules


def _store_questionnaire(rules: Rules, definition: Definition) -> None:
    if rules.frozen_at is not None:
        return
    asked = questionnaire(definition)
    stored, _made = Questionnaire.objects.update_or_create(rules=rules, defaults={"unit": asked.unit})
    stored.questions.all().delete()
    Question.objects.bulk_create(
        Question(questionnaire=stored, code=question.code, position=position)
        for position, question in enumerate(asked.questions)
    )


def _store_classes(edition: Edition, definition: Definition) -> None:
    wanted = definition.survey.classes if definition.survey else ()
    gone = list(CompetitionClass.objects.filter(edition=edition).exclude(code__in=[one.code for one in wanted]))
    refuse(may.against_removing_classes(gone))
    for one in gone:
        one.delete()
    for position, one in enumerate(wanted):
        CompetitionClass.objects.update_or_create(
            edition=edition,
            code=one.code,
            defaults={"name": one.name, "minimum_participants": one.minimum_participants, "position": position},
        )
