"""Conflicts of interest: those that wait for a look, those that block, and those that were dismissed."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.actions import recusals as actions
from kaaring.jury.models import Recusal
from kaaring.jury.queries import recusals as queries
from kaaring.jury.queries.jurors import jurors_of
from kaaring.jury.rules.recusals import is_waiting
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.web import respond
from kaaring.web.organiser.desk import address_of, go_on
from kaaring.web.organiser.juried import jury_here, reason_in
from kaaring.web.organiser.juror_forms import RecusalForm
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = 100


@login_required
@require_safe
def recusals(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show the conflicts of interest."""
    return _page(request, edition_seen_by(request, programme, edition))


@login_required
@require_POST
def detect(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Compare the jurors with everybody behind the cases once more."""
    found = edition_changed_by(request, programme, edition)
    count = actions.detect_recusals(found, **_now(request))
    done = ngettext(
        "%(count)d new possible conflict was found.", "%(count)d new possible conflicts were found.", count
    )
    return _done(request, found, done % {"count": count} if count else _("Nothing new was found."))


@login_required
@require_POST
def set_recusal(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Record a conflict that the organiser knows of."""
    found = edition_changed_by(request, programme, edition)
    form = RecusalForm(request.POST, edition=found)
    if not form.is_valid():
        return _page(request, found, form=form, status=respond.UNPROCESSABLE)
    juror = form.cleaned_data["juror"]
    try:
        actions.set_recusal(juror.pk, **form.about(), **_now(request))
    except Refused as refusal:
        return _page(request, found, form=form, refusal=refusal)
    return _done(request, found, _("The conflict of interest is recorded."))


@login_required
@require_POST
def confirm(request: SignedIn, programme: str, edition: str, recusal: str) -> HttpResponse:
    """Say that a conflict that was found is one."""
    found = edition_changed_by(request, programme, edition)
    own = _found(found, recusal)
    try:
        actions.confirm_recusal(own.pk, **_now(request))
    except Refused as refusal:
        return _page(request, found, refusal=refusal)
    return _done(request, found, _("Confirmed: %(juror)s is kept out.") % {"juror": own.juror})


@login_required
@require_POST
def dismiss(request: SignedIn, programme: str, edition: str, recusal: str) -> HttpResponse:
    """Say why something is no conflict of interest."""
    found = edition_changed_by(request, programme, edition)
    own = _found(found, recusal)
    try:
        actions.dismiss_recusal(own.pk, reason=reason_in(request), **_now(request))
    except Refused as refusal:
        return _page(request, found, refusal=refusal)
    return _done(
        request, found, _("Dismissed: this conflict no longer keeps %(juror)s out.") % {"juror": own.juror}
    )


def _found(edition: Edition, public_id: str) -> Recusal:
    return get_object_or_404(queries.recusals_of(edition), public_id=public_id)


def _now(request: SignedIn) -> dict[str, Any]:
    return {"by": request.user.public_id, "at": timezone.now()}


def _done(request: SignedIn, edition: Edition, said: str) -> HttpResponse:
    return go_on(request, address_of(edition, "recusals"), said)


def _page(
    request: SignedIn,
    edition: Edition,
    *,
    form: RecusalForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    jury_here(edition)
    everything = list(queries.recusals_of(edition))
    standing = [one for one in everything if one.dismissed_at is None and not is_waiting(one)]
    context = {
        **shell(request, edition, "recusals"),
        "waiting": [one for one in everything if is_waiting(one)],
        "standing_count": len(standing),
        "page": Paginator(standing, PAGE).get_page(request.GET.get("page")),
        "dismissed": [one for one in everything if one.dismissed_at is not None],
        "juror_count": jurors_of(edition).count(),
        "form": form or RecusalForm(edition=edition),
        "refusal": refusal,
    }
    status = respond.CONFLICT if refusal else status
    return render(request, "organiser/recusals.html", context, status=status)


urlpatterns = [
    path("recusals/", recusals, name="recusals"),
    path("recusals/detect/", detect, name="detect_recusals"),
    path("recusals/set/", set_recusal, name="set_recusal"),
    path("recusals/<slug:recusal>/confirm/", confirm, name="confirm_recusal"),
    path("recusals/<slug:recusal>/dismiss/", dismiss, name="dismiss_recusal"),
]
