"""What a person tells about themselves: name and language."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.people import actions
from kaaring.web import respond
from kaaring.web.account.forms import SettingsForm
from kaaring.web.request import SignedIn


@login_required
@require_safe
def settings(request: SignedIn) -> HttpResponse:
    """Show name and language, and the ways to everything else of the account."""
    form = SettingsForm(initial={"name": request.user.name, "language": request.user.language})
    return render(request, "account/settings.html", {"form": form})


@login_required
@require_POST
def save_settings(request: SignedIn) -> HttpResponse:
    """Take name and language; the page goes on in that language."""
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return render(request, "account/settings.html", {"form": form}, status=respond.UNPROCESSABLE)
    actions.introduce_oneself(request.user, **form.told(), at=timezone.now())
    with translation.override(form.cleaned_data["language"]):
        return respond.go_to(request, "account:settings", said=_("Your name and language are saved."))
