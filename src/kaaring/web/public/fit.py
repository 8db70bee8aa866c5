"""Which categories fit me? A dozen questions, one at a time or all at once, and what comes of the answers.

Answers stand in the address and nowhere else, so that the page can be kept, shared and gone back to. What an
organiser has marked as protected (health, a date of birth) is never asked here, nor read if somebody puts it
into the address: addresses end up in logs and in other people's mail.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kaaring.kernel.text import Text, said
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Category
from kaaring.programmes.eligibility import (
    NONE,
    PARTIES,
    Fits,
    Question,
    Reading,
    Verdict,
    fits,
    option_in_words,
    question_in_words,
    questions,
    read,
)
from kaaring.programmes.eligibility.names import Names
from kaaring.web.public.kept import kept
from kaaring.web.public.rulebook import Book, around_book, book_at
from kaaring.web.public.shell import shown
from kaaring.web.public.wording import listed

ALL, ASK, ASKED, SKIP = "_all", "_ask", "_asked", "_skip"
"""What the address holds beside answers, whose codes never begin with a line below."""


class OptionShown(NamedTuple):
    """One answer to choose."""

    value: str
    name: str
    is_chosen: bool


class QuestionShown(NamedTuple):
    """A question as a field: what it is called, what can be chosen, what was typed, what is wrong with it."""

    code: str
    kind: str
    words: str
    hint: str
    options: list[OptionShown]
    value: str
    error: str


class AnswerShown(NamedTuple):
    """An answer that was given, and the address at which it can be changed."""

    words: str
    answer: str
    change: str


class Suggestion(NamedTuple):
    """A category beside the answers: why it fits or not, and what to do instead."""

    category: Category
    group: Text | None
    reasons: list[str]
    instead: list[str]
    redirects: list[Category]


class Together(NamedTuple):
    """Categories that do not fit for the same reasons."""

    reasons: list[str]
    suggestions: list[Suggestion]


class Found(NamedTuple):
    """Every category once, by how it stands beside the answers."""

    fitting: list[Suggestion]
    in_private: list[Suggestion]
    nearly: list[Suggestion]
    cannot_tell: list[Suggestion]
    not_fitting: list[Suggestion]

    @property
    def all_count(self) -> int:
        """How many categories there are."""
        return sum(len(group) for group in self)

    @property
    def for_others(self) -> list[Together]:
        """Those that do not fit, put together by their reasons, so that each reason is told once."""
        found: dict[tuple[str, ...], list[Suggestion]] = {}
        for one in self.not_fitting:
            found.setdefault(tuple(one.reasons), []).append(one)
        return [Together(list(reasons), together) for reasons, together in found.items()]


@dataclass(frozen=True)
class Asking:
    """The questions of an edition beside what somebody has answered."""

    book: Book
    asked: QueryDict
    questions: tuple[Question, ...]
    private: tuple[Question, ...]
    reading: Reading
    fits: Fits

    @property
    def definition(self) -> Definition:
        """The rules that are asked for."""
        return self.book.definition

    @property
    def answers(self) -> dict[str, list[str]]:
        """What was answered, by question, as it stands in the address."""
        typed = {one.code: [text for text in self.asked.getlist(one.code) if text] for one in self.questions}
        return {code: texts for code, texts in typed.items() if texts}

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong with answers, by question."""
        wrong = {fault.fact: str(fault) for fault in self.reading.faults}
        last = self.asked.get(ASKED, "")
        if last and last not in self.answers and last not in self.asked.getlist(SKIP):
            wrong[last] = _("Answer this, or pass over it for now.")
        return wrong

    @property
    def next_question(self) -> Question | None:
        """What to ask now: what somebody wants to change or got wrong, else what settles most."""
        wanted = [self.asked.get(ASK, ""), *self.errors]
        chosen = (one for one in self.questions if one.code in wanted)
        return next(chosen, self.fits.next_question)


