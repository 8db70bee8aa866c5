"""What is left of a jury's results for somebody to whom contests are closed."""

from collections.abc import Iterable

from kaaring.jury.queries.closed import Closed
from kaaring.programmes.models import Award
from kaaring.results.queries.juried.standings import EntryStandings


def open_tables(tables: Iterable[EntryStandings], closed: Closed) -> list[EntryStandings]:
    """Return the tables of all contests but those."""
    return [one for one in tables if not closed.covers(*one.contest.key)]


def is_closed(award: Award, closed: Closed) -> bool:
    """Say whether an award is given in one of them."""
    return closed.covers(award.category, award.division)
