"""Forms of the account pages."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """Sign-in by address, with the password for those who have set one and by a code for all others."""

    def _setup_password_field(self) -> None:
        self.fields["password"].required = False
        self.fields["password"].help_text = _(
            "Leave this empty and a code to sign in with is sent to you by e-mail."
        )


class SettingsForm(forms.Form):
    """What a person tells about themselves."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As others here see it, and as it stands in the log of what you do."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language of messages to you"),
        choices=lambda: [(code, settings.LANGUAGE_NAMES[code]) for code, _name in settings.LANGUAGES],
    )

    def told(self) -> dict[str, Any]:
        """Return name and language, checked."""
        return {"name": self.cleaned_data["name"], "language": self.cleaned_data["language"]}
