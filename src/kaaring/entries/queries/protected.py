"""Protected answers: which are asked for, which are kept, and, where nothing else will do, what they say."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import QuerySet

from kaaring.entries.models import Case, Entry, ProtectedFact
from kaaring.people.models import User
from kaaring.people.queries import role_at
from kaaring.programmes.definition import Definition
from kaaring.programmes.eligibility import Question, answer_in_words, questions, read
from kaaring.programmes.eligibility.names import Names
from kaaring.programmes.queries import CHANGE, is_in_a_jury


class Told(NamedTuple):
    """A protected answer in words, beside what was asked."""

    fact: str
    question: str
    answer: str


def protected_questions(case: Case, definition: Definition) -> list[Question]:
    """Return what the rules of the categories that a case stands in ask of what is protected, and no more."""
    entered = set(Entry.objects.filter(case=case, withdrawn_at=None).values_list("category__code", flat=True))
    categories = tuple(one for one in definition.categories if one.code in entered)
    asking = definition.model_copy(update={"categories": categories})
    return [one for one in questions(asking) if one.is_protected]


def protected_facts_of(case: Case) -> QuerySet[ProtectedFact]:
    """Return which protected answers are kept about a case, without reading them."""
    return ProtectedFact.objects.filter(case=case).defer("value").select_related("given_by").order_by("pk")


def may_read_protected(case: Case, user: User | None) -> bool:
    """Say whether a person may read protected answers: owners and managers who are in no jury there."""
    if user is None or role_at(case.edition.programme.organiser, user) not in CHANGE:
        return False
    return not is_in_a_jury(user, case.edition)


def told_of(case: Case, definition: Definition) -> list[Told]:
    """Return the protected answers about a case in words.

    For whom they are about, on the nominee's own page; organisers come through ``actions.read_protected``,
    which records that they did.
    """
    kept = ProtectedFact.objects.filter(case=case).order_by("pk")
    return in_words({each.fact: each.value for each in kept}, definition)


def in_words(values: Mapping[str, str], definition: Definition) -> list[Told]:
    """Return protected answers in words; one that the rules no longer ask for stands as it was given."""
    answers, names = read(values, definition).facts.answers, Names(definition)
    return [
        Told(
            code,
            names.fact(code),
            answer_in_words(code, answers[code], definition) if code in answers else value,
        )
        for code, value in values.items()
    ]
