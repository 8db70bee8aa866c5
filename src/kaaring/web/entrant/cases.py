"""A case: begun, looked over, told about, taken along, thrown away, merged."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries import actions, queries
from kaaring.entries.actions import CaseChanges
from kaaring.entries.models import Case
from kaaring.entries.rules.leaves import against_the_time_for
from kaaring.entries.rules.periods import against_the_time
from kaaring.kernel.refused import Refused
from kaaring.people.models import Organisation
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.results.queries.outcomes import outcomes_of
from kaaring.web import respond
from kaaring.web.entrant.carried import carried_in, take_in
from kaaring.web.entrant.forms import NEW, AboutForm, NewCaseForm, about_of
from kaaring.web.entrant.saving import state_of
from kaaring.web.entrant.shell import (
    about_edition,
    around,
    edition_with_entries,
    standing,
    written_case,
)
from kaaring.web.entrant.standing import place_of
from kaaring.web.entry_links import case_in
from kaaring.web.request import SignedIn


@login_required
@require_safe
def new_case(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Ask who enters and what the case is called, or offer an earlier case to take along."""
    found = edition_with_entries(request, programme, edition)
    return render(request, "entrant/new_case.html", _beginning(request, found))


@login_required
@require_POST
def start(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Start a case, for one of my organisations or for a new one that I am the first to act for."""
    found = edition_with_entries(request, programme, edition)
    form = _new_form(request, found, request.POST)
    lock, _able = _entering(request, found)
    if lock is not None:
        return respond.refused(request, "entrant/new_case.html", lock, _beginning(request, found))
    if not form.is_valid():
        context = _beginning(request, found) | {"form": form}
        return render(request, "entrant/new_case.html", context, status=respond.UNPROCESSABLE)
    try:
        case = _started(request, found, form.cleaned_data)
    except Refused as refusal:
        context = _beginning(request, found) | {"form": form}
        return respond.refused(request, "entrant/new_case.html", refusal, context)
    return respond.go_to(
        request, "entrant:about", *place_of(case), said=_("The case is started. Everything you save is kept.")
    )


@transaction.atomic
def _started(request: SignedIn, edition: Edition, typed: dict[str, Any]) -> Case:
    at, by = timezone.now(), request.user.public_id
    organiser = edition.programme.organiser
    if typed["organisation"] in {NEW, ""}:
        organisation = actions.add_organisation(organiser, typed["name"], acting=request.user, by=by, at=at)
    else:
        organisation = _mine(request, edition).get(public_id=typed["organisation"])
    case = actions.start_case(edition, organisation, typed["title"], language=typed["language"], by=by, at=at)
    take_in(case, carried_in(request.GET, definition_in_force(edition)), by=by, at=at)
    return case


def _mine(request: SignedIn, edition: Edition) -> QuerySet[Organisation]:
    return queries.organisations_of(request.user).filter(organiser=edition.programme.organiser)


def _new_form(request: SignedIn, edition: Edition, typed: Any = None) -> NewCaseForm:
    _lock, organisations = _entering(request, edition)
    language = (get_language() or "en").split("-")[0]
    wanted = language if language in edition.languages else edition.languages[0]
    initial = {"language": wanted}
    return NewCaseForm(
        typed,
        organisations=organisations,
        may_add=not organisations or against_the_time(edition, at=timezone.now()) is None,
        languages=edition.languages,
        initial=initial,
    )


def _entering(request: SignedIn, edition: Edition) -> tuple[Refused | None, list[Organisation]]:
    """Return my organisations that may enter now, in time or by leave, and if none may, why."""
    at = timezone.now()
    mine = list(_mine(request, edition).prefetch_related("late_leaves"))
    able = [one for one in mine if against_the_time_for(one, edition, at=at) is None]
    return (None if able else against_the_time(edition, at=at)), able


def _beginning(request: SignedIn, edition: Edition) -> dict[str, Any]:
    lock, organisations = _entering(request, edition)
    earlier = queries.cases_written_by(request.user).filter(organisation__in=organisations, merged_into=None)
    return {
        **about_edition(edition, organisations),
        "form": _new_form(request, edition),
        "carried": carried_in(request.GET, definition_in_force(edition)),
        "earlier": earlier.exclude(edition=edition).order_by("-edition__created_at", "title"),
        "lock": lock,
    }


@login_required
@require_POST
def take_along(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Take an earlier case along to this edition."""
    found = edition_with_entries(request, programme, edition)
    source = get_object_or_404(queries.cases_written_by(request.user), public_id=case)
    try:
        copy = actions.duplicate_case(source.pk, found, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return respond.refused(request, "entrant/new_case.html", refusal, _beginning(request, found))
    done = _("“%(case)s” is here as a draft. Read it through: what has changed since %(edition)s?")
    words = {"case": copy.title, "edition": source.edition.title}
    return respond.go_to(request, "entrant:case", *place_of(copy), said=done % words)


@login_required
@require_safe
def case(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Show how a case stands; a partner is shown its own part instead."""
    where = {"edition__programme__slug": programme, "edition__slug": edition, "public_id": case}
    found = get_object_or_404(queries.cases_seen_by(request.user), **where)
    if not queries.cases_written_by(request.user).filter(pk=found.pk).exists():
        part = get_object_or_404(queries.parts_of(request.user), case=found)
        return redirect("entrant:part", *place_of(found), part.organisation.public_id)
    return _overview(request, found)


def _overview(request: SignedIn, case: Case, refusal: Refused | None = None) -> HttpResponse:
    stands = standing(case)
    context = {
        **around(stands, "case"),
        "twins": [] if case.merged_into else queries.twins_of(case),
        "asked_by": stands.asked_by,
        "asked_into": case.merge_asked_into,
        "outcomes": outcomes_of(one.entry for one in stands.entries),
    }
    if refusal is not None:
        return respond.refused(request, "entrant/case.html", refusal, context)
    return render(request, "entrant/case.html", context)


@login_required
@require_POST
def discard(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Throw a case away that stands in no category."""
    found = written_case(request, programme, edition, case)
    place = place_of(found)
    try:
        actions.discard_case(found.pk, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _overview(request, found, refusal)
    return respond.go_to(request, "entrant:home", *place[:2], said=_("The case is thrown away."))


@login_required
@require_safe
def about(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Show what the case says about itself."""
    return _about(request, written_case(request, programme, edition, case))


@login_required
@require_POST
def save_about(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Take what the case says about itself."""
    found = written_case(request, programme, edition, case)
    form = AboutForm(
        request.POST, definition=definition_in_force(found.edition), languages=found.edition.languages
    )
    if not form.is_valid():
        return _about(request, found, form=form, version=version_in(request))
    try:
        changes = CaseChanges(**form.cleaned_data)
        actions.change_case(
            found.pk,
            changes,
            version=version_in(request),
            by=request.user.public_id,
            at=timezone.now(),
        )
    except Refused as refusal:
        return _about(request, written_case(request, programme, edition, case), form=form, refusal=refusal)
    if request.htmx:
        return _about(request, written_case(request, programme, edition, case))
    return respond.go_to(request, "entrant:about", *place_of(found), said=_("Saved."))


def version_in(request: SignedIn) -> int:
    """Return the version of the case that the form was made from; an unreadable one is very old."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _about(
    request: SignedIn,
    case: Case,
    *,
    form: AboutForm | None = None,
    version: int | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    if request.htmx:
        told, wrong = {"case": case, "version": version}, [form] if form and not form.is_valid() else []
        return state_of(request, "entrant/about.html", case.edition, told, wrong=wrong, refusal=refusal)
    definition = definition_in_force(case.edition)
    context = {
        **around(standing(case, definition), "about"),
        "form": form
        or AboutForm(initial=about_of(case), definition=definition, languages=case.edition.languages),
        "is_typed": form is not None,
    }
    if refusal is not None:
        return respond.refused(request, "entrant/about.html", refusal, context)
    return render(
        request, "entrant/about.html", context, status=200 if form is None else respond.UNPROCESSABLE
    )


@login_required
@require_POST
def ask_merge(request: SignedIn, programme: str, edition: str, case: str, other: str) -> HttpResponse:
    """Ask the other side to make one case of two."""
    found = written_case(request, programme, edition, case)
    twin = _twin(found, other)
    try:
        actions.ask_merge(
            found.pk, twin.pk, case_of=case_in(request), by=request.user.public_id, at=timezone.now()
        )
    except Refused as refusal:
        return _overview(request, found, refusal)
    done = _("%(organisation)s is asked to merge the two cases.") % {"organisation": twin.organisation}
    return respond.go_to(request, "entrant:case", *place_of(found), said=done)


@login_required
@require_POST
def agree_to_merge(request: SignedIn, programme: str, edition: str, case: str, other: str) -> HttpResponse:
    """Agree to what the other side has asked, and go on in the case that stays."""
    found = written_case(request, programme, edition, case)
    asking = get_object_or_404(found.merges_asked, public_id=other)
    try:
        actions.agree_to_merge(
            asking.pk, found.pk, case_of=case_in(request), by=request.user.public_id, at=timezone.now()
        )
    except Refused as refusal:
        return _overview(request, found, refusal)
    done = _("The cases are one now, and %(organisation)s stands behind it with you.")
    words = {"organisation": asking.organisation}
    return respond.go_to(request, "entrant:case", *place_of(found), said=done % words)


@login_required
@require_POST
def decline_merge(request: SignedIn, programme: str, edition: str, case: str, other: str) -> HttpResponse:
    """Turn a request to merge down, or take one's own back."""
    found = written_case(request, programme, edition, case)
    asking = found if found.public_id == other else get_object_or_404(found.merges_asked, public_id=other)
    actions.decline_merge(asking.pk, by=request.user.public_id, at=timezone.now())
    return respond.go_to(request, "entrant:case", *place_of(found), said=_("The two cases stay separate."))


def _twin(case: Case, other: str) -> Case:
    """Return the case that is likely to be the same; of no other case does anybody learn here."""
    found = {twin.public_id: twin for twin in queries.twins_of(case)}
    return get_object_or_404(Case, pk=found[other].pk if other in found else None)


urlpatterns = [
    path("cases/new/", new_case, name="new_case"),
    path("cases/new/start/", start, name="start_case"),
    path("cases/<slug:case>/take-along/", take_along, name="take_along"),
    path("cases/<slug:case>/", case, name="case"),
    path("cases/<slug:case>/discard/", discard, name="discard_case"),
    path("cases/<slug:case>/about/", about, name="about"),
    path("cases/<slug:case>/about/save/", save_about, name="save_about"),
    path("cases/<slug:case>/merge/<slug:other>/ask/", ask_merge, name="ask_merge"),
    path("cases/<slug:case>/merge/<slug:other>/agree/", agree_to_merge, name="agree_to_merge"),
    path("cases/<slug:case>/merge/<slug:other>/decline/", decline_merge, name="decline_merge"),
]
