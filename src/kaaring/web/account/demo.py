"""Sign-in with one click, in the demonstration only."""

from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaaring.people import queries as people
from kaaring.people.models import MemberRole, User
from kaaring.programmes.models import EditionRole
from kaaring.web import respond
from kaaring.web.request import Request


class Line(NamedTuple):
    """What an account is, and what one can do as that."""

    is_what: str
    does: str | Promise = ""


class Account(NamedTuple):
    """A demo account and what it is, line by line."""

    user: User
    lines: list[Line]


DOES: dict[str, Promise] = {
    MemberRole.OWNER: gettext_lazy("Runs every edition, and says who takes part"),
    MemberRole.MANAGER: gettext_lazy("Runs every edition: entries, jury, results"),
    MemberRole.VIEWER: gettext_lazy("Sees what organisers see, and changes nothing"),
    MemberRole.AUDITOR: gettext_lazy("Sees everything and the log, and changes nothing"),
    EditionRole.JUROR: gettext_lazy("Reads cases and marks them"),
    EditionRole.JURY_CHAIR: gettext_lazy("Marks, and leads a panel and its meetings"),
}


@require_safe
def demo(request: Request) -> HttpResponse:
    """List the demo accounts, each with a button to sign in."""
    _only_in_the_demo()
    return render(request, "account/demo.html", {"accounts": _accounts()})


@require_POST
def sign_in(request: Request, person: str) -> HttpResponse:
    """Sign in as a demo account."""
    _only_in_the_demo()
    user = get_object_or_404(people.demo_accounts(), public_id=person)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return respond.go_to(
        request, "account:home", said=_("You are signed in as %(person)s.") % {"person": user}
    )


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404


def _accounts() -> list[Account]:
    users = people.demo_accounts().prefetch_related(
        "memberships__organiser",
        "parts__edition__programme",
        "contacts__participant__edition__programme",
        "affiliations__organisation",
    )
    return [
        Account(user, [*_memberships(user), *_parts(user), *_contacts(user), *_affiliations(user)])
        for user in users
    ]


def _memberships(user: User) -> list[Line]:
    roles: dict[str, list[str]] = {}
    for each in user.memberships.all():
        roles.setdefault(each.role, []).append(str(each.organiser))
    return [
        Line(f"{MemberRole(role).label}, {' · '.join(organisers)}", DOES.get(role, ""))
        for role, organisers in roles.items()
    ]


def _parts(user: User) -> list[Line]:
    return [
        Line(f"{part.get_role_display()}, {part.edition.title}", DOES.get(part.role, ""))
        for part in user.parts.all()
        if part.role != EditionRole.PARTICIPANT_CONTACT
    ]


def _contacts(user: User) -> list[Line]:
    return [
        Line(
            _("Contact of %(participant)s, %(edition)s")
            % {"participant": each.participant, "edition": each.participant.edition.title},
            _("Reads how the contact centre did, and its report"),
        )
        for each in user.contacts.all()
    ]


def _affiliations(user: User) -> list[Line]:
    return [
        Line(
            _("Acts for %(organisation)s") % {"organisation": each.organisation},
            _("Enters cases, approves them as a partner, and reads how they did"),
        )
        for each in user.affiliations.all()
    ]
