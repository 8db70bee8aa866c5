"""The competition classes: their names, how many participants each needs and has, and their order."""

from collections.abc import Sequence
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.kernel.refused import Refused
from kaaring.kernel.text import Text, said
from kaaring.programmes.definition.editing import with_class, without_class
from kaaring.programmes.definition.faults import Finding
from kaaring.programmes.definition.schema import CompetitionClass
from kaaring.programmes.models import Edition
from kaaring.survey.queries import classes_of
from kaaring.web import respond
from kaaring.web.organiser.desk import (
    Change,
    Desk,
    FormPage,
    Group,
    around,
    carry_out,
    desk_if_measured,
    desk_of,
    form_page,
    refused_for,
    tell,
)
from kaaring.web.organiser.measure_forms import ClassForm, fixed, initial_of
from kaaring.web.organiser.setup_fields import languages_for
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn


class Line(NamedTuple):
    """A class in the list, with how many participants it needs and has."""

    code: str
    name: Text
    needed: int
    held: int

    @property
    def is_short(self) -> bool:
        """Whether it has too few participants for places."""
        return self.held < self.needed


@login_required
@require_safe
def classes(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List the classes."""
    return classes_page(request, edition_seen_by(request, programme, edition))


def classes_page(
    request: SignedIn, edition: Edition, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    """Show the classes, with what was refused on top."""
    desk = desk_if_measured(edition)
    counted = classes_of(edition).annotate(held=Count("participants"))
    context = {
        **(around(request, desk, "classes") if desk else shell(request, edition, "classes")),
        "lines": [Line(one.code, one.name, one.minimum_participants, one.held) for one in counted],
        "refusal": refusal,
    }
    return render(request, "organiser/classes.html", context, status=status)


@login_required
@require_safe
def competition_class(request: SignedIn, programme: str, edition: str, code: str) -> HttpResponse:
    """Show a class."""
    desk = desk_of(edition_seen_by(request, programme, edition))
    return _page(request, desk, _form(desk, _found(desk, code), None), code)


@login_required
@require_safe
def new_class(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show an empty form for one more class."""
    desk = desk_of(edition_changed_by(request, programme, edition))
    return _page(request, desk, _form(desk, None, None), None)


@login_required
@require_POST
def save_class(request: SignedIn, programme: str, edition: str, code: str | None = None) -> HttpResponse:
    """Store a new or changed class."""
    desk = desk_of(edition_changed_by(request, programme, edition))
    form = _form(desk, _found(desk, code) if code else None, request.POST)
    if not form.is_valid():
        return _page(request, desk, form, code, status=respond.UNPROCESSABLE)
    wanted = form.competition_class(code)

    def again(refusal: Refused | None, faults: Sequence[Finding], status: int) -> HttpResponse:
        tell(form, faults, lambda fault: str(fault.path[-1]))
        return _page(request, desk, form, code, refusal=refusal, status=status)

    listed = desk.address("classes")
    change = Change(
        lambda definition: with_class(definition, wanted, replacing=code),
        _("The class is stored."),
        f"{listed}#class-{wanted.code}",
        desk.address("class", code) if code else listed,
        again,
    )
    return carry_out(request, desk, change)


@login_required
@require_POST
def remove_class(request: SignedIn, programme: str, edition: str, code: str) -> HttpResponse:
    """Take a class out, as long as no participant is in it."""
    desk = desk_of(edition_changed_by(request, programme, edition))
    found = _found(desk, code)

    def again(refusal: Refused | None, faults: Sequence[Finding], status: int) -> HttpResponse:
        form = _form(desk, found, None)
        return _page(request, desk, form, code, refusal=refusal or refused_for(faults), status=status)

    change = Change(
        lambda definition: without_class(definition, code),
        _("The class is taken out."),
        desk.address("classes"),
        desk.address("class", code),
        again,
    )
    return carry_out(request, desk, change)


def _found(desk: Desk, code: str) -> CompetitionClass:
    for one in desk.survey.classes:
        if one.code == code:
            return one
    raise Http404


def _form(desk: Desk, found: CompetitionClass | None, posted: object) -> ClassForm:
    initial = initial_of(desk.survey, found) if found else {}
    form = ClassForm(posted, initial=initial, languages=languages_for(desk.definition, found))
    if found:
        fixed(form, found.code, _("It stays: participants are in the class by it."))
    return form


def _page(
    request: SignedIn,
    desk: Desk,
    form: ClassForm,
    code: str | None,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    page = FormPage(
        here="classes",
        title=said(_found(desk, code).name) if code else _("New class"),
        kicker=_("Class · %(code)s") % {"code": code} if code else "",
        lede=_("An industry with its own winner. Every participant is in one class."),
        form=form,
        groups=(Group("", "", list(form)),),
        save=desk.address("save_class", code) if code else desk.address("add_class"),
        back=(_("Classes"), desk.address("classes")),
        remove=desk.address("remove_class", code) if code else "",
        remove_hint=_("A class can be removed once its participants have moved to another one."),
    )
    return form_page(request, around(request, desk, page.here), page, refusal=refusal, status=status)


urlpatterns = [
    path("classes/", classes, name="classes"),
    path("add/class/", new_class, name="new_class"),
    path("add/class/save/", save_class, name="add_class"),
    path("classes/<slug:code>/", competition_class, name="class"),
    path("classes/<slug:code>/save/", save_class, name="save_class"),
    path("classes/<slug:code>/remove/", remove_class, name="remove_class"),
]
