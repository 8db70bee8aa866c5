"""How entries stand in a stage: scores, the jurors' spread, what is close, and who goes on."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kaaring.jury.queries.assignments import assigned_by_entry
from kaaring.jury.queries.stages import is_first
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import said
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Jury
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.results.queries.juried import CloseCall, EntryStandings, close_calls, entry_standings
from kaaring.web.meeting_room import outcome_of
from kaaring.web.organiser.juried import not_yet
from kaaring.web.organiser.score_lines import Group, Pen, by_score
from kaaring.web.organiser.shell import edition_seen_by, shell
from kaaring.web.request import SignedIn

ORDERS = {"place": _("By category and place"), "score": _("By score, all categories")}


@login_required
@require_safe
def scores_page(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show every entry of a stage with its score, the highest first."""
    found = edition_seen_by(request, programme, edition)
    if page := not_yet(request, found):
        return page
    definition = definition_in_force(found)
    if definition.jury is None:
        raise Http404
    wanted = {name: request.GET.get(name, "") for name in ("stage", "category", "order")}
    context = shell(request, found, "scores") | _context(found, definition, definition.jury, **wanted)
    return render(request, "organiser/scores.html", context | {"outcome": outcome_of(found)})


def _context(
    edition: Edition, definition: Definition, jury: Jury, *, stage: str, category: str, order: str
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
    close = close_calls(tables, jury.scale)
    assigned = assigned_by_entry(here) if here else {}
    near = frozenset(entry for one in close for entry in one.entries)
    working_in = here.code if here else [one.code for one in jury.stages if one.weight][-1]
    pen = Pen((edition.programme.slug, edition.slug, working_in), assigned, near)
    groups = _groups(tables, pen, order)
    rules = next((one for one in jury.stages if here and one.code == here.code), None)
    return choices | {
        "stage": here,
        "rules": rules,
        "mode": tables[0].mode if tables else "",
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
