"""An entry as a document, for those who run the edition."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_safe

from kaaring.entries.models import Entry
from kaaring.web.organiser.entries import juried
from kaaring.web.organiser.juried import not_out
from kaaring.web.organiser.shell import edition_seen_by
from kaaring.web.printed_entry import printed
from kaaring.web.request import SignedIn


@login_required
@require_safe
def entry_pdf(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Send the entry as a PDF."""
    found = juried(edition_seen_by(request, programme, edition))
    known = Entry.objects.select_related(
        "case__organisation", "case__edition", "category", "edition__programme__organiser"
    )
    own = get_object_or_404(known, edition=found, public_id=entry)
    not_out(request.user, found, own.pk)
    return printed(own, with_names=True)


urlpatterns = [path("entries/<slug:entry>/print.pdf", entry_pdf, name="entry_pdf")]
