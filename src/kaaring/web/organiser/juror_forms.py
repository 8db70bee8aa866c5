"""The forms of a juror, of a panel, and of a conflict of interest."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaaring.jury.actions.panels import Members
from kaaring.jury.models import Juror, Panel, Recusal
from kaaring.jury.queries.jurors import jurors_of
from kaaring.jury.queries.recusals import organisations_in
from kaaring.jury.spreadsheets import MOST_ENTRIES, JurorRow
from kaaring.kernel.text import said
from kaaring.programmes.models import Category, Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.web.organiser.desk import Group
from kaaring.web.organiser.juried import EntryField, juror_field
from kaaring.web.organiser.setup_fields import WordedForm, Wording, language_name, offer, words_of

OWN = ("name", "email", "organisation", "most_entries")


class JurorForm(forms.Form):
    """Who a juror is, where the juror comes from, and what the juror can read."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    code = forms.SlugField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Short, for spreadsheets: letters, digits, - and _. It stays."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": gettext_lazy("Write only letters from A to Z, digits, - and _.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("The invitation goes here, and who accepts it is this juror."),
        max_length=254,
        required=False,
    )
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        help_text=gettext_lazy("Compared with everybody behind a case, to find conflicts of interest."),
        max_length=160,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages the juror reads"),
        help_text=gettext_lazy("None chosen means all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("Categories the juror knows about"),
        help_text=gettext_lazy("Entries of these come first. None chosen means all alike."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    most_entries = forms.IntegerField(
        label=gettext_lazy("Most entries in a stage"),
        help_text=gettext_lazy("Leave empty for no limit."),
        min_value=1,
        max_value=MOST_ENTRIES,
        required=False,
    )

    def __init__(self, *args: Any, edition: Edition, own: Juror | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [*edition.languages, *(own.languages if own else [])]
        offer(self, "languages", [(code, language_name(code)) for code in dict.fromkeys(known)])
        offer(self, "categories", _categories(edition))
        if own:
            self.initial = _initial(own)
            code = self.fields["code"]
            code.disabled, code.initial = True, own.code
            code.help_text = _("It stays: spreadsheets name the juror by it.")

    def groups(self) -> list[Group]:
        """Return the fields by what they tell."""
        parts = (
            (_("Who"), "", ("name", "code", "email", "organisation")),
            (_("What the juror reads"), "", ("languages", "categories", "most_entries")),
        )
        return [Group(title, hint, [self[name] for name in names]) for title, hint, names in parts]

    def row(self, code: str | None) -> JurorRow:
        """Return the juror as a row like that of a spreadsheet."""
        typed = self.cleaned_data
        return JurorRow(
            code=code or typed["code"],
            languages=tuple(typed["languages"]),
            categories=tuple(typed["categories"]),
            **{name: typed[name] for name in OWN},
        )


def _categories(edition: Edition) -> list[tuple[str, str]]:
    return [(one.code, str(one)) for one in Category.objects.filter(edition=edition)]


def _by_group(edition: Edition) -> dict[str, list[str]]:
    """Return the categories of each group that has more than one."""
    found: dict[str, list[str]] = {}
    for one in Category.objects.filter(edition=edition).exclude(group=""):
        found.setdefault(one.group, []).append(one.code)
    return {group: codes for group, codes in found.items() if len(codes) > 1}


def _groups(edition: Edition, known: Collection[str]) -> list[tuple[str, str]]:
    names = {one.code: said(one.name) for one in definition_in_force(edition).category_groups}
    return [(code, names.get(code, code)) for code in known]


def _initial(juror: Juror) -> dict[str, Any]:
    return {
        "name": juror.name,
        "code": juror.code,
        "email": juror.email,
        "organisation": juror.organisation_name,
        "languages": juror.languages,
        "categories": juror.categories,
        "most_entries": juror.most_entries,
    }


class PanelForm(WordedForm):
    """What a panel is called, what it judges, who is in it and who leads it."""

    worded = {"name": Wording(gettext_lazy("Name of the panel"), is_needed=True)}
    order = ("name", "groups_of", "categories", "jurors", "chair")

    def __init__(self, *args: Any, edition: Edition, own: Panel | None, **kwargs: Any) -> None:
        super().__init__(*args, languages=edition.languages, **kwargs)
        jurors = [(str(one.pk), _described(one)) for one in jurors_of(edition)]
        self._categories, self._of_group = _categories(edition), _by_group(edition)
        if self._of_group:
            self.fields["groups_of"] = forms.MultipleChoiceField(
                label=_("All categories of a group"),
                help_text=_("Or single categories below."),
                choices=_groups(edition, self._of_group),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.fields |= {
            "categories": forms.MultipleChoiceField(
                label=_("Categories that the panel judges"),
                choices=self._categories,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            ),
            "jurors": forms.MultipleChoiceField(
                label=_("Jurors"),
                choices=jurors,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Choose the jurors of the panel.")},
            ),
            "chair": forms.ChoiceField(
                label=_("Chair"),
                help_text=_("Leads the meeting, and may open a finished scorecard again."),
                choices=[("", _("Nobody yet")), *jurors],
                required=False,
            ),
        }
        self.order_fields([*(f"name_{each}" for each in edition.languages), *self.order[1:]])
        if own:
            self.initial = _panel_initial(own)

    def groups(self) -> list[Group]:
        """Return the fields by what they tell."""
        names = [f"name_{each}" for each in self.languages]
        parts = (
            (_("What the panel judges"), "", (*names, "groups_of", "categories")),
            (_("Who is in the panel"), "", ("jurors", "chair")),
        )
        return [
            Group(title, hint, [self[name] for name in fields if name in self.fields])
            for title, hint, fields in parts
        ]

    def clean(self) -> dict[str, Any]:
        """Put the categories of the chosen groups to those chosen one by one; some are needed."""
        typed = super().clean() or self.cleaned_data
        chosen = {code for group in typed.get("groups_of", []) for code in self._of_group[group]}
        chosen |= set(typed.get("categories", []))
        if not chosen:
            self.add_error("categories", _("Choose the categories that the panel judges."))
        typed["categories"] = [code for code, _name in self._categories if code in chosen]
        return typed

    def members(self) -> Members:
        """Return who judges what."""
        typed = self.cleaned_data
        chair = int(typed["chair"]) if typed["chair"] else None
        return Members(typed["categories"], [int(key) for key in typed["jurors"]], chair)


def _described(juror: Juror) -> str:
    return f"{juror.name} ({juror.organisation_name})" if juror.organisation_name else juror.name


def _panel_initial(panel: Panel) -> dict[str, Any]:
    return {
        **words_of("name", panel.name),
        "categories": [one.code for one in panel.categories.all()],
        "jurors": [str(one.pk) for one in panel.jurors.all()],
        "chair": str(panel.chair_id or ""),
    }


class RecusalForm(forms.Form):
    """A conflict of interest that the organiser knows of: with an organisation, or with one case."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            "juror": juror_field(edition),
            "organisation": forms.ModelChoiceField(
                label=_("Organisation"),
                help_text=_("All cases that the organisation stands behind are closed to the juror."),
                queryset=organisations_in(edition),
                to_field_name="public_id",
                empty_label=_("Choose"),
                required=False,
            ),
            "entry": EntryField(
                edition,
                label=_("Or the entry of one case"),
                help_text=_("By its code, such as 014: only its case is closed to the juror."),
                required=False,
            ),
            "kind": forms.ChoiceField(label=_("What kind of conflict"), choices=Recusal.Kind.choices),
            "note": forms.CharField(
                label=_("Note"),
                help_text=_("Organisers alone see it."),
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Take one of the two that a conflict can be about."""
        typed = super().clean() or self.cleaned_data
        if typed.get("organisation") and typed.get("entry"):
            self.add_error("entry", _("Choose either the organisation or the entry, not both."))
        return typed

    def about(self) -> dict[str, Any]:
        """Return what the conflict is about, as the action takes it."""
        typed = self.cleaned_data
        entry = typed["entry"]
        return {
            "organisation": typed["organisation"],
            "case": entry.case if entry else None,
            "kind": typed["kind"],
            "note": typed["note"],
        }
