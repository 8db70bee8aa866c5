"""Who competes in an edition, in which classes, under which rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from kaaring.programmes.definition.schema import Definition, Scoring
from kaaring.programmes.models import Edition, Rules
from kaaring.programmes.queries import definition_of, rules_in_force
from kaaring.survey.models import CompetitionClass, Participant

SHOWN = ("edition_id", "competition_class_id", "code", "name", "name_en")


@dataclass(frozen=True, slots=True)
class Contest:
    """An edition with its rules in force, its participants and its classes by primary key.

    Read once, used for many measures.
    """

    edition: Edition
    rules: Rules
    definition: Definition
    scoring: Scoring
    participants: Mapping[int, Participant]
    classes: Mapping[int, CompetitionClass]

    def class_coded(self, code: str) -> CompetitionClass | None:
        """Return the class with this code, None where there is none."""
        return next((one for one in self.classes.values() if one.code == code), None)


def contest_of(edition: Edition) -> Contest:
    """Return who competes in an edition under the rules in force."""
    rules = rules_in_force(edition)
    definition = definition_of(rules)
    classes = {one.pk: one for one in CompetitionClass.objects.filter(edition=edition).order_by("position")}
    participants = {
        one.pk: one for one in Participant.objects.filter(edition=edition).only(*SHOWN).order_by("name", "pk")
    }
    for participant in participants.values():
        participant.edition = edition
        participant.competition_class = classes[participant.competition_class_id]
    return Contest(edition, rules, definition, scoring_of(definition), participants, classes)


def scoring_of(definition: Definition) -> Scoring:
    """Return how scores come about; where nothing is measured, how they would by default."""
    return definition.survey.scoring if definition.survey else Scoring()
