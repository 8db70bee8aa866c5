"""Protected answers: given, removed, read with a reason. Their values are never in the log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.entries.actions.holding import entries_of, grow, held_case
from kaaring.entries.models import Case, ProtectedFact
from kaaring.entries.queries.protected import may_read_protected, protected_questions
from kaaring.entries.rules import protected as may
from kaaring.entries.rules.cases import against_changing
from kaaring.kernel.refused import refuse
from kaaring.people.queries import person_called
from kaaring.programmes.eligibility import read
from kaaring.programmes.eligibility.facts import Answer, Raw, plain
from kaaring.programmes.queries import chain_of, definition_in_force

CHUNK = 200
PROTECTED = "protected"
"""What a case calls this part of it in ``changed_in``."""


@transaction.atomic
def give_protected(case_id: int, facts: Mapping[str, Raw], *, by: str, at: datetime) -> list[str]:
    """Keep protected answers, encrypted, and return which; an empty one leaves what is there as it is."""
    case = held_case(case_id)
    definition = definition_in_force(case.edition)
    asked = {question.code for question in protected_questions(case, definition)}
    refuse(against_changing(case, entries_of(case), at=at) or may.against_giving(facts, asked, definition))
    answers = read(facts, definition).facts.answers
    for code, answer in answers.items():
        given = {"value": _as_text(answer), "given_at": at, "given_by": person_called(by)}
        ProtectedFact.objects.update_or_create(case=case, fact=code, defaults=given)
    if answers:
        grow(case, PROTECTED, at=at)
        _tell(case, "protected_facts_given", by=by, at=at, facts=sorted(answers))
    return sorted(answers)


@transaction.atomic
def remove_protected(case_id: int, fact: str, *, by: str, at: datetime) -> None:
    """Delete a protected answer."""
    case = held_case(case_id)
    refuse(against_changing(case, entries_of(case), at=at))
    if forget_protected(case, fact, by=by, at=at):
        grow(case, PROTECTED, at=at)


def forget_protected(case: Case, *facts: str, by: str, at: datetime) -> bool:
    """Delete these protected answers, or all, in the transaction of what decided it; say if any was there."""
    kept = ProtectedFact.objects.filter(case=case, **({"fact__in": facts} if facts else {}))
    gone = sorted(kept.values_list("fact", flat=True))
    kept.delete()
    if gone:
        _tell(case, "protected_facts_removed", by=by, at=at, facts=gone)
    return bool(gone)


@transaction.atomic
def read_protected(case_id: int, *, reason: str, by: str, at: datetime) -> dict[str, str]:
    """Return the protected answers about a case by their code, and record who read them and why."""
    case = held_case(case_id)
    is_allowed = may_read_protected(case, person_called(by))
    refuse(may.against_reading(case, reason=reason, is_allowed=is_allowed))
    found = {each.fact: each.value for each in ProtectedFact.objects.filter(case=case).order_by("pk")}
    _tell(case, "protected_fact_read", by=by, at=at, why=reason.strip(), facts=sorted(found))
    return found


@transaction.atomic
def encrypt_again() -> int:
    """Encrypt every protected answer with the first of the keys, and return how many; the others can then go.

    What the answers say stays as it is and is told to nobody, so there is nothing to record.
    """
    kept = list(ProtectedFact.objects.select_for_update().order_by("pk"))
    ProtectedFact.objects.bulk_update(kept, ["value"], batch_size=CHUNK)
    return len(kept)


def _as_text(answer: Answer) -> str:
    """Return an answer as text that is read back to the same answer."""
    value = plain(answer)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(value) if isinstance(value, list) else str(value)


def _tell(case: Case, doing: str, *, by: str, at: datetime, why: str = "", **details: Any) -> None:
    record(chain_of(case.edition), doing, case.public_id, by=by, at=at, why=why, details=details)
