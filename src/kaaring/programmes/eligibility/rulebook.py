"""The rules of a category in plain words, each beside the organiser's own."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaaring.kernel.text import Text
from kaaring.programmes.definition.schema import Category, Definition
from kaaring.programmes.definition.schema.eligibility import AllOfRule, AnyOfRule, Rule, SizeRule, SubjectRule
from kaaring.programmes.eligibility.findings import redirect_of
from kaaring.programmes.eligibility.lengths import reference_year
from kaaring.programmes.eligibility.names import Names, one_stop, sentence_case
from kaaring.programmes.eligibility.wanted import demand


@dataclass(frozen=True, slots=True)
class Line:
    """One rule: its key as in findings, a sentence, what to do instead, the organiser's own wording.

    ``redirect`` is the code of the category that one is sent to instead.
    """

    key: str
    sentence: str
    instead: str = ""
    wording: Text | None = None
    of: tuple["Line", ...] = ()
    redirect: str | None = None


def rule_in_words(rule: Rule, definition: Definition, *, year: int) -> str:
    """Return a rule as one sentence in the reader's language.

    ``year`` is that of reference days without one, where the definition announces no period for entries.
    """
    return _sentence(demand(rule, Names(definition), reference_year(definition, otherwise=year)))


def rulebook(category: Category, definition: Definition, *, year: int) -> tuple[Line, ...]:
    """Return the rules of a category for everybody to read: what is entered, then each rule in order.

    A rule that itself says what is entered stands for the first line.
    """
    names = Names(definition)
    year = reference_year(definition, otherwise=year)
    subject = SubjectRule(rule="subject", kinds=category.subject)
    says_so = any(
        isinstance(rule, SubjectRule) and rule.kinds == subject.kinds for rule in category.eligibility
    )
    return (
        *([] if says_so else [_line(subject, "subject", names, year)]),
        *(
            _line(rule, f"eligibility/{place}", names, year)
            for place, rule in enumerate(category.eligibility)
        ),
        *(
            _line(division.rule, f"divisions/{place}", names, year)
            for place, division in enumerate(category.divisions)
        ),
    )


def _line(rule: Rule, key: str, names: Names, year: int) -> Line:
    if isinstance(rule, AnyOfRule | AllOfRule):
        sentence = _HEADS[rule.rule]()
        inner = tuple(_line(one, f"{key}/of/{place}", names, year) for place, one in enumerate(rule.of))
    else:
        sentence, inner = _sentence(demand(rule, names, year)), ()
    code = redirect_of(rule)
    redirect = code if code in names.categories else None
    return Line(key, sentence, _instead(rule, redirect, names), rule.wording, inner, redirect)


_HEADS = {
    "any_of": lambda: _("One of these must hold:"),
    "all_of": lambda: _("All of these must hold:"),
}


def _sentence(words: str) -> str:
    return one_stop(f"{sentence_case(words)}.")


def _instead(rule: Rule, redirect: str | None, names: Names) -> str:
    """Return what one does whom the rule keeps out."""
    told = []
    if isinstance(rule, SizeRule) and rule.split:
        told.append(_("What is larger may be entered in parts."))
    if redirect is not None:
        told.append(_("Otherwise enter %(category)s.") % {"category": names.category(redirect)})
    return " ".join(told)
