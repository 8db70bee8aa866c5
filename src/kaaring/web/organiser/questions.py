"""One question: to read, to change, to add, to move and to remove."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.kernel.refused import Refused
from kaaring.programmes.definition.editing import with_question, without_question
from kaaring.programmes.definition.faults import Finding
from kaaring.programmes.definition.schema import Question
from kaaring.web import respond
from kaaring.web.organiser.desk import Change, Desk, around, carry_out, desk_of, refused_for, tell
from kaaring.web.organiser.question_forms import (
    Sheet,
    blank_sheet,
    field_of,
    posted_sheet,
    sheet_of,
    sheet_with_row,
)
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by
from kaaring.web.request import SignedIn

STANDING = ("code", "area", "themes", "channels", "scored", "gate", "metric")


@login_required
@require_safe
def question(request: SignedIn, programme: str, edition: str, question: str) -> HttpResponse:
    """Show a question with everything it asks and gives."""
    desk = desk_of(edition_seen_by(request, programme, edition))
    found = _found(desk, question)
    return _page(request, desk, sheet_of(desk.definition, desk.survey, found), found)


@login_required
@require_safe
def new_question(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show an empty sheet for one more question."""
    desk = desk_of(edition_changed_by(request, programme, edition))
    first = desk.survey.areas[0].code if desk.survey.areas else ""
    sheet = blank_sheet(desk.definition, desk.survey, request.GET.get("area", first))
    return _page(request, desk, sheet, None)


@login_required
@require_POST
def save_question(request: SignedIn, programme: str, edition: str, question: str) -> HttpResponse:
    """Store a question that has been changed, or give its sheet another row."""
    desk = desk_of(edition_changed_by(request, programme, edition))
    return _save(request, desk, _found(desk, question))


@login_required
@require_POST
def add_question(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Store a new question, or give its sheet another row."""
    return _save(request, desk_of(edition_changed_by(request, programme, edition)), None)


@login_required
@require_POST
def remove_question(request: SignedIn, programme: str, edition: str, question: str) -> HttpResponse:
    """Take a question out of the questionnaire."""
    desk = desk_of(edition_changed_by(request, programme, edition))
    found = _found(desk, question)

    def again(refusal: Refused | None, faults: Sequence[Finding], status: int) -> HttpResponse:
        sheet = sheet_of(desk.definition, desk.survey, found)
        return _page(request, desk, sheet, found, refusal=refusal, faults=faults, status=status)

    change = Change(
        lambda definition: without_question(definition, found.code),
        _("Question %(code)s is taken out.") % {"code": found.code},
        desk.address("questionnaire"),
        desk.address("question", found.code),
        again,
    )
    return carry_out(request, desk, change)


def _found(desk: Desk, code: str) -> Question:
    for one in desk.survey.questions:
        if one.code == code:
            return one
    raise Http404


def _save(request: SignedIn, desk: Desk, before: Question | None) -> HttpResponse:
    sheet = posted_sheet(desk.definition, desk.survey, request.POST, before)
    if prefix := request.POST.get("row", ""):
        return _page(request, desk, sheet_with_row(desk.definition, sheet, before, prefix), before)
    if not sheet.is_valid():
        return _page(request, desk, sheet, before, status=respond.UNPROCESSABLE)
    wanted = sheet.question()

    def again(refusal: Refused | None, faults: Sequence[Finding], status: int) -> HttpResponse:
        return _page(request, desk, sheet, before, refusal=refusal, faults=faults, status=status)

    change = Change(
        lambda definition: with_question(definition, wanted, replacing=before.code if before else None),
        _("Question %(code)s is stored.") % {"code": wanted.code},
        f"{desk.address('questionnaire')}#q-{wanted.code}",
        desk.address("question", before.code) if before else desk.address("questionnaire"),
        again,
    )
    return carry_out(request, desk, change)


def _page(
    request: SignedIn,
    desk: Desk,
    sheet: Sheet,
    before: Question | None,
    *,
    refusal: Refused | None = None,
    faults: Sequence[Finding] = (),
    status: int = 200,
) -> HttpResponse:
    if sheet.form.is_bound:
        tell(sheet.form, faults, field_of)
    else:
        refusal = refusal or refused_for(faults)
    context = {
        **around(request, desk, "questionnaire"),
        "sheet": sheet,
        "form": sheet.form,
        "texts": sheet.form.in_languages("text"),
        "guidance": sheet.form.in_languages("guidance"),
        "not_applicable": sheet.form.in_languages("not_applicable"),
        "standing": [sheet.form[name] for name in STANDING],
        "question": before,
        "save": desk.address("save_question", before.code) if before else desk.address("add_question"),
        "refusal": refusal,
    }
    return render(request, "organiser/question.html", context, status=status)


urlpatterns = [
    path("questionnaire/add/question/", new_question, name="new_question"),
    path("questionnaire/add/question/save/", add_question, name="add_question"),
    path("questionnaire/questions/<slug:question>/", question, name="question"),
    path("questionnaire/questions/<slug:question>/save/", save_question, name="save_question"),
    path("questionnaire/questions/<slug:question>/remove/", remove_question, name="remove_question"),
]
