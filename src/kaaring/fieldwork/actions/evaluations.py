"""Taking evaluations into an edition: computed first, then written in one short transaction."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.fieldwork.actions import writing
from kaaring.fieldwork.actions.writing import Place, Ready
from kaaring.fieldwork.models import Evaluation
from kaaring.fieldwork.queries import surroundings_of
from kaaring.fieldwork.spreadsheets import EvaluationRow, Examined, Surroundings, examine_evaluations
from kaaring.kernel.tables import Fault, Outcome, Source, raise_if_any
from kaaring.programmes.actions import freeze_rules
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of
from kaaring.survey.queries import questionnaire_in_force

TELL_EVERY = 100


def _tell_nobody(done: int, total: int) -> None:
    """Keep progress to oneself."""


class Difference(NamedTuple):
    """What of the rows is new, what replaces an evaluation at which place, and how many are there already."""

    new: list[Ready]
    changed: list[tuple[Place, Ready]]
    unchanged: int


def submit_evaluations(
    edition: Edition,
    rows: Iterable[EvaluationRow],
    *,
    by: str,
    at: datetime,
    source: Source = Source(),
    faults: Sequence[Fault] = (),
    dry_run: bool = False,
    progress: Callable[[int, int], None] = _tell_nobody,
) -> Outcome:
    """Store evaluations with their answers and points, and the enquiries that are not known yet.

    All or nothing: with any fault, found here or before in reading (``faults``), nothing is written and all
    are raised together. A row that was sent before is left as it is, reviewers' decisions included; one that
    differs replaces what was there. The first evaluation freezes the rules.
    """
    sent = list(rows)
    around = surroundings_of(edition)
    ready = _ready(sent, around, source.file, faults, progress)
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)
        if (now := surroundings_of(edition)) != around:
            around, ready = now, _ready(sent, now, source.file, faults, progress)
        difference = _difference(edition, ready)
        outcome = Outcome(
            created=len(difference.new),
            changed=len(difference.changed),
            unchanged=difference.unchanged,
            held=_held(difference),
            is_dry_run=dry_run,
        )
        if not dry_run and (outcome.created or outcome.changed):
            enquiries = _write(edition, difference, around, by=by, at=at)
            _record(edition, difference, enquiries, outcome, source, by=by, at=at)
    progress(len(sent), len(sent))
    return outcome


def _ready(
    sent: Sequence[EvaluationRow],
    around: Surroundings,
    file: str,
    known_faults: Sequence[Fault],
    progress: Callable[[int, int], None],
) -> list[Ready]:
    ready: list[Ready] = []
    faults = list(known_faults)
    for done, result in enumerate(examine_evaluations(sent, around, file=file)):
        if isinstance(result, Examined):
            ready.append(writing.made_ready(result))
        else:
            faults += result
        if done % TELL_EVERY == 0:
            progress(done, len(sent))
    raise_if_any(faults)
    return ready


def _difference(edition: Edition, ready: Sequence[Ready]) -> Difference:
    stored = {
        code: (key, public_id, enquiry, digest)
        for code, key, public_id, enquiry, digest in Evaluation.objects.filter(
            enquiry__edition=edition
        ).values_list("enquiry__code", "pk", "public_id", "enquiry_id", "digest")
    }
    difference = Difference([], [], sum(_is_stored(one, stored) for one in ready))
    for one in ready:
        if one.sent.enquiry not in stored:
            difference.new.append(one)
        elif not _is_stored(one, stored):
            key, public_id, enquiry, _digest = stored[one.sent.enquiry]
            difference.changed.append((Place(key, public_id, enquiry), one))
    return difference


def _is_stored(one: Ready, stored: dict[str, tuple[int, str, int, str]]) -> bool:
    return one.sent.enquiry in stored and stored[one.sent.enquiry][3] == one.digest


def _held(difference: Difference) -> tuple[str, ...]:
    written = [*difference.new, *(one for _place, one in difference.changed)]
    held = Evaluation.Review.HELD
    return tuple(one.sent.enquiry for one in written if one.scored.is_thin and one.review == held)


def _write(edition: Edition, difference: Difference, around: Surroundings, *, by: str, at: datetime) -> int:
    """Write what is new and what has changed; return how many enquiries were not known."""
    questionnaire = questionnaire_in_force(edition)
    freeze_rules(questionnaire.rules, by=by, at=at)
    enquiries = writing.write_enquiries(edition, difference.new, around)
    writing.remove_replaced([place.key for place, _one in difference.changed])
    places = writing.places_for(difference.new, enquiries)
    written = [*zip(places, difference.new, strict=True), *difference.changed]
    writing.note_shoppers([one for _place, one in written], around)
    questions = dict(questionnaire.questions.values_list("code", "pk"))
    writing.write_evaluations(written, questionnaire.pk, questions)
    return len(enquiries) - len(around.enquiries)


def _record(
    edition: Edition,
    difference: Difference,
    enquiries: int,
    outcome: Outcome,
    source: Source,
    *,
    by: str,
    at: datetime,
) -> None:
    details = {
        "created": outcome.created,
        "changed": sorted(one.sent.enquiry for _place, one in difference.changed),
        "unchanged": outcome.unchanged,
        "held": list(outcome.held),
        "enquiries_created": enquiries,
    }
    details |= source.as_details()
    record(chain_of(edition), "evaluations_submitted", str(edition), by=by, at=at, details=details)
