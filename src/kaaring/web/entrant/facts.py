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
from django_htmx.http import HttpResponseClientRedirect

from kaaring.entries import actions, queries
from kaaring.entries.actions import CaseChanges
from kaaring.entries.models import Case
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition import Definition
from kaaring.programmes.eligibility import answer_in_words, question_in_words
from kaaring.programmes.queries import definition_in_force
from kaaring.web import respond
from kaaring.web.entrant.cases import version_in
from kaaring.web.entrant.fact_forms import FactsForm, asked_of_case, needed_for, protected_facts
from kaaring.web.entrant.forms import FigureForm, FigureRows, figure_values, suggested_values
from kaaring.web.entrant.saving import state_of
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
        return _facts(request, found, form=form, version=version_in(request))
    try:
        _change(request, found, CaseChanges(facts=form.facts()))
    except Refused as refusal:
        return _facts(request, written_case(request, programme, edition, case), form=form, refusal=refusal)
    if request.htmx:
        return _facts(request, written_case(request, programme, edition, case))
    return respond.go_to(request, "entrant:facts", *place_of(found), said=_("Saved."))


def _change(request: SignedIn, case: Case, changes: CaseChanges) -> None:
    by, version = request.user.public_id, version_in(request)
    actions.change_case(case.pk, changes, version=version, by=by, at=timezone.now())


def _facts_form(case: Case, definition: Definition, typed: Mapping[str, Any] | None = None) -> FactsForm:
    living = case.entries.filter(withdrawn_at=None)
    needed = needed_for(definition, case, set(living.values_list("category__code", flat=True)))
    asked = asked_of_case(definition, case)
    return FactsForm(typed, asked=asked, definition=definition, case=case, needed=needed)


def _facts(
    request: SignedIn,
    case: Case,
    *,
    form: FactsForm | None = None,
    version: int | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    definition = definition_in_force(case.edition)
    stored = _stored(case, definition) if refusal else []
    if request.htmx:
        told = {"case": case, "version": version, "stored": stored}
        wrong = [form] if form and not form.is_valid() else []
        return state_of(request, "entrant/facts.html", case.edition, told, wrong=wrong, refusal=refusal)
    context = {
        **around(standing(case, definition), "facts"),
        "form": form or _facts_form(case, definition),
        "stored": stored,
        "protected": protected_facts(definition),
        "is_typed": form is not None,
    }
    if refusal is not None:
        return respond.refused(request, "entrant/facts.html", refusal, context)
    status = 200 if form is None else respond.UNPROCESSABLE
    return render(request, "entrant/facts.html", context, status=status)


def _stored(case: Case, definition: Definition) -> list[tuple[str, str]]:
    """Return what is asked, with the answers that are stored."""
    known = queries.facts_of(case, definition).answers
    return [
        (
            question_in_words(one, definition),
            answer_in_words(one.code, known[one.code], definition) if one.code in known else "",
        )
        for one in asked_of_case(definition, case)
    ]


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
        return _figures(request, found, rows=rows, version=version_in(request))
    told = tuple(row.row() for row in rows if row.has_changed() and row.has_values)
    try:
        _change(request, found, CaseChanges(figures=told))
    except Refused as refusal:
        return _figures(request, written_case(request, programme, edition, case), rows=rows, refusal=refusal)
    if request.htmx and "more" not in request.POST:
        return _figures(request, written_case(request, programme, edition, case))
    gone = respond.go_to(request, "entrant:figures", *place_of(found), said=_("Saved."))
    return HttpResponseClientRedirect(gone["Location"]) if request.htmx else gone


def _figures(
    request: SignedIn,
    case: Case,
    *,
    rows: Rows | None = None,
    version: int | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    if request.htmx:
        told = {"case": case, "version": version, "figures": case.figures.all()}
        wrong = [row for row in rows or () if not row.is_valid()]
        return state_of(request, "entrant/figures.html", case.edition, told, wrong=wrong, refusal=refusal)
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
