"""Invoices: who is still to be sent one, who is still to pay; issuing, payments, crediting."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries import actions
from kaaring.entries.models import Entry, Invoice
from kaaring.entries.queries import invoices_of, state_of, totals_of, unsent_in
from kaaring.entries.queries.invoices import (
    State,
    day_of,
    peppol_gaps_between,
    peppol_gaps_of,
    sellers_peppol_gaps,
    withdrawn_on,
)
from kaaring.entries.rules.fees import Totals
from kaaring.entries.rules.invoices import LONGEST_NOTE
from kaaring.entries.rules.peppol import PeppolGap
from kaaring.kernel.figures import money
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition.schema import Fees
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.web import respond
from kaaring.web.days import Day
from kaaring.web.invoice_files import document_of, documents_at
from kaaring.web.organiser.entries import juried
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = 50
WITHDRAWN = "withdrawn"
STATES = {
    State.OPEN: gettext_lazy("To be paid"),
    State.OVERDUE: gettext_lazy("Overdue"),
    State.PAID: gettext_lazy("Paid"),
    State.CREDITED: gettext_lazy("Credited"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An invoice in the list: what is to be paid, how it stands, and what is odd about it.

    ``gaps`` say why there is no XML of it, ``is_mended`` that a new invoice would have one; ``withdrawn`` are
    the entries on it for which nobody should have to pay, ``others_count`` says how many others there are.
    """

    invoice: Invoice
    totals: Totals
    state: State
    gaps: tuple[PeppolGap, ...]
    is_mended: bool
    withdrawn: list[Entry]
    others_count: int


class PaidForm(forms.Form):
    """The day on which an invoice was paid."""

    paid_on = Day(
        label=gettext_lazy("Paid on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(
        label=gettext_lazy("Note, such as the bank's reference"), max_length=LONGEST_NOTE, required=False
    )


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400)


