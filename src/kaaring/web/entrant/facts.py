"""What the rules ask about a case, and its key figures."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries import actions
from kaaring.entries.actions import CaseChanges
from kaaring.entries.models import Case
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition import Definition
from kaaring.programmes.queries import definition_in_force
from kaaring.web import respond
from kaaring.web.entrant.cases import version_in
from kaaring.web.entrant.fact_forms import FactsForm, asked_of_case, protected_facts
from kaaring.web.entrant.forms import FigureForm, FigureRows, figure_values, suggested_values
from kaaring.web.entrant.shell import around, standing, written_case
from kaaring.web.entrant.standing import place_of
from kaaring.web.request import SignedIn

SPARE_ROWS = 2
Rows = BaseFormSet[FigureForm]


@login_required
@require_safe
def facts(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Ask what the rules need to know."""
    return _facts(request, written_case(request, programme, edition, case))


@login_required
@require_POST
def save_facts(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Take the answers."""
    found = written_case(request, programme, edition, case)
    form = _facts_form(found, definition_in_force(found.edition), request.POST)
    if not form.is_valid():
        return _facts(request, found, form=form)
    try:
        _change(request, found, CaseChanges(facts=form.facts()))
    except Refused as refusal:
        return _facts(request, written_case(request, programme, edition, case), form=form, refusal=refusal)
    return respond.go_to(request, "entrant:facts", *place_of(found), said=_("Saved."))


def _change(request: SignedIn, case: Case, changes: CaseChanges) -> None:
    by, version = request.user.public_id, version_in(request)
    actions.change_case(case.pk, changes, version=version, by=by, at=timezone.now())


def _facts_form(case: Case, definition: Definition, typed: Mapping[str, Any] | None = None) -> FactsForm:
    return FactsForm(typed, asked=asked_of_case(definition, case), definition=definition, case=case)


def _facts(
    request: SignedIn, case: Case, *, form: FactsForm | None = None, refusal: Refused | None = None
) -> HttpResponse:
    definition = definition_in_force(case.edition)
    context = {
        **around(standing(case, definition), "facts"),
        "form": form or _facts_form(case, definition),
        "stored": _facts_form(case, definition) if refusal else None,
        "protected": protected_facts(definition),
        "is_typed": form is not None,
    }
    if refusal is not None:
        return respond.refused(request, "entrant/facts.html", refusal, context)
    status = 200 if form is None else respond.UNPROCESSABLE
    return render(request, "entrant/facts.html", context, status=status)


@login_required
@require_safe
def figures(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Show the key figures, those that the categories suggest, and room for others."""
    return _figures(request, written_case(request, programme, edition, case))


@login_required
@require_POST
def save_figures(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Take all key figures; rows without a value are passed over."""
    found = written_case(request, programme, edition, case)
    rows = FigureRows(request.POST, prefix="figure")
    if not rows.is_valid():
        return _figures(request, found, rows=rows)
    told = tuple(row.row() for row in rows if row.has_changed() and row.has_values)
    try:
        _change(request, found, CaseChanges(figures=told))
    except Refused as refusal:
        return _figures(request, written_case(request, programme, edition, case), rows=rows, refusal=refusal)
    return respond.go_to(request, "entrant:figures", *place_of(found), said=_("Saved."))


def _figures(
    request: SignedIn, case: Case, *, rows: Rows | None = None, refusal: Refused | None = None
) -> HttpResponse:
    definition = definition_in_force(case.edition)
    stands = standing(case, definition)
    context = {
        **around(stands, "figures"),
        "rows": rows or _rows(case, definition, {one.entry.category.code for one in stands.living}),
        "figures": case.figures.all(),
        "is_typed": rows is not None,
    }
    if refusal is not None:
        return respond.refused(request, "entrant/figures.html", refusal, context)
    status = 200 if rows is None else respond.UNPROCESSABLE
    return render(request, "entrant/figures.html", context, status=status)


def _rows(case: Case, definition: Definition, entered: set[str]) -> Rows:
    """Return the rows: what is told, what the entered categories suggest, and spare ones."""
    told = [figure_values(figure) for figure in case.figures.all()]
    used = {values["code"] for values in told}
    wanted = {
        code
        for category in definition.categories
        if category.code in entered
        for criterion in category.criteria
        for code in criterion.kpis
    }
    suggested = [suggested_values(one) for one in definition.key_figures if one.code in wanted - used]
    rows = FigureRows(initial=[*told, *suggested], prefix="figure")
    rows.extra = SPARE_ROWS
    return rows


urlpatterns = [
    path("cases/<slug:case>/facts/", facts, name="facts"),
    path("cases/<slug:case>/facts/save/", save_facts, name="save_facts"),
    path("cases/<slug:case>/figures/", figures, name="figures"),
    path("cases/<slug:case>/figures/save/", save_figures, name="save_figures"),
]
