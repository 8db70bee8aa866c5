"""Organisers' addresses: what is there for an edition stands in the module of that noun."""

from django.urls import include, path

from kaaring.web.organiser.home import home

app_name = "organiser"
NOUNS = (
    "asked",
    "assignments",
    "categories",
    "classes",
    "dates",
    "decisions",
    "entries",
    "entry",
    "entry_scores",
    "evaluations",
    "feedback",
    "firmness",
    "home",
    "imports",
    "invoices",
    "jurors",
    "jury_decisions",
    "late",
    "letters",
    "log",
    "look",
    "measures",
    "meetings",
    "moves",
    "organisations",
    "panels",
    "participants",
    "people",
    "plans",
    "preview",
    "printed",
    "questionnaire",
    "questions",
    "recusals",
    "remarks",
    "reports",
    "rounding",
    "rules",
    "runs",
    "scorecards",
    "scores",
    "scoring",
    "shortlist",
    "stages",
    "standings",
    "votes",
)
urlpatterns = [
    path("", home, name="home"),
    path(
        "<slug:programme>/<slug:edition>/",
        include([path("", include(f"kaaring.web.organiser.{noun}")) for noun in NOUNS]),
    ),
]
