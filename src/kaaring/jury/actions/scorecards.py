"""Scorecards: saving a draft, making it final, making it a draft again."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kaaring.audit.actions import record
from kaaring.jury.models import Assignment, Mark, Reopening, Scorecard
from kaaring.jury.queries import marking
from kaaring.jury.queries import scorecards as queries
from kaaring.jury.rules import scorecards as may
from kaaring.jury.sheets import UNTOUCHED, Blank, Sheet, blank_of, sheet_of, worked_score
from kaaring.kernel.refused import Refused, refuse
from kaaring.people.queries import person_called
from kaaring.programmes.actions import freeze_rules
from kaaring.programmes.models import Edition, Rules
from kaaring.programmes.queries import chain_of, definition_of, definition_with_rules


class Held(NamedTuple):
    """An assignment that nobody else changes until this transaction ends, its scorecard, and its blank."""

    assignment: Assignment
    scorecard: Scorecard | None
    blank: Blank


def save_draft(assignment_id: int, sheet: Sheet, *, version: int, by: str, at: datetime) -> Scorecard:
    """Keep what a juror has filled in so far; the first scorecard of an edition freezes its rules.

    ``version`` is the one that was read, 0 where there was none. What is stored already is not stored twice.
    What was typed while the stage closed is kept too: a draft counts nowhere.
    """
    assignment = marking.assignments_to_mark().filter(pk=assignment_id)
    return save_as_read(assignment, lambda _blank: sheet, version=version, by=by, at=at).scorecard


class Kept(NamedTuple):
    """A draft as it was kept: whose, its scorecard, what stands on it, and the blank it was read with.

    ``late`` says, where the stage has closed, that it is kept and does not count.
    """

    assignment: Assignment
    scorecard: Scorecard
    sheet: Sheet
    blank: Blank
    late: Refused | None


@transaction.atomic
def save_as_read(
    assignments: QuerySet[Assignment],
    read: Callable[[Blank], Sheet],
    *,
    version: int,
    by: str,
    at: datetime,
) -> Kept:
    """Do the same for the one assignment among these, whose sheet is read once its blank is known.

    Saving happens at every pause in typing, and this way the assignment is fetched once. Raises
    ``Assignment.DoesNotExist`` where there is none.
    """
    held = _held(assignments, by=by, at=at)
    card, sheet = held.scorecard, read(held.blank)
    refuse(_against_writing(held, sheet, may.against_drafting, by=by, at=at))
    if card is None or card.draft != sheet.as_json():
        refuse(may.against_another_version(card, version))
        card = _keep_draft(held, sheet, by=by, at=at)
    late = may.against_a_late_draft(held.assignment, at=at)
    return Kept(held.assignment, card, sheet, held.blank, late)


@transaction.atomic
def submit_scorecard(assignment_id: int, sheet: Sheet, *, version: int, by: str, at: datetime) -> Scorecard:
    """Make a scorecard final: its marks count from now on, with the exact score they make."""
    held = _held(marking.assignments_to_mark().filter(pk=assignment_id), by=by, at=at)
    refuse(_against_writing(held, sheet, may.against_marking, by=by, at=at))
    refuse(may.against_another_version(held.scorecard, version))
    return _finish(held, sheet, by=by, at=at)


@transaction.atomic
def submit_together(sheets: Mapping[int, tuple[Sheet, int]], *, by: str, at: datetime) -> list[Scorecard]:
    """Make several scorecards of one juror final, all or none: a ranking, or points that are shared out.

    ``sheets`` has a sheet and the version that was read for each assignment.
    """
    list(_locked(marking.assignments_to_mark().filter(pk__in=sheets)))
    return [
        submit_scorecard(assignment_id, sheet, version=version, by=by, at=at)
        for assignment_id, (sheet, version) in sheets.items()
    ]


@transaction.atomic
def reopen_scorecard(scorecard_id: int, *, reason: str, by: str, at: datetime) -> Scorecard:
    """Make a final scorecard a draft again; what it was before is kept, with the reason."""
    cards = Scorecard.objects.select_for_update(of=("self",)).select_related(
        "assignment__stage__edition__programme__organiser", "assignment__entry", "assignment__juror"
    )
    card = cards.get(pk=scorecard_id)
    person = person_called(by)
    refuse(may.against_reopening(card, reason=reason, may_reopen=queries.may_reopen(card, person), at=at))
    keep_before(card, reason=reason.strip(), by=by, at=at)
    sheet = sheet_of(card)
    empty_out(card)
    card.submitted_at, card.draft = None, sheet.as_json()
    card.version, card.changed_at = card.version + 1, at
    card.save()
    edition = card.assignment.stage.edition
    _record(edition, "scorecard_reopened", card.assignment, by=by, at=at, why=reason.strip())
    return card


def _held(assignments: QuerySet[Assignment], *, by: str, at: datetime) -> Held:
    """Lock an assignment, and read its scorecard after that: one read with the lock may be the one before."""
    assignment = _locked(assignments).get()
    card = Scorecard.objects.filter(assignment=assignment).first()
    if card is not None:
        card.assignment = assignment
    return Held(assignment, card, _blank(assignment, by=by, at=at))


def _locked(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Lock the juror first and then the assignments in one order, as everybody does (``assigning``)."""
    return assignments.order_by("pk").select_for_update(of=("juror", "self"), no_key=True)


