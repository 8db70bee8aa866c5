"""Invoices: what entries cost, who has still to be sent one, who has still to pay."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from kaaring.entries.models import Entry, Invoice, InvoiceLine
from kaaring.entries.queries.access import Reader, organisations_of
from kaaring.entries.rules.fees import Fee, Totals, fee_on, totals
from kaaring.entries.rules.invoices import against_no_address
from kaaring.entries.rules.peppol import Party, PeppolGap, gaps_for_peppol, gaps_of_buyer, gaps_of_seller
from kaaring.kernel.refused import Refused
from kaaring.people.models import Organisation
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Fees
from kaaring.programmes.definition.schema.values import plain_number
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force

BUYER = ("name", "number", "street", "postcode", "city", "country", "endpoint")


class State(StrEnum):
    """How an invoice stands."""

    OPEN = "open"
    OVERDUE = "overdue"
    PAID = "paid"
    CREDITED = "credited"


class Unsent(NamedTuple):
    """An organisation with entries that no invoice is for yet, and what is in the way of one.

    ``peppol_gaps`` are in the way of its XML only, as far as the organisation can mend them.
    """

    organisation: Organisation
    entries: tuple[tuple[Entry, Fee], ...]
    totals: Totals
    obstacle: Refused | None
    peppol_gaps: tuple[PeppolGap, ...]


def day_of(edition: Edition, at: datetime) -> date:
    """Return the day of a moment on the edition's calendar."""
    return at.astimezone(ZoneInfo(edition.timezone)).date()


def fee_of(entry: Entry, at: datetime | None = None, *, definition: Definition | None = None) -> Fee | None:
    """Return what an entry costs, submitted at a moment or when it was; None where entries cost nothing.

    The day counts that it is in the edition's time zone; members pay the members' price.
    """
    fees = (definition or definition_in_force(entry.edition)).fees
    moment = at or entry.submitted_at
    if fees is None or moment is None:
        return None
    return fee_on(fees, day_of(entry.edition, moment), is_member=entry.case.organisation.is_member)


def vat_of(invoice: Invoice) -> Fraction:
    """Return the rate of tax of an invoice as a share."""
    return Fraction(invoice.vat) / 100


def totals_of(invoice: Invoice) -> Totals:
    """Return what an invoice adds up to."""
    return totals((line.amount for line in invoice.lines.all()), vat_of(invoice))


def seller_of(fees: Fees) -> Party:
    """Return who sends invoices now, as it is kept with one."""
    return fees.seller.model_dump(mode="json")


def buyer_of(organisation: Organisation) -> Party:
    """Return who is sent an invoice now, as it is kept with one."""
    told = {name: getattr(organisation, name) for name in BUYER}
    return {**told, "email": organisation.invoice_email}


def percent_of(fees: Fees) -> str:
    """Return the rate of tax of invoices now, in per cent, as it is kept with one."""
    return str(plain_number(fees.vat * 100))


def sellers_peppol_gaps(fees: Fees) -> tuple[PeppolGap, ...]:
    """Return what would keep every invoice of today from Peppol."""
    return gaps_of_seller(seller_of(fees), vat=percent_of(fees))


def peppol_gaps_between(fees: Fees, organisation: Organisation) -> tuple[PeppolGap, ...]:
    """Return what would keep an invoice of today to an organisation from Peppol."""
    return gaps_for_peppol(seller_of(fees), buyer_of(organisation), vat=percent_of(fees))


def peppol_gaps_of(invoice: Invoice) -> tuple[PeppolGap, ...]:
    """Return what keeps an invoice from Peppol, as it was issued."""
    return gaps_for_peppol(invoice.seller, invoice.buyer, vat=invoice.vat)


def withdrawn_on(invoice: Invoice) -> list[Entry]:
    """Return the withdrawn entries on an invoice that stands; after crediting, none is paid for."""
    if invoice.credited_at is not None:
        return []
    return [line.entry for line in invoice.lines.all() if line.entry.withdrawn_at is not None]


def state_of(invoice: Invoice, *, today: date) -> State:
    """Return how an invoice stands on a day."""
    if invoice.credited_at is not None:
        return State.CREDITED
    if invoice.paid_on is not None:
        return State.PAID
    return State.OVERDUE if today > invoice.due_on else State.OPEN


def invoices_of(edition: Edition) -> QuerySet[Invoice]:
    """Return the invoices of an edition with their lines, the newest first."""
    return _whole(Invoice.objects.filter(edition=edition)).order_by("-number")


def invoices_seen_by(user: Reader) -> QuerySet[Invoice]:
    """Return the invoices to the organisations that a person acts for, the newest first."""
    mine = organisations_of(user).order_by()
    return _whole(Invoice.objects.filter(organisation__in=mine)).order_by("-issued_on", "-number")


def _whole(invoices: QuerySet[Invoice]) -> QuerySet[Invoice]:
    found = invoices.select_related("edition__programme__organiser", "organisation")
    return found.prefetch_related("lines__entry")


def invoiced_among(entries: Iterable[Entry]) -> set[int]:
    """Return which of these entries, by their keys, stand on an invoice that is not credited."""
    living = InvoiceLine.objects.filter(entry__in=list(entries), invoice__credited_at=None)
    return set(living.values_list("entry", flat=True))


def unsent_in(edition: Edition) -> list[Unsent]:
    """Return the organisations with submitted entries that no invoice is for, by name; free ones left out."""
    definition = definition_in_force(edition)
    if definition.fees is None:
        return []
    submitted = Entry.objects.filter(edition=edition, submitted_at__isnull=False, withdrawn_at=None)
    invoiced = InvoiceLine.objects.filter(entry__edition=edition, invoice__credited_at=None).values("entry")
    found = submitted.exclude(pk__in=invoiced).select_related("case__organisation", "category", "edition")
    by_organisation: dict[Organisation, list[tuple[Entry, Fee]]] = {}
    for entry in found.order_by("case__organisation__name", "case__organisation", "code"):
        fee = fee_of(entry, definition=definition)
        assert fee is not None
        by_organisation.setdefault(entry.case.organisation, []).append((entry, fee))
    unsent = (_unsent(one, entries, definition.fees) for one, entries in by_organisation.items())
    return [one for one in unsent if one.totals.net]


def _unsent(organisation: Organisation, entries: list[tuple[Entry, Fee]], fees: Fees) -> Unsent:
    added = totals((fee.amount for _entry, fee in entries), fees.vat)
    gaps = gaps_of_buyer(buyer_of(organisation))
    return Unsent(organisation, tuple(entries), added, against_no_address(organisation), gaps)
