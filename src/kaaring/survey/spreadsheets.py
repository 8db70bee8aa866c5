"""The spreadsheet of participants."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from kaaring.kernel.tables import Cells, Fault, Table
from kaaring.survey.models import Participant

COLUMNS = ("participant", "name", "class", "channels")
OPTIONAL = ("name_en", "contact_email", "phone", "email", "chat_url")

_is_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """One participant as a spreadsheet, a page or a program gives it; ``class_code`` names its class."""

    code: str
    name: str
    class_code: str
    channels: tuple[str, ...]
    name_en: str = ""
    contact_email: str = ""
    phone: str = ""
    email: str = ""
    chat_url: str = ""


@dataclass(frozen=True, slots=True)
class ParticipantSurroundings:
    """What participants are checked against: the edition's class codes, its channels, and, per participant
    known already, the channels on which it has enquiries."""

    classes: Mapping[str, int]
    channels: tuple[str, ...]
    enquired_on: Mapping[str, frozenset[str]]


def read_participants(
    table: Table, around: ParticipantSurroundings
) -> tuple[list[ParticipantRow], list[Fault]]:
    """Return the rows of the spreadsheet and everything that is wrong with it."""
    cells = Cells(table, required=COLUMNS, optional=OPTIONAL)
    seen: dict[str, int] = {}
    rows = []
    for _row in cells.rows():
        rows.append(_read(cells, around))
        cells.once("participant", rows[-1].code, seen)
    return rows, cells.faults


def _read(cells: Cells, around: ParticipantSurroundings) -> ParticipantRow:
    code = cells.code("participant")
    class_code = cells.required("class")
    cells.one_of("class", class_code, around.classes)
    return ParticipantRow(
        code=code,
        name=cells.required("name", longest=120),
        class_code=class_code,
        channels=_channels(cells, around, code),
        name_en=cells.text("name_en", longest=120),
        contact_email=cells.email("contact_email"),
        phone=cells.text("phone", longest=40),
        email=cells.email("email"),
        chat_url=_chat_url(cells),
    )


def _channels(cells: Cells, around: ParticipantSurroundings, code: str) -> tuple[str, ...]:
    cells.required("channels")
    channels = cells.several("channels", around.channels)
    lost = sorted(around.enquired_on.get(code, frozenset()) - set(channels))
    if lost:
        what = _("%(participant)s has enquiries on %(channels)s already.")
        values = {"participant": code, "channels": ", ".join(lost)}
        cells.fault("channels", cells.text("channels"), what % values, _("Keep these channels in the cell."))
    return channels


def _chat_url(cells: Cells) -> str:
    value = cells.text("chat_url", longest=200)
    try:
        if value:
            _is_address(value)
    except ValidationError:
        what = _("“%(value)s” is not the address of a page.") % {"value": value}
        cells.fault(
            "chat_url", value, what, _("Write it whole, beginning with https://, or leave the cell empty.")
        )
    return value


def participant_cells(participant: Participant) -> tuple[str, ...]:
    """Return a participant as the cells it is read from."""
    return (
        participant.code,
        participant.name,
        participant.competition_class.code,
        " ".join(participant.channels),
        participant.name_en,
        participant.contact_email,
        participant.phone,
        participant.email,
        participant.chat_url,
    )
