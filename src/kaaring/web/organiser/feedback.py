"""Feedback to entrants: looked over entry by entry, released, withdrawn."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries.models import Entry
from kaaring.jury.queries.remarks import remark_counts
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.results import actions
from kaaring.results.models import Run
from kaaring.results.queries.feedback import entries_reported_on, feedback_run, release_of
from kaaring.scoring.juried import LEAST
from kaaring.web import respond
from kaaring.web.feedback import as_file, shown
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = 50
TEMPLATE = "organiser/feedback.html"


@login_required
@require_safe
def feedback(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show how it stands with feedback, and every entry to look at beforehand."""
    found = edition_seen_by(request, programme, edition)
    return render(request, TEMPLATE, _context(request, found))


@login_required
@require_POST
def release(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Let entrants read their feedback, with or without the quarter of their place."""
    found = edition_changed_by(request, programme, edition)
    shows_band = "shows_band" in request.POST
    try:
        actions.release_feedback(found, shows_band=shows_band, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return respond.refused(request, TEMPLATE, refusal, _context(request, found))
    said = _("Feedback is released. Every entrant reads that of their own entries.")
    return respond.go_to(request, "organiser:feedback", programme, edition, said=said)


@login_required
@require_POST
def withdraw(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Let nobody read feedback any more."""
    found = edition_changed_by(request, programme, edition)
    reason = request.POST.get("reason", "")
    try:
        actions.withdraw_feedback(found, reason=reason, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return respond.refused(request, TEMPLATE, refusal, _context(request, found))
    return respond.go_to(request, "organiser:feedback", programme, edition, said=_("Feedback is withdrawn."))


@login_required
@require_safe
def preview(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Show the feedback on an entry as its entrant reads it, or would."""
    found = edition_seen_by(request, programme, edition)
    run, own = _reported(found, entry)
    context = {
        **shell(request, found, "feedback"),
        "entry": own,
        **shown(run, own, shows_band=_shows_band(found)),
    }
    return render(request, "organiser/feedback_preview.html", context)


@login_required
@require_safe
def preview_pdf(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Give the same as a document."""
    found = edition_seen_by(request, programme, edition)
    run, own = _reported(found, entry)
    return as_file(run, own, shows_band=_shows_band(found))


def _reported(edition: Edition, entry: str) -> tuple[Run, Entry]:
    run = feedback_run(edition)
    if run is None:
        raise Http404
    return run, get_object_or_404(entries_reported_on(edition), public_id=entry)


def _shows_band(edition: Edition) -> bool:
    """Say whether entrants learn the quarter; before the release it is shown to look at."""
    release = release_of(edition)
    return release is None or release.shows_band


def _context(request: SignedIn, edition: Edition) -> dict[str, Any]:
    return {
        **shell(request, edition, "feedback"),
        "run": feedback_run(edition),
        "release": release_of(edition),
        "remarks": remark_counts(edition),
        "page": Paginator(entries_reported_on(edition), PAGE).get_page(request.GET.get("page")),
        "least": LEAST,
    }


urlpatterns = [
    path("feedback/", feedback, name="feedback"),
    path("feedback/release/", release, name="release_feedback"),
    path("feedback/withdraw/", withdraw, name="withdraw_feedback"),
    path("feedback/entries/<slug:entry>/", preview, name="preview_feedback"),
    path("feedback/entries/<slug:entry>/feedback.pdf", preview_pdf, name="preview_feedback_pdf"),
]
