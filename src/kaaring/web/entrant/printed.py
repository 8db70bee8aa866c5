"""An entry as a document, for those who stand behind it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from kaaring.web.entrant.shell import seen_entry
from kaaring.web.printed_entry import printed
from kaaring.web.request import SignedIn


@login_required
@require_safe
def entry_pdf(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Send the entry as a PDF."""
    return printed(seen_entry(request, programme, edition, entry), with_names=True)


urlpatterns = [path("entries/<slug:entry>/print.pdf", entry_pdf, name="entry_pdf")]
