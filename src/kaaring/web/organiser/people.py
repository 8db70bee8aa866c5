"""Who belongs to the organiser, who takes part in the edition, and who is invited."""

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.queries.jurors import juror_of
from kaaring.jury.rules.jurors import IN_A_JURY, against_ending_the_part
from kaaring.kernel import figures
from kaaring.kernel.refused import Refused, refuse
from kaaring.people import actions as members
from kaaring.people import queries as people
from kaaring.people.models import MemberRole, Membership
from kaaring.programmes import actions as programmes
from kaaring.programmes import letters, roll
from kaaring.programmes import queries as editions
from kaaring.programmes.models import Edition, EditionRole, Invitation, Part
from kaaring.programmes.rules import OPEN_FOR
from kaaring.survey import actions as survey
from kaaring.survey.models import Contact
from kaaring.survey.queries import participants_of
from kaaring.web import respond
from kaaring.web.invitation_links import link_to
from kaaring.web.organiser.people_forms import InviteForm, PartForm, known_people
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn


class Open(NamedTuple):
    """An open invitation as the page shows it."""

    invitation: Invitation
    where: str
    role: str
    participant: str
    link: str
    sent_at: datetime
    lapses_at: datetime


@login_required
@require_safe
def people_page(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show members, parts, contacts and open invitations."""
    return _page(request, edition_seen_by(request, programme, edition))


@login_required
@require_POST
def invite(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Invite somebody by e-mail."""
    found = edition_changed_by(request, programme, edition)
    form = InviteForm(request.POST, edition=found, is_owner=_is_owner(request, found))
    if not form.is_valid():
        return _page(request, found, invite_form=form, status=respond.UNPROCESSABLE)
    try:
        _send(request, found, form)
    except Refused as refusal:
        return _page(request, found, invite_form=form, refusal=refusal)
    return _done(request, found, _("The invitation to %(email)s is on its way.") % {"email": form.email})


@login_required
@require_POST
def withdraw(request: SignedIn, programme: str, edition: str, invitation: str) -> HttpResponse:
    """Take an invitation back."""
    found = edition_changed_by(request, programme, edition)
    offered = get_object_or_404(roll.open_invitations(found, at=timezone.now()), public_id=invitation)
    try:
        programmes.withdraw_invitation(offered.pk, by=request.user, at=timezone.now(), why=_why(request))
    except Refused as refusal:
        return _page(request, found, refusal=refusal)
    return _done(request, found, _("The invitation to %(email)s is withdrawn.") % {"email": offered.email})


@login_required
@require_POST
def change_member(request: SignedIn, programme: str, edition: str, person: str) -> HttpResponse:
    """Give a member another role."""
    found = edition_changed_by(request, programme, edition)
    member = _member(found, person)
    role = request.POST.get("role", "")
    try:
        members.change_membership(member.pk, role, by=request.user, at=timezone.now(), why=_why(request))
    except Refused as refusal:
        return _page(request, found, refusal=refusal)
    return _done(request, found, _("%(person)s has the new role.") % {"person": member.user})


@login_required
@require_POST
def end_member(request: SignedIn, programme: str, edition: str, person: str) -> HttpResponse:
    """Let a member go."""
    found = edition_changed_by(request, programme, edition)
    member = _member(found, person)
    try:
        members.end_membership(member.pk, by=request.user, at=timezone.now(), why=_why(request))
    except Refused as refusal:
        return _page(request, found, refusal=refusal)
    return _done(request, found, _("%(person)s is no longer a member.") % {"person": member.user})


@login_required
@require_POST
def give_part(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Give a further part to somebody who is here already."""
    found = edition_changed_by(request, programme, edition)
    form = PartForm(request.POST, edition=found)
    if not form.is_valid():
        return _page(request, found, part_form=form, status=respond.UNPROCESSABLE)
    try:
        programmes.give_part(
            found, form.person, form.cleaned_data["role"], by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        return _page(request, found, part_form=form, refusal=refusal)
    return _done(request, found, _("%(person)s has the part.") % {"person": form.person})


@login_required
@require_POST
def end_part(request: SignedIn, programme: str, edition: str, person: str, role: str) -> HttpResponse:
    """Take a part from somebody."""
    found = edition_changed_by(request, programme, edition)
    part = get_object_or_404(
        Part.objects.select_related("user"), edition=found, user__public_id=person, role=role
    )
    try:
        refuse(against_ending_the_part(juror_of(part.user, found), part.role))
        programmes.end_part(part.pk, by=request.user, at=timezone.now(), why=_why(request))
    except Refused as refusal:
        return _page(request, found, refusal=refusal)
    return _done(request, found, _("%(person)s no longer has the part.") % {"person": part.user})


@login_required
@require_POST
def end_contact(
    request: SignedIn, programme: str, edition: str, person: str, participant: str
) -> HttpResponse:
    """Let a contact no longer see a participant's pages."""
    found = edition_changed_by(request, programme, edition)
    named = Contact.objects.select_related("user", "participant")
    contact = get_object_or_404(
        named, participant__edition=found, participant__code=participant, user__public_id=person
    )
    survey.end_contact(contact.pk, by=request.user, at=timezone.now(), why=_why(request))
    done = _("%(person)s is no longer a contact of %(participant)s.")
    return _done(request, found, done % {"person": contact.user, "participant": contact.participant})


def _send(request: SignedIn, edition: Edition, form: InviteForm) -> None:
    told: dict[str, Any] = {
        "language": form.cleaned_data["language"],
        "link_to": link_to(request),
        "by": request.user,
        "at": timezone.now(),
    }
    participant = form.cleaned_data["participant"]
    if form.is_member:
        programmes.invite(edition.programme.organiser, None, form.email, form.role, **told)
    elif form.role == EditionRole.PARTICIPANT_CONTACT and participant:
        survey.invite_contact(edition, participant, form.email, **told)
    else:
        organiser = edition.programme.organiser
        programmes.invite(organiser, edition, form.email, form.role, participant=participant, **told)


def _why(request: SignedIn) -> str:
    return request.POST.get("why", "").strip()[:500]


def _member(edition: Edition, person: str) -> Membership:
    return get_object_or_404(people.members_of(edition.programme.organiser), user__public_id=person)


def _is_owner(request: SignedIn, edition: Edition) -> bool:
    return people.role_at(edition.programme.organiser, request.user) == MemberRole.OWNER


def _done(request: SignedIn, edition: Edition, said: str) -> HttpResponse:
    """Go back to the page, or to my own pages for those who have just left."""
    if not editions.editions_seen_by(request.user).filter(pk=edition.pk).exists():
        return respond.go_to(request, "account:home", said=said)
    return respond.go_to(request, "organiser:people", edition.programme.slug, edition.slug, said=said)


def _opened(request: SignedIn, edition: Edition, names: dict[str, str]) -> list[Open]:
    link, language = link_to(request), translation.get_language() or "en"
    return [
        Open(
            invitation,
            letters.where(invitation),
            letters.role_label(invitation),
            names.get(invitation.participant, invitation.participant),
            link(invitation, language),
            figures.local(invitation.invited_at, edition.timezone),
            figures.local(invitation.invited_at + OPEN_FOR, edition.timezone),
        )
        for invitation in roll.open_invitations(edition, at=timezone.now())
    ]


def _page(
    request: SignedIn,
    edition: Edition,
    *,
    invite_form: InviteForm | None = None,
    part_form: PartForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    contacts = Contact.objects.filter(participant__edition=edition).select_related("user", "participant")
    names = dict(participants_of(edition).values_list("code", "name"))
    is_owner = _is_owner(request, edition)
    context = {
        **shell(request, edition, "people"),
        "is_owner": is_owner,
        "members": people.members_of(edition.programme.organiser),
        "member_roles": MemberRole.choices,
        "given_parts": roll.parts_in(edition),
        "roles_in_a_jury": IN_A_JURY,
        "contacts": contacts.order_by("participant__name", "user__name"),
        "open_invitations": _opened(request, edition, names),
        "invite_form": invite_form or InviteForm(edition=edition, is_owner=is_owner),
        "part_form": part_form or PartForm(edition=edition),
        "has_known_people": known_people(edition).exists(),
        "refusal": refusal,
    }
    return render(request, "organiser/people.html", context, status=respond.CONFLICT if refusal else status)


urlpatterns = [
    path("people/", people_page, name="people"),
    path("people/invite/", invite, name="invite"),
    path("people/invitations/<str:invitation>/withdraw/", withdraw, name="withdraw_invitation"),
    path("people/members/<str:person>/change/", change_member, name="change_member"),
    path("people/members/<str:person>/end/", end_member, name="end_member"),
    path("people/parts/give/", give_part, name="give_part"),
    path("people/parts/<str:person>/<slug:role>/end/", end_part, name="end_part"),
    path("people/contacts/<str:person>/<slug:participant>/end/", end_contact, name="end_contact"),
]
