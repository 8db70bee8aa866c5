"""Final scorecards that nobody but the organiser can reopen, since their panel has no chair."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.actions.scorecards import reopen_scorecard
from kaaring.jury.queries.scorecards import final_without_chair
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.web import respond
from kaaring.web.organiser.juried import jury_here, reason_in
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = 100


@login_required
@require_safe
def scorecards(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List the final scorecards of open stages that no chair can reopen."""
    return _page(request, edition_seen_by(request, programme, edition))


@login_required
@require_POST
def reopen(request: SignedIn, programme: str, edition: str, scorecard: str) -> HttpResponse:
    """Make a final scorecard a draft again, with the reason."""
    found, at = edition_changed_by(request, programme, edition), timezone.now()
    card = get_object_or_404(final_without_chair(found, user=request.user, at=at), public_id=scorecard)
    try:
        reopen_scorecard(card.pk, reason=reason_in(request), by=request.user.public_id, at=at)
    except Refused as refusal:
        return _page(request, found, refusal, opened=scorecard)
    said = _("The scorecard is a draft again. Its juror can change and submit it.")
    return respond.go_to(request, "organiser:scorecards", programme, edition, said=said)


def _page(
    request: SignedIn, edition: Edition, refusal: Refused | None = None, *, opened: str = ""
) -> HttpResponse:
    jury_here(edition)
    found = final_without_chair(edition, user=request.user, at=timezone.now())
    context = {
        **shell(request, edition, "scorecards"),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "refusal": refusal,
        "opened": opened,
    }
    return render(request, "organiser/scorecards.html", context, status=respond.CONFLICT if refusal else 200)


urlpatterns = [
    path("jury/scorecards/", scorecards, name="scorecards"),
    path("jury/scorecards/<slug:scorecard>/reopen/", reopen, name="reopen_scorecard"),
]
