"""Forms of areas, themes, channels and competition classes."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaaring.kernel.text import said
from kaaring.programmes.definition.schema import (
    Area,
    Channel,
    CompetitionClass,
    Span,
    Survey,
    Theme,
)
from kaaring.web.organiser.setup_fields import (
    WordedForm,
    Wording,
    code_field,
    offer,
    words_of,
)

SPANS = (
    ("", "–"),
    ("seconds", gettext_lazy("seconds")),
    ("minutes", gettext_lazy("minutes")),
    ("hours", gettext_lazy("hours")),
    ("days", gettext_lazy("days")),
    ("working_minutes", gettext_lazy("working minutes")),
    ("working_hours", gettext_lazy("working hours")),
    ("working_days", gettext_lazy("working days")),
)
NAME: Mapping[str, Wording] = {"name": Wording(gettext_lazy("Name"), is_needed=True)}


class ThemeForm(WordedForm):
    """A theme."""

    code = code_field()
    worded: ClassVar[Mapping[str, Wording]] = NAME
    order = ("name", "code")

    def theme(self) -> Theme:
        return Theme.model_validate({"code": self.cleaned_data["code"], "name": self.text("name")})


class AreaForm(WordedForm):
    """An area, and whether shoppers comment on it."""

    code = code_field()
    has_comment = forms.BooleanField(
        label=gettext_lazy("Shoppers write a comment on it"),
        help_text=gettext_lazy("Comments give no points. Participants read them in their report."),
        required=False,
    )
    worded: ClassVar[Mapping[str, Wording]] = NAME
    order = ("name", "code", "has_comment")

    def area(self) -> Area:
        return Area.model_validate({"code": self.cleaned_data["code"], "name": self.text("name")})


class ClassForm(WordedForm):
    """A competition class; its code stays, since participants are in it by it."""

    code = code_field()
    minimum_participants = forms.IntegerField(
        label=gettext_lazy("Fewest participants"),
        help_text=gettext_lazy("With fewer there are no places in the class. Three or more make a contest."),
        min_value=1,
        max_value=10_000,
        initial=3,
    )
    worded: ClassVar[Mapping[str, Wording]] = NAME
    order = ("name", "code", "minimum_participants")

    def competition_class(self, code: str | None) -> CompetitionClass:
        return CompetitionClass.model_validate(
            {
                "code": code or self.cleaned_data["code"],
                "name": self.text("name"),
                "minimum_participants": self.cleaned_data["minimum_participants"],
            }
        )


class ChannelForm(WordedForm):
    """A way of contact, its limits, and its enquiries to each participant."""

    code = code_field()
    attempts = forms.IntegerField(
        label=gettext_lazy("Attempts"),
        help_text=gettext_lazy("How often an enquiry is tried before it is unanswered."),
        min_value=1,
        max_value=10,
        initial=1,
    )
    wait = forms.IntegerField(
        label=gettext_lazy("Longest wait"),
        help_text=gettext_lazy("After this long an attempt ends. Empty: no limit."),
        min_value=1,
        max_value=99999,
        required=False,
    )
    wait_unit = forms.ChoiceField(label=gettext_lazy("Longest wait is in"), choices=SPANS, required=False)
    send_before = forms.TimeField(
        label=gettext_lazy("Sent before"),
        help_text=gettext_lazy("Latest time of day to send, for channels that are answered later."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
    )
    instead_of = forms.ChoiceField(
        label=gettext_lazy("In place of"),
        help_text=gettext_lazy("Used where a participant lacks this other channel."),
        required=False,
    )
    enquiries = forms.IntegerField(
        label=gettext_lazy("Enquiries to each participant"),
        help_text=gettext_lazy(
            "How many of a participant's enquiries come on this channel, where it has all channels. "
            "Empty: none of its own."
        ),
        min_value=0,
        max_value=10000,
        required=False,
    )
    worded: ClassVar[Mapping[str, Wording]] = NAME
    order = ("name", "code", "attempts", "wait", "wait_unit", "send_before", "instead_of", "enquiries")

    def __init__(self, *args: Any, survey: Survey, own: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(code, said(one.name)) for code, one in survey.channels.items() if code != own]
        offer(self, "instead_of", [("", _("no other")), *others])

    def clean(self) -> dict[str, Any]:
        """Ask for a wait and its unit together."""
        typed = dict(self.cleaned_data)
        if typed.get("wait") and not typed.get("wait_unit"):
            self.add_error("wait_unit", _("Choose what the wait is counted in."))
        return typed

    def channel(self) -> Channel:
        typed = self.cleaned_data
        return Channel.model_validate(
            {
                "name": self.text("name"),
                "attempts": typed["attempts"],
                "max_wait": Span(typed["wait"], typed["wait_unit"]) if typed["wait"] else None,
                "send_before": typed["send_before"],
                "instead_of": typed["instead_of"] or None,
            }
        )


def fixed(form: forms.Form, code: str, because: str) -> None:
    """Lock the code of a thing that rows refer to, saying why."""
    field = form.fields["code"]
    field.disabled, field.required, field.initial, field.help_text = True, False, code, because


def initial_of(survey: Survey, thing: Area | Theme | CompetitionClass) -> dict[str, Any]:
    """Return a named thing as the values of its form."""
    initial: dict[str, Any] = {**words_of("name", thing.name), "code": thing.code}
    if isinstance(thing, Area):
        initial["has_comment"] = thing.code in survey.comments
    if isinstance(thing, CompetitionClass):
        initial["minimum_participants"] = thing.minimum_participants
    return initial


def initial_of_channel(survey: Survey, code: str) -> dict[str, Any]:
    """Return a channel as the values of its form."""
    channel = survey.channels[code]
    return {
        **words_of("name", channel.name),
        "code": code,
        "attempts": channel.attempts,
        "wait": channel.max_wait and channel.max_wait.amount,
        "wait_unit": channel.max_wait and channel.max_wait.unit,
        "send_before": channel.send_before,
        "instead_of": channel.instead_of or "",
        "enquiries": (survey.allocation.key if survey.allocation else {}).get(code),
    }
