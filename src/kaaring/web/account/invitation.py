"""The page behind the link of an invitation."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.actions import invitations as jury
from kaaring.kernel.refused import Refused, refuse
from kaaring.people.queries import addresses_of
from kaaring.programmes import letters, links
from kaaring.programmes import rules as may
from kaaring.programmes.models import Invitation
from kaaring.survey import actions as survey
from kaaring.survey.models import Participant
from kaaring.survey.queries import participants_of
from kaaring.web import respond
from kaaring.web.request import Request

GONE, NOT_THERE = 410, 404
STATUS = {
    "broken_link": NOT_THERE,
    "invitation_used": GONE,
    "invitation_withdrawn": GONE,
    "invitation_expired": GONE,
}


@require_safe
@never_cache
def invitation(request: Request, token: str) -> HttpResponse:
    """Show what is offered and by whom, and how to accept; or say why the link no longer opens anything."""
    try:
        found = _found(token)
        refuse(may.against_using(found, at=timezone.now()))
    except Refused as refusal:
        return _refused(request, refusal)
    context = {
        "token": token,
        "invitation": found,
        "where": letters.where(found),
        "role": letters.role_label(found),
        "participant": _participant_of(found),
    }
    if not request.user.is_authenticated:
        return render(request, "account/invitation.html", {**context, "address": _hidden(found.email)})
    refusal_of_mine = may.against_accepting(found, addresses=addresses_of(request.user), at=timezone.now())
    if refusal_of_mine is not None:
        return _refused(request, refusal_of_mine)
    return render(request, "account/invitation.html", context)


@require_POST
def accept(request: Request, token: str) -> HttpResponse:
    """Take the offer up."""
    if not request.user.is_authenticated:
        return redirect("account:invitation", token)
    try:
        found = _found(token)
        _taking_up(found)(found.pk, by=request.user, at=timezone.now())
    except Refused as refusal:
        return _refused(request, refusal)
    done = _("Welcome to %(where)s. Your role: %(role)s.") % {
        "where": letters.where(found),
        "role": letters.role_label(found),
    }
    return respond.go_to(request, "account:home", said=done)


def _taking_up(found: Invitation) -> Callable[..., Invitation]:
    """Return what takes up an invitation: that of a jury, of an organisation, or any other."""
    if jury.is_for_a_juror(found):
        return jury.accept_invitation
    return jury.accept_to_act if found.organisation else survey.accept_invitation


def _found(token: str) -> Invitation:
    public_id = links.public_id_in(token)
    with_all = Invitation.objects.select_related("organiser", "edition__programme__organiser", "invited_by")
    return with_all.get(public_id=public_id)


def _participant_of(invitation: Invitation) -> Participant | None:
    """Return whose pages a contact is offered; none where the invitation is to something else."""
    if invitation.edition is None:
        return None
    return participants_of(invitation.edition).filter(code=invitation.participant).first()


def _hidden(address: str) -> str:
    """Return an address as a hint for its owner, not readable for others: a…@example.com."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"


def _refused(request: Request, refusal: Refused) -> HttpResponse:
    status = STATUS.get(refusal.code, respond.CONFLICT)
    return render(request, "account/invitation_refused.html", {"why_not": refusal}, status=status)
