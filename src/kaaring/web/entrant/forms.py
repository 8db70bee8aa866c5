"""Forms of entrants' pages: they check shape, rules check meaning."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kaaring.entries.actions import FigureRow
from kaaring.entries.models import Case, Figure
from kaaring.kernel.text import said
from kaaring.people.models import Organisation
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import KeyFigure
from kaaring.programmes.eligibility.names import subject_kind

NEW = "new"
NOT_SAID = gettext_lazy("Not answered")


def _offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def languages_of(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Return languages by their codes, with the names they have themselves."""
    return [(code, str(settings.LANGUAGE_NAMES.get(code, code))) for code in codes]


class NewCaseForm(forms.Form):
    """Who enters, and what the case is called."""

    title = forms.CharField(
        label=gettext_lazy("Title of the case"),
        help_text=gettext_lazy("Short and to the point. You can change it later."),
        max_length=160,
    )
    organisation = forms.ChoiceField(
        label=gettext_lazy("Which organisation enters?"), widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the organisation"),
        help_text=gettext_lazy("As it should stand in the results and on the invoice."),
        max_length=160,
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language that you write in"),
        help_text=gettext_lazy("So that jurors who read it are chosen."),
    )

    def __init__(
        self,
        *args: Any,
        organisations: Sequence[Organisation],
        may_add: bool,
        languages: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        mine = [(one.public_id, one.name) for one in organisations]
        _offer(self, "organisation", [*mine, *([(NEW, _("Another organisation"))] if may_add else [])])
        _offer(self, "language", languages_of(languages))
        self.initial.setdefault("organisation", mine[0][0] if mine else NEW)
        if mine:
            self.fields["name"].label = _("Its name, if it is another organisation")
        else:
            self.fields["organisation"].required = False
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["name"].required = True
        if not may_add:
            del self.fields["name"]
        if len(languages) == 1:
            self.fields["language"].widget = forms.HiddenInput()
            self.initial["language"] = languages[0]

    def clean_name(self) -> str:
        """Ask for a name where the organisation is new."""
        name: str = self.cleaned_data["name"].strip()
        if not name and self.cleaned_data.get("organisation") in {NEW, ""}:
            raise forms.ValidationError(_("Give the name of the organisation that enters."))
        return name


class AboutForm(forms.Form):
    """What the case is called and says in short."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    subject = forms.ChoiceField(
        label=gettext_lazy("What or who is entered?"),
        help_text=gettext_lazy("It decides which categories are open to the case."),
        required=False,
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary of the case"),
        help_text=gettext_lazy(
            "A few sentences that the jury reads first: what you did, and what came of it."
        ),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language that you write in"))

    def __init__(self, *args: Any, definition: Definition, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = dict.fromkeys(kind for category in definition.categories for kind in category.subject)
        _offer(self, "subject", [("", NOT_SAID), *((kind, subject_kind(kind)) for kind in kinds)])
        _offer(self, "language", languages_of(languages))


def about_of(case: Case) -> dict[str, str]:
    """Return what a case says about itself as the values of the form."""
    return {name: getattr(case, name) for name in ("title", "subject", "summary", "language")}


class AmountField(forms.CharField):
    """A number as people write it, kept exactly: with a point or a comma, spaces between thousands."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"widget": widget, "max_length": 30, "required": False, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            plain = format(value.normalize(), "f")
            return plain.replace(".", get_format("DECIMAL_SEPARATOR"))
        return value

    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value) or "").replace("−", "-").replace(",", ".")
        plain = "".join(typed.split())
        if not plain:
            return None
        try:
            number = Decimal(plain)
        except InvalidOperation as error:
            raise forms.ValidationError(_("Write a number such as 45 or 7.5, without the unit.")) from error
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < -6 or abs(number) >= 10**14:
            raise forms.ValidationError(_("Write at most 14 digits before the decimal point and 6 after it."))
        return number


