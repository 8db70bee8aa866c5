"""Jurors' addresses: what is there for an edition stands in the module of that noun."""

from django.urls import include, path

app_name = "juror"
NOUNS = (
    "home",
    "panel",
    "meeting",
    "asking",
    "together",
    "marking",
    "side_by_side",
    "attachments",
    "printed",
    "reading",
)
urlpatterns = [
    path(
        "<slug:programme>/<slug:edition>/",
        include([path("", include(f"kaaring.web.juror.{noun}")) for noun in NOUNS]),
    ),
]
