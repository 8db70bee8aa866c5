"""How one participant's score comes about: enquiry by enquiry, area by area, question by question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from kaaring.fieldwork.models import Evaluation
from kaaring.fieldwork.queries import texts_in
from kaaring.kernel.figures import figure
from kaaring.kernel.text import Text, said
from kaaring.programmes.queries import definition_of
from kaaring.results import queries
from kaaring.results.queries.worked import Worked, WorkedEvaluation, worked, working_in
from kaaring.scoring import Working
from kaaring.survey.queries import participants_of
from kaaring.web.organiser.shell import edition_seen_by, shell
from kaaring.web.request import SignedIn

WHY_LEFT_OUT = {
    "excluded": pgettext_lazy("enquiry", "excluded"),
    "held": _("held for review"),
    "rejected": _("rejected in review"),
    "not_observed": _("not observed"),
    "not_on_channel": _("not asked on this channel"),
    "not_applicable": _("not applicable"),
    "not_scored": _("gives no points"),
    "not_asked": _("nobody answered"),
    "unanswered": _("nobody answered"),
    "faulty": _("the answer cannot be read"),
}


class Figure(NamedTuple):
    """What the enquiries give together in one measure; no score from fewer than the rules ask for."""

    name: Text
    score: Fraction | None
    enquiries: int


@dataclass(frozen=True, slots=True)
class Line:
    """One enquiry in words: its points in the total, or why it is left out."""

    evaluation: Evaluation
    channel: str
    earned: str
    possible: str
    score: Fraction | None
    left_out: str


@dataclass(frozen=True, slots=True)
class Node:
    """An area or a question in words: points and score, or why it is left out, and what it is made of."""

    name: str
    earned: str
    possible: str
    score: Fraction | None
    left_out: str
    children: list["Node"]


@login_required
@require_safe
def working_page(request: SignedIn, programme: str, edition: str, participant: str) -> HttpResponse:
    """Show how a participant's score comes about; ``open`` names the evaluation shown to its questions."""
    found = edition_seen_by(request, programme, edition)
    who = get_object_or_404(participants_of(found), code=participant)
    who.edition = found
    wanted = request.GET.get("open")
    opened = working_in(who, wanted) if wanted else None
    if wanted and opened is None:
        raise Http404
    contest = queries.contest_of(found)
    survey = contest.definition.survey
    channels = {code: channel.name for code, channel in survey.channels.items()} if survey else {}
    together = worked(who, contest.definition)
    context = shell(request, found, "standings") | {
        "participant": who,
        "standing": next(row for row in queries.standings_in(contest).rows if row.participant.pk == who.pk),
        "figures": figures_of(together),
        "lines": [line_of(one, channels) for one in together.evaluations],
        "opened": opened[0] if opened else None,
        "tree": tree_of(*opened) if opened else None,
    }
    return render(request, "organiser/working.html", context)


def figures_of(together: Worked) -> list[Figure]:
    """Return what the enquiries give together in the total and in each area."""
    return [
        Figure(measure.name, tally.score if tally.enquiries >= together.minimum else None, tally.enquiries)
        for measure in together.measures
        if (tally := together.tallies.get(measure.code)) is not None
    ]


def line_of(one: WorkedEvaluation, channels: Mapping[str, Text]) -> Line:
    """Return an enquiry in words."""
    evaluation = one.evaluation
    return Line(
        evaluation=evaluation,
        channel=said(channels.get(evaluation.enquiry.channel, {})),
        earned=points(one.earned),
        possible=points(one.possible),
        score=one.score,
        left_out=str(WHY_LEFT_OUT[one.left_out_because]) if one.left_out_because else "",
    )


class Tree(NamedTuple):
    """The working of one evaluation: the total, the areas, and the questions outside the areas."""

    total: Node
    areas: list[Node]
    loose: list[Node]


def tree_of(evaluation: Evaluation, working: Working) -> Tree:
    """Return the working of an evaluation in words, its units as points."""
    texts = texts_in(definition_of(evaluation.questionnaire.rules))
    unit = evaluation.questionnaire.unit

    def node(one: Working, children: Iterable[Working]) -> Node:
        return Node(
            name=said(texts.get(one.label, {})),
            earned=points(None if one.earned is None else Fraction(one.earned, unit)),
            possible=points(None if one.possible is None else Fraction(one.possible, unit)),
            score=one.score,
            left_out=str(WHY_LEFT_OUT[one.left_out_because]) if one.left_out_because else "",
            children=[node(child, child.children) for child in children],
        )

    parts = working.children
    return Tree(
        total=node(working, ()),
        areas=[node(one, one.children) for one in parts if one.label.startswith("area:")],
        loose=[node(one, ()) for one in parts if not one.label.startswith("area:")],
    )


def points(value: Fraction | None) -> str:
    """Return points as people read them: whole where they are, otherwise to one decimal."""
    return figure(value, decimals=0 if value is not None and value.denominator == 1 else 1)


urlpatterns = [path("standings/<slug:participant>/", working_page, name="working")]
