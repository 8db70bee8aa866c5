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
    refuse(may.against_points_too_fine(asked))
    stored, _made = Questionnaire.objects.update_or_create(rules=rules, defaults={"unit": asked.unit})
    stored.questions.all().delete()
    Question.objects.bulk_create(
        Question(questionnaire=stored, code=question.code, position=position)
        for position, question in enumerate(asked.questions)
    )


def _store_classes(edition: Edition, definition: Definition) -> None:
    wanted = definition.survey.classes if definition.survey else ()
    codes = [one.code for one in wanted]
    gone = list(CompetitionClass.objects.filter(edition=edition).exclude(code__in=codes))
    refuse(may.against_removing_classes(gone))
    CompetitionClass.objects.filter(pk__in=[one.pk for one in gone]).delete()
    for position, defined in enumerate(wanted):
        minimum = defined.minimum_participants
        CompetitionClass.objects.update_or_create(
            edition=edition,
            code=defined.code,
            defaults={"name": defined.name, "minimum_participants": minimum, "position": position},
        )
