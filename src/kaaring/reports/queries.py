"""Which publication reports are made of, and for whom."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.results.models import Run
from kaaring.results.queries.runs import current_run
from kaaring.survey.models import Participant
from kaaring.survey.queries import participants_of


def reported_run(edition: Edition) -> Run:
    """Return the publication that an edition's reports rest on; refuses before there is one."""
    run = current_run(edition)
    if run is None:
        reason = _("The results of %(edition)s are not published yet. Publish them, then make the reports.")
        raise Refused("not_published", reason % {"edition": edition})
    return run


def reported_on(run: Run) -> QuerySet[Participant]:
    """Return the participants that a run has lines for, by code."""
    return (
        participants_of(run.edition)
        .select_related("competition_class", "edition")
        .filter(lines__run=run, lines__measure="total")
        .order_by("code")
    )


def participant_in(run: Run, code: str) -> Participant:
    """Return a participant of a run by its code; refuses an unknown one."""
    found = reported_on(run).filter(code=code).first()
    if found is None:
        reason = _("There is no participant “%(code)s” in the published results of %(edition)s.")
        raise Refused("unknown_participant", reason % {"code": code, "edition": run.edition})
    return found
