"""The conflicts of interest of a juror in words: with whom, of what kind, and how it is known."""

from typing import NamedTuple

from kaaring.jury.models import Juror
from kaaring.jury.queries.called import cases_called
from kaaring.jury.queries.recusals import in_force
from kaaring.programmes.definition import Definition


class Conflict(NamedTuple):
    """What a juror neither reads nor marks: the case, or whatever an organisation has a part in."""

    organisation: int | None
    about: str
    kind: str
    source: str


def conflicts_of(juror: Juror, definition: Definition) -> list[Conflict]:
    """Return the conflicts of interest that are noted for a juror."""
    noted = list(in_force(juror.edition).filter(juror=juror))
    names = cases_called([one.case for one in noted if one.case is not None], definition)
    return [
        Conflict(
            one.organisation_id,
            str(one.organisation) if one.organisation else names[one.case_id or 0],
            one.get_kind_display(),
            one.get_source_display(),
        )
        for one in noted
    ]
