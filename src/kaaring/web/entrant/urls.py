"""Entrants' addresses: what is there for an edition stands in the module of that noun."""

from types import ModuleType

from django.urls import include, path

app_name = "entrant"
NOUNS: tuple[ModuleType, ...] = ()
urlpatterns = [
    path(
        "<slug:programme>/<slug:edition>/",
        include([pattern for noun in NOUNS for pattern in noun.urlpatterns]),
    ),
]
