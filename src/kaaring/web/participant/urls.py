"""STUB: replace wholly."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path


def stub(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


app_name = "participant"
urlpatterns = [
    path("", stub, name="home"),
    path("<slug:programme>/<slug:edition>/<slug:participant>/", stub, name="overview"),
]
