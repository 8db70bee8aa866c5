"""Organisers' addresses: what is there for an edition stands in the module of that noun."""

from django.urls import include, path

from kaaring.web.organiser import (
    classes,
    dates,
    decisions,
    evaluations,
    home,
    imports,
    log,
    look,
    participants,
    people,
    questionnaire,
    reports,
    rounding,
    rules,
    runs,
    standings,
)

app_name = "organiser"
NOUNS = (
    classes,
    dates,
    decisions,
    evaluations,
    home,
    imports,
    log,
    look,
    participants,
    people,
    questionnaire,
    reports,
    rounding,
    rules,
    runs,
    standings,
)
urlpatterns = [
    path("", home.home, name="home"),
    path(
        "<slug:programme>/<slug:edition>/",
        include([pattern for noun in NOUNS for pattern in noun.urlpatterns]),
    ),
]
