"""Entries' scores as the overview shows them: lines of plain words and numbers, since there can be 1,000."""

from collections.abc import Iterable, Mapping, Sequence, Set
from fractions import Fraction
from html import escape
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import get_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kaaring.kernel.figures import figure
from kaaring.results.queries.juried import EntryRow, EntryStandings

WIDTH = 200
"""How many units wide the strip of dots is drawn."""
ROW = (
    '<tr role="row"><td role="cell" class="lead">%s</td><th role="rowheader" scope="row" class="lead">'
    '<a href="%s">%s</a> <small>%s%s</small></th><td role="cell" class="num lead score">%s</td>'
    '<td role="cell" class="wide">%s</td><td role="cell" class="num" data-label="%s">%s</td></tr>'
)
SPREAD = (
    '<svg class="spread" viewBox="0 0 200 16" role="img" aria-label="%s">'
    '<path d="M0 8H200"/><path d="%s"/></svg>'
)
NO_PLACE = '<span class="place"><span aria-hidden="true">–</span><span class="hide">%s</span></span>'


class Line(NamedTuple):
    """An entry in the overview; ``dots`` is a path, one dot a juror's score, and ``spread`` says it in words.

    ``note`` says why there is no place, or that the first place hangs by a mark.
    """

    place: int | None
    is_shared: bool
    address: str
    code: str
    title: str
    organisation: str
    score: str
    dots: str
    spread: str
    done: int
    assigned: int
    note: str


class Group(NamedTuple):
    """The lines of a contest under its name; of all contests where they are ordered by score.

    ``rows`` are the lines as rows of the table, written here: a template takes ten times as long for 1,000.
    """

    name: str
    lines: Sequence[Line]
    rows: SafeString


class Pen:
    """Writes the lines of an overview; what many of them say alike is put into words once."""

    def __init__(self, arguments: Sequence[str], assigned: Mapping[int, int], close: Set[int]) -> None:
        self._address = reverse("organiser:entry_scores", args=(*arguments, "-"))[:-2]
        self._assigned = assigned
        self._close = close
        self._point = get_format("DECIMAL_SEPARATOR")
        self._from_to = _("Jurors' scores from %(low)s to %(high)s")
        self._hangs = _("One mark would change who is first.")
        self._cards, self._shared = escape(_("Scorecards")), escape(_("shared"))
        self._no_place = NO_PLACE % escape(_("no place"))

    def group(self, name: str, rows: Iterable[EntryRow]) -> Group:
        """Return entries with their lines under a name."""
        lines = [self.line(row) for row in rows]
        return Group(name, lines, SafeString("\n".join([self._written(line) for line in lines])))

    def _written(self, line: Line) -> str:
        note = f"<br>{escape(line.note)}" if line.note else ""
        return ROW % (
            self._placed(line.place, line.is_shared),
            line.address,
            escape(f"{line.code} {line.title}"),
            escape(line.organisation),
            note,
            line.score,
            SPREAD % (escape(line.spread), line.dots) if line.dots else "",
            self._cards,
            f"{line.done}/{line.assigned}" if line.assigned else line.done,
        )

    def _placed(self, place: int | None, is_shared: bool) -> str:
        if place is None:
            return self._no_place
        first = " place-1" if place == 1 else ""
        shared = f' place-shared" data-shared="{self._shared}' if is_shared else ""
        return f'<span class="place{first}{shared}">{place}</span>'

    def line(self, row: EntryRow) -> Line:
        """Return an entry's line."""
        entry = row.entry
        given = sorted(_tenths(one.above or 0, one.below) for one in row.given if one.below)
        score = row.score
        shown = self._shown(_tenths(score.numerator, score.denominator)) if score is not None else ""
        return Line(
            row.place,
            row.is_shared,
            f"{self._address}{entry.public_id}/",
            entry.code,
            entry.title,
            entry.organisation,
            shown or (figure(row.value, decimals=0) if row.value is not None else ""),
            "".join([f"M{tenths * WIDTH // 1000} 8h0" for tenths in given]),
            self._from_to % {"low": self._shown(given[0]), "high": self._shown(given[-1])} if given else "",
            len(row.given) or row.scorecards,
            self._assigned.get(entry.pk, 0),
            row.why_text if row.why else self._hangs if entry.pk in self._close else "",
        )

    def _shown(self, tenths: int) -> str:
        return f"{tenths // 10}{self._point}{tenths % 10}"


def _tenths(above: int, below: int) -> int:
    """Return a score in tenths, rounded half up as figures are."""
    return (20 * above + below) // (2 * below)


def by_score(tables: Sequence[EntryStandings]) -> list[EntryRow]:
    """Return the entries of all contests by their scores, those without one last."""
    rows = [row for table in tables for row in table.rows]
    return sorted(rows, key=lambda row: (row.score is None, -(row.score or Fraction(0)), row.entry.code))