@require_safe
@kept
def fit(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Ask, and show which categories fit what was answered so far, which nearly do, and which do not."""
    book = book_at(programme, edition)
    asking = asking_of(book, request.GET)
    found = found_by(asking)
    context = around_book(book, "fit") | {
        "found": found,
        "headline": _headline(found) if asking.answers else _nothing_told(found),
        "answers": _given(request, asking),
        "private": [question_in_words(one, book.definition) for one in asking.private],
        "carried": urlencode(asking.answers, doseq=True),
        "here": request.path,
        "is_all": ALL in request.GET,
        **_form(asking),
    }
    return shown(
        request,
        "public/fit.html",
        context,
        title=_("Which categories fit me?"),
        description=_("Answer a few questions and see which categories of %(edition)s fit.")
        % {"edition": book.edition.title},
    )


def asking_of(book: Book, asked: QueryDict) -> Asking:
    """Read answers from an address; protected questions are left out whatever stands there."""
    every = questions(book.definition)
    private = tuple(one for one in every if one.is_protected)
    public = tuple(one for one in every if not one.is_protected)
    raw = {one.code: asked.getlist(one.code) for one in public if one.code in asked}
    reading = read(raw, book.definition)
    skipping = {*asked.getlist(SKIP), *(one.code for one in private)}
    return Asking(
        book,
        asked,
        public,
        private,
        reading,
        fits(book.definition, reading.facts, year=book.year, skipping=skipping),
    )


def found_by(asking: Asking) -> Found:
    """Return every category once, by how it stands beside the answers."""
    found, show = asking.fits, _Showing(asking.definition)
    private = {one.code for one in asking.private}
    in_private = [one for one in found.cannot_tell if private.issuperset(one.missing)]
    return Found(
        [show.fitting(one) for one in found.fitting],
        [show.open(one) for one in in_private],
        [show.against(one) for one in found.nearly],
        [show.open(one) for one in found.cannot_tell if one not in in_private],
        [show.against(one, with_open=False) for one in found.not_fitting],
    )


class _Showing:
    """Puts verdicts into words."""

    def __init__(self, definition: Definition) -> None:
        self._groups = {group.code: group.name for group in definition.category_groups}
        self._categories = {one.code: one for one in definition.categories}
        self._asked = {one.code: one for one in questions(definition)}
        self._definition = definition

    def fitting(self, verdict: Verdict) -> Suggestion:
        """A category that fits: with what is still to be declared, and the parts of it that fit."""
        divisions = [verdict.divisions.reason] if verdict.divisions else []
        return self._suggestion(verdict, [*divisions, *(one.reason for one in verdict.awaiting)])

    def open(self, verdict: Verdict) -> Suggestion:
        """A category that cannot be told yet: which questions are open."""
        return self._suggestion(verdict, [self._open_questions(verdict)])

    def against(self, verdict: Verdict, *, with_open: bool = True) -> Suggestion:
        """A category that does not fit: why not, what is still open beside that, and where to go instead."""
        missing = [self._open_questions(verdict)] if with_open and verdict.missing else []
        return self._suggestion(verdict, [*verdict.first_obstacles, *missing])

    def _open_questions(self, verdict: Verdict) -> str:
        names = [question_in_words(self._asked[code], self._definition) for code in verdict.missing]
        return ngettext(
            "This is still to be answered: %(questions)s",
            "These are still to be answered: %(questions)s",
            len(names),
        ) % {"questions": " / ".join(names)}

    def _suggestion(self, verdict: Verdict, reasons: list[str]) -> Suggestion:
        category = verdict.category
        redirects = [self._categories[code] for code in verdict.redirects if code in self._categories]
        group = self._groups.get(category.group or "")
        return Suggestion(category, group, reasons, list(verdict.advice), redirects)


def _nothing_told(found: Found) -> str:
    return ngettext(
        "%(count)d category, and no answer yet.", "%(count)d categories, and no answer yet.", found.all_count
    ) % {"count": found.all_count}


def _headline(found: Found) -> str:
    """Say how many categories fit, nearly do, and hang on what is asked in private."""
    count = len(found.fitting)
    told = [
        ngettext(
            "You fit %(count)d of %(all)d categories.", "You fit %(count)d of %(all)d categories.", count
        )
        % {"count": count, "all": found.all_count}
    ]
    if found.in_private:
        told.append(
            ngettext(
                "%(count)d more depends only on what is asked in private.",
                "%(count)d more depend only on what is asked in private.",
                len(found.in_private),
            )
            % {"count": len(found.in_private)}
        )
    if found.nearly:
        told.append(
            ngettext(
                "Here is what is missing for %(count)d more.",
                "Here is what is missing for %(count)d more.",
                len(found.nearly),
            )
            % {"count": len(found.nearly)}
        )
    return " ".join(told)


def _form(asking: Asking) -> dict[str, Any]:
    """Return what is asked now, and what the form carries along unseen."""
    if ALL in asking.asked:
        return {"fields": [_field(asking, one) for one in asking.questions], "hidden": [(ALL, "1")]}
    current = asking.next_question
    if current is None:
        return {"fields": [], "hidden": []}
    kept_answers = [
        (code, text) for code, texts in asking.answers.items() if code != current.code for text in texts
    ]
    skipped = [(SKIP, code) for code in _skipped(asking) if code != current.code]
    return {
        "fields": [_field(asking, current)],
        "hidden": [*kept_answers, *skipped, (ASKED, current.code)],
        "skip": SKIP,
    }


def _skipped(asking: Asking) -> list[str]:
    """Return the questions that were passed over, each once."""
    known = {one.code for one in asking.questions}
    return [code for code in dict.fromkeys(asking.asked.getlist(SKIP)) if code in known]


def _field(asking: Asking, question: Question) -> QuestionShown:
    typed = asking.answers.get(question.code, [])
    return QuestionShown(
        question.code,
        question.kind,
        question_in_words(question, asking.definition),
        _hint(question, asking.definition),
        [OptionShown(value, name, value in typed) for value, name in _options(question, asking.definition)],
        " ".join(typed),
        asking.errors.get(question.code, ""),
    )


def _options(question: Question, definition: Definition) -> list[tuple[str, str]]:
    named = [(code, option_in_words(question, code, definition)) for code in question.options]
    if question.kind == "choices" and NONE not in question.options:
        nobody = _("Somebody else") if question.code == PARTIES else _("None of these")
        return [*named, (NONE, nobody)]
    return named


def _hint(question: Question, definition: Definition) -> str:
    fact = question.fact
    told = [said(fact.hint)] if fact is not None and fact.hint else []
    if fact is not None and fact.unit:
        told.append(_("Unit: %(unit)s.") % {"unit": Names(definition).term(fact.unit)})
    if question.kind == "choices":
        told.append(_("Choose all that fit."))
    if question.kind == "countries" and not question.options:
        told.append(_("Two letters for each country, such as NO, SE."))
    return " ".join(told)


def _given(request: HttpRequest, asking: Asking) -> list[AnswerShown]:
    """Return the answers that could be read, each with the way to change it."""
    rest = [(SKIP, code) for code in _skipped(asking)]
    typed = [(code, text) for code, texts in asking.answers.items() for text in texts]
    return [
        AnswerShown(
            question_in_words(one, asking.definition),
            _in_words(one, asking.answers[one.code], asking.definition),
            f"{request.path}?{urlencode([*typed, *rest, (ASK, one.code)])}",
        )
        for one in asking.questions
        if one.code in asking.answers and one.code not in asking.errors
    ]


def _in_words(question: Question, texts: Iterable[str], definition: Definition) -> str:
    names: Mapping[str, str] = dict(_options(question, definition))
    if names:
        return listed([names.get(text, text) for text in texts])
    day = _answered_day(question, definition, texts)
    return day or " ".join(texts)


def _answered_day(question: Question, definition: Definition, texts: Iterable[str]) -> str:
    day = read({question.code: list(texts)}, definition).facts.day(question.code)
    return date_format(day, "DATE_FORMAT") if day is not None else ""
