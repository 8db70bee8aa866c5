"""What an organiser asks of an entry, gives it, or decides about it."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kaaring.kernel.text import said
from kaaring.programmes.definition.schema import Division
from kaaring.web.days import Moment

MOMENT = "%Y-%m-%dT%H:%M"
USUAL = timedelta(days=7)


def _moment(label: Any) -> Moment:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return Moment(label=label, widget=widget)


def in_a_week() -> Any:
    """Return a moment to begin with, on the clock that is in force."""
    return timezone.localtime(timezone.now() + USUAL).replace(hour=23, minute=59)


class CorrectionForm(forms.Form):
    """What the entrant is to correct, and until when."""

    wanted = forms.CharField(
        label=_("What is to be corrected"),
        help_text=_("The entrant reads this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
    )
    until = _moment(_("Until"))


class LateForm(forms.Form):
    """Until when a draft may be submitted after the deadline, and why."""

    until = _moment(_("Until"))
    reason = forms.CharField(
        label=_("Reason"), help_text=_("It is kept in the log: others will ask why."), max_length=2000
    )


class WithdrawForm(forms.Form):
    """Why an entry leaves the competition."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The entrant can read the reason."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


class DivisionForm(forms.Form):
    """The part of the category in which an entry competes."""

    division = forms.ChoiceField(label=_("It competes in"))

    def __init__(self, *args: Any, divisions: tuple[Division, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["division"]).choices = [
            (one.code, said(one.name)) for one in divisions
        ]


class ProtectedForm(forms.Form):
    """Why somebody needs to read protected answers."""

    reason = forms.CharField(
        label=_("Why you need to read them"),
        help_text=_("The reason stays in the log, with your name."),
        max_length=2000,
    )
