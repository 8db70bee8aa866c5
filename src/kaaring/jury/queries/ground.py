"""What an assignment is planned on: entries, jurors, who may not read what, and what stays as it is.

Plain values, without SciPy, so that pages can tell whether a plan still fits.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kaaring.jury.models import Assignment, Panel, Stage
from kaaring.jury.queries.detection import detected, pairs_found
from kaaring.jury.queries.jurors import jurors_of
from kaaring.jury.queries.recusals import Pair, blocked_pairs
from kaaring.jury.queries.stages import entries_in, jury_of, rules_of
from kaaring.programmes.models import Category


class EntryHere(NamedTuple):
    """An entry to be read: its key, what it is called, its category and its language."""

    key: int
    code: str
    category: str
    language: str


class JurorHere(NamedTuple):
    """A juror who may read: the languages and categories known, none meaning all, and the most to read."""

    key: int
    code: str
    languages: tuple[str, ...]
    categories: tuple[str, ...]
    most_entries: int | None

    def reads(self, language: str) -> bool:
        """Say whether the juror reads a language."""
        return not self.languages or language in self.languages


@dataclass(frozen=True)
class Ground:
    """Everything that decides about an assignment, in a fixed order.

    ``panels`` are the keys of the jurors of each category that has a panel, ``groups`` the heading of each
    category. ``conflicts`` and ``ended_by_hand`` are pairs that must not be, ``fixed`` those that stay: made
    by hand or begun. All pairs are (juror, entry) by their keys.
    """

    entries: tuple[EntryHere, ...]
    jurors: tuple[JurorHere, ...]
    readings: int
    seats_by_lottery: int
    panels: Mapping[str, frozenset[int]]
    groups: Mapping[str, str]
    conflicts: frozenset[Pair]
    ended_by_hand: frozenset[Pair]
    fixed: frozenset[Pair]

    @property
    def digest(self) -> str:
        """The fingerprint of all of it: the same as long as nothing that matters has changed."""
        parts = (
            self.entries,
            self.jurors,
            self.readings,
            self.seats_by_lottery,
            sorted((code, sorted(jurors)) for code, jurors in self.panels.items()),
            sorted(self.groups.items()),
            sorted(self.conflicts),
            sorted(self.ended_by_hand),
            sorted(self.fixed),
        )
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def ground_of(stage: Stage) -> Ground:
    """Return what an assignment in a stage is planned on now."""
    edition = stage.edition
    conflicts = blocked_pairs(edition) | pairs_found(edition, detected(edition))
    entries = tuple(
        EntryHere(*row)
        for row in entries_in(stage).values_list("pk", "code", "category__code", "case__language")
    )
    jurors = tuple(
        JurorHere(one.pk, one.code, tuple(one.languages), tuple(one.categories), one.most_entries)
        for one in jurors_of(edition)
    )
    here = ({one.key for one in jurors}, {one.key for one in entries})
    ended, fixed = _settled(stage)
    jury, own = jury_of(edition), rules_of(stage)
    return Ground(
        entries=entries,
        jurors=jurors,
        readings=(own and own.jurors_per_entry) or (jury.jurors_per_entry if jury else 1),
        seats_by_lottery=own.seats_by_lottery if own else 1,
        panels=_panels(stage),
        groups=dict(Category.objects.filter(edition=edition).order_by("code").values_list("code", "group")),
        conflicts=_among(conflicts, here),
        ended_by_hand=_among(ended - fixed, here),
        fixed=_among(fixed - conflicts, here),
    )


def _among(pairs: set[Pair], here: tuple[set[int], set[int]]) -> frozenset[Pair]:
    jurors, entries = here
    return frozenset(pair for pair in pairs if pair[0] in jurors and pair[1] in entries)


def _settled(stage: Stage) -> tuple[set[Pair], set[Pair]]:
    """Return the pairs that somebody ended by hand, and those that stay as they are."""
    ended, fixed = set(), set()
    rows = Assignment.objects.filter(stage=stage).values_list(
        "juror_id", "entry_id", "is_manual", "ended_at", "scorecard"
    )
    for juror, entry, is_manual, ended_at, scorecard in rows:
        if ended_at is not None and is_manual:
            ended.add((juror, entry))
        elif ended_at is None and (is_manual or scorecard is not None):
            fixed.add((juror, entry))
    return ended, fixed


def _panels(stage: Stage) -> dict[str, frozenset[int]]:
    members: dict[str, set[int]] = {}
    rows = Panel.objects.filter(edition=stage.edition_id).order_by("pk")
    for category, juror in rows.values_list("categories__code", "jurors"):
        if category is not None:
            members.setdefault(category, set()).add(juror or 0)
    return {code: frozenset(jurors) for code, jurors in members.items()}