class FigureForm(forms.Form):
    """A key figure: what it is, before and after, over which period and from which source."""

    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Key figure"), max_length=160, required=False)
    unit = forms.CharField(label=gettext_lazy("Unit: seconds, % …"), max_length=40, required=False)
    before = AmountField(label=pgettext_lazy("key figure", "Before"))
    after = AmountField(label=pgettext_lazy("key figure", "After"))
    period = forms.CharField(label=gettext_lazy("Period: 2025 and 2026 …"), max_length=80, required=False)
    source = forms.CharField(label=gettext_lazy("Source"), max_length=200, required=False)
    definition = forms.CharField(label=gettext_lazy("How it is measured"), max_length=400, required=False)
    is_documented = forms.BooleanField(label=gettext_lazy("Can be documented"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a name where a value stands."""
        typed = self.cleaned_data
        if self.has_values and not typed.get("name", "").strip():
            self.add_error("name", _("Say what this figure is."))
        return typed

    @property
    def has_values(self) -> bool:
        """Whether something has been measured; a row without values is a suggestion that was passed over."""
        typed = self.cleaned_data
        return typed.get("before") is not None or typed.get("after") is not None

    @property
    def is_told(self) -> bool:
        """Whether the row has something to show: a value, or a mistake."""
        return bool(self.errors) or any(self[name].value() not in {None, ""} for name in ("before", "after"))

    def row(self) -> FigureRow:
        """Return the figure as a row."""
        return FigureRow(**{name: self.cleaned_data[name] for name in self.fields})


FigureRows = forms.formset_factory(FigureForm, extra=0, max_num=60, absolute_max=60)


def figure_values(figure: Figure) -> dict[str, Any]:
    """Return a key figure as the values of its row."""
    return {name: getattr(figure, name) for name in FigureForm.base_fields}


def suggested_values(figure: KeyFigure) -> dict[str, Any]:
    """Return a key figure that the rules suggest as the values of a row without amounts."""
    words = {"name": figure.name, "unit": figure.unit, "definition": figure.definition}
    return {"code": figure.code, **{name: said(text or {}) for name, text in words.items()}}


class PartyForm(forms.Form):
    """A partner, and who there can approve the case."""

    name = forms.CharField(label=gettext_lazy("Organisation"), max_length=160)
    email = forms.EmailField(
        label=gettext_lazy("E-mail of somebody there"),
        help_text=gettext_lazy("Gets an invitation to read the case, to add their part and to approve it."),
        max_length=254,
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "role", [("", NOT_SAID), *roles])
        if not roles:
            del self.fields["role"]


class ColleagueForm(forms.Form):
    """Whom to invite to act for an organisation."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)


class OrganisationForm(forms.Form):
    """An organisation as it stands in results and on invoices."""

    name = forms.CharField(label=gettext_lazy("Name of the organisation"), max_length=160)
    number = forms.CharField(label=gettext_lazy("Organisation number"), max_length=40, required=False)
    street = forms.CharField(label=gettext_lazy("Street and number"), max_length=160, required=False)
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=20, required=False)
    city = forms.CharField(label=gettext_lazy("City"), max_length=80, required=False)
    country = forms.RegexField(
        label=gettext_lazy("Country"),
        regex=r"^[A-Za-z]{2}\Z",
        required=False,
        help_text=gettext_lazy("Two letters, such as NO."),
        error_messages={"invalid": gettext_lazy("Write two letters, such as NO.")},
        widget=forms.TextInput(attrs={"maxlength": 2, "autocomplete": "country"}),
    )
    invoice_email = forms.EmailField(
        label=gettext_lazy("E-mail for invoices"), max_length=254, required=False
    )
    endpoint = forms.RegexField(
        label=gettext_lazy("Address for electronic invoices"),
        regex=r"^\d{4}:\S+\Z",
        max_length=80,
        required=False,
        help_text=gettext_lazy("Peppol: scheme, colon, number, such as 0192:123456785."),
        error_messages={"invalid": gettext_lazy("Write four digits, a colon and the number.")},
    )

    def clean_country(self) -> str:
        """Write countries in capitals."""
        country: str = self.cleaned_data["country"]
        return country.upper()


class DeclarationForm(forms.Form):
    """Who declares what a rule asks for."""

    rule = forms.CharField(max_length=80, widget=forms.HiddenInput)
    declared_as = forms.CharField(
        label=gettext_lazy("Declared by"),
        help_text=gettext_lazy("Name and role, such as “Kari Nordmann, head of customer service”."),
        max_length=120,
    )
    proof = forms.ChoiceField(label=gettext_lazy("Proof"), required=False)

    def __init__(self, *args: Any, proofs: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "proof", [("", gettext_lazy("None")), *proofs])
        if not proofs:
            del self.fields["proof"]


class ReasonForm(forms.Form):
    """A reason, or an answer, in a few words."""

    reason = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
