"""STUB: replace wholly."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path


def stub(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("log/", stub, name="log"),
]
