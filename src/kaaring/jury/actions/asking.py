"""A juror asks the organiser about an entry, and gets an answer that all who mark it read."""

from datetime import datetime

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.jury.models import Query
from kaaring.jury.queries.marking import assignments_to_mark, obstacles_of
from kaaring.jury.queries.scorecards import may_run
from kaaring.jury.rules import asking as may
from kaaring.kernel.refused import refuse
from kaaring.people.queries import person_called
from kaaring.programmes.queries import chain_of


@transaction.atomic
def ask_organiser(assignment_id: int, text: str, *, by: str, at: datetime) -> Query:
    """Ask the organiser something about an entry."""
    assignment = assignments_to_mark().select_for_update(of=("self",)).get(pk=assignment_id)
    is_recused = obstacles_of(assignment).is_recused
    waiting = Query.objects.filter(assignment=assignment, answered_at=None).count()
    refuse(may.against_asking(assignment, text, waiting=waiting, is_recused=is_recused, by=by, at=at))
    query = Query.objects.create(assignment=assignment, text=text.strip(), asked_at=at)
    _record(query, "juror_asked", by=by, at=at)
    return query


@transaction.atomic
def answer_query(query_id: int, answer: str, *, by: str, at: datetime) -> Query:
    """Answer a juror; everybody who marks the entry reads question and answer."""
    queries = Query.objects.select_for_update(of=("self",)).select_related(
        "assignment__stage__edition__programme__organiser", "assignment__entry", "assignment__juror"
    )
    query = queries.get(pk=query_id)
    person = person_called(by)
    organiser = query.assignment.stage.edition.programme.organiser
    refuse(may.against_answering(query, answer, may_change=may_run(organiser, person)))
    query.answer, query.answered_at, query.answered_by = answer.strip(), at, person
    query.save(update_fields=["answer", "answered_at", "answered_by"])
    _record(query, "juror_answered", by=by, at=at)
    return query


def _record(query: Query, doing: str, *, by: str, at: datetime) -> None:
    assignment = query.assignment
    about = f"{assignment.entry.code}, {assignment.juror.code}"
    record(chain_of(assignment.stage.edition), doing, about, by=by, at=at, details={"query": query.public_id})
