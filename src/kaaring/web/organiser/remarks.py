"""What jurors want to tell entrants, looked at before they read it."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.actions.remarks import hold_back_remark, release_remark, release_waiting_remarks
from kaaring.jury.models import Scorecard
from kaaring.jury.queries import remarks as queries
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.web import respond
from kaaring.web.organiser.juried import not_yet
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = 50
SHOWN: dict[str, Callable[[QuerySet[Scorecard]], QuerySet[Scorecard]]] = {
    "waiting": queries.waiting,
    "released": queries.released,
    "held": queries.held_back,
}


@login_required
@require_safe
def remarks(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List the remarks that nobody has looked at, or those released or held back."""
    found = edition_seen_by(request, programme, edition)
    return not_yet(request, found) or _page(request, found)


@login_required
@require_POST
def release(request: SignedIn, programme: str, edition: str, scorecard: str) -> HttpResponse:
    """Release a remark as it stands in the field."""
    found = edition_changed_by(request, programme, edition)
    own = get_object_or_404(queries.remarks_in(found), public_id=scorecard)
    text = request.POST.get("text", "")
    try:
        release_remark(own.pk, text, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, refusal, typed=(scorecard, text))
    return _back(request, found, _("The remark is released."))


@login_required
@require_POST
def hold_back(request: SignedIn, programme: str, edition: str, scorecard: str) -> HttpResponse:
    """Keep a remark from the entrant."""
    found = edition_changed_by(request, programme, edition)
    own = get_object_or_404(queries.remarks_in(found), public_id=scorecard)
    try:
        hold_back_remark(own.pk, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, refusal)
    return _back(request, found, _("The remark is held back."))


@login_required
@require_POST
def release_all(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Release every remark that nobody has looked at, as jurors wrote it."""
    found = edition_changed_by(request, programme, edition)
    count = release_waiting_remarks(found, by=request.user.public_id, at=timezone.now())
    told = ngettext("%(count)d remark is released.", "%(count)d remarks are released.", count)
    return _back(request, found, told % {"count": count})


def _back(request: SignedIn, edition: Edition, said: str) -> HttpResponse:
    return respond.go_to(request, "organiser:remarks", edition.programme.slug, edition.slug, said=said)


def _page(
    request: SignedIn,
    edition: Edition,
    refusal: Refused | None = None,
    *,
    typed: tuple[str, str] = ("", ""),
) -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in SHOWN else "waiting"
    page = Paginator(SHOWN[state](queries.remarks_in(edition)), PAGE).get_page(request.GET.get("page"))
    counts = queries.remark_counts(edition)
    context = {
        **shell(request, edition, "remarks"),
        "page": page,
        "state": state,
        "states": [
            ("waiting", _("To look at"), counts.waiting),
            ("released", _("Released"), counts.released),
            ("held", _("Held back"), counts.held_back),
        ],
        "counts": counts,
        "typed": typed,
        "refusal": refusal,
    }
    status = 200 if refusal is None else respond.CONFLICT
    return render(request, "organiser/remarks.html", context, status=status)


urlpatterns = [
    path("jury/remarks/", remarks, name="remarks"),
    path("jury/remarks/release/", release_all, name="release_remarks"),
    path("jury/remarks/<slug:scorecard>/release/", release, name="release_remark"),
    path("jury/remarks/<slug:scorecard>/hold-back/", hold_back, name="hold_back_remark"),
]
