"""What jurors want to tell entrants, looked at before they read it."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.jury.actions.remarks import hold_back_remark, release_remark, release_waiting_remarks
from kaaring.jury.models import Scorecard
from kaaring.jury.queries import remarks as queries
from kaaring.jury.queries.closed import closed_to
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.web import respond
from kaaring.web.organiser.juried import judged_doing, judged_page
from kaaring.web.organiser.shell import shell
from kaaring.web.request import SignedIn

PAGE = 50
SHOWN: dict[str, Callable[[QuerySet[Scorecard]], QuerySet[Scorecard]]] = {
    "waiting": queries.waiting,
    "released": queries.released,
    "held": queries.held_back,
}


@judged_page
def remarks(request: SignedIn, edition: Edition) -> HttpResponse:
    """List the remarks that nobody has looked at, or those released or held back."""
    return _page(request, edition)


@judged_doing
def release(request: SignedIn, edition: Edition, scorecard: str) -> HttpResponse:
    """Release a remark as it stands in the field."""
    own = _open_one(request, edition, scorecard)
    text = request.POST.get("text", "")
    try:
        release_remark(own.pk, text, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, edition, refusal, typed=(scorecard, text))
    return _back(request, edition, _("The remark is released."))


@judged_doing
def hold_back(request: SignedIn, edition: Edition, scorecard: str) -> HttpResponse:
    """Keep a remark from the entrant."""
    own = _open_one(request, edition, scorecard)
    try:
        hold_back_remark(own.pk, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, edition, refusal)
    return _back(request, edition, _("The remark is held back."))


@judged_doing
def release_all(request: SignedIn, edition: Edition) -> HttpResponse:
    """Release every remark that nobody has looked at, as jurors wrote it."""
    count = release_waiting_remarks(edition, by=request.user.public_id, at=timezone.now())
    told = ngettext("%(count)d remark is released.", "%(count)d remarks are released.", count)
    return _back(request, edition, told % {"count": count})


def _open_one(request: SignedIn, edition: Edition, scorecard: str) -> Scorecard:
    """Return a scorecard with a remark; in a contest that is closed to the reader there is none (404)."""
    remarks = queries.remarks_outside(closed_to(request.user, edition), edition)
    return get_object_or_404(remarks, public_id=scorecard)


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
    closed = closed_to(request.user, edition)
    shown = queries.remarks_outside(closed, edition)
    page = Paginator(SHOWN[state](shown), PAGE).get_page(request.GET.get("page"))
    counts = queries.remark_counts(shown)
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
        "hidden": len(closed.categories),
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
