"""The participants a person is the contact of."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kaaring.survey.queries import participants_shown_to
from kaaring.web.participant.shell import arguments_of
from kaaring.web.request import SignedIn


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """List the reader's participants; where there is only one, go there."""
    mine = list(participants_shown_to(cast("SignedIn", request).user))
    if len(mine) == 1:
        return redirect("participant:overview", *arguments_of(mine[0]))
    return render(request, "participant/home.html", {"participants": mine})
