"""The letters of an edition: drafts, sent, in doubt."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import QuerySet

from kaaring.outbox.models import AGAIN, Letter
from kaaring.programmes.models import Edition


def letters_of(edition: Edition) -> QuerySet[Letter]:
    """Return all letters of an edition but the withdrawn ones, by kind and address."""
    return Letter.objects.filter(edition=edition, withdrawn_at__isnull=True).order_by("kind", "to", "pk")


def drafts_of(edition: Edition) -> QuerySet[Letter]:
    """Return the letters that wait to be sent."""
    return letters_of(edition).filter(claimed_at__isnull=True)


def unsure_of(edition: Edition) -> QuerySet[Letter]:
    """Return the letters that were handed to the mail server without an answer."""
    return letters_of(edition).filter(claimed_at__isnull=False, sent_at__isnull=True)


def sent_of(edition: Edition) -> QuerySet[Letter]:
    """Return the letters that the mail server took, the newest first."""
    return letters_of(edition).filter(sent_at__isnull=False).order_by("-sent_at", "to")


def gone_before(edition: Edition, kinds: Collection[str]) -> Counter[tuple[str, str]]:
    """Return how many addresses have had letters of these kinds, by the kind and the stage they are about.

    The stage is empty where they are about none.
    """
    gone = letters_of(edition).filter(claimed_at__isnull=False, kind__in=kinds).order_by()
    had = {
        (kind, about.partition(AGAIN)[0].partition(":")[2], to)
        for kind, about, to in gone.values_list("kind", "about", "to")
    }
    return Counter((kind, stage) for kind, stage, _to in had)


def others_in(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Return those of letters whose readers have had an earlier one of the kind about the same thing."""
    return letters.filter(about__contains=AGAIN)


class Count(NamedTuple):
    """How many letters of a kind wait, are in doubt and have gone; ``waiting`` by language."""

    kind: str
    waiting: Mapping[str, int]
    unsure: int
    sent: int
    sent_at: datetime | None

    @property
    def drafts(self) -> int:
        """How many wait, in all languages."""
        return sum(self.waiting.values())


def counts_of(edition: Edition) -> list[Count]:
    """Return how many letters there are of each kind of which there are any, in the order of the kinds."""
    rows = letters_of(edition).order_by().values("kind", "language")
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for row in rows.annotate(
        waiting=models.Count("pk", filter=models.Q(claimed_at__isnull=True)),
        unsure=models.Count("pk", filter=models.Q(claimed_at__isnull=False, sent_at__isnull=True)),
        sent=models.Count("sent_at"),
        newest=models.Max("sent_at"),
    ):
        by_kind.setdefault(row["kind"], []).append(dict(row))
    return [_count(kind, by_kind[kind]) for kind in Letter.Kind.values if kind in by_kind]


def _count(kind: str, rows: list[dict[str, Any]]) -> Count:
    newest = [row["newest"] for row in rows if row["newest"] is not None]
    return Count(
        kind,
        {row["language"]: row["waiting"] for row in rows if row["waiting"]},
        sum(row["unsure"] for row in rows),
        sum(row["sent"] for row in rows),
        max(newest, default=None),
    )
