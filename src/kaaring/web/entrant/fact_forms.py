"""The questions of an edition's rules as a form, each as its kind."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from kaaring.entries.models import Case
from kaaring.kernel.text import said
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Fact
from kaaring.programmes.eligibility import (
    COUNTRIES_OF,
    NONE,
    PARTIES,
    SUBJECT,
    Question,
    codes_asked,
    option_in_words,
    question_in_words,
    questions,
    read,
)
from kaaring.programmes.eligibility.facts import Raw
from kaaring.programmes.eligibility.names import Names
from kaaring.web.entrant.forms import NOT_SAID


def asked_of_case(definition: Definition, case: Case) -> list[Question]:
    """Return what those who write a case are asked: nothing protected, nothing that a partner answers."""
    own = {party.role for party in case.parties.all() if party.organisation_id == case.organisation_id}
    others = {party.role for party in case.parties.all()} - own
    return [one for one in _open_questions(definition) if _party_of(one) not in others or not _party_of(one)]


def needed_for(definition: Definition, case: Case, entered: Collection[str]) -> frozenset[str]:
    """Return what the rules ask of a case: those of the categories it is in, and of those for what it is."""
    possible = [
        one
        for one in definition.categories
        if one.code in entered or not case.subject or case.subject in one.subject
    ]
    return codes_asked(possible, definition)


def asked_of_party(definition: Definition, role: str) -> list[Question]:
    """Return what a partner in a role is asked about itself."""
    return [one for one in _open_questions(definition) if role and _party_of(one) == role]


def protected_facts(definition: Definition) -> list[Fact]:
    """Return what is asked on a page of its own."""
    return [fact for fact in definition.facts if fact.protected]


def _open_questions(definition: Definition) -> list[Question]:
    asked = [one for one in questions(definition) if one.code not in {SUBJECT, PARTIES}]
    known = {one.code for one in asked}
    others = [
        Question(fact.code, fact.kind, _options_of(fact), fact)
        for fact in definition.facts
        if fact.code not in known
    ]
    return [one for one in (*asked, *others) if not one.is_protected]


def _options_of(fact: Fact) -> tuple[str, ...]:
    return ("yes", "no") if fact.kind == "yes_no" else tuple(option.code for option in fact.options)


def _party_of(question: Question) -> str:
    """Return the role of the party that a question is about, if it is about one."""
    if question.fact is not None:
        return question.fact.party or ""
    return question.code.removeprefix(COUNTRIES_OF)


class FactsForm(forms.Form):
    """Questions as fields; what was typed is checked by the same reading as everywhere else."""

    def __init__(
        self,
        *args: Any,
        asked: Iterable[Question],
        definition: Definition,
        case: Case,
        needed: Collection[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.definition, self._needed = definition, needed
        for question in asked:
            field = _FIELDS[question.kind](question, definition)
            field.label, field.required = question_in_words(question, definition), False
            field.help_text = _hint(question, definition)
            field.initial = shown(case.facts.get(question.code))
            self.fields[question.code] = field

    @property
    def needed_fields(self) -> list[forms.BoundField]:
        """The questions that the rules ask of this case."""
        return [field for field in self if self._is_needed(field.name)]

    @property
    def further_fields(self) -> list[forms.BoundField]:
        """The other questions of the edition."""
        return [field for field in self if not self._is_needed(field.name)]

    @property
    def is_wrong_further(self) -> bool:
        """Whether something is wrong with one of the other answers."""
        return any(field.errors for field in self.further_fields)

    def _is_needed(self, code: str) -> bool:
        return self._needed is None or code in self._needed

    def clean(self) -> dict[str, Any]:
        """Put what cannot be read beside its question."""
        for code, answer in list(self.cleaned_data.items()):
            if isinstance(answer, list) and NONE in answer and len(answer) > 1:
                self.add_error(code, _("Choose “None of these”, or what holds, but not both."))
        for fault in read(self.facts(), self.definition).faults:
            self.add_error(fault.fact, str(fault))
        return self.cleaned_data

    def facts(self) -> dict[str, Raw]:
        """Return the answers as they were typed, empty ones too."""
        typed: Mapping[str, Raw] = self.cleaned_data
        return dict(typed)


def shown(value: Any) -> Any:
    """Return a stored answer as a field shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _hint(question: Question, definition: Definition) -> str:
    hint = said(question.fact.hint) if question.fact is not None and question.fact.hint else ""
    if question.kind == "number" and question.fact is not None and question.fact.unit:
        unit = _("Unit: %(unit)s.") % {"unit": Names(definition).term(question.fact.unit)}
        return f"{hint} {unit}".strip()
    if question.kind == "countries" and not question.options:
        return f"{hint} {_('Two letters for each country, such as NO, SE.')}".strip()
    return hint


def _choices(question: Question, definition: Definition) -> list[tuple[str, str]]:
    return [(code, option_in_words(question, code, definition)) for code in question.options]


def _number(question: Question, definition: Definition) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.CharField(max_length=30, widget=widget)


def _date(question: Question, definition: Definition) -> forms.Field:
    return forms.CharField(max_length=10, widget=forms.DateInput(attrs={"type": "date"}))


def _choice(question: Question, definition: Definition) -> forms.Field:
    return forms.ChoiceField(choices=[("", NOT_SAID), *_choices(question, definition)])


def _several(question: Question, definition: Definition) -> forms.Field:
    choices = _choices(question, definition)
    if question.kind == "choices" and NONE not in question.options:
        choices.append((NONE, _("None of these")))
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)


class CountriesField(forms.CharField):
    """Countries by their letters, in one line."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


def _countries(question: Question, definition: Definition) -> forms.Field:
    if question.options:
        return _several(question, definition)
    return CountriesField(max_length=400, widget=forms.TextInput(attrs={"autocomplete": "off"}))


def _text(question: Question, definition: Definition) -> forms.Field:
    return forms.CharField(max_length=2000)


_FIELDS: dict[str, Callable[[Question, Definition], forms.Field]] = {
    "number": _number,
    "date": _date,
    "choice": _choice,
    "choices": _several,
    "yes_no": _choice,
    "countries": _countries,
    "text": _text,
}
