"""Feedback to entrants: looked over entry by entry, released, withdrawn."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from kaaring.entries.models import Entry
from kaaring.jury.queries.closed import closed_to
from kaaring.jury.queries.remarks import remark_counts, remarks_outside
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.results import actions
from kaaring.results.models import Run
from kaaring.results.queries.feedback import entries_reported_on, feedback_run, release_of
from kaaring.scoring.juried import LEAST
from kaaring.web import respond
from kaaring.web.feedback import as_file, shown
from kaaring.web.organiser.juried import judged_doing, judged_page
from kaaring.web.organiser.shell import shell
from kaaring.web.request import SignedIn

PAGE = 50
TEMPLATE = "organiser/feedback.html"


@judged_page
def feedback(request: SignedIn, edition: Edition) -> HttpResponse:
    """Show how it stands with feedback, and every entry to look at beforehand."""
    return render(request, TEMPLATE, _context(request, edition))


@judged_doing
def release(request: SignedIn, edition: Edition) -> HttpResponse:
    """Let entrants read their feedback, with or without the quarter of their place."""
    shows_band = "shows_band" in request.POST
    try:
        actions.release_feedback(edition, shows_band=shows_band, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return respond.refused(request, TEMPLATE, refusal, _context(request, edition))
    said = _("Feedback is released. Every entrant reads that of their own entries.")
    return _back(request, edition, said)


@judged_doing
def withdraw(request: SignedIn, edition: Edition) -> HttpResponse:
    """Let nobody read feedback any more."""
    reason = request.POST.get("reason", "")
    try:
        actions.withdraw_feedback(edition, reason=reason, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return respond.refused(request, TEMPLATE, refusal, _context(request, edition))
    return _back(request, edition, _("Feedback is withdrawn."))


@judged_page
def preview(request: SignedIn, edition: Edition, entry: str) -> HttpResponse:
    """Show the feedback on an entry as its entrant reads it, or would."""
    run, own = _reported(request, edition, entry)
    context = {
        **shell(request, edition, "feedback"),
        "entry": own,
        **shown(run, own, shows_band=_shows_band(edition)),
    }
    return render(request, "organiser/feedback_preview.html", context)


@judged_page
def preview_pdf(request: SignedIn, edition: Edition, entry: str) -> HttpResponse:
    """Give the same as a document."""
    run, own = _reported(request, edition, entry)
    return as_file(run, own, shows_band=_shows_band(edition))


def _back(request: SignedIn, edition: Edition, said: str) -> HttpResponse:
    return respond.go_to(request, "organiser:feedback", edition.programme.slug, edition.slug, said=said)


def _reported(request: SignedIn, edition: Edition, entry: str) -> tuple[Run, Entry]:
    """Return an entry with the results it is told of; in a contest closed to the reader there is none."""
    run = feedback_run(edition)
    if run is None:
        raise Http404
    entries = entries_reported_on(edition).exclude(pk__in=closed_to(request.user, edition).entries)
    return run, get_object_or_404(entries, public_id=entry)


def _shows_band(edition: Edition) -> bool:
    """Say whether entrants learn the quarter; before the release it is shown to look at."""
    release = release_of(edition)
    return release is None or release.shows_band


def _context(request: SignedIn, edition: Edition) -> dict[str, Any]:
    closed = closed_to(request.user, edition)
    entries = entries_reported_on(edition).exclude(pk__in=closed.entries)
    return {
        **shell(request, edition, "feedback"),
        "run": feedback_run(edition),
        "release": release_of(edition),
        "remarks": remark_counts(remarks_outside(closed, edition)),
        "page": Paginator(entries, PAGE).get_page(request.GET.get("page")),
        "hidden": len(closed.categories),
        "least": LEAST,
    }


urlpatterns = [
    path("feedback/", feedback, name="feedback"),
    path("feedback/release/", release, name="release_feedback"),
    path("feedback/withdraw/", withdraw, name="withdraw_feedback"),
    path("feedback/entries/<slug:entry>/", preview, name="preview_feedback"),
    path("feedback/entries/<slug:entry>/feedback.pdf", preview_pdf, name="preview_feedback_pdf"),
]
