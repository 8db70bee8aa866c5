"""Sign-in with one click, in the demonstration only."""

from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.people import queries as people
from kaaring.people.models import User
from kaaring.programmes.models import EditionRole
from kaaring.web import respond
from kaaring.web.request import Request


class Account(NamedTuple):
    """A demo account and what it is, line by line."""

    user: User
    is_what: list[str]


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
        "memberships__organiser", "parts__edition__programme", "contacts__participant__edition__programme"
    )
    return [Account(user, [*_memberships(user), *_parts(user), *_contacts(user)]) for user in users]


def _memberships(user: User) -> list[str]:
    return [f"{each.get_role_display()}, {each.organiser}" for each in user.memberships.all()]


def _parts(user: User) -> list[str]:
    return [
        f"{part.get_role_display()}, {part.edition.title}"
        for part in user.parts.all()
        if part.role != EditionRole.PARTICIPANT_CONTACT
    ]


def _contacts(user: User) -> list[str]:
    return [
        _("Contact of %(participant)s, %(edition)s")
        % {"participant": each.participant, "edition": each.participant.edition.title}
        for each in user.contacts.all()
    ]
