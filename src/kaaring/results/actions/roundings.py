"""Publishing who leads the classes half-way, and withdrawing it."""

from datetime import date, datetime

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.kernel.figures import local
from kaaring.kernel.refused import refuse
from kaaring.people.queries import person_called
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of
from kaaring.results.models import Rounding, RoundingLeader
from kaaring.results.queries.roundings import leaders_at, rounding_of
from kaaring.results.rules import roundings as may


def publish_rounding(edition: Edition, until: date, *, because: str = "", by: str, at: datetime) -> Rounding:
    """Show who leads each class at the end of a day, without scores.

    It takes the place of an earlier rounding, for which a reason must be given.
    """
    leaders = leaders_at(edition, until)
    with transaction.atomic():
        locked = Edition.objects.select_for_update().select_related("programme").get(pk=edition.pk)
        published = rounding_of(locked)
        today = local(at, locked.timezone).date()
        refuse(
            may.against_publishing_rounding(
                published, until=until, today=today, leading=len(leaders), because=because
            )
        )
        if published is not None:
            published.delete()
        rounding = Rounding.objects.create(
            edition=locked, until=until, published_at=at, published_by=person_called(by)
        )
        RoundingLeader.objects.bulk_create(
            RoundingLeader(
                rounding=rounding,
                competition_class_id=leader.participant.competition_class_id,
                participant=leader.participant,
            )
            for leader in leaders
        )
        record(
            chain_of(locked),
            "rounding_published" if published is None else "rounding_replaced",
            str(rounding),
            by=by,
            at=at,
            why=because.strip(),
            details={"until": until.isoformat(), "leaders": [leader.participant.code for leader in leaders]},
        )
    return rounding


@transaction.atomic
def withdraw_rounding(edition: Edition, *, reason: str, by: str, at: datetime) -> None:
    """Show the rounding no more; that it was shown, and why no longer, stays in the log."""
    locked = Edition.objects.select_for_update().select_related("programme").get(pk=edition.pk)
    published = rounding_of(locked)
    refuse(may.against_withdrawing_rounding(published, reason=reason))
    Rounding.objects.filter(edition=locked).delete()
    record(chain_of(locked), "rounding_withdrawn", f"{locked}, rounding", by=by, at=at, why=reason.strip())
