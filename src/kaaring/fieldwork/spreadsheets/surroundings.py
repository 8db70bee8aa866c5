"""What the rows of a spreadsheet are checked against: the edition as it stands in the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from kaaring.scoring import Questionnaire


@dataclass(frozen=True, slots=True)
class KnownParticipant:
    """A participant's row number and the channels it has."""

    key: int
    channels: frozenset[str]


@dataclass(frozen=True, slots=True)
class KnownEnquiry:
    """What an enquiry is about, and whether it has been evaluated."""

    key: int
    participant: str
    channel: str
    shopper: str
    is_evaluated: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """An edition's codes: participants, shoppers, enquiries, the channels with their most attempts, the areas
    that may have a comment, and the questionnaire in force."""

    timezone: ZoneInfo
    channels: Mapping[str, int]
    comment_areas: tuple[str, ...]
    questionnaire: Questionnaire
    participants: Mapping[str, KnownParticipant]
    shoppers: Mapping[str, int]
    enquiries: Mapping[str, KnownEnquiry]
