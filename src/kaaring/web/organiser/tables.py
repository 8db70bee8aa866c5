"""Standings as organisers read them: lines with their drawing, in groups that cannot be told apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.results.queries import Band, Row, Standings
from kaaring.web.drawings import Mark


@dataclass(frozen=True, slots=True)
class Line:
    """A participant in the table: where its working is, its place, and the drawing of its score if any."""

    row: Row
    address: str
    place: int | None
    is_shared: bool
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that stand alone, or under a note that they cannot be told apart."""

    note: str
    lines: Sequence[Line]


def groups_of(standings: Standings, *, is_drawn: bool) -> list[Group]:
    """Return the lines of a table, those of one band together; drawn where scores run from 0 to 100."""
    in_band = {key: band for band in standings.bands for key in band.participants}
    groups: list[tuple[Band | None, list[Line]]] = []
    for row in standings.rows:
        band = in_band.get(row.participant.pk)
        if band is None or not groups or groups[-1][0] is not band:
            groups.append((band, []))
        groups[-1][1].append(_line(standings, row, is_drawn=is_drawn))
    return [Group("" if band is None else note_on(band, lines), lines) for band, lines in groups]


def _line(standings: Standings, row: Row, *, is_drawn: bool) -> Line:
    mark = None
    if is_drawn and row.score is not None:
        class_mean = standings.class_means.get(row.participant.competition_class_id)
        mark = Mark(row.participant.name, row.score, row.low, row.high, class_mean, standings.mean)
    edition = standings.edition
    address = reverse("organiser:working", args=(edition.programme.slug, edition.slug, row.participant.code))
    return Line(row, address, standings.place_of(row), standings.is_shared(row), mark)


def note_on(band: Band, lines: Sequence[Line]) -> str:
    """Say which places cannot be told apart, and with how many enquiries where all have the same number."""
    places = {"first": band.first, "last": band.last}
    if band.first == band.last:
        return _("Place %(first)d is shared and cannot be told apart") % places
    enquiries = {line.row.enquiries for line in lines}
    if len(enquiries) > 1:
        return _("Places %(first)d to %(last)d cannot be told apart") % places
    count = enquiries.pop()
    return ngettext(
        "Places %(first)d to %(last)d cannot be told apart with %(count)d enquiry each",
        "Places %(first)d to %(last)d cannot be told apart with %(count)d enquiries each",
        count,
    ) % {**places, "count": count}
