"""Jurors' addresses: what is there for an edition stands in the module of that noun."""

from types import ModuleType

from django.urls import include, path

from kaaring.web.juror import (
    asking,
    attachments,
    home,
    marking,
    meeting,
    panel,
    printed,
    reading,
    side_by_side,
    together,
)

app_name = "juror"
NOUNS: tuple[ModuleType, ...] = (
    home,
    panel,
    meeting,
    asking,
    together,
    marking,
    side_by_side,
    attachments,
    printed,
    reading,
)
urlpatterns = [
    path(
        "<slug:programme>/<slug:edition>/",
        include([pattern for noun in NOUNS for pattern in noun.urlpatterns]),
    ),
]
