"""The rounding that is published, and who would lead at the end of a day."""

from datetime import date

from kaaring.programmes.models import Edition
from kaaring.results.models import Rounding
from kaaring.results.queries.live import standings
from kaaring.results.queries.tables import Row


def rounding_of(edition: Edition) -> Rounding | None:
    """Return the published rounding with its leaders, None where none is published."""
    return (
        Rounding.objects.filter(edition=edition)
        .prefetch_related("leaders__competition_class", "leaders__participant")
        .select_related("published_by")
        .first()
    )


def leaders_at(edition: Edition, until: date) -> list[Row]:
    """Return who leads each class at the end of a day, in the order of the classes; several where shared."""
    leaders = [row for row in standings(edition, until=until).rows if row.class_place == 1]
    return sorted(leaders, key=lambda row: (row.participant.competition_class.position, row.participant.name))
