"""All entries of an edition for its organiser: light rows, the states they are in, and how many of each."""

from collections.abc import Callable, Iterable
from datetime import datetime
from math import inf
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from kaaring.entries.models import Correction, Declaration, Entry, InvoiceLine, Party
from kaaring.entries.queries.nominees import lacking_consent, version_read
from kaaring.programmes.definition import Definition
from kaaring.programmes.models import Category, Edition

DRAFT, SUBMITTED, CORRECTION, WITHDRAWN = "draft", "submitted", "correction", "withdrawn"
LAPSED = "lapsed"
LATE, DECLARATION, CONSENT, UNPAID, UNFIT = "late", "declaration", "consent", "unpaid", "unfit"
STATES = (DRAFT, SUBMITTED, CORRECTION, LAPSED, LATE, DECLARATION, CONSENT, UNPAID, UNFIT, WITHDRAWN)
SORTS = ("code", "title", "organisation", "category", "submitted_at")


class Wanted(NamedTuple):
    """Which entries to list and in which order; empty means all.

    ``category`` is a code, ``organisation`` a public id, ``sort`` one of ``SORTS``, with ``-`` before it to
    turn it round.
    """

    q: str = ""
    category: str = ""
    state: str = ""
    organisation: str = ""
    sort: str = ""


class EntryLine(NamedTuple):
    """An entry in the list: what it is called, and everything that waits about it."""

    key: int
    public_id: str
    code: str
    title: str
    organisation: str
    nominee: str
    category: str
    division: str
    submitted_at: datetime | None
    late_until: datetime | None
    is_withdrawn: bool
    is_open_for_correction: bool
    has_lapsed: bool
    has_declaration_to_check: bool
    lacks_consent: bool
    is_unpaid: bool
    is_unfit: bool

    @property
    def state(self) -> str:
        """The one state it is in."""
        if self.is_withdrawn:
            return WITHDRAWN
        if self.submitted_at is None:
            return DRAFT
        if self.has_lapsed:
            return LAPSED
        return CORRECTION if self.is_open_for_correction else SUBMITTED

    @property
    def matters(self) -> tuple[str, ...]:
        """What waits about it beside that."""
        waiting = {
            LATE: self.late_until is not None and not self.is_withdrawn,
            DECLARATION: self.has_declaration_to_check,
            CONSENT: self.lacks_consent,
            UNPAID: self.is_unpaid,
            UNFIT: self.is_unfit,
        }
        return tuple(matter for matter, is_so in waiting.items() if is_so)

    def is_in(self, state: str) -> bool:
        """Say whether it is listed under a state; what is or was open for correction is submitted as well."""
        if state == SUBMITTED:
            return self.state in (SUBMITTED, CORRECTION, LAPSED)
        return state == self.state or state in self.matters


_COLUMNS = (
    "pk",
    "public_id",
    "code",
    "case__title",
    "case__organisation__name",
    "nominee",
    "category__code",
    "division",
    "submitted_at",
    "late_until",
    "is_withdrawn",
    "is_open_for_correction",
    "has_lapsed",
    "has_declaration_to_check",
    "lacks_consent",
    "is_unpaid",
)


def entry_lines(edition: Edition, definition: Definition, *, at: datetime) -> list[EntryLine]:
    """Return all entries of an edition by their codes, with as many queries for many as for one."""
    return _lines(Entry.objects.filter(edition=edition), definition, at)


def entry_line(entry: Entry, definition: Definition, *, at: datetime) -> EntryLine:
    """Return one entry as the list has it."""
    return _lines(Entry.objects.filter(pk=entry.pk), definition, at)[0]


def _lines(entries: QuerySet[Entry], definition: Definition, at: datetime) -> list[EntryLine]:
    annotated = _annotated(entries, has_fees=definition.fees is not None, at=at)
    rows = annotated.order_by("code").values_list(*_COLUMNS)
    unfit = _unfit(entries)
    return [EntryLine._make((*row, row[0] in unfit)) for row in rows]


