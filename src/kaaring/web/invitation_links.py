"""The whole address behind an invitation, for messages."""

from django.urls import reverse
from django.utils import translation

from kaaring.programmes import links
from kaaring.programmes.actions import LinkTo
from kaaring.programmes.models import Invitation
from kaaring.web.request import SignedIn


def link_to(request: SignedIn) -> LinkTo:
    """Return what makes the whole address of an invitation, of pages in the given language."""

    def link(invitation: Invitation, language: str) -> str:
        with translation.override(language):
            return request.build_absolute_uri(
                reverse("account:invitation", args=[links.token_of(invitation)])
            )

    return link
