"""What a plan of who reads what says, in words and figures, for pages and commands alike."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.entries.models import Entry
from kaaring.jury.models import Juror
from kaaring.jury.queries.jurors import jurors_of, without_panel
from kaaring.jury.queries.plans import Gap, Plan
from kaaring.kernel.figures import figure
from kaaring.programmes.models import Edition

MOST_NAMED = 6


class Load(NamedTuple):
    """What a juror reads by a plan: how many entries, how many of them as before, how many drawn by lot."""

    juror: Juror
    entries: int
    kept: int
    by_lottery: int


class Told(NamedTuple):
    """A plan in words; ``gaps`` has a sentence for each entry that gets too few readings.

    ``left_out`` names the jurors that it cannot give anything, empty where there is none.
    """

    headline: str
    comparable: str
    proof: str
    gaps: tuple[str, ...]
    left_out: str
    loads: tuple[Load, ...]


def told(plan: Plan, edition: Edition) -> Told:
    """Return what a plan says in the reader's language."""
    jurors = {juror.pk: juror for juror in jurors_of(edition)}
    codes = dict(Entry.objects.filter(pk__in=[gap.entry for gap in plan.gaps]).values_list("pk", "code"))
    return Told(
        headline=_headline(plan),
        comparable=_comparable(plan, jurors),
        proof=_proof(plan),
        gaps=tuple(_gap(gap, codes.get(gap.entry, "?"), jurors) for gap in plan.gaps),
        left_out=left_out_of(without_panel(edition)),
        loads=_loads(plan, jurors),
    )


def left_out_of(jurors: Iterable[Juror]) -> str:
    """Say which jurors get nothing to read since they belong to no panel; empty for none."""
    names = [str(one) for one in jurors]
    if not names:
        return ""
    return ngettext(
        "%(jurors)s belongs to no panel, so no entry is assigned.",
        "%(jurors)s belong to no panel, so no entry is assigned to them.",
        len(names),
    ) % {"jurors": _listed(names)}


def _headline(plan: Plan) -> str:
    entries = {entry for _juror, entry in plan.pairs} | {gap.entry for gap in plan.gaps}
    missing = sum(gap.missing for gap in plan.gaps)
    counted = ngettext("%(count)d entry.", "%(count)d entries.", len(entries))
    readers = ngettext(
        "An entry is read by %(count)d juror.", "An entry is read by %(count)d jurors.", plan.readings
    )
    placed = (
        ngettext("%(count)d reading cannot be placed.", "%(count)d readings cannot be placed.", missing)
        if missing
        else _("Every reading is placed.")
    )
    parts = ((counted, len(entries)), (readers, plan.readings), (placed, missing))
    return " ".join(words % {"count": count} for words, count in parts)


def _comparable(plan: Plan, jurors: Mapping[int, Juror]) -> str:
    if plan.is_comparable:
        return _("All entries comparable: yes. Shared entries connect all jurors.")
    groups = "; ".join(_named(part, jurors) for part in plan.parts)
    return _(
        "All entries comparable: no. These groups of jurors share no entry, so strict and lenient jurors "
        "cannot be told apart between them: %(groups)s."
    ) % {"groups": groups}


def _proof(plan: Plan) -> str:
    if plan.gap == 0:
        return _("No plan within these limits fits the jurors' knowledge better; this is proven.")
    return _(
        "To keep the jurors comparable, at most %(share)s %% of the best possible fit with their knowledge "
        "was given up."
    ) % {"share": figure(_share_given_up(plan))}


def _share_given_up(plan: Plan) -> Fraction:
    """Return the percentage, rounded up to a tenth: what is said to be the most is never too little."""
    return Fraction(ceil(Fraction(1000 * plan.gap, plan.fit + plan.gap)), 10)


def _gap(gap: Gap, code: str, jurors: Mapping[int, Juror]) -> str:
    short = ngettext(
        "%(entry)s lacks %(count)d reading.", "%(entry)s lacks %(count)d readings.", gap.missing
    ) % {"entry": code, "count": gap.missing}
    return f"{short} {_who_is_full(gap, jurors) if gap.is_full else _who_is_kept_out(gap, len(jurors))}"


def _who_is_full(gap: Gap, jurors: Mapping[int, Juror]) -> str:
    return _(
        "The jurors who may read this entry have as many as they take: %(jurors)s. Readings needed of "
        "them: %(needed)d; they can give %(available)d. Let them read more, or add jurors."
    ) % {"available": gap.available, "needed": gap.needed_by_all, "jurors": _named(gap.full, jurors)}


def _who_is_kept_out(gap: Gap, jurors: int) -> str:
    may = ngettext(
        "%(count)d juror of %(jurors)d may read this entry.",
        "%(count)d jurors of %(jurors)d may read this entry.",
        gap.eligible,
    ) % {"jurors": jurors, "count": gap.eligible}
    why = [
        words % {"count": count}
        for words, count in (
            (_("%(count)d with a conflict of interest"), gap.by_conflict),
            (_("%(count)d without the language of the entry"), gap.by_language),
            (_("%(count)d outside the panel of the category"), gap.by_panel),
            (_("%(count)d taken off the entry by hand"), gap.by_hand),
        )
        if count
    ]
    return f"{may} {_('Kept out: %(why)s.') % {'why': ', '.join(why)}}" if why else may


def _named(keys: tuple[int, ...], jurors: Mapping[int, Juror]) -> str:
    return _listed([str(jurors[key]) for key in keys if key in jurors])


def _listed(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    left = len(names) - MOST_NAMED
    more = ngettext("and %(count)d more", "and %(count)d more", left) % {"count": left}
    return f"{', '.join(names[:MOST_NAMED])} {more}"


def _loads(plan: Plan, jurors: Mapping[int, Juror]) -> tuple[Load, ...]:
    loads = plan.loads
    kept = _counts(plan.kept)
    drawn = _counts(plan.by_lottery)
    return tuple(
        Load(juror, loads.get(key, 0), kept.get(key, 0), drawn.get(key, 0)) for key, juror in jurors.items()
    )


def _counts(pairs: tuple[tuple[int, int], ...]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for juror, _entry in pairs:
        counts[juror] = counts.get(juror, 0) + 1
    return counts
