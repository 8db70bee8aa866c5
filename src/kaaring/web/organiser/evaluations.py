"""Evaluations: finding them, reading one with its working, and deciding whether it counts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaaring.fieldwork import actions, queries
from kaaring.fieldwork.models import Evaluation
from kaaring.fieldwork.queries import Filter
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import Text
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.survey.queries import participants_of
from kaaring.web import respond
from kaaring.web.organiser.evaluation_working import score_of, working_shown
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = 50
FLAGS = {
    "thin": gettext_lazy("too little observed"),
    "unanswered": gettext_lazy("unanswered"),
    "excluded": pgettext_lazy("evaluation", "excluded"),
}


@login_required
@require_safe
def evaluations_page(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List evaluations, newest first, as the filter wants them."""
    found = edition_seen_by(request, programme, edition)
    wanted = Filter(*(request.GET.get(name, "") for name in Filter._fields))
    page = Paginator(queries.evaluations_found(found, wanted), PAGE).get_page(request.GET.get("page"))
    channels = _channels(found)
    context = {
        "wanted": wanted,
        "is_filtered": any(wanted),
        "page": page,
        "rows": [
            (one, score_of(one), channels.get(one.enquiry.channel, {}), local(one.at, found.timezone))
            for one in page
        ],
        "participants": participants_of(found).values_list("code", "name"),
        "channels": channels.items(),
        "reviews": Evaluation.Review.choices,
        "counts": queries.review_counts(found),
        "flags": FLAGS.items(),
    }
    return render(request, "organiser/evaluations.html", shell(request, found, "evaluations") | context)


@login_required
@require_safe
def evaluation_page(request: SignedIn, programme: str, edition: str, evaluation: str) -> HttpResponse:
    """Show one evaluation: what was answered, what it earned, and how its score comes about."""
    found = edition_seen_by(request, programme, edition)
    return _page(request, found, evaluation)


def _decide(
    request: SignedIn,
    edition: Edition,
    evaluation: str,
    decide: Callable[[Evaluation, str, str, datetime], object],
) -> HttpResponse:
    """Carry a decision out, and show the evaluation again with what was done or what was refused."""
    about = get_object_or_404(queries.evaluations_of(edition), public_id=evaluation)
    try:
        decide(about, request.POST.get("reason", ""), request.user.public_id, timezone.now())
    except Refused as refusal:
        return _page(request, edition, evaluation, refusal=refusal)
    said = _("Done. The reason is kept in the log.")
    where = (edition.programme.slug, edition.slug, evaluation)
    return respond.go_to(request, "organiser:evaluation", *where, said=said)


@login_required
@require_POST
def approve(request: SignedIn, programme: str, edition: str, evaluation: str) -> HttpResponse:
    """Let an evaluation count."""
    return _review(
        request, edition_changed_by(request, programme, edition), evaluation, Evaluation.Review.APPROVED
    )


@login_required
@require_POST
def hold(request: SignedIn, programme: str, edition: str, evaluation: str) -> HttpResponse:
    """Let an evaluation wait until somebody has looked at it."""
    return _review(
        request, edition_changed_by(request, programme, edition), evaluation, Evaluation.Review.HELD
    )


@login_required
@require_POST
def reject(request: SignedIn, programme: str, edition: str, evaluation: str) -> HttpResponse:
    """Refuse an evaluation: the work was not done as it should be."""
    return _review(
        request, edition_changed_by(request, programme, edition), evaluation, Evaluation.Review.REJECTED
    )


def _review(request: SignedIn, edition: Edition, evaluation: str, review: Evaluation.Review) -> HttpResponse:
    def decide(about: Evaluation, reason: str, by: str, at: datetime) -> object:
        return actions.review_evaluation(about, review, reason, by=by, at=at)

    return _decide(request, edition, evaluation, decide)


@login_required
@require_POST
def exclude(request: SignedIn, programme: str, edition: str, evaluation: str) -> HttpResponse:
    """Leave an evaluation out of all results."""

    def decide(about: Evaluation, reason: str, by: str, at: datetime) -> object:
        return actions.exclude_evaluation(about, reason, by=by, at=at)

    return _decide(request, edition_changed_by(request, programme, edition), evaluation, decide)


@login_required
@require_POST
def include(request: SignedIn, programme: str, edition: str, evaluation: str) -> HttpResponse:
    """Let an excluded evaluation count again."""

    def decide(about: Evaluation, reason: str, by: str, at: datetime) -> object:
        return actions.include_evaluation(about, reason, by=by, at=at)

    return _decide(request, edition_changed_by(request, programme, edition), evaluation, decide)


def _page(
    request: SignedIn, edition: Edition, evaluation: str, *, refusal: Refused | None = None
) -> HttpResponse:
    whole = queries.evaluations_of(edition).select_related("questionnaire__rules")
    found = get_object_or_404(whole.prefetch_related("answers__question", "comments"), public_id=evaluation)
    definition = queries.definition_under(found)
    names = queries.texts_in(definition)
    context: dict[str, Any] = {
        "evaluation": found,
        "score": score_of(found),
        "channel": _channels(edition).get(found.enquiry.channel, {}),
        "at": local(found.at, edition.timezone),
        "working": (working := working_shown(found, definition)),
        "loose": [step for step in working.steps if not step.steps],
        "comments": [(names.get(f"area:{one.area}", {}), one.text) for one in found.comments.all()],
        "decisions": _decisions(found),
    } | shell(request, edition, "evaluations")
    if refusal is None:
        return render(request, "organiser/evaluation.html", context)
    return respond.refused(
        request, "organiser/evaluation.html", refusal, context | {"typed": request.POST.get("reason", "")}
    )


def _decisions(evaluation: Evaluation) -> list[tuple[str, str]]:
    """Return what can be decided about an evaluation now: the view's name and what its button says."""
    review = Evaluation.Review
    reviews = {
        review.APPROVED: ("approve_evaluation", _("Approve")),
        review.HELD: ("hold_evaluation", _("Hold")),
        review.REJECTED: ("reject_evaluation", _("Reject")),
    }
    possible = [button for kind, button in reviews.items() if kind != evaluation.review]
    if evaluation.excluded:
        return [*possible, ("include_evaluation", _("Include again"))]
    return [*possible, ("exclude_evaluation", _("Exclude"))]


def _channels(edition: Edition) -> dict[str, Text]:
    survey = definition_in_force(edition).survey
    return {code: channel.name for code, channel in survey.channels.items()} if survey else {}


urlpatterns = [
    path("evaluations/", evaluations_page, name="evaluations"),
    path("evaluations/<slug:evaluation>/", evaluation_page, name="evaluation"),
    path("evaluations/<slug:evaluation>/approve/", approve, name="approve_evaluation"),
    path("evaluations/<slug:evaluation>/hold/", hold, name="hold_evaluation"),
    path("evaluations/<slug:evaluation>/reject/", reject, name="reject_evaluation"),
    path("evaluations/<slug:evaluation>/exclude/", exclude, name="exclude_evaluation"),
    path("evaluations/<slug:evaluation>/include/", include, name="include_evaluation"),
]