def _annotated(entries: QuerySet[Entry], *, has_fees: bool, at: datetime) -> QuerySet[Entry]:
    living = Q(withdrawn_at=None)
    of_this = {"entry": OuterRef("pk")}
    corrections = Correction.objects.filter(**of_this, answered_at=None)
    unchecked = Declaration.objects.filter(**of_this, checked_at=None)
    paid = InvoiceLine.objects.filter(**of_this, invoice__paid_on__isnull=False, invoice__credited_at=None)
    is_due = living & Q(submitted_at__isnull=False) & ~Exists(paid)
    return entries.annotate(read_version=version_read()).annotate(
        nominee=Coalesce("case__nominee__name", Value("")),
        is_withdrawn=_says(~living),
        is_open_for_correction=_says(living & Exists(corrections.filter(until__gt=at))),
        has_lapsed=_says(living & Exists(corrections.filter(until__lte=at))),
        has_declaration_to_check=_says(living & Q(submitted_at__isnull=False) & Exists(unchecked)),
        lacks_consent=_says(living & lacking_consent()),
        is_unpaid=_says(is_due if has_fees else Q(pk=None)),
    )


def _says(condition: Q | Combinable) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def _unfit(entries: QuerySet[Entry]) -> set[int]:
    """Return the entries of which the kept record says that a rule is not met.

    The database finds records that hold such a finding anywhere; whether it decides is seen in the record.
    How rules about protected answers came out is not told here.
    """
    living = entries.filter(withdrawn_at=None).order_by()
    records = living.annotate(record=Cast("eligibility", TextField())).filter(record__contains='"not_met"')
    return {
        key
        for key, record in records.values_list("pk", "eligibility")
        if any(one["outcome"] == "not_met" and not one.get("is_protected") for one in record)
    }


def state_counts(lines: Iterable[EntryLine]) -> dict[str, int]:
    """Return how many entries there are in each state."""
    known = list(lines)
    return {state: sum(line.is_in(state) for line in known) for state in STATES}


def lines_wanted(edition: Edition, lines: Iterable[EntryLine], wanted: Wanted) -> list[EntryLine]:
    """Return those of the lines that are wanted, in the order that is wanted."""
    found = [
        line
        for line in lines
        if wanted.category in ("", line.category) and (not wanted.state or line.is_in(wanted.state))
    ]
    if wanted.organisation:
        theirs = _behind(edition, wanted.organisation)
        found = [line for line in found if line.key in theirs]
    if wanted.q:
        found = _named(edition, found, wanted.q.casefold())
    return _in_order(edition, found, wanted.sort) if wanted.sort.removeprefix("-") in SORTS else found


def _in_order(edition: Edition, lines: Iterable[EntryLine], sort: str) -> list[EntryLine]:
    """Return lines in an order; drafts come after everything that was submitted at some time."""
    name = sort.removeprefix("-")
    keys: dict[str, Callable[[EntryLine], Any]] = {
        "code": lambda line: line.code,
        "title": lambda line: line.title.casefold(),
        "organisation": lambda line: line.organisation.casefold(),
        "submitted_at": lambda line: line.submitted_at.timestamp() if line.submitted_at else inf,
    }
    if name == "category":
        position = dict(Category.objects.filter(edition=edition).values_list("code", "position"))
        keys["category"] = lambda line: (position[line.category], line.division)
    return sorted(lines, key=keys[name], reverse=sort.startswith("-"))


def _behind(edition: Edition, organisation: str) -> set[int]:
    """Return the entries behind which an organisation stands, alone or with others."""
    theirs = Q(case__organisation__public_id=organisation) | Q(
        case__parties__organisation__public_id=organisation
    )
    return set(Entry.objects.filter(theirs, edition=edition).values_list("pk", flat=True))


def _named(edition: Edition, lines: Iterable[EntryLine], text: str) -> list[EntryLine]:
    """Return the lines in which a text stands; letters of every alphabet are compared without their case."""
    partners: dict[int, str] = {}
    parties = Party.objects.filter(case__entries__edition=edition).order_by()
    for key, name in parties.values_list("case__entries", "organisation__name"):
        partners[key] = f"{partners.get(key, '')}\n{name}"
    return [
        line
        for line in lines
        if text
        in "\n".join(
            (line.code, line.title, line.organisation, line.nominee, partners.get(line.key, ""))
        ).casefold()
    ]


def counts_by_category(edition: Edition) -> dict[str, dict[str, int]]:
    """Return how many drafts, submitted and withdrawn entries each category has, by its code."""
    rows = (
        Entry.objects.filter(edition=edition)
        .order_by()
        .values_list("category__code")
        .annotate(
            draft=Count("pk", filter=Q(submitted_at=None, withdrawn_at=None)),
            submitted=Count("pk", filter=Q(submitted_at__isnull=False, withdrawn_at=None)),
            withdrawn=Count("pk", filter=Q(withdrawn_at__isnull=False)),
        )
    )
    return {
        code: {DRAFT: draft, SUBMITTED: submitted, WITHDRAWN: withdrawn}
        for code, draft, submitted, withdrawn in rows
    }
