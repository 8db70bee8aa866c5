"""Everything that can happen to questionnaires, classes and participants."""

from kaaring.survey.actions.definitions import store_definition
from kaaring.survey.actions.participants import add_participants

__all__ = ["add_participants", "store_definition"]
