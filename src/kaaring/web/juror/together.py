"""A whole category at once: ranking its entries, or sharing points out among them."""

from dataclasses import replace
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.actions.scorecards import save_draft, submit_together
from kaaring.jury.models import Assignment, Scorecard
from kaaring.jury.queries.marking import closed_cases, given_to
from kaaring.jury.sheets import Sheet, blank_of, sheet_of
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition.schema import Stage as StageRules
from kaaring.programmes.queries import definition_in_force
from kaaring.web import respond
from kaaring.web.juror.desk import around
from kaaring.web.juror.sheet_form import LARGEST, number_from
from kaaring.web.request import SignedIn


class Row(NamedTuple):
    """One entry of the category with what stands on its scorecard."""

    assignment: Assignment
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


class Table(NamedTuple):
    """Everything one juror ranks or shares points among."""

    rows: list[Row]
    rules: StageRules
    name: Any
    category: str

    @property
    def is_ranking(self) -> bool:
        """Whether entries get ranks; else they get points."""
        return self.rules.mode == "ranking"


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
    by, at = request.user.public_id, timezone.now()
    sheets = {
        row.assignment.pk: (row.sheet, _version(request, row)) for row in table.rows if not row.is_final
    }
    if "final" in request.POST:
        submit_together(sheets, by=by, at=at)
        return _("Your scorecards in this category are final.")
    for assignment, (sheet, version) in sheets.items():
        save_draft(assignment, sheet, version=version, by=by, at=at)
    return _("Your draft is saved.")


def _version(request: SignedIn, row: Row) -> int:
    value = request.POST.get(f"version-{row.assignment.entry.public_id}", "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 9 else -1


def _typed(request: SignedIn, row: Row, table: Table, faults: list[str]) -> Row:
    entry = row.assignment.entry
    number = number_from(request.POST, f"number-{entry.public_id}", entry.case.title, faults, most=LARGEST)
    if table.is_ranking:
        return row._replace(sheet=replace(row.sheet, rank=number))
    return row._replace(sheet=replace(row.sheet, points=number))


def _table(request: SignedIn, programme: str, edition: str, stage: str, category: str) -> Table:
    given = given_to(request.user, at=timezone.now()).filter(
        stage__edition__programme__slug=programme,
        stage__edition__slug=edition,
        stage__code=stage,
        entry__category__code=category,
    )
    mine = _open_ones(given.select_related("stage__edition__programme__organiser", "entry__case"))
    mine[0].juror.edition = mine[0].stage.edition
    definition = definition_in_force(mine[0].stage.edition)
    rules = blank_of(definition, stage, category).stage
    if rules.mode not in ("ranking", "points"):
        raise Http404
    cards = [getattr(one, "scorecard", None) for one in mine]
    rows = [Row(one, card, sheet_of(card)) for one, card in zip(mine, cards, strict=True)]
    return Table(rows, rules, mine[0].entry.category.name, category)


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
    numbers = [row.number for row in table.rows if row.number is not None]
    context = {
        **around(table.rows[0].assignment.juror),
        "table": table,
        "stage": table.rules,
        "stage_code": table.rules.code,
        "is_all_final": all(row.is_final for row in table.rows),
        "given": sum(numbers),
        "left": (table.rules.points or 0) - sum(numbers),
        "refusal": refusal,
    }
    return render(request, "juror/together.html", context, status=status)


urlpatterns = [
    path("<slug:stage>/category/<slug:category>/", together, name="together"),
    path("<slug:stage>/category/<slug:category>/store/", finish_together, name="finish_together"),
]
