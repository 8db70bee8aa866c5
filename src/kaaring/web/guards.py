"""What holds for every request and every answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from kaaring.entries.rules import attachments
from kaaring.kernel.tables.table import MOST_BYTES

type Answering = Callable[[HttpRequest], HttpResponseBase]

MOST_REQUEST = MOST_BYTES + 2**20
"""The largest spreadsheet with the form around it; nothing that people send is larger."""

NUL = "\0"
FORM, WITH_FILES = "application/x-www-form-urlencoded", "multipart/form-data"
MOST_READ = attachments.MOST_BYTES + attachments.FORM_AROUND
"""What is larger than an attachment is turned away by its page before it is read, or is a spreadsheet."""


def bounded(get_response: Answering) -> Answering:
    """Turn away what is announced as larger than anything we take, before any of it is read.

    What is not announced is not read at all: Django reads as much as ``Content-Length`` says.
    """

    def guarded(request: HttpRequest) -> HttpResponseBase:
        announced = request.headers.get("Content-Length") or "0"
        if not announced.isdecimal() or int(announced) > MOST_REQUEST:
            text = f"At most {MOST_REQUEST // 2**20} MB can be sent at once. Nothing was stored."
            return HttpResponse(text, status=413, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return guarded


def whole_text(get_response: Answering) -> Answering:
    """Turn away requests with a NUL character, which no person types and PostgreSQL cannot store."""

    def guarded(request: HttpRequest) -> HttpResponseBase:
        said = [request.path, *(value for values in request.GET.lists() for value in values[1])]
        if request.content_type == FORM or _is_small_with_files(request):
            said += [value for values in request.POST.lists() for value in values[1]]
        if any(NUL in text for text in said):
            return HttpResponseBadRequest("This address or form holds a character that cannot be stored.")
        return get_response(request)

    return guarded


def _is_small_with_files(request: HttpRequest) -> bool:
    announced = int(request.headers.get("Content-Length") or 0)
    return request.content_type == WITH_FILES and announced <= MOST_READ


def private_answers(get_response: Answering) -> Answering:
    """Let no cache between us and the reader keep an answer that was made for one person."""

    def guarded(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.session.accessed and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return guarded
