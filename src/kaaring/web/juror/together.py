"""A whole category at once: ranking its entries, or sharing points out among them."""

from dataclasses import replace
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries.models import Entry
from kaaring.entries.queries.submitted import put_titles
from kaaring.jury.actions.scorecards import save_draft, submit_together
from kaaring.jury.models import Assignment, Scorecard
from kaaring.jury.queries.called import Called, called
from kaaring.jury.queries.marking import closed_cases, given_to, obstacles_of
from kaaring.jury.queries.stages import is_open
from kaaring.jury.rules.scorecards import against_a_late_draft
from kaaring.jury.sheets import Blank, Sheet, blank_of, sheet_of
from kaaring.kernel.refused import Refused, refuse
from kaaring.kernel.text import Text
from kaaring.programmes.definition.schema import Category
from kaaring.programmes.definition.schema import Stage as StageRules
from kaaring.programmes.queries import definition_in_force
from kaaring.web import respond
from kaaring.web.juror.desk import TOGETHER, around
from kaaring.web.juror.sheet_form import LARGEST, number_from
from kaaring.web.request import SignedIn


class Row(NamedTuple):
    """One entry of the category with what stands on its scorecard."""

    assignment: Assignment
    called: Called
    scorecard: Scorecard | None
    sheet: Sheet

    @property
    def version(self) -> int:
        """The version that is stored, 0 where nothing is."""
        return self.scorecard.version if self.scorecard else 0

    @property
    def is_final(self) -> bool:
        """Whether it can no longer be changed."""
        return self.scorecard is not None and self.scorecard.is_final

    @property
    def number(self) -> int | None:
        """The rank or the points."""
        return self.sheet.rank if self.sheet.rank is not None else self.sheet.points


class Part(NamedTuple):
    """What is ranked, or shares points, together: the category, or one of its divisions under its name."""

    name: Text | None
    rows: list[Row]
    given: int
    left: int


class Table(NamedTuple):
    """Everything one juror ranks or shares points among in a category, division by division.

    ``due`` is the calibration case, where that has to be marked first.
    """

    rows: list[Row]
    rules: StageRules
    category: Category
    is_open: bool
    due: Entry | None

    @property
    def is_ranking(self) -> bool:
        """Whether entries get ranks; else they get points."""
        return self.rules.mode == "ranking"

    @property
    def parts(self) -> list[Part]:
        """The divisions of the category that have entries here, as the rules order them."""
        names: dict[str, Text | None] = {"": None} | {one.code: one.name for one in self.category.divisions}
        found: dict[str, list[Row]] = {division: [] for division in names}
        for row in self.rows:
            found.setdefault(row.assignment.entry.division, []).append(row)
        return [self._part(names.get(division), rows) for division, rows in found.items() if rows]

    def _part(self, name: Text | None, rows: list[Row]) -> Part:
        given = sum(row.number or 0 for row in rows)
        return Part(name, rows, given, (self.rules.points or 0) - given)


@login_required
@require_safe
def together(request: SignedIn, programme: str, edition: str, stage: str, category: str) -> HttpResponse:
    """Show the entries of a category with their ranks or points."""
    return _page(request, _table(request, programme, edition, stage, category))


@login_required
@require_POST
def finish_together(
    request: SignedIn, programme: str, edition: str, stage: str, category: str
) -> HttpResponse:
    """Keep the ranks or points of a category, and make them final if that is asked for."""
    table = _table(request, programme, edition, stage, category)
    faults: list[str] = []
    rows = [row if row.is_final else _typed(request, row, table, faults) for row in table.rows]
    typed = table._replace(rows=rows)
    if faults:
        refusal = Refused(
            "unreadable", _("Some of it cannot be read, and was not saved."), details=tuple(faults)
        )
        return _page(request, typed, refusal, status=respond.UNPROCESSABLE)
    try:
        said = _store(request, typed)
    except Refused as refusal:
        return _page(request, typed, refusal, status=respond.CONFLICT)
    return respond.go_to(request, "juror:together", programme, edition, stage, category, said=said)


