"""Pages for what is not there, for what cannot be read, and for what broke."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, or none for this reader: the two look the same."""
    return render(request, "not_found.html", status=404)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that what was sent cannot be read, without trying to read it once more."""
    return turned_away(request, _unreadable, status=400)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form did not come with what shows that it is ours."""
    return turned_away(request, _not_from_here, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault and that nothing was lost."""
    return render(request, "broken.html", status=500)


def turned_away(request: HttpRequest, words: Callable[[], tuple[str, str]], *, status: int) -> HttpResponse:
    """Answer with a small page that says why, in the language of the address, and leads back.

    It is made without session and account: nothing of the request has been looked at yet.
    """
    with translation.override(translation.get_language_from_request(request, check_path=True)):
        title, sentence = words()
        context = {"title": title, "sentence": sentence, "back": _where_from(request)}
        return HttpResponse(render_to_string("turned_away.html", context), status=status)


def _where_from(request: HttpRequest) -> str:
    """Return the page of ours from which something was sent, empty where that is unknown."""
    here = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(here, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(here)
    path = "/" + parts.path.lstrip("/")
    return f"{path}?{parts.query}" if parts.query else path


def _unreadable() -> tuple[str, str]:
    return _("This cannot be read"), _(
        "What your browser sent is damaged or written in a way that we do not read. Nothing was stored. "
        "Go back, load the page anew and try once more."
    )


def _not_from_here() -> tuple[str, str]:
    return _("This form is too old"), _(
        "We cannot tell that what was sent comes from our own page: you may have signed in or out in another "
        "window since, or your browser keeps no cookies. Nothing was stored. Load the page anew and try once "
        "more."
    )
