"""The form of a participant."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaaring.kernel.text import said
from kaaring.programmes.definition.schema import Survey
from kaaring.programmes.models import Edition
from kaaring.survey.models import Participant
from kaaring.survey.queries import classes_of
from kaaring.survey.spreadsheets import ParticipantRow
from kaaring.web.organiser.desk import Group
from kaaring.web.organiser.setup_fields import offer

OWN = ("name", "name_en", "phone", "email", "chat_url", "contact_email")


class ParticipantForm(forms.Form):
    """Who a participant is, where it competes, how it is reached, and whom the organiser writes to."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    name_en = forms.CharField(
        label=gettext_lazy("Name in English"),
        help_text=gettext_lazy("Where it has one of its own."),
        max_length=120,
        required=False,
    )
    code = forms.SlugField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Short, for spreadsheets and addresses: letters, digits, - and _. It stays."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": gettext_lazy("Write only letters from A to Z, digits, - and _.")},
    )
    competition_class = forms.ChoiceField(label=gettext_lazy("Class"))
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Channels it has"),
        help_text=gettext_lazy("What it lacks never counts against it."),
        error_messages={"required": gettext_lazy("A participant has at least one channel.")},
        widget=forms.CheckboxSelectMultiple,
    )
    phone = forms.CharField(label=gettext_lazy("Telephone number"), max_length=40, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address for customers"), max_length=254, required=False
    )
    chat_url = forms.URLField(
        label=gettext_lazy("Page with the chat"), assume_scheme="https", max_length=200, required=False
    )
    contact_email = forms.EmailField(
        label=gettext_lazy("The organiser writes to"),
        help_text=gettext_lazy("Shoppers and the public never see it."),
        max_length=254,
        required=False,
    )

    def __init__(
        self, *args: Any, edition: Edition, survey: Survey, own: Participant | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if own:
            self.initial = _initial(own)
        offer(self, "competition_class", [(one.code, str(one)) for one in classes_of(edition)])
        offer(self, "channels", [(code, said(one.name)) for code, one in survey.channels.items()])
        if own:
            code = self.fields["code"]
            code.disabled, code.initial = True, own.code
            code.help_text = _("It stays: enquiries and evaluations name the participant by it.")

    def groups(self) -> list[Group]:
        """Return the fields by what they tell."""
        parts = (
            (_("Who"), "", ("name", "name_en", "code", "competition_class")),
            (_("How it is reached"), _("What shoppers use."), ("channels", "phone", "email", "chat_url")),
            (_("Contact"), "", ("contact_email",)),
        )
        return [Group(title, hint, [self[name] for name in names]) for title, hint, names in parts]

    def row(self, code: str | None) -> ParticipantRow:
        """Return the participant as a row like that of a spreadsheet."""
        typed = self.cleaned_data
        return ParticipantRow(
            code=code or typed["code"],
            class_code=typed["competition_class"],
            channels=tuple(typed["channels"]),
            **{name: typed[name] for name in OWN},
        )


def _initial(participant: Participant) -> dict[str, Any]:
    return {
        **{name: getattr(participant, name) for name in OWN},
        "code": participant.code,
        "competition_class": participant.competition_class.code,
        "channels": participant.channels,
    }
