"""What the address carries along when a case is started: answers given before, and a category."""

from datetime import datetime
from typing import NamedTuple

from django.http import QueryDict

from kaaring.entries import actions
from kaaring.entries.actions import CaseChanges
from kaaring.entries.models import Case
from kaaring.programmes.definition import Definition
from kaaring.programmes.eligibility import questions, read

CATEGORY = "category"


class Carried(NamedTuple):
    """Answers that can be read, the category to enter if any, and both as they stand in an address."""

    changes: CaseChanges
    category: str
    answer_count: int
    query: str


def carried_in(asked: QueryDict, definition: Definition) -> Carried:
    """Return what an address carries along. Protected answers never come that way and are not read."""
    open_codes = {one.code for one in questions(definition) if not one.is_protected}
    raw = {code: asked.getlist(code) for code in asked if code in open_codes}
    facts = read(raw, definition).facts
    answers = {code: raw[code] for code in facts.answers}
    category = asked.get(CATEGORY, "")
    known = category if category in {one.code for one in definition.categories} else ""
    count = len(answers) + (facts.subject is not None)
    return Carried(CaseChanges(subject=facts.subject, facts=answers), known, count, _query(raw, known))


def _query(raw: dict[str, list[str]], category: str) -> str:
    query = QueryDict(mutable=True)
    for code, texts in raw.items():
        query.setlist(code, texts)
    if category:
        query[CATEGORY] = category
    return query.urlencode()


def take_in(case: Case, carried: Carried, *, by: str, at: datetime) -> None:
    """Store what came along in the case that was started, and enter its category."""
    if carried.answer_count:
        actions.change_case(case.pk, carried.changes, version=case.version, by=by, at=at)
    if carried.category:
        actions.enter(case.pk, carried.category, by=by, at=at)
