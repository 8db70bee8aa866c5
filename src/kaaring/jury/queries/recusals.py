"""Conflicts of interest: which entries they keep jurors from, and which are waiting for a look."""

from typing import Any

from django.db.models import Q, QuerySet

from kaaring.entries.models import Case, Entry
from kaaring.jury.models import Juror, Recusal
from kaaring.people.models import Organisation
from kaaring.programmes.models import Edition

type Pair = tuple[int, int]
WAYS = (
    ("organisation__cases__edition", "organisation__cases__entries"),
    ("organisation__parties__case__edition", "organisation__parties__case__entries"),
    ("case__edition", "case__entries"),
)
"""From a conflict to entries: of the organisation's own cases, of cases it is a party of, of the case."""


def recusals_of(edition: Edition) -> QuerySet[Recusal]:
    """Return the conflicts of interest in an edition, those that wait for a look first."""
    found = Recusal.objects.filter(juror__edition=edition, juror__removed_at=None)
    return found.select_related("juror", "organisation", "case").order_by("juror__name", "pk")


def in_force(edition: Edition) -> QuerySet[Recusal]:
    """Return the conflicts that block: all but the dismissed, also those nobody has looked at yet."""
    return recusals_of(edition).filter(dismissed_at=None)


def waiting(edition: Edition) -> QuerySet[Recusal]:
    """Return the conflicts found by comparing that nobody has confirmed or dismissed."""
    return in_force(edition).filter(source=Recusal.Source.DETECTED, confirmed_at=None)


def waiting_pairs(edition: Edition) -> set[Pair]:
    """Return (juror, entry), by their keys, where a conflict was found that nobody has looked at yet."""
    return _pairs(waiting(edition), edition)


def blocked_pairs(edition: Edition, *, juror: Juror | None = None) -> set[Pair]:
    """Return (juror, entry), by their keys, wherever a conflict of interest stands between them."""
    standing = Recusal.objects.filter(juror__edition=edition, dismissed_at=None)
    return _pairs(standing.filter(juror=juror) if juror else standing, edition)


def blocked_entries(juror: Juror) -> set[int]:
    """Return the keys of the entries that a juror has nothing to do with."""
    return {entry for _juror, entry in blocked_pairs(juror.edition, juror=juror)}


def recused_from(entry: Entry) -> set[int]:
    """Return the keys of the jurors who have nothing to do with an entry and leave the room for it."""
    return {juror for juror, other in blocked_pairs(entry.edition) if other == entry.pk}


def pairs_of(recusal: Recusal) -> set[Pair]:
    """Return (juror, entry) that one conflict of interest stands between."""
    return _pairs(Recusal.objects.filter(pk=recusal.pk), recusal.juror.edition)


def _pairs(recusals: QuerySet[Recusal], edition: Edition) -> set[Pair]:
    found: set[Any] = set()
    first, *others = (
        recusals.order_by().filter(**{of: edition}).values_list("juror_id", entries) for of, entries in WAYS
    )
    found.update(first.union(*others).order_by())
    return {(juror, entry) for juror, entry in found if entry is not None}


def organisations_in(edition: Edition) -> QuerySet[Organisation]:
    """Return the organisations that stand behind the cases of an edition, drafts too."""
    return _behind(Case.objects.filter(edition=edition))


def organisations_that_entered(edition: Edition) -> QuerySet[Organisation]:
    """Return the organisations behind what is submitted: who only thinks of entering is nobody's business."""
    submitted = edition.entries.filter(submitted_at__isnull=False, withdrawn_at=None)
    return _behind(Case.objects.filter(pk__in=submitted.values("case")))


def _behind(cases: QuerySet[Case]) -> QuerySet[Organisation]:
    own = Organisation.objects.filter(cases__in=cases).values("pk")
    party = Organisation.objects.filter(parties__case__in=cases).values("pk")
    return Organisation.objects.filter(Q(pk__in=own) | Q(pk__in=party)).order_by("name")
