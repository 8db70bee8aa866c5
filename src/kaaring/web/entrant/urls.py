"""Entrants' addresses: what is there for an edition stands in the module of that noun."""

from django.urls import include, path

app_name = "entrant"
NOUNS = (
    "home",
    "cases",
    "facts",
    "nominee",
    "attachments",
    "categories",
    "parties",
    "entries",
    "handing_in",
    "feedback",
    "organisations",
    "invoices",
    "printed",
)
urlpatterns = [
    path(
        "<slug:programme>/<slug:edition>/",
        include([path("", include(f"kaaring.web.entrant.{noun}")) for noun in NOUNS]),
    ),
]
