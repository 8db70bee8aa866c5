"""One line of a table of entries, and the order of such a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.results.queries.juried.inputs import EntryName, Given


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry's line in a stage.

    ``score`` is exact, 0 to 100; ``value`` is what was counted where nothing was marked: votes, points.
    ``low`` and ``high`` are the ends of the 95 % interval of a mean of jurors' scores, None where there is
    none. ``scorecards`` are those that count in it, ``given`` all of the stage's for it. ``parted_by`` names
    the tie-breaker that parted it from an equal score, ``jury``, ``criterion:CODE`` or ``lot``, and ``why``
    says why there is no place. ``lots`` are those that a transferable vote drew with it: each the codes of
    the entries it was drawn among, in the drawn order.
    """

    entry: EntryName
    score: Fraction | None
    value: Fraction | None
    low: float | None
    high: float | None
    scorecards: int
    place: int | None
    is_shared: bool
    parted_by: str
    why: str
    given: Sequence[Given]
    lots: tuple[tuple[str, ...], ...] = ()

    @property
    def scores(self) -> dict[int, Fraction | None]:
        """The jurors' own scores by the juror's key, None for one who came to no score."""
        return {one.juror: one.score for one in self.given}

    @property
    def lots_text(self) -> str:
        """What lots decided in words, empty where none was drawn."""
        return " ".join(
            _("A lot parted entries with equal votes, in this order: %(entries)s.")
            % {"entries": ", ".join(drawn)}
            for drawn in self.lots
        )

    @property
    def why_text(self) -> str:
        """The reason for having no place in words, empty where there is one."""
        if self.why == "too_few_scorecards":
            return ngettext(
                "%(count)d scorecard is too few for a score.",
                "%(count)d scorecards are too few for a score.",
                self.scorecards,
            ) % {"count": self.scorecards}
        sentences = {
            "too_few_to_trim": _("Too few scorecards are left when the highest and lowest are cut off."),
            "no_division": _("The entry is in no division of its category yet."),
            "part_missing": _("A stage that counts in the final score gave this entry no score."),
            "not_passed": _("The entry did not pass the screening."),
            "votes_to_come": _("Not known yet: jurors' votes that decide it are to come."),
            "not_elected": _("The entry was not elected."),
            "not_compared": _("No juror could compare the entry with another."),
            "not_all_ranked": _(
                "A transferable vote needs jurors who rank every entry, and one of them has ranked only "
                "some. Wait for the rest, or keep that juror from all entries of the category."
            ),
            "no_votes": _("Nobody has voted yet."),
        }
        return sentences.get(self.why, "")


def unplaced_row(entry: EntryName, why: str, *, scorecards: int = 0) -> EntryRow:
    """Return the line of an entry that has no score and no place."""
    return EntryRow(entry, None, None, None, None, scorecards, None, False, "", why, ())


def in_order(rows: Iterable[EntryRow]) -> list[EntryRow]:
    """Return the rows by place, those without one last and by score; then by code."""
    return sorted(rows, key=_standing)


def _standing(row: EntryRow) -> tuple[bool, int | Fraction, str]:
    return row.place is None, row.place or -(row.score or 0), row.entry.code
