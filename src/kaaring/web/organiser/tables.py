"""Standings as organisers read them: lines with their drawing, in groups that cannot be told apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.kernel.figures import figure
from kaaring.kernel.text import said
from kaaring.results.queries import Band, Row, Standings
from kaaring.web.templatetags.kaaring import on_scale


class Drawing(TypedDict):
    """A score on the common scale: where its marks stand in the width; ``label`` says all of it in words."""

    label: str
    score: str
    low: str
    high: str
    class_mean: str
    mean: str


class Line(TypedDict):
    """A participant in the table, ready to be shown: a map, since templates read maps fastest.

    ``address`` is where its working is, ``of`` its class, ``interval`` what stands in place of a drawing.
    """

    place: int | None
    is_shared: bool
    address: str
    name: str
    of: str
    score: str
    why: str
    enquiries: int
    class_place: int | None
    class_is_shared: bool
    drawing: Drawing | None
    interval: str


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that stand alone, or under a note that they cannot be told apart."""

    note: str
    lines: Sequence[Line]


def groups_of(standings: Standings, *, is_drawn: bool) -> list[Group]:
    """Return the lines of a table, those of one band together; drawn where scores run from 0 to 100."""
    in_band = {key: band for band in standings.bands for key in band.participants}
    pen = Pen(standings, is_drawn=is_drawn)
    groups: list[tuple[Band | None, list[Line]]] = []
    for row in standings.rows:
        band = in_band.get(row.participant.pk)
        if band is None or not groups or groups[-1][0] is not band:
            groups.append((band, []))
        groups[-1][1].append(pen.line(row))
    return [Group("" if band is None else note_on(band, lines), lines) for band, lines in groups]


class Pen:
    """Writes and draws the lines of one table; what many lines say alike is put into words once."""

    def __init__(self, standings: Standings, *, is_drawn: bool) -> None:
        self._standings = standings
        self._is_drawn = is_drawn
        edition = standings.edition
        self._address = reverse("organiser:working", args=(edition.programme.slug, edition.slug, "-"))
        self._classes = _named(standings.rows)
        self._marks = {key: _marks(standings, score) for key, score in standings.class_means.items()}
        self._means = {key: on_scale(score) for key, score in standings.class_means.items()}
        self._mean = "" if standings.mean is None else on_scale(standings.mean)

    def line(self, row: Row) -> Line:
        """Return a row as a line."""
        who, score = row.participant, figure(row.score)
        drawing = self._drawn(row, row.score, score) if self._is_drawn and row.score is not None else None
        return Line(
            place=self._standings.place_of(row),
            is_shared=self._standings.is_shared(row),
            address=f"{self._address[:-2]}{who.code}/",
            name=who.name,
            of=self._classes[who.competition_class_id],
            score="" if row.score is None else score,
            why=row.why_text,
            enquiries=row.enquiries,
            class_place=row.class_place,
            class_is_shared=row.class_is_shared,
            drawing=drawing,
            interval="" if drawing or row.low is None else " – ".join(_ends(row)),
        )

    def _drawn(self, row: Row, score: Fraction, shown: str) -> Drawing:
        words = [_("%(name)s: %(score)s") % {"name": row.participant.name, "score": shown}]
        if row.low is not None:
            low, high = _ends(row)
            words.append(_("interval %(low)s to %(high)s") % {"low": low, "high": high})
        in_class = row.participant.competition_class_id
        return Drawing(
            label=", ".join([*words, self._marks[in_class]]),
            score=on_scale(score),
            low="" if row.low is None else on_scale(row.low),
            high="" if row.high is None else on_scale(row.high),
            class_mean=self._means[in_class],
            mean=self._mean,
        )


def _ends(row: Row) -> tuple[str, str]:
    """Return the ends of a row's interval as people read them."""
    return figure(Fraction(row.low or 0)), figure(Fraction(row.high or 0))


def _named(rows: Sequence[Row]) -> Mapping[int, str]:
    classes = {row.participant.competition_class_id: row.participant.competition_class for row in rows}
    return {key: said(one.name) for key, one in classes.items()}


def _marks(standings: Standings, class_mean: Fraction) -> str:
    """Say what the marks of the means show."""
    in_class = _("the class %(score)s") % {"score": figure(class_mean)}
    return ", ".join([in_class, _("all %(score)s") % {"score": figure(standings.mean)}])


def note_on(band: Band, lines: Sequence[Line]) -> str:
    """Say which places cannot be told apart, and with how many enquiries where all have the same number."""
    places = {"first": band.first, "last": band.last}
    if band.first == band.last:
        return _("Place %(first)d is shared and cannot be told apart") % places
    enquiries = {line["enquiries"] for line in lines}
    if len(enquiries) > 1:
        return _("Places %(first)d to %(last)d cannot be told apart") % places
    count = enquiries.pop()
    return ngettext(
        "Places %(first)d to %(last)d cannot be told apart with %(count)d enquiry each",
        "Places %(first)d to %(last)d cannot be told apart with %(count)d enquiries each",
        count,
    ) % {**places, "count": count}
