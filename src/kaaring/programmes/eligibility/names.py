"""What people call the things that rules name by a code: in the organiser's words where there are any."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kaaring.kernel.text import Text, said, words
from kaaring.programmes.definition.faults import quoted
from kaaring.programmes.definition.schema import Definition, Fact

_COMMON: dict[str, str | Promise] = {
    "yes": pgettext_lazy("answer", "yes"),
    "no": pgettext_lazy("answer", "no"),
    "client": pgettext_lazy("role", "client"),
    "contact_centre": pgettext_lazy("role", "contact centre"),
    "entrant": pgettext_lazy("role", "entrant"),
    "head": pgettext_lazy("role", "head"),
    "nominee": pgettext_lazy("role", "nominee"),
    "outsourcer": pgettext_lazy("role", "outsourcer"),
    "provider": pgettext_lazy("role", "service provider"),
    "vendor": pgettext_lazy("role", "vendor"),
}
_DECLARERS: dict[str, str | Promise] = {
    "client": pgettext_lazy("who declares", "the client"),
    "contact_centre": pgettext_lazy("who declares", "the contact centre"),
    "entrant": pgettext_lazy("who declares", "the entrant"),
    "head": pgettext_lazy("who declares", "the head"),
    "nominee": pgettext_lazy("who declares", "the nominee"),
    "outsourcer": pgettext_lazy("who declares", "the outsourcer"),
    "provider": pgettext_lazy("who declares", "the service provider"),
    "vendor": pgettext_lazy("who declares", "the vendor"),
}
SUBJECT_KINDS: dict[str, str | Promise] = {
    "person": gettext_lazy("a person"),
    "team": gettext_lazy("a team"),
    "department": gettext_lazy("a department"),
    "organisation": gettext_lazy("an organisation"),
    "project": gettext_lazy("a project"),
    "product": gettext_lazy("a product"),
    "partnership": gettext_lazy("a partnership"),
}


@dataclass(frozen=True, eq=False)
class Names:
    """The names in a definition, each in the reader's language at the time of asking."""

    definition: Definition

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """All facts by their code."""
        return {fact.code: fact for fact in self.definition.facts}

    @cached_property
    def categories(self) -> Mapping[str, Text]:
        """The name of each category by its code."""
        return {category.code: category.name for category in self.definition.categories}

    @cached_property
    def _terms(self) -> Mapping[str, Text]:
        return {term.code: term.name for term in self.definition.terms}

    @cached_property
    def _countries(self) -> Mapping[str, Text]:
        facts = [fact for fact in self.definition.facts if fact.kind == "countries"]
        return {option.code: option.name for fact in facts for option in fact.options}

    def fact(self, code: str) -> str:
        """Return what a fact is called, in short where it has such a name: reasons quote no questions."""
        fact = self.facts.get(code)
        return self.term(code) if fact is None else said(fact.short or fact.name)

    def question(self, code: str) -> str:
        """Return what a fact is called in full."""
        return said(self.facts[code].name) if code in self.facts else self.term(code)

    def category(self, code: str) -> str:
        """Return what a category is called, in quotation marks."""
        return quoted(said(self.categories[code]))

    def term(self, code: str) -> str:
        """Return the organiser's name for a code, or a common one, or the code itself."""
        if self._is_named(code):
            return said(self._terms[code])
        return str(_COMMON.get(code, code.replace("_", " ").replace("-", " ")))

    def role(self, code: str) -> str:
        """Return what a role is called, in quotation marks."""
        return quoted(self.term(code))

    def declarer(self, code: str) -> str:
        """Return who declares something, as it stands in a sentence: “the head”, or as the organiser says."""
        named = self.term(code)
        is_common = code in _DECLARERS and named.casefold() == str(_COMMON[code]).casefold()
        return str(_DECLARERS[code]) if is_common else named

    def _is_named(self, code: str) -> bool:
        """Say whether the organiser names it: in the reader's language, or where there is no common word."""
        if code not in self._terms:
            return False
        return code not in _COMMON or not words(self._terms[code]).is_fallback

    def option(self, fact: str, code: str) -> str:
        """Return what one answer to a fact is called."""
        options = self.facts[fact].options if fact in self.facts else ()
        named = {option.code: option.name for option in options}
        if code in named:
            return quoted(said(named[code]))
        return self.term(code) if code in {"yes", "no"} else quoted(self.term(code))

    def country(self, code: str) -> str:
        """Return what a country is called, as the terms or the options of a fact name it; or its code."""
        return said(self._countries[code]) if code in self._countries else self.term(code)

    def territory(self, code: str) -> str:
        """Return a named group of countries, and which they are."""
        members = self.definition.territories.get(code, ())
        return _("%(territory)s (%(countries)s)") % {
            "territory": quoted(self.term(code)),
            "countries": ", ".join(map(self.country, members)),
        }

    def is_protected(self, fact: str) -> bool:
        """Say whether an answer may be seen by few only."""
        return fact in self.facts and self.facts[fact].protected


def subject_kind(code: str) -> str:
    """Return what a kind of nominee is called: “a team”."""
    return str(SUBJECT_KINDS[code])


def sentence_case(words: str) -> str:
    """Return words with a capital in front, and the rest as it is.

    >>> sentence_case("the head of IT")
    'The head of IT'
    """
    return f"{words[:1].upper()}{words[1:]}"


def either(codes: Iterable[str], name: Callable[[str], str]) -> str:
    """Name several things of which one is enough: “A, B or C”."""
    *others, last = [name(code) for code in codes]
    if not others:
        return last
    return _("%(items)s or %(last)s") % {"items": ", ".join(others), "last": last}


def every(codes: Iterable[str], name: Callable[[str], str]) -> str:
    """Name several things together: “A, B and C”."""
    *others, last = [name(code) for code in codes]
    if not others:
        return last
    return _("%(items)s and %(last)s") % {"items": ", ".join(others), "last": last}


def one_stop(sentence: str) -> str:
    """Return a sentence without a second full stop, where its last word has one: a date that ends in “г.”.

    >>> one_stop("From 1 December 2026 г..")
    'From 1 December 2026 г.'
    """
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", sentence)


def on_day(day: date) -> str:
    """Return a day as people write it."""
    return date_format(day, "DATE_FORMAT")
