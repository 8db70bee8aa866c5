"""Handing out an entry as a document, once somebody has checked that the reader may have it."""

from django.http import HttpResponse
from django.utils.translation import get_language

from kaaring.entries.models import Entry
from kaaring.reports.entry import entry_pdf


def printed(entry: Entry, *, with_names: bool) -> HttpResponse:
    """Answer with an entry for printing, in the reader's language."""
    content = entry_pdf(entry, get_language() or "en", with_names=with_names)
    response = HttpResponse(content, content_type="application/pdf")
    edition = entry.edition
    name = f"{edition.programme.slug}-{edition.slug}-{entry.code}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
