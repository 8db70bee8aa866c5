"""STUB: replace wholly."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path


def home(request: HttpRequest) -> HttpResponse:
    raise Http404


def stub(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    raise Http404


urlpatterns = [path("", stub, name="edition")]
