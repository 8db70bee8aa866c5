"""Addresses of the public pages."""

from django.urls import include, path

from kaaring.web.public import (
    data,
    editions,
    fit,
    jury_results,
    method,
    programmes,
    questions,
    results,
    rulebook,
    voting,
)

app_name = "public"
_of_edition = [
    path("", editions.edition, name="edition"),
    path("rules/", rulebook.rulebook, name="rulebook"),
    path("rules/<slug:category>/", rulebook.category, name="category"),
    path("fit/", fit.fit, name="fit"),
    path("vote/", voting.vote, name="vote"),
    path("vote/ask/", voting.ask, name="ask_for_vote"),
    path("vote/sent/", voting.sent, name="vote_sent"),
    path("vote/<str:token>/", voting.link, name="vote_link"),
    path("vote/<str:token>/count/", voting.count, name="count_vote"),
    path("classes/<slug:code>/", results.competition_class, name="class"),
    path("participants/", results.participants, name="participants"),
    path("participants/<slug:code>/", results.participant, name="participant"),
    path("method/", method.method, name="method"),
    path("questions/", questions.questions, name="questions"),
    path("results/<slug:category>/", jury_results.category_results, name="category_results"),
    path("data/", data.data, name="data"),
    path("data/results.csv", data.results_csv, name="results_csv"),
    path("data/awards.csv", data.awards_csv, name="awards_csv"),
    path("data/results.json", data.results_json, name="results_json"),
]
urlpatterns = [
    path("", programmes.home, name="home"),
    path("<slug:programme>/", programmes.programme, name="programme"),
    path("<slug:programme>/<slug:edition>/", include(_of_edition)),
]
