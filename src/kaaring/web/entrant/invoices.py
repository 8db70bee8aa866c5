"""What entries cost, and the invoices to the organisations that a person acts for."""

from datetime import date
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from kaaring.entries.models import Invoice
from kaaring.entries.queries import invoices_seen_by, organisations_of, state_of, totals_of
from kaaring.entries.queries.invoices import State, day_of
from kaaring.entries.rules.fees import Fee, Totals, fee_on
from kaaring.kernel.text import Text
from kaaring.programmes.definition.schema import Fees
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.web.entrant.shell import about_edition, edition_with_entries
from kaaring.web.invoice_files import document_of, documents_at, is_electronic
from kaaring.web.request import SignedIn


class Line(NamedTuple):
    """An invoice in the list: what is to be paid, how it stands, and whether there is an XML of it."""

    invoice: Invoice
    totals: Totals
    state: State
    is_electronic: bool


class PriceLine(NamedTuple):
    """A price of the award: until when it is given, and whether it is the one of today."""

    name: Text
    until: date | None
    usual: Fee
    member: Fee
    is_now: bool


@login_required
@require_safe
def invoices(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show what entries cost, and what there is to pay."""
    found = edition_with_entries(request, programme, edition)
    today = day_of(found, timezone.now())
    fees = definition_in_force(found).fees
    mine = invoices_seen_by(request.user).filter(edition=found)
    context = {
        **about_edition(found),
        "fees": fees,
        "prices": _prices(fees, today) if fees else [],
        "organisations": organisations_of(request.user).filter(organiser=found.programme.organiser),
        "lines": [Line(one, totals_of(one), state_of(one, today=today), is_electronic(one)) for one in mine],
    }
    return render(request, "entrant/invoices.html", context)


def _prices(fees: Fees, today: date) -> list[PriceLine]:
    now = fee_on(fees, today, is_member=False).price
    lines = []
    for price in fees.prices:
        only = fees.model_copy(update={"prices": (price,)})
        usual, member = (fee_on(only, today, is_member=is_member) for is_member in (False, True))
        lines.append(PriceLine(price.name, price.until, usual, member, price.code == now))
    return lines


@login_required
@require_safe
def document(request: SignedIn, *, programme: str, edition: str, invoice: str, document: str) -> HttpResponse:
    """Send an invoice or its credit note."""
    found: Edition = edition_with_entries(request, programme, edition)
    mine = invoices_seen_by(request.user).filter(edition=found)
    return document_of(get_object_or_404(mine, public_id=invoice), document)


urlpatterns = [path("invoices/", invoices, name="invoices"), *documents_at(document, "invoices")]
