"""Whether the rows of a spreadsheet of marks fit their edition; everything that is wrong, cell by cell."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from kaaring.jury.mark_rows import SHARE, MarkRow, MarkSurroundings, right_marks
from kaaring.jury.rules.mark_jurors import examine_jurors
from kaaring.jury.rules.scorecards import against_incomplete, against_sheet, unasked
from kaaring.jury.sheets import UNTOUCHED, Blank, Filled
from kaaring.kernel.tables import Fault
from kaaring.kernel.text import said
from kaaring.programmes.definition.schema import Criterion


def examine_marks(rows: Sequence[MarkRow], around: MarkSurroundings, *, file: str) -> Iterator[Fault]:
    """Yield everything in which the rows do not fit the edition and its rules."""
    yield from examine_jurors(rows, around, file=file)
    for row in rows:
        yield from _misfits(row, around, file)
        blank = blank_for(row, around)
        if blank is not None:
            yield from _sheet_misfits(row, blank, file)
    yield from _rank_misfits(rows, around, file)
    yield from _points_misfits(rows, around, file)


def blank_for(row: MarkRow, around: MarkSurroundings) -> Blank | None:
    """Return the blank that a row fills in, None where its entry or category is unknown."""
    entry = around.entries.get(row.entry)
    category = around.categories.get(entry.category) if entry else None
    return Blank(around.stage, category, around.scale) if category else None


def _misfits(row: MarkRow, around: MarkSurroundings, file: str) -> Iterator[Fault]:
    entry = around.entries.get(row.entry)
    if entry is None and row.entry:
        what = _("There is no entry “%(value)s” in this edition.") % {"value": row.entry}
        yield Fault(file, row.row, "entry", row.entry, what, _("Correct the code, or import it first."))
    elif entry is not None and not entry.is_judged:
        what = _("The entry %(value)s is not submitted, or was withdrawn.") % {"value": row.entry}
        yield Fault(file, row.row, "entry", row.entry, what, _("Remove the row, or submit it first."))
    yield from _pair_misfits(row, around, file)


def _pair_misfits(row: MarkRow, around: MarkSurroundings, file: str) -> Iterator[Fault]:
    pair = (row.juror, row.entry)
    if pair in around.blocked:
        what = _("A conflict of interest stands between this juror and this entry.")
        remedy = _("Remove the row, or dismiss the conflict with a reason.")
        yield Fault(file, row.row, "juror", row.juror, what, remedy)
    elif pair in around.ended:
        what = _("This juror no longer marks this entry: %(reason)s") % {"reason": around.ended[pair]}
        yield Fault(file, row.row, "juror", row.juror, what, _("Assign it again, or remove the row."))
    card = around.cards.get(pair)
    if card is not None and not card.is_entered and not (card.is_final and card.sheet == row.sheet):
        what = _("The juror has begun to mark this entry on their own pages.")
        remedy = _("Remove the row: the juror finishes it there.")
        if card.is_final:
            what = _("The juror has given this entry other marks, and they are final.")
            remedy = _("Remove the row, or have the scorecard reopened and let the juror correct it.")
        yield Fault(file, row.row, "juror", row.juror, what, remedy)


def _sheet_misfits(row: MarkRow, blank: Blank, file: str) -> Iterator[Fault]:
    marked = {code: one for code, one in row.sheet.marks.items() if not _is_foreign(code, blank)}
    for code, one in row.sheet.marks.items():
        if _is_foreign(code, blank):
            yield _foreign(row, code, one, blank, file)
    if row.sheet.abstained is not None and row.sheet.marks:
        what = _("The juror abstains from the whole entry and marks it too.")
        remedy = _("Empty this cell, or the marks.")
        yield Fault(file, row.row, "abstained", row.sheet.abstained, what, remedy)
    elif blank.is_marked and row.sheet.abstained is None:
        for criterion in blank.criteria:
            yield from _mark_misfits(row, criterion, marked.get(criterion.code, UNTOUCHED), blank, file)
    yield from _answer_misfits(row, blank, file)


def _answer_misfits(row: MarkRow, blank: Blank, file: str) -> Iterator[Fault]:
    """Yield what is wrong with whether the entry passes, its rank or its points."""
    others = unasked(row.sheet, blank)
    for name, sentence in others.items():
        yield Fault(file, row.row, name, "", sentence, _("Empty the cell."))
    empty: dict[str, Any] = dict.fromkeys(others)
    without = replace(row.sheet, marks={}, **empty)
    refusal = against_sheet(without, blank)
    if refusal is None and not blank.is_marked:
        refusal = against_incomplete(without, blank)
    column = {"pass_fail": "passes", "ranking": "rank", "points": "points"}.get(blank.stage.mode)
    if refusal is not None:
        what = " ".join(refusal.details) or str(refusal.reason)
        yield Fault(file, row.row, column, "", what, _("Correct the cell."))


def _is_foreign(code: str, blank: Blank) -> bool:
    return code not in {one.code for one in blank.criteria}


def _foreign(row: MarkRow, code: str, one: Filled, blank: Blank, file: str) -> Fault:
    what = _("%(entry)s is in the category “%(category)s”, where “%(criterion)s” is not marked.") % {
        "entry": row.entry,
        "category": said(blank.category.name),
        "criterion": code,
    }
    return Fault(file, row.row, code, one.abstained or "", what, _("Empty the cells of this criterion."))


def _mark_misfits(
    row: MarkRow, criterion: Criterion, one: Filled, blank: Blank, file: str
) -> Iterator[Fault]:
    if one.steps is None and one.abstained is None:
        what = _("%(criterion)s: no mark yet.") % {"criterion": said(criterion.name)}
        yield Fault(file, row.row, criterion.code, "", what, right_marks(blank.scale))
    if one.share != 100 and criterion.discretion == "fixed":
        what = _("%(criterion)s: its weight is fixed.") % {"criterion": said(criterion.name)}
        column = SHARE + criterion.code
        yield Fault(file, row.row, column, str(one.share), what, _("Leave the cell empty."))


def _rank_misfits(rows: Iterable[MarkRow], around: MarkSurroundings, file: str) -> Iterator[Fault]:
    if around.stage.mode != "ranking":
        return
    given: dict[tuple[str, tuple[str, str], int], str] = {}
    for entry, juror, rank, row in _numbers(rows, around, "rank"):
        key = (juror, around.entries[entry].contest, rank)
        other = given.setdefault(key, entry)
        if other != entry and row is not None:
            what = _("The juror gives rank %(rank)d to %(other)s too.") % {"rank": rank, "other": other}
            yield Fault(file, row, "rank", str(rank), what, _("Give each entry a rank of its own."))


def _points_misfits(rows: Iterable[MarkRow], around: MarkSurroundings, file: str) -> Iterator[Fault]:
    if around.stage.mode != "points":
        return
    most = around.stage.points or 0
    given: dict[tuple[str, tuple[str, str]], int] = defaultdict(int)
    for entry, juror, points, row in _numbers(rows, around, "points"):
        key = (juror, around.entries[entry].contest)
        given[key] += points
        if given[key] > most and row is not None:
            what = _("The juror gives %(given)d points in this category, and has %(most)d.")
            values = {"given": given[key], "most": most}
            yield Fault(file, row, "points", str(points), what % values, _("Take some away."))


def _numbers(
    rows: Iterable[MarkRow], around: MarkSurroundings, name: str
) -> Iterator[tuple[str, str, int, int | None]]:
    """Yield entry, juror, number and row of those that are final already, then of those in the file."""
    sent = {(row.juror, row.entry): row for row in rows if row.entry in around.entries}
    kept: Mapping[tuple[str, str], int | None] = {
        pair: getattr(card.sheet, name)
        for pair, card in around.cards.items()
        if card.is_final and pair not in sent
    }
    for (juror, entry), value in kept.items():
        if value is not None:
            yield entry, juror, value, None
    for (juror, entry), row in sent.items():
        if (value := getattr(row.sheet, name)) is not None:
            yield entry, juror, value, row.row or 0