def _store(request: SignedIn, table: Table) -> str:
    """Store what was typed; where the stage has closed meanwhile it is kept as drafts, and that is said."""
    by, at = request.user.public_id, timezone.now()
    late = against_a_late_draft(table.rows[0].assignment, at=at)
    sheets = {
        row.assignment.pk: (row.sheet, _version(request, row)) for row in table.rows if not row.is_final
    }
    if "final" in request.POST and late is None:
        submit_together(sheets, by=by, at=at)
        return _("Your scorecards in this category are final.")
    for assignment, (sheet, version) in sheets.items():
        save_draft(assignment, sheet, version=version, by=by, at=at)
    refuse(late)
    return _("Your draft is saved.")


def _version(request: SignedIn, row: Row) -> int:
    value = request.POST.get(f"version-{row.assignment.entry.public_id}", "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 9 else -1


def _typed(request: SignedIn, row: Row, table: Table, faults: list[str]) -> Row:
    field = f"number-{row.assignment.entry.public_id}"
    number = number_from(request.POST, field, str(row.called), faults, most=LARGEST)
    if table.is_ranking:
        return row._replace(sheet=replace(row.sheet, rank=number))
    return row._replace(sheet=replace(row.sheet, points=number))


def _table(request: SignedIn, programme: str, edition: str, stage: str, category: str) -> Table:
    given = (
        given_to(request.user, at=timezone.now())
        .filter(
            stage__edition__programme__slug=programme,
            stage__edition__slug=edition,
            stage__code=stage,
            entry__category__code=category,
        )
        .exclude(entry=F("stage__calibration"))
    )
    mine = _open_ones(given.select_related("stage__edition__programme__organiser", "entry__case"))
    mine[0].juror.edition = mine[0].stage.edition
    definition = definition_in_force(mine[0].stage.edition)
    blank = blank_of(definition, stage, category)
    if blank.stage.mode not in TOGETHER:
        raise Http404
    put_titles([one.entry for one in mine])
    rows = [_row(one, blank) for one in mine]
    return Table(rows, blank.stage, blank.category, is_open(mine[0].stage, at=timezone.now()), _due(mine[0]))


def _row(mine: Assignment, blank: Blank) -> Row:
    entry, card = mine.entry, getattr(mine, "scorecard", None)
    name = called(entry.code, blank.category.name, entry.case.title, with_names=blank.stage.sees.names)
    return Row(mine, name, card, sheet_of(card))


def _due(mine: Assignment) -> Entry | None:
    is_due = mine.stage.calibration_id is not None and obstacles_of(mine).is_calibration_due
    return mine.stage.calibration if is_due else None


def _open_ones(given: QuerySet[Assignment]) -> list[Assignment]:
    """Return those without a conflict of interest; where none is left there is no such page (404)."""
    found = list(given.order_by("entry__division", "entry__code"))
    closed = closed_cases(found[0].juror_id) if found else frozenset()
    mine = [one for one in found if one.entry.case_id not in closed]
    if not mine:
        raise Http404
    return mine


def _page(
    request: SignedIn, table: Table, refusal: Refused | None = None, *, status: int = 200
) -> HttpResponse:
    context = {
        **around(table.rows[0].assignment.juror),
        "table": table,
        "stage": table.rules,
        "stage_code": table.rules.code,
        "is_all_final": all(row.is_final for row in table.rows),
        "parts": table.parts,
        "is_writable": table.is_open and table.due is None,
        "refusal": refusal,
    }
    return render(request, "juror/together.html", context, status=status)


urlpatterns = [
    path("<slug:stage>/category/<slug:category>/", together, name="together"),
    path("<slug:stage>/category/<slug:category>/store/", finish_together, name="finish_together"),
]
