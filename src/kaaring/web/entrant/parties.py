"""Who stands behind a case: named by those who write it, approved by each party itself."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries import actions, queries
from kaaring.entries.models import Case, Party
from kaaring.entries.rules.parties import roles_in
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition import Definition
from kaaring.programmes.eligibility.names import Names
from kaaring.programmes.queries import definition_in_force
from kaaring.web import respond
from kaaring.web.entrant.cases import version_in
from kaaring.web.entrant.fact_forms import FactsForm, asked_of_party
from kaaring.web.entrant.forms import ColleagueForm, PartyForm
from kaaring.web.entrant.saving import state_of
from kaaring.web.entrant.shell import around, standing, written_case
from kaaring.web.entrant.standing import place_of
from kaaring.web.entry_links import part_in
from kaaring.web.invitation_links import link_to
from kaaring.web.request import SignedIn


@login_required
@require_safe
def parties(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Show who stands behind the case, in which role, and who has approved."""
    return _page(request, written_case(request, programme, edition, case))


@login_required
@require_POST
def name(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Name a partner and invite somebody there."""
    found = written_case(request, programme, edition, case)
    form = PartyForm(request.POST, roles=_roles(definition_in_force(found.edition)))
    if not form.is_valid():
        return _page(request, found, form=form, status=respond.UNPROCESSABLE)
    try:
        party = actions.name_party(
            found.pk,
            **form.cleaned_data,
            link_to=link_to(request),
            part_of=part_in(request),
            by=request.user.public_id,
            at=timezone.now(),
        )
    except Refused as refusal:
        link = _to_colleagues(found) if refusal.code == "own_organisation" else None
        return _page(request, found, form=form, refusal=refusal, link=link)
    done = _("%(party)s stands behind the case, and %(email)s can read and approve it.")
    return _done(request, found, done % {"party": party.organisation, "email": party.contact_email})


@login_required
@require_POST
def change_role(
    request: SignedIn, programme: str, edition: str, case: str, organisation: str
) -> HttpResponse:
    """Say in which role a party takes part."""
    found = written_case(request, programme, edition, case)
    party = get_object_or_404(found.parties, organisation__public_id=organisation)
    role = request.POST.get("role", "")
    try:
        actions.change_role(party.pk, role, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, refusal=refusal)
    return _done(request, found, _("Saved."))


@login_required
@require_POST
def remove(request: SignedIn, programme: str, edition: str, case: str, organisation: str) -> HttpResponse:
    """Let a partner no longer stand behind the case."""
    found = written_case(request, programme, edition, case)
    party = get_object_or_404(
        found.parties.select_related("organisation"), organisation__public_id=organisation
    )
    try:
        actions.remove_party(party.pk, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, refusal=refusal)
    done = _("%(party)s no longer stands behind the case.") % {"party": party.organisation}
    return _done(request, found, done)


@login_required
@require_POST
def invite(request: SignedIn, programme: str, edition: str, case: str, organisation: str) -> HttpResponse:
    """Invite the first person of a partner again, perhaps at another address."""
    found = written_case(request, programme, edition, case)
    party = get_object_or_404(
        found.parties.select_related("organisation__organiser"), organisation__public_id=organisation
    )
    form = ColleagueForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=respond.UNPROCESSABLE)
    email = form.cleaned_data["email"]
    try:
        actions.invite_colleague(
            party.organisation,
            found.edition,
            email,
            language=found.language,
            link_to=link_to(request),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        return _page(request, found, refusal=refusal)
    return _done(request, found, _("The invitation to %(email)s is on its way.") % {"email": email})


def _to_colleagues(case: Case) -> tuple[str, str]:
    """Return the page on which colleagues are invited, and what it is called."""
    place = [*place_of(case)[:2], case.organisation.public_id]
    words = _("Colleagues at %(organisation)s") % {"organisation": case.organisation}
    return f"{reverse('entrant:organisation', args=place)}#colleagues", words


def _done(request: SignedIn, case: Case, said: str) -> HttpResponse:
    return respond.go_to(request, "entrant:parties", *place_of(case), said=said)


def _roles(definition: Definition) -> list[tuple[str, str]]:
    names = Names(definition)
    return [(role, names.term(role)) for role in roles_in(definition)]


def _page(
    request: SignedIn,
    case: Case,
    *,
    form: PartyForm | None = None,
    refusal: Refused | None = None,
    link: tuple[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    definition = definition_in_force(case.edition)
    roles = _roles(definition)
    parties = case.parties.select_related("organisation", "approved_by")
    context = {
        **around(standing(case, definition), "parties"),
        "parties": parties.prefetch_related("organisation__affiliations"),
        "roles": roles,
        "form": form or PartyForm(roles=roles),
        "refusal_link": link,
    }
    if refusal is not None:
        return respond.refused(request, "entrant/parties.html", refusal, context)
    return render(request, "entrant/parties.html", context, status=status)


@login_required
@require_safe
def part(request: SignedIn, programme: str, edition: str, case: str, organisation: str) -> HttpResponse:
    """Show a partner the case, its own part of it, and how to approve."""
    return _part(request, _own_part(request, programme, edition, case, organisation))


def _own_part(request: SignedIn, programme: str, edition: str, case: str, organisation: str) -> Party:
    mine = queries.parts_of(request.user).filter(
        case__edition__programme__slug=programme,
        case__edition__slug=edition,
        case__public_id=case,
        organisation__public_id=organisation,
    )
    found = mine.select_related("case__merged_into").first()
    if found is None:
        raise Http404
    return found


@login_required
@require_POST
def save_part(request: SignedIn, programme: str, edition: str, case: str, organisation: str) -> HttpResponse:
    """Take what a partner says of its part."""
    party = _own_part(request, programme, edition, case, organisation)
    form = _part_form(party, definition_in_force(party.case.edition), request.POST)
    text = request.POST.get("text", "")[:20_000]
    if not form.is_valid():
        return _part(request, party, form=form, text=text, status=respond.UNPROCESSABLE)
    before = party.case.version
    try:
        actions.change_part(
            party.pk,
            text,
            form.facts(),
            version=version_in(request),
            by=request.user.public_id,
            at=timezone.now(),
        )
    except Refused as refusal:
        party = _own_part(request, programme, edition, case, organisation)
        return _part(request, party, form=form, text=text, refusal=refusal)
    if request.htmx:
        party = _own_part(request, programme, edition, case, organisation)
        return _part(request, party, read=_read_up_to(request, party.case.version, before=before))
    return _to_part(request, party, _("Saved."))


@login_required
@require_POST
def approve(request: SignedIn, programme: str, edition: str, case: str, organisation: str) -> HttpResponse:
    """Approve the case as it was read."""
    party = _own_part(request, programme, edition, case, organisation)
    try:
        actions.approve_part(
            party.pk, version=version_in(request), by=request.user.public_id, at=timezone.now()
        )
    except Refused as refusal:
        return _part(request, party, refusal=refusal)
    done = _("%(party)s has approved the case as it is now.") % {"party": party.organisation}
    return _to_part(request, party, done)


def _read_up_to(request: SignedIn, now: int, *, before: int) -> int:
    """Return the version of the case that a partner has read, after a save of its own part.

    That is the newest where nobody else has changed anything since the page was opened: what others have
    changed meanwhile is to be read before it is approved.
    """
    typed = request.POST.get("read", "")
    seen = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    return now if seen == before and now - before <= 1 else seen


def _to_part(request: SignedIn, party: Party, said: str) -> HttpResponse:
    place = [*place_of(party.case), party.organisation.public_id]
    return respond.go_to(request, "entrant:part", *place, said=said)


def _part_form(party: Party, definition: Definition, typed: Any = None) -> FactsForm:
    asked = asked_of_party(definition, party.role)
    return FactsForm(typed, asked=asked, definition=definition, case=party.case)


def _part(
    request: SignedIn,
    party: Party,
    *,
    form: FactsForm | None = None,
    text: str | None = None,
    read: int | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    definition = definition_in_force(party.case.edition)
    stands = standing(party.case, definition)
    context = {
        **around(stands, ""),
        "tabs": [],
        "lock": stands.lock_for_partner,
        "party": party,
        "role": Names(definition).term(party.role) if party.role else "",
        "form": form or _part_form(party, definition),
        "text": party.text if text is None else text,
        "is_approved": party.approved_version == party.case.version,
        "read": read,
    }
    if request.htmx:
        typed = {"version": version_in(request)} if status == respond.UNPROCESSABLE else {}
        wrong = [form] if form and status == respond.UNPROCESSABLE else []
        told = {**context, "read": read or request.POST.get("read"), **typed}
        return state_of(request, "entrant/part.html", party.case.edition, told, wrong=wrong, refusal=refusal)
    if refusal is not None:
        return respond.refused(request, "entrant/part.html", refusal, context)
    return render(request, "entrant/part.html", context, status=status)


_PARTY = "cases/<slug:case>/parties/<slug:organisation>/"
urlpatterns = [
    path("cases/<slug:case>/parties/", parties, name="parties"),
    path("cases/<slug:case>/parties/name/", name, name="name_party"),
    path(f"{_PARTY}role/", change_role, name="change_role"),
    path(f"{_PARTY}remove/", remove, name="remove_party"),
    path(f"{_PARTY}invite/", invite, name="invite_party"),
    path("cases/<slug:case>/part/<slug:organisation>/", part, name="part"),
    path("cases/<slug:case>/part/<slug:organisation>/save/", save_part, name="save_part"),
    path("cases/<slug:case>/part/<slug:organisation>/approve/", approve, name="approve_part"),
]
