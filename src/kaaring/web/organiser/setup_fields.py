"""Fields of the pages that set an edition up: texts per language, codes, points, and rows that can grow."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple, cast

from django import forms
from django.conf import settings
from django.utils.formats import get_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaaring.kernel.text import Text
from kaaring.programmes.definition.checking.texts import texts
from kaaring.programmes.definition.schema import Definition
from kaaring.programmes.definition.schema.values import exact, plain_number

MOST_ROWS = 60
LONGEST = 5000
Label = str | Promise


class Wording(NamedTuple):
    """A text that a form asks for in each language; one that is needed is needed in the first."""

    label: Label
    hint: Label = ""
    rows: int = 1
    is_needed: bool = False


def languages_for(definition: Definition, *parts: Any) -> tuple[str, ...]:
    """Return the languages to ask texts in: those of the edition, and those that the texts have already."""
    present = [language for part in parts for _path, text in texts(part) for language in text]
    return tuple(dict.fromkeys((*definition.edition.languages, *present)))


def language_name(language: str) -> str:
    """Return what a language is called, or its code."""
    return str(settings.LANGUAGE_NAMES.get(language, language))


def words_of(name: str, text: Text | None) -> dict[str, str]:
    """Return a text as the values of its fields."""
    return {f"{name}_{language}": words for language, words in (text or {}).items()}


class WordedForm(forms.Form):
    """A form with texts in several languages; ``order`` places them among its other fields."""

    worded: ClassVar[Mapping[str, Wording]] = {}
    order: ClassVar[Sequence[str]] = ()

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        for name, wording in self.worded.items():
            for position, language in enumerate(languages):
                self.fields[f"{name}_{language}"] = _text_field(
                    wording, language, is_needed=wording.is_needed and position == 0
                )
        self.order_fields(
            [
                one
                for name in self.order
                for one in ([f"{name}_{each}" for each in languages] if name in self.worded else [name])
            ]
        )

    def text(self, name: str) -> dict[str, str]:
        """Return what was typed, in the languages in which anything was."""
        typed = {language: self.cleaned_data.get(f"{name}_{language}", "") for language in self.languages}
        return {language: words for language, words in typed.items() if words}

    def in_languages(self, name: str) -> list[forms.BoundField]:
        """Return the fields of a text."""
        return [self[f"{name}_{language}"] for language in self.languages]


def _text_field(wording: Wording, language: str, *, is_needed: bool) -> forms.CharField:
    attributes = {"lang": language}
    widget = (
        forms.Textarea(attrs={**attributes, "rows": wording.rows})
        if wording.rows > 1
        else forms.TextInput(attrs=attributes)
    )
    label = _("%(what)s, in %(language)s") % {
        "what": wording.label,
        "language": language_name(language),
    }
    return forms.CharField(
        label=label, help_text=str(wording.hint), required=is_needed, max_length=LONGEST, widget=widget
    )


def code_field() -> forms.RegexField:
    """Return a field for a code, which stands in files and addresses."""
    return forms.RegexField(
        label=gettext_lazy("Code"),
        regex=r"^[A-Za-z0-9][A-Za-z0-9_-]*\Z",
        max_length=40,
        help_text=gettext_lazy("Short, for spreadsheets and addresses: letters, digits, - and _."),
        error_messages={
            "invalid": gettext_lazy(
                "Write only letters from A to Z, digits, - and _, and begin with a letter or digit."
            )
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "maxlength": 40}),
    )


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Label]]) -> None:
    """Give a form's field the choices that only the edition knows."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class PointsField(forms.CharField):
    """An exact number from 0 up: with a point or a comma, or as a fraction such as 1/3."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"widget": widget, "max_length": 20, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Fraction):
            return str(plain_number(value)).replace(".", get_format("DECIMAL_SEPARATOR"))
        return value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            number = exact(typed.replace(",", ".").replace(" ", ""))
        except (ValueError, ZeroDivisionError) as error:
            raise forms.ValidationError(
                _("Write a number, such as 2 or 0.5, or a fraction such as 1/3.")
            ) from error
        if number < 0:
            raise forms.ValidationError(_("Write 0 or more: answers never take points away."))
        return number


class Rows(forms.BaseFormSet[forms.Form]):
    """Rows of one kind. Those left empty are passed over, so one more than needed can always stand there."""

    def initial_form_count(self) -> int:
        """None: a row that was there before may be emptied like any other."""
        return 0

    def filled(self) -> Iterable[forms.Form]:
        """Return the rows in which something stands."""
        return (form for form in self.forms if form.has_changed())

    def typed(self) -> list[dict[str, Any]]:
        """Return what stands in each row as it was typed, right or wrong."""
        return [{name: form[name].value() for name in form.fields} for form in self.forms]


def rows_of(form: type[forms.Form]) -> type[Rows]:
    """Return the kind of rows that are made of a form."""
    made = forms.formset_factory(form, formset=Rows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    return cast("type[Rows]", made)


def laid_out(
    rows: type[Rows], values: Sequence[Mapping[str, Any]], prefix: str, *, spare: int = 0, **of_form: Any
) -> Rows:
    """Return rows filled with values, and as many empty ones below."""
    made = rows(initial=values, prefix=prefix, form_kwargs=of_form)
    made.extra = min(len(values) + spare, MOST_ROWS)
    return made
