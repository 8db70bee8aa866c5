"""What holds for every request and every answer."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from kaaring.entries.rules import attachments
from kaaring.kernel.tables.table import MOST_BYTES
from kaaring.web.faults import turned_away

type Answering = Callable[[HttpRequest], HttpResponseBase]

MOST_REQUEST = MOST_BYTES + 2**20
"""The largest spreadsheet with the form around it; nothing that people send is larger."""

BAD_REQUEST, TOO_LARGE = 400, 413
NUL = "\0"
FORM, WITH_FILES = "application/x-www-form-urlencoded", "multipart/form-data"
MOST_READ = attachments.MOST_BYTES + attachments.FORM_AROUND
"""What is larger than an attachment is read by no page that takes attachments."""


def bounded(get_response: Answering) -> Answering:
    """Turn away what is announced as larger than anything we take, before any of it is read.

    What is not announced is not read at all: Django reads as much as ``Content-Length`` says.
    """

    def guarded(request: HttpRequest) -> HttpResponseBase:
        announced = request.headers.get("Content-Length") or "0"
        if not announced.isdecimal() or int(announced) > MOST_REQUEST:
            return turned_away(request, _too_large, status=TOO_LARGE)
        return get_response(request)

    return guarded


class WholeText:
    """Turn away requests with a NUL character, which no person types and PostgreSQL cannot store.

    A form is looked through before its view is called, which is where Django reads it to check its token
    anyway. A view that reads its form late, to refuse what is too large unread, takes nothing larger than an
    attachment.
    """

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = [request.path, *(text for name, texts in request.GET.lists() for text in (name, *texts))]
        if any(NUL in text for text in said):
            return turned_away(request, _not_storable, status=BAD_REQUEST)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Look through a form."""
        if request.content_type not in {FORM, WITH_FILES} or _is_read_late(request, view):
            return None
        if any(NUL in text for name, texts in request.POST.lists() for text in (name, *texts)):
            return turned_away(request, _not_storable, status=BAD_REQUEST)
        return None


def _is_read_late(request: HttpRequest, view: Callable[..., Any]) -> bool:
    announced = int(request.headers.get("Content-Length") or 0)
    return announced > MOST_READ and getattr(view, "csrf_exempt", False)


def _too_large() -> tuple[str, str]:
    return _("Too large to be sent"), _("At most %(most)d MB can be sent at once. Nothing was stored.") % {
        "most": MOST_REQUEST // 2**20
    }


def _not_storable() -> tuple[str, str]:
    return _("A character that cannot be stored"), _(
        "What was sent holds a character that no keyboard types (NUL) and that cannot be stored. Nothing was "
        "stored. It may come along when text is copied from elsewhere: take it out, or type the text."
    )


def private_answers(get_response: Answering) -> Answering:
    """Let no cache between us and the reader keep an answer that was made for one person."""

    def guarded(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.session.accessed and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return guarded
