"""The rounding: who leads each class half-way, published without scores."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.programmes.timeline import phases_of
from kaaring.results import actions, queries
from kaaring.web import respond
from kaaring.web.days import Day
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = "organiser/rounding.html"


class RoundingForm(forms.Form):
    """The last day that counts, and why an earlier rounding is replaced."""

    until = Day(
        error_messages={
            "required": gettext_lazy("Choose the last day that counts."),
            "invalid": gettext_lazy("Write the day as year-month-day."),
        }
    )
    because = forms.CharField(required=False, max_length=500)


@login_required
@require_safe
def rounding_page(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show the published rounding, and who would lead at the end of a day."""
    found = edition_seen_by(request, programme, edition)
    form = RoundingForm(request.GET if "until" in request.GET else {"until": _proposed_day(found)})
    return render(request, PAGE, shell(request, found, "rounding") | _context(found, form))


def _context(edition: Edition, form: RoundingForm) -> dict[str, Any]:
    until: date | None = form.cleaned_data["until"] if form.is_valid() else None
    return {
        "form": form,
        "until": until,
        "leaders": queries.leaders_at(edition, until) if until else [],
        "published": queries.rounding_of(edition),
    }


def _proposed_day(edition: Edition) -> date:
    """Return the day before the announced rounding where that is over, or else yesterday."""
    today = local(timezone.now(), edition.timezone).date()
    announced = [phase.first for phase in phases_of(edition, today) if phase.code == "rounding"]
    return min([today, *announced]) - timedelta(days=1)


@login_required
@require_POST
def publish(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Publish who leads, or replace what is published."""
    found = edition_changed_by(request, programme, edition)
    form = RoundingForm(request.POST)
    if not form.is_valid():
        context = shell(request, found, "rounding") | _context(found, form)
        return respond.with_part(request, PAGE, context, status=respond.UNPROCESSABLE)
    values = form.cleaned_data
    try:
        actions.publish_rounding(
            found, values["until"], because=values["because"], by=request.user.public_id, at=timezone.now()
        )
    except Refused as refusal:
        return respond.refused(
            request, PAGE, refusal, shell(request, found, "rounding") | _context(found, form)
        )
    return respond.go_to(
        request, "organiser:rounding", programme, edition, said=_("The rounding is published.")
    )


@login_required
@require_POST
def withdraw(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Take the published rounding back."""
    found = edition_changed_by(request, programme, edition)
    reason = request.POST.get("reason", "")
    try:
        actions.withdraw_rounding(found, reason=reason, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        asked = RoundingForm({"until": _proposed_day(found)})
        return respond.refused(
            request, PAGE, refusal, shell(request, found, "rounding") | _context(found, asked)
        )
    return respond.go_to(
        request, "organiser:rounding", programme, edition, said=_("The rounding is withdrawn.")
    )


urlpatterns = [
    path("rounding/", rounding_page, name="rounding"),
    path("rounding/publish/", publish, name="publish_rounding"),
    path("rounding/withdraw/", withdraw, name="withdraw_rounding"),
]