@login_required
@require_safe
def invoices(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List what is to be invoiced and what has been."""
    return _page(request, juried(edition_seen_by(request, programme, edition)))


@login_required
@require_POST
def issue_all(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Issue an invoice to everybody who waits for one and has an address."""
    found = juried(edition_changed_by(request, programme, edition))
    issued = actions.issue_invoices(found, by=request.user.public_id, at=timezone.now())
    words = ngettext("%(count)d invoice is issued.", "%(count)d invoices are issued.", len(issued))
    return _done(request, found, words % {"count": len(issued)})


@login_required
@require_POST
def issue_one(request: SignedIn, programme: str, edition: str, organisation: str) -> HttpResponse:
    """Issue an invoice to one organisation, with its own reference."""
    found = juried(edition_changed_by(request, programme, edition))
    unsent = next((one for one in unsent_in(found) if one.organisation.public_id == organisation), None)
    if unsent is None:
        raise Http404
    entries = [entry for entry, _fee in unsent.entries]
    reference = request.POST.get("reference", "")
    told = {"reference": reference, "by": request.user.public_id}
    try:
        invoice = actions.issue_invoice(found, unsent.organisation, entries, **told, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, refusal=refusal, refused_for=(organisation, reference))
    return _done(request, found, _("Invoice %(number)d is issued.") % {"number": invoice.number})


@login_required
@require_POST
def pay(request: SignedIn, programme: str, edition: str, invoice: str) -> HttpResponse:
    """Say that an invoice was paid."""

    def do(about: Invoice, typed: dict[str, Any], told: dict[str, Any]) -> str:
        actions.mark_paid(about.pk, typed["paid_on"], note=typed["note"], **told)
        return _("Invoice %(number)d is paid.") % {"number": about.number}

    return _do(request, juried(edition_changed_by(request, programme, edition)), invoice, PaidForm, do)


@login_required
@require_POST
def undo(request: SignedIn, programme: str, edition: str, invoice: str) -> HttpResponse:
    """Say that an invoice was marked as paid by mistake."""

    def do(about: Invoice, typed: dict[str, Any], told: dict[str, Any]) -> str:
        actions.undo_payment(about.pk, reason=typed["reason"], **told)
        return _("Invoice %(number)d is open again.") % {"number": about.number}

    return _do(request, juried(edition_changed_by(request, programme, edition)), invoice, ReasonForm, do)


@login_required
@require_POST
def credit(request: SignedIn, programme: str, edition: str, invoice: str) -> HttpResponse:
    """Credit an invoice as a whole."""

    def do(about: Invoice, typed: dict[str, Any], told: dict[str, Any]) -> str:
        credited = actions.credit_invoice(about.pk, reason=typed["reason"], **told)
        words = {"number": about.number, "credit": credited.credit_number}
        return _("Invoice %(number)d is credited by credit note %(credit)d.") % words

    return _do(request, juried(edition_changed_by(request, programme, edition)), invoice, ReasonForm, do)


@login_required
@require_safe
def document(request: SignedIn, *, programme: str, edition: str, invoice: str, document: str) -> HttpResponse:
    """Send an invoice or its credit note."""
    found = juried(edition_seen_by(request, programme, edition))
    return document_of(get_object_or_404(invoices_of(found), public_id=invoice), document)


def _do(
    request: SignedIn,
    edition: Edition,
    invoice: str,
    form_of: type[forms.Form],
    do: Callable[[Invoice, dict[str, Any], dict[str, Any]], str],
) -> HttpResponse:
    about = get_object_or_404(invoices_of(edition), public_id=invoice)
    form = form_of(request.POST)
    if not form.is_valid():
        return _page(request, edition, asked=(about.public_id, form), status=respond.UNPROCESSABLE)
    told = {"by": request.user.public_id, "at": timezone.now()}
    try:
        words = do(about, form.cleaned_data, told)
    except Refused as refusal:
        return _page(request, edition, refusal=refusal)
    return _done(request, edition, words)


def _done(request: SignedIn, edition: Edition, words: str) -> HttpResponse:
    return respond.go_to(request, "organiser:invoices", edition.programme.slug, edition.slug, said=words)


def _page(
    request: SignedIn,
    edition: Edition,
    *,
    asked: tuple[str, forms.Form] | None = None,
    refusal: Refused | None = None,
    refused_for: tuple[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    today = day_of(edition, timezone.now())
    fees = definition_in_force(edition).fees
    every = [_line(one, fees, today) for one in invoices_of(edition)]
    counts = Counter(line.state for line in every)
    wanted, only = request.GET.get("state", ""), request.GET.get("invoice", "")
    unsent = unsent_in(edition)
    context = shell(request, edition, "invoices") | {
        "fees": fees,
        "sellers_gaps": sellers_peppol_gaps(fees) if fees else (),
        "unsent": unsent,
        "ready_count": sum(one.obstacle is None for one in unsent),
        "page": Paginator(_chosen(every, wanted, only), PAGE).get_page(request.GET.get("page")),
        "all_count": len(every),
        "states": [(state, name, counts[state]) for state, name in STATES.items() if counts[state]],
        "withdrawn_count": sum(bool(line.withdrawn) for line in every),
        "wanted": wanted,
        "only": only,
        "outstanding": _sum(every, State.OPEN, State.OVERDUE),
        "overdue": _sum(every, State.OVERDUE),
        "paid": _sum(every, State.PAID),
        "currency": every[0].invoice.currency if every else "",
        "today": today,
        "asked": asked,
        "refused_for": refused_for,
    }
    if refusal is not None:
        return respond.refused(request, "organiser/invoices.html", refusal, context)
    return render(request, "organiser/invoices.html", context, status=status)


def _line(invoice: Invoice, fees: Fees | None, today: date) -> Line:
    gaps = peppol_gaps_of(invoice)
    is_mended = fees is not None and bool(gaps) and not peppol_gaps_between(fees, invoice.organisation)
    withdrawn = withdrawn_on(invoice)
    return Line(
        invoice=invoice,
        totals=totals_of(invoice),
        state=state_of(invoice, today=today),
        gaps=gaps,
        is_mended=is_mended,
        withdrawn=withdrawn,
        others_count=len(invoice.lines.all()) - len(withdrawn),
    )


def _chosen(lines: list[Line], wanted: str, only: str) -> list[Line]:
    """Return one invoice where a link names it, or those in a state, or with withdrawn entries, or all."""
    if only:
        return [line for line in lines if line.invoice.public_id == only]
    if wanted == WITHDRAWN:
        return [line for line in lines if line.withdrawn]
    return [line for line in lines if wanted in {"", line.state}]


def _sum(lines: list[Line], *states: State) -> str:
    """Return what invoices in these states add up to; an edition has one currency."""
    return money(sum(line.totals.gross for line in lines if line.state in states))


urlpatterns = [
    path("invoices/", invoices, name="invoices"),
    path("invoices/issue/", issue_all, name="issue_invoices"),
    path("invoices/issue/<slug:organisation>/", issue_one, name="issue_invoice"),
    path("invoices/<slug:invoice>/pay/", pay, name="pay_invoice"),
    path("invoices/<slug:invoice>/undo-payment/", undo, name="undo_payment"),
    path("invoices/<slug:invoice>/credit/", credit, name="credit_invoice"),
    *documents_at(document, "invoices"),
]
