"""An entry as a document, for those who mark it; without names where the stage hides them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from kaaring.entries.models import Entry
from kaaring.web.juror.desk import Where, desk_at
from kaaring.web.printed_entry import printed
from kaaring.web.request import SignedIn


@login_required
@require_safe
def entry_pdf(request: SignedIn, *, programme: str, edition: str, stage: str, entry: str) -> HttpResponse:
    """Send the entry as a PDF."""
    desk = desk_at(request, Where(programme, edition, stage, entry))
    with_all = Entry.objects.select_related(
        "case__organisation", "case__edition", "category", "edition__programme__organiser"
    )
    found = with_all.get(pk=desk.assignment.entry_id)
    return printed(found, with_names=desk.blank.stage.sees.names)


urlpatterns = [path("<slug:stage>/<slug:entry>/print.pdf", entry_pdf, name="entry_pdf")]
