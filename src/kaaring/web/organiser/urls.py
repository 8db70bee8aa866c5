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
    measures,
    moves,
    participants,
    people,
    preview,
    questionnaire,
    questions,
    reports,
    rounding,
    rules,
    runs,
    scoring,
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
    measures,
    moves,
    participants,
    people,
    preview,
    questionnaire,
    questions,
    reports,
    rounding,
    rules,
    runs,
    scoring,
    standings,
)
urlpatterns = [
    path("", home.home, name="home"),
    path(
        "<slug:programme>/<slug:edition>/",
        include([pattern for noun in NOUNS for pattern in noun.urlpatterns]),
    ),
]
