"""How one entry's score comes about: every juror's marks, what they weigh, and how they become one score."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.jury.models import Scorecard, Stage
from kaaring.jury.queries.closed import closed_to
from kaaring.jury.queries.meetings import final_scorecards, hidden_from
from kaaring.jury.queries.scorecards import changes_to
from kaaring.jury.sheets import Blank, Filled, blank_of, mark_at, sheet_of, worked_score
from kaaring.kernel.figures import figure
from kaaring.kernel.text import Text
from kaaring.programmes.definition import Definition
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.results.queries.juried import EntryRow, EntryStandings, standings_of_category
from kaaring.scoring.juried import Combined, Recipe, WorkedMark, combine
from kaaring.web.organiser.juried import entry_here, judged_page, parted_in_words, stage_here
from kaaring.web.organiser.shell import shell
from kaaring.web.reopened import change_of
from kaaring.web.request import SignedIn


class Cell(NamedTuple):
    """A mark with what it adds to its juror's score; ``share`` is what of it counts, empty for all."""

    mark: str
    share: str
    points: str
    comment: str


@dataclass(frozen=True, slots=True)
class Card:
    """A juror's scorecard: a cell for each criterion, and the score; ``role`` says what became of it."""

    juror: str
    cells: Sequence[Cell]
    score: Fraction | None
    said: str
    role: str
    comment: str


class Column(NamedTuple):
    """A criterion with its weight."""

    name: Text
    weight: str


@judged_page
def entry_scores(request: SignedIn, edition: Edition, stage: str, entry: str) -> HttpResponse:
    """Show every juror's marks for an entry, and exactly how its score and place come about.

    For a juror it is there once the own scorecard cannot change, and never where there is a conflict of
    interest with the entry or one that it competes with.
    """
    here, own = stage_here(edition, stage), entry_here(edition, entry)
    if own.pk in closed_to(request.user, edition).entries:
        raise Http404
    if hidden_from(request.user, here, [own], at=timezone.now()):
        raise Http404
    definition = definition_in_force(edition)
    table, row = _standing(edition, here, own.pk, own.category.code)
    blank = blank_of(definition, here.code, own.category.code)
    cards = list(final_scorecards(here, own))
    combined = _combined(row, table.contest.recipe)
    context = shell(request, edition, "scores") | {
        "stage": here,
        "entry": own,
        "rules": blank.stage,
        "row": row,
        "votes": int(row.value or 0),
        "contest": table.contest,
        "columns": [Column(one.name, figure(one.weight, decimals=0)) for one in blank.criteria],
        "is_marked": blank.is_marked,
        "cards": [_card(card, blank, combined) for card in cards],
        "working": _working(row, combined, table.contest.recipe) if blank.is_marked else "",
        "parted": parted_in_words(row, blank.category),
        "is_adjusted": _is_adjusted(definition),
        "changes": [change_of(one, blank) for one in changes_to(here, own)],
    }
    return render(request, "organiser/entry_scores.html", context)


def _standing(edition: Edition, stage: Stage, entry: int, category: str) -> tuple[EntryStandings, EntryRow]:
    """Return the table an entry stands in, and its row; one outside the stage has no such page (404)."""
    for table in standings_of_category(edition, category, stage.code):
        for row in table.rows:
            if row.entry.pk == entry:
                return table, row
    raise Http404


def _is_adjusted(definition: Definition) -> bool:
    return definition.jury is not None and definition.jury.combine.severity == "adjusted"


def _combined(row: EntryRow, recipe: Recipe) -> Combined[int]:
    return combine(row.scores, method=recipe.method, trim=recipe.trim, minimum_marks=recipe.minimum_marks)


def _card(card: Scorecard, blank: Blank, combined: Combined[int]) -> Card:
    sheet, juror = sheet_of(card), card.assignment.juror
    worked = worked_score(sheet, blank)
    lines = {one.criterion: one for one in worked.working} if worked else {}
    cells = [
        _cell(sheet.marks[one.code], lines.get(one.code), blank)
        if one.code in sheet.marks
        else Cell("–", "", "", "")
        for one in blank.criteria
    ]
    return Card(
        juror.name,
        cells,
        worked.score if worked else None,
        _said(card),
        _role(juror.pk, combined),
        card.comment,
    )


def _cell(filled: Filled, line: WorkedMark | None, blank: Blank) -> Cell:
    if filled.steps is None:
        return Cell(_("abstains"), "", "", filled.abstained or "")
    mark = mark_at(blank.scale, filled.steps)
    return Cell(
        figure(mark, decimals=0 if mark.denominator == 1 else 1),
        "" if filled.share == 100 else f"{filled.share}\u00a0%",
        figure(line.contribution) if line else "",
        filled.comment,
    )


def _said(card: Scorecard) -> str:
    """Return what a scorecard says where nothing is marked, or why its juror abstained."""
    if card.abstained:
        return _("abstains: %(reason)s") % {"reason": card.abstained}
    if card.passes is not None:
        return _("passes") if card.passes else _("does not pass")
    if card.rank is not None:
        return _("rank %(rank)d") % {"rank": card.rank}
    if card.points is not None:
        return ngettext("%(count)d point", "%(count)d points", card.points) % {"count": card.points}
    return ""


def _role(juror: int, combined: Combined[int]) -> str:
    if juror in combined.trimmed:
        return _("highest or lowest, not counted")
    if juror in combined.left_out:
        return _("gives no score")
    if combined.score is not None and juror not in combined.counted:
        return _("not in the middle")
    return ""


def _working(row: EntryRow, combined: Combined[int], recipe: Recipe) -> str:
    """Say in one line how the jurors' scores become the entry's."""
    if row.score is None:
        return row.why_text
    given = row.scores
    counted = [given[juror] or Fraction(0) for juror in combined.counted]
    sums = " + ".join(figure(score) for score in counted)
    values = {"sum": sums, "count": len(counted), "score": figure(row.score)}
    told = {
        "mean": _("Mean: (%(sum)s) ÷ %(count)d = %(score)s"),
        "median": _("Median, from the middle: (%(sum)s) ÷ %(count)d = %(score)s"),
        "trimmed": _("Mean without the lowest and highest: (%(sum)s) ÷ %(count)d = %(score)s"),
    }
    return told[str(recipe.method)] % values


urlpatterns = [path("scores/<slug:stage>/<slug:entry>/", entry_scores, name="entry_scores")]
