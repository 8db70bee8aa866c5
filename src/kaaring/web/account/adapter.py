"""How allauth behaves here: everybody may open an account, and is written to in their own language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as under_way
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.utils import translation

from kaaring.people.models import User
from kaaring.people.queries import person_at


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Opens accounts and sends allauth's messages."""

    def new_user(self, request: HttpRequest) -> User:
        """Begin an account in the language of the page it is opened on."""
        return User(language=translation.get_language() or "en")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to people in the language they chose, to strangers in that of the page."""
        known = context.get("user") or person_at(email)
        language = known.language if isinstance(known, User) else translation.get_language()
        with translation.override(language):
            super().send_mail(template_prefix, email, {**context, "current_site": _site()})


def _site() -> Any:
    """Return this installation by the name people know it by, and by its address."""
    site = get_current_site(under_way.request)
    site.name = "Kåring"
    return site
