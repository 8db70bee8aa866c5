"""What was answered, in words."""

from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from kaaring.programmes.definition.schema import Definition
from kaaring.programmes.eligibility.amounts import amount
from kaaring.programmes.eligibility.facts import Answer
from kaaring.programmes.eligibility.names import Names, every, on_day


def answer_in_words(code: str, answer: Answer, definition: Definition) -> str:
    """Return an answer to a fact as people read it, in the reader's language."""
    names = Names(definition)
    fact = names.facts.get(code)
    if isinstance(answer, bool):
        return names.term("yes" if answer else "no")
    if isinstance(answer, Fraction):
        return amount(answer, fact.unit if fact else None, names)
    if isinstance(answer, date):
        return on_day(answer)
    if isinstance(answer, str):
        return names.option(code, answer) if fact is not None and fact.options else answer
    if fact is not None and fact.kind == "countries":
        return every(answer, names.country) if answer else _("none of these")
    return every(answer, lambda one: names.option(code, one)) if answer else _("none of these")
