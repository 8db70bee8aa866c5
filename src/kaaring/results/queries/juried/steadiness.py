"""How well a contest's ranking holds: under every other reading of its rules, and without each juror."""

from kaaring.jury.sheets import MARKED
from kaaring.programmes.queries import definition_in_force
from kaaring.results.queries.juried.inputs import cards_of, jury_ranks_in
from kaaring.results.queries.juried.standings import EntryStandings
from kaaring.scoring.juried import Variants, variants


def steadiness_of(table: EntryStandings) -> Variants[int, int] | None:
    """Return what becomes of a table in every variant; None where nothing was marked or stages are blended.

    Neither is there anything where scores are adjusted for strict jurors, since variants read raw marks.
    Entries and jurors stand by their primary keys.
    """
    jury = definition_in_force(table.edition).jury
    if table.stage is None or table.mode not in MARKED or jury is None or jury.combine.severity != "raw":
        return None
    entries = [row.entry.pk for row in table.rows]
    known = set(entries)
    cards = [
        card for card in cards_of(table.stage, jury.scale, table.contest.category.code) if card.entry in known
    ]
    ranks = {entry: rank for entry, rank in jury_ranks_in(table.stage).items() if entry in known}
    return variants(entries, cards, table.contest.recipe, ranks) if cards else None
