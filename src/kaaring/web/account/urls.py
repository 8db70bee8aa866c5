"""STUB: replace wholly."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path


def stub(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


app_name = "account"
urlpatterns = [
    path("me/", stub, name="home"),
]