def _blank(assignment: Assignment, *, by: str, at: datetime) -> Blank:
    """Return the blank by the rules in force, which are frozen from here on."""
    definition, rules = definition_with_rules(assignment.stage.edition)
    if rules.frozen_at is None:
        freeze_rules(rules, by=by, at=at, why=_("The first scorecard has been started."))
        definition = definition_of(Rules.objects.get(pk=rules.pk))
    return blank_of(definition, assignment.stage.code, assignment.entry.category.code)


def _against_writing(
    held: Held, sheet: Sheet, rule: Callable[..., Refused | None], *, by: str, at: datetime
) -> Refused | None:
    assignment = held.assignment
    is_recused, is_calibration_due = marking.obstacles_of(assignment)
    return (
        may.against_another_hand(assignment, by=by)
        or may.against_changing_a_final(held.scorecard)
        or rule(
            assignment,
            is_recused=is_recused,
            is_calibration_due=is_calibration_due,
            at=at,
        )
        or may.against_sheet(sheet, held.blank)
    )


def _keep_draft(held: Held, sheet: Sheet, *, by: str, at: datetime) -> Scorecard:
    card = held.scorecard
    if card is None:
        return _started(held, sheet, by=by, at=at)
    card.draft, card.version, card.changed_at = sheet.as_json(), card.version + 1, at
    card.save(update_fields=["draft", "version", "changed_at"])
    return card


def _started(held: Held, sheet: Sheet, *, by: str, at: datetime) -> Scorecard:
    assignment = held.assignment
    card = Scorecard.objects.create(
        assignment=assignment,
        started_at=at,
        changed_at=at,
        draft=sheet.as_json(),
        entered_by="" if assignment.juror.user_id else by,
    )
    _record(assignment.stage.edition, "scorecard_started", assignment, by=by, at=at)
    return card


def _finish(held: Held, sheet: Sheet, *, by: str, at: datetime) -> Scorecard:
    refuse(may.against_incomplete(sheet, held.blank))
    refuse(_against_the_others(held, sheet))
    card = held.scorecard or _started(held, sheet, by=by, at=at)
    marks = fill_out(card, sheet, held.blank, at=at)
    card.save()
    Mark.objects.bulk_create(marks)
    details = as_details(card)
    _record(
        held.assignment.stage.edition, "scorecard_submitted", held.assignment, by=by, at=at, details=details
    )
    return card


def _against_the_others(held: Held, sheet: Sheet) -> Refused | None:
    """Compare a rank or points with those its juror has given already in the category."""
    rules: Mapping[str, Callable[[], Refused | None]] = {
        "ranking": lambda: may.against_a_taken_rank(sheet, marking.ranks_given(held.assignment)),
        "points": lambda: may.against_too_many_points(
            sheet, held.blank, marking.points_given(held.assignment)
        ),
    }
    rule = rules.get(held.blank.stage.mode)
    return rule() if rule and sheet.abstained is None else None


def fill_out(card: Scorecard, sheet: Sheet, blank: Blank, *, at: datetime) -> list[Mark]:
    """Put a complete sheet on a scorecard as final, with the score it makes; return its marks.

    Saving both is the caller's.
    """
    worked = worked_score(sheet, blank)
    card.score_of, card.score_in = worked.score.as_integer_ratio() if worked else (None, None)
    card.abstained = (sheet.abstained or "").strip()
    card.passes, card.rank, card.points = sheet.passes, sheet.rank, sheet.points
    card.comment, card.remark, card.note = sheet.comment.strip(), sheet.remark.strip(), sheet.note.strip()
    if card.abstained:
        card.passes = card.rank = card.points = None
    card.submitted_at, card.draft = at, {}
    card.version, card.changed_at = card.version + 1, at
    if card.abstained:
        return []
    filled = ((one.code, sheet.marks.get(one.code, UNTOUCHED)) for one in blank.criteria)
    return [
        Mark(
            scorecard=card,
            criterion=code,
            steps=one.steps,
            share=one.share,
            abstained=(one.abstained or "").strip(),
            comment=one.comment.strip(),
        )
        for code, one in filled
    ]


def keep_before(card: Scorecard, *, reason: str, by: str, at: datetime) -> Reopening:
    """Keep what stands on a final scorecard, before it is changed, with the reason for changing it."""
    before = sheet_of(card).as_json() | {"score": as_details(card)["score"]}
    before.pop("note", None)
    return Reopening.objects.create(scorecard=card, at=at, by=person_called(by), reason=reason, before=before)


def empty_out(card: Scorecard) -> None:
    """Take the marks and everything that stands in columns off a scorecard; saving it is the caller's."""
    card.marks.all().delete()
    card.score_of = card.score_in = None
    card.abstained = card.comment = card.remark = card.note = ""
    card.passes = card.rank = card.points = card.moderated = None


def as_details(card: Scorecard) -> dict[str, Any]:
    """Return what a final scorecard says, for the log: figures, no words that somebody wrote."""
    score = queries.score_of(card)
    said = {"passes": card.passes, "rank": card.rank, "points": card.points}
    marks = {mark.criterion: [mark.steps, mark.share] for mark in card.marks.all()}
    return {
        "marks": marks,
        "score": None if score is None else f"{score.numerator}/{score.denominator}",
        **{name: value for name, value in said.items() if value is not None},
        **({"abstained": True} if card.abstained else {}),
    }


def _record(
    edition: Edition,
    doing: str,
    assignment: Assignment,
    *,
    by: str,
    at: datetime,
    why: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    about = f"{assignment.stage.code}: {assignment.entry.code}, {assignment.juror.code}"
    record(chain_of(edition), doing, about, by=by, at=at, why=why, details=details)
