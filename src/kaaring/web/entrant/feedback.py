"""How an entry did, once the organiser has let feedback out: as a page and as a document."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from kaaring.entries.models import Entry
from kaaring.results.queries.feedback import Readable, readable_feedback
from kaaring.web.entrant.shell import about_edition, seen_entry
from kaaring.web.feedback import as_file, shown
from kaaring.web.request import SignedIn


@login_required
@require_safe
def feedback(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Show how an entry was marked beside its category, what jurors remark, and what the rules said."""
    found, readable = _read(request, programme, edition, entry)
    context = {
        **about_edition(found.edition),
        "case": found.case,
        "entry": found,
        **shown(readable.run, found, shows_band=readable.release.shows_band),
    }
    return render(request, "entrant/feedback.html", context)


@login_required
@require_safe
def feedback_pdf(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Give the same as a document in the reader's language."""
    found, readable = _read(request, programme, edition, entry)
    return as_file(readable.run, found, shows_band=readable.release.shows_band)


def _read(request: SignedIn, programme: str, edition: str, entry: str) -> tuple[Entry, Readable]:
    """Return an entry with what may be read of it; before the release there is nothing (404)."""
    found = seen_entry(request, programme, edition, entry)
    readable = readable_feedback(found.edition)
    if readable is None or found.submitted_at is None or found.withdrawn_at is not None:
        raise Http404
    return found, readable


urlpatterns = [
    path("entries/<slug:entry>/feedback/", feedback, name="feedback"),
    path("entries/<slug:entry>/feedback.pdf", feedback_pdf, name="feedback_pdf"),
]
