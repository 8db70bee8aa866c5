"""Handing out invoices, once somebody has checked that the reader may have them."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language

from kaaring.entries.models import Invoice
from kaaring.entries.rules.peppol import against_an_electronic_invoice
from kaaring.kernel.refused import Refused
from kaaring.reports.invoice import credit_note_pdf, invoice_pdf
from kaaring.reports.ubl import credit_note_xml, invoice_xml

type View = Callable[..., HttpResponse]
PDF, XML = "application/pdf", "application/xml"
DOCUMENTS: Mapping[str, Callable[[Invoice], bytes]] = {
    "invoice.pdf": lambda invoice: invoice_pdf(invoice, get_language() or "en"),
    "invoice.xml": invoice_xml,
    "credit-note.pdf": lambda invoice: credit_note_pdf(invoice, get_language() or "en"),
    "credit-note.xml": credit_note_xml,
}
"""What there is of an invoice, by the end of its address."""


def document_of(invoice: Invoice, name: str) -> HttpResponse:
    """Answer with a document of an invoice; what there is not, there is no page for (404)."""
    is_credit = name.startswith("credit-note")
    if name not in DOCUMENTS or (is_credit and invoice.credited_at is None):
        raise Http404
    try:
        content = DOCUMENTS[name](invoice)
    except Refused as refusal:
        raise Http404 from refusal
    number = invoice.credit_number if is_credit else invoice.number
    response = HttpResponse(content, content_type=PDF if name.endswith(".pdf") else XML)
    stem, _dot, ending = name.partition(".")
    response["Content-Disposition"] = f'attachment; filename="{stem}-{number}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response


def is_electronic(invoice: Invoice) -> bool:
    """Say whether an invoice can be sent over Peppol."""
    return against_an_electronic_invoice(invoice) is None


def documents_at(view: View, name: str) -> list[URLPattern]:
    """Return the addresses of what there is of an invoice; the view is told which as ``document``."""
    return [
        path(
            f"invoices/<slug:invoice>/{document}",
            view,
            {"document": document},
            name=f"{name}_{document.replace('-', '_').replace('.', '_')}",
        )
        for document in DOCUMENTS
    ]
