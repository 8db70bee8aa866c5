"""Two cases beside each other on one criterion, and a case with an empty sheet on paper."""

from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from kaaring.entries.queries.submitted import answers_submitted
from kaaring.jury.queries.called import Called
from kaaring.jury.queries.marking import given_to
from kaaring.jury.queries.reading import Reading, State
from kaaring.jury.sheets import Filled, Sheet, mark_at, sheet_of
from kaaring.programmes.definition.schema import Criterion
from kaaring.programmes.definition.schema.values import plain_number
from kaaring.web.juror.desk import Desk, Where, around, desk_with_case
from kaaring.web.juror.reading import case_context
from kaaring.web.juror.sheet_form import fields_of, fixed_in_words
from kaaring.web.request import SignedIn


class Side(NamedTuple):
    """One of the two cases: what it says about the criterion, and what its reader gave it."""

    called: Called
    entry: str
    code: str
    text: str
    mark: str
    filled: Filled


@login_required
@require_safe
def compare(request: SignedIn, programme: str, edition: str, stage: str, entry: str) -> HttpResponse:
    """Show what this case and another of its category say about one criterion."""
    desk = desk_with_case(request, Where(programme, edition, stage, entry))
    alike = _alike(desk)
    other = next((one for one in alike if one.entry == request.GET.get("with")), None) or next(
        iter(alike), None
    )
    criteria = desk.blank.category.criteria
    criterion = next((one for one in criteria if one.code == request.GET.get("on")), criteria[0])
    context = {
        **around(desk.assignment.juror),
        "desk": desk,
        "arguments": desk.arguments,
        "category": desk.blank.category,
        "criteria": criteria,
        "criterion": criterion,
        "alike": alike,
        "other": other,
        "sides": _sides(request, desk, other, criterion) if other else [],
    }
    return render(request, "juror/compare.html", context)


def _alike(desk: Desk) -> list[Reading]:
    category, here = desk.blank.category.code, desk.assignment.pk
    return [
        one
        for one in desk.pile
        if one.category == category and one.assignment != here and one.state is not State.OUT
    ]


def _sides(request: SignedIn, desk: Desk, other: Reading, criterion: Criterion) -> list[Side]:
    given = given_to(request.user, at=desk.at).select_related("entry__case")
    beside = given.filter(pk=other.assignment).first()
    if beside is None or beside.entry.case_id in desk.closed:
        raise Http404
    both = (desk.assignment, beside)
    texts = answers_submitted([one.entry_id for one in both], criterion.code)
    names = {one.assignment: one.called for one in desk.pile}
    sides = []
    for one in both:
        filled = sheet_of(getattr(one, "scorecard", None)).marks.get(criterion.code, Filled())
        mark = "" if filled.steps is None else str(plain_number(mark_at(desk.blank.scale, filled.steps)))
        entry = one.entry
        text = texts.get(one.entry_id, "")
        sides.append(Side(names[one.pk], entry.public_id, entry.code, text, mark, filled))
    return sides


@login_required
@require_safe
def paper(request: SignedIn, programme: str, edition: str, stage: str, entry: str) -> HttpResponse:
    """Show the case and an empty sheet, to be printed and filled in by hand."""
    desk = desk_with_case(request, Where(programme, edition, stage, entry))
    case = desk.case
    context: dict[str, Any] = {
        **around(desk.assignment.juror),
        **case_context(desk, case),
        "fields": fields_of(desk.blank, Sheet()),
        "fixed": fixed_in_words(desk.blank.criteria),
    }
    return render(request, "juror/paper.html", context)


_OF_AN_ENTRY = "<slug:stage>/<slug:entry>/"
urlpatterns = [
    path(f"{_OF_AN_ENTRY}compare/", compare, name="compare"),
    path(f"{_OF_AN_ENTRY}paper/", paper, name="paper"),
]
