"""The organisation one acts for: its details, and one's colleagues."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries import actions, queries
from kaaring.entries.actions.colleagues import ADDRESS
from kaaring.kernel.refused import Refused
from kaaring.people.models import Organisation
from kaaring.programmes import roll
from kaaring.programmes.models import Edition, Invitation
from kaaring.web import respond
from kaaring.web.entrant.forms import ColleagueForm, OrganisationForm
from kaaring.web.entrant.shell import about_edition, edition_with_entries
from kaaring.web.invitation_links import link_to
from kaaring.web.request import SignedIn


@login_required
@require_safe
def organisation(request: SignedIn, programme: str, edition: str, organisation: str) -> HttpResponse:
    """Show an organisation, who acts for it and who is invited to."""
    found, mine = _mine(request, programme, edition, organisation)
    return _page(request, found, mine)


def _mine(request: SignedIn, programme: str, edition: str, organisation: str) -> tuple[Edition, Organisation]:
    found = edition_with_entries(request, programme, edition)
    mine = queries.organisations_of(request.user).filter(organiser=found.programme.organiser)
    return found, get_object_or_404(mine, public_id=organisation)


@login_required
@require_POST
def save(request: SignedIn, programme: str, edition: str, organisation: str) -> HttpResponse:
    """Take the organisation's details."""
    found, mine = _mine(request, programme, edition, organisation)
    form = OrganisationForm(request.POST)
    if not form.is_valid():
        return _page(request, found, mine, form=form, status=respond.UNPROCESSABLE)
    actions.change_organisation(mine.pk, form.cleaned_data, by=request.user.public_id, at=timezone.now())
    return _done(request, found, mine, _("Saved."))


@login_required
@require_POST
def invite(request: SignedIn, programme: str, edition: str, organisation: str) -> HttpResponse:
    """Invite a colleague."""
    found, mine = _mine(request, programme, edition, organisation)
    form = ColleagueForm(request.POST)
    if not form.is_valid():
        return _page(request, found, mine, invite_form=form, status=respond.UNPROCESSABLE)
    email = form.cleaned_data["email"]
    try:
        actions.invite_colleague(
            mine,
            found,
            email,
            language=get_language() or "en",
            link_to=link_to(request),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        return _page(request, found, mine, invite_form=form, refusal=refusal)
    return _done(request, found, mine, _("The invitation to %(email)s is on its way.") % {"email": email})


@login_required
@require_POST
def withdraw_invitation(
    request: SignedIn, programme: str, edition: str, organisation: str, invitation: str
) -> HttpResponse:
    """Take an invitation back."""
    found, mine = _mine(request, programme, edition, organisation)
    offered = get_object_or_404(_offers(found, mine), public_id=invitation)
    actions.withdraw_colleague_invitation(offered.pk, by=request.user, at=timezone.now())
    done = _("The invitation to %(email)s is withdrawn.") % {"email": offered.email}
    return _done(request, found, mine, done)


@login_required
@require_POST
def end(request: SignedIn, programme: str, edition: str, organisation: str, person: str) -> HttpResponse:
    """Let a colleague, or oneself, no longer act for the organisation."""
    found, mine = _mine(request, programme, edition, organisation)
    affiliation = get_object_or_404(queries.colleagues_in(mine), user__public_id=person)
    try:
        actions.end_affiliation(affiliation.pk, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, mine, refusal=refusal)
    words = {"person": affiliation.user, "organisation": mine}
    done = _("%(person)s no longer acts for %(organisation)s.") % words
    if affiliation.user == request.user:
        return respond.go_to(request, "account:home", said=done)
    return _done(request, found, mine, done)


def _offers(edition: Edition, organisation: Organisation) -> QuerySet[Invitation]:
    return roll.open_invitations(edition, at=timezone.now()).filter(organisation=organisation.public_id)


def _done(request: SignedIn, edition: Edition, organisation: Organisation, said: str) -> HttpResponse:
    place = [edition.programme.slug, edition.slug, organisation.public_id]
    return respond.go_to(request, "entrant:organisation", *place, said=said)


def _page(
    request: SignedIn,
    edition: Edition,
    organisation: Organisation,
    *,
    form: OrganisationForm | None = None,
    invite_form: ColleagueForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **about_edition(edition),
        "organisation": organisation,
        "colleagues": queries.colleagues_in(organisation),
        "offers": _offers(edition, organisation),
        "form": form or OrganisationForm(initial={name: getattr(organisation, name) for name in ADDRESS}),
        "invite_form": invite_form or ColleagueForm(),
    }
    if refusal is not None:
        return respond.refused(request, "entrant/organisation.html", refusal, context)
    return render(request, "entrant/organisation.html", context, status=status)


_ONE = "organisations/<slug:organisation>/"
urlpatterns = [
    path(_ONE, organisation, name="organisation"),
    path(f"{_ONE}save/", save, name="save_organisation"),
    path(f"{_ONE}invite/", invite, name="invite_colleague"),
    path(f"{_ONE}invitations/<slug:invitation>/withdraw/", withdraw_invitation, name="withdraw_colleague"),
    path(f"{_ONE}colleagues/<slug:person>/end/", end, name="end_colleague"),
]
