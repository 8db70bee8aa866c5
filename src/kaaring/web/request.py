"""The requests that views take."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from kaaring.people.models import User


class Request(HttpRequest):
    """A request as our middleware leaves it."""

    htmx: HtmxDetails
    user: User | AnonymousUser


class SignedIn(Request):
    """A request behind ``login_required``."""

    user: User
