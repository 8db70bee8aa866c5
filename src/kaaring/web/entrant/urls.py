"""Entrants' addresses: what is there for an edition stands in the module of that noun."""

from types import ModuleType

from django.urls import include, path

from kaaring.web.entrant import (
    attachments,
    cases,
    categories,
    entries,
    facts,
    feedback,
    handing_in,
    home,
    invoices,
    nominee,
    organisations,
    parties,
    printed,
)

app_name = "entrant"
NOUNS: tuple[ModuleType, ...] = (
    home,
    cases,
    facts,
    nominee,
    attachments,
    categories,
    parties,
    entries,
    handing_in,
    feedback,
    organisations,
    invoices,
    printed,
)
urlpatterns = [
    path(
        "<slug:programme>/<slug:edition>/",
        include([pattern for noun in NOUNS for pattern in noun.urlpatterns]),
    ),
]
