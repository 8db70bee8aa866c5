"""How entries stand in a stage: scores, the jurors' spread, what is close, and who goes on."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from kaaring.jury.models import Stage
from kaaring.jury.queries.assignments import assigned_by_entry
from kaaring.jury.queries.closed import Closed, closed_to
from kaaring.jury.queries.stages import is_first
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import said
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Jury
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.results.queries.juried import (
    CloseCall,
    EntryStandings,
    close_calls,
    entry_standings,
    open_tables,
)
from kaaring.web.meeting_room import outcome_of
from kaaring.web.organiser.juried import judged_page
from kaaring.web.organiser.score_lines import Group, Pen, by_score
from kaaring.web.organiser.shell import shell
from kaaring.web.request import SignedIn

ORDERS = {"place": _("By category and place"), "score": _("By score, all categories")}


@judged_page
def scores_page(request: SignedIn, edition: Edition) -> HttpResponse:
    """Show every entry of a stage with its score, the highest first."""
    definition = definition_in_force(edition)
    if definition.jury is None:
        raise Http404
    wanted = {name: request.GET.get(name, "") for name in ("stage", "category", "order")}
    closed = closed_to(request.user, edition)
    context = {
        **shell(request, edition, "scores"),
        **_context(edition, definition, definition.jury, closed, **wanted),
        "outcome": outcome_of(edition),
        "hidden": len(closed.categories),
    }
    return render(request, "organiser/scores.html", context)


def _context(
    edition: Edition,
    definition: Definition,
    jury: Jury,
    closed: Closed,
    *,
    stage: str,
    category: str,
    order: str,
) -> dict[str, Any]:
    categories = [(one.code, said(one.name)) for one in definition.categories]
    if order not in ("", *ORDERS) or category not in ("", *dict(categories)):
        raise Http404
    choices = {
        "tabs": [(one.code, said(one.name)) for one in jury.stages],
        "categories": categories,
        "category": category,
        "orders": ORDERS.items(),
        "order": order or "place",
    }
    try:
        only = [category] if category else None
        tables = entry_standings(edition, stage or None, categories=only, definition=definition)
    except Refused as refusal:
        if refusal.code == "unknown_stage":
            raise Http404 from refusal
        return choices | {"waiting_for": refusal.reason}
    here = tables[0].stage if tables else None
    mode = tables[0].mode if tables else ""
    shown = _shown(edition, jury, here, open_tables(tables, closed), order=order)
    return choices | shown | {"mode": mode}


def _shown(
    edition: Edition, jury: Jury, here: Stage | None, tables: Sequence[EntryStandings], *, order: str
) -> dict[str, Any]:
    """Return the entries of a stage, of all that are blended where it is None, and what is close there."""
    close = close_calls(tables, jury.scale)
    assigned = assigned_by_entry(here) if here else {}
    near = frozenset(entry for one in close for entry in one.entries)
    working_in = here.code if here else [one.code for one in jury.stages if one.weight][-1]
    pen = Pen((edition.programme.slug, edition.slug, working_in), assigned, near)
    groups = _groups(tables, pen, order)
    rules = next((one for one in jury.stages if here and one.code == here.code), None)
    return {
        "stage": here,
        "rules": rules,
        "goes_on": rules is not None and rules is not jury.stages[-1] and not rules.weight,
        "is_first": here is not None and is_first(here, jury),
        "close": [_told(one) for one in close],
        "groups": groups,
        "count": sum(len(one.lines) for one in groups),
        "done": sum(line.done for one in groups for line in one.lines),
        "assigned": sum(line.assigned for one in groups for line in one.lines),
    }


def _groups(tables: Sequence[EntryStandings], pen: Pen, order: str) -> list[Group]:
    if order == "score":
        rows = by_score(tables)
        return [pen.group("", rows)] if rows else []
    return [pen.group(said(table.contest.name), table.rows) for table in tables if table.rows]


def _told(call: CloseCall) -> dict[str, Any]:
    """Return a close call as its sentence needs it."""
    return {
        "name": said(call.table.contest.name),
        "first": [row.entry for row in call.first],
        "close": [row.entry for row in call.close],
        "is_shared": call.is_shared,
        "lead": call.lead,
    }


urlpatterns = [path("scores/", scores_page, name="scores")]
