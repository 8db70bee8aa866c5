"""Putting questions, areas, themes and classes in another order, one step at a time."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from kaaring.kernel.refused import Refused
from kaaring.programmes.definition.editing import Kind, moved
from kaaring.programmes.definition.faults import Finding
from kaaring.programmes.models import Edition
from kaaring.web.organiser.classes import classes_page
from kaaring.web.organiser.desk import Change, carry_out, desk_of, refused_for
from kaaring.web.organiser.questionnaire import questionnaire_page
from kaaring.web.organiser.shell import edition_changed_by
from kaaring.web.request import SignedIn

UP, DOWN = -1, 1


class Place(NamedTuple):
    """Where a kind of thing is listed: the page's name, its rows' marks, and how it is shown again."""

    view: str
    mark: str
    show: Callable[[SignedIn, Edition, Refused | None, int], HttpResponse]


PLACES: Mapping[Kind, Place] = {
    "questions": Place("questionnaire", "q", questionnaire_page),
    "areas": Place("questionnaire", "area", questionnaire_page),
    "themes": Place("questionnaire", "theme", questionnaire_page),
    "classes": Place("classes", "class", classes_page),
}


@login_required
@require_POST
def move(request: SignedIn, programme: str, edition: str, code: str, *, kind: Kind, by: int) -> HttpResponse:
    """Put a thing one step up or down among its own kind."""
    desk = desk_of(edition_changed_by(request, programme, edition))
    if code not in {one.code for one in getattr(desk.survey, kind)}:
        raise Http404
    place = PLACES[kind]

    def again(refusal: Refused | None, faults: Sequence[Finding], status: int) -> HttpResponse:
        return place.show(request, desk.edition, refusal or refused_for(faults), status)

    listed = desk.address(place.view)
    change = Change(
        lambda definition: moved(definition, kind, code, by=by),
        "",
        f"{listed}#{place.mark}-{code}",
        listed,
        again,
    )
    return carry_out(request, desk, change)


urlpatterns = [
    path(f"{place}/<slug:code>/{way}/", move, {"kind": kind, "by": by}, name=f"{way}_{kind}")
    for kind, place in (
        ("questions", "questionnaire/questions"),
        ("areas", "questionnaire/areas"),
        ("themes", "questionnaire/themes"),
        ("classes", "classes"),
    )
    for way, by in (("up", UP), ("down", DOWN))
]
