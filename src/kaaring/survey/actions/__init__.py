"""Everything that can happen to questionnaires, classes and participants."""

from kaaring.survey.actions.definitions import store_definition
from kaaring.survey.actions.invitations import accept_invitation, end_contact, invite_contact, name_contact
from kaaring.survey.actions.participants import (
    add_participant,
    add_participants,
    change_participant,
    remove_participant,
)

__all__ = [
    "accept_invitation",
    "add_participant",
    "add_participants",
    "change_participant",
    "end_contact",
    "invite_contact",
    "name_contact",
    "remove_participant",
    "store_definition",
]
