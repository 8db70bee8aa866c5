"""Handing an entry in, and everything after: receipt, taking back, withdrawing, corrections; the preview."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.audit.queries import lines_of
from kaaring.entries import actions, queries
from kaaring.entries.models import Entry
from kaaring.jury.queries.stages import first_reading
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused
from kaaring.programmes.queries import chain_of
from kaaring.web import respond
from kaaring.web.entrant.entries import page_of, standing_of_entry
from kaaring.web.entrant.shell import (
    about_edition,
    around,
    may_take_back,
    seen_entry,
    standing,
    written_entry,
)
from kaaring.web.entrant.standing import place_of
from kaaring.web.entry_links import page_about
from kaaring.web.request import SignedIn


@login_required
@require_POST
def submit(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Hand an entry in."""
    found = written_entry(request, programme, edition, entry)
    try:
        actions.submit_entry(
            found.pk, page_of=page_about(request), by=request.user.public_id, at=timezone.now()
        )
    except Refused as refusal:
        return page_of(request, found, refusal=refusal)
    return respond.go_to(request, "entrant:receipt", *_place(found))


def _place(entry: Entry) -> list[str]:
    return [*place_of(entry.case)[:2], entry.public_id]


@login_required
@require_safe
def receipt(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Say what was submitted, when and by whom, and how it can be proved."""
    found = written_entry(request, programme, edition, entry)
    if found.submitted_at is None:
        raise Http404
    stands = standing(found.case)
    line = lines_of(chain_of(found.edition)).filter(doing="entry_submitted", about=found.public_id).first()
    context = {
        **around(stands, "categories"),
        "entry": found,
        "submitted_at": local(found.submitted_at, found.edition.timezone),
        "digest": line.details.get("digest", "") if line else "",
        "drafts": stands.drafts,
        "may_take_back": may_take_back(found),
    }
    return render(request, "entrant/receipt.html", context)


@login_required
@require_POST
def take_back(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Make a submitted entry a draft again."""
    found = written_entry(request, programme, edition, entry)
    try:
        judged_from = first_reading(found.edition)
        actions.take_back(found.pk, judged_from=judged_from, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return page_of(request, found, refusal=refusal)
    done = _("Entry %(code)s is a draft again. Submit it before entries close.") % {"code": found.code}
    return respond.go_to(request, "entrant:entry", *_place(found), said=done)


@login_required
@require_POST
def withdraw(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Take an entry out of the competition."""
    found = written_entry(request, programme, edition, entry)
    reason = request.POST.get("reason", "")[:2000]
    try:
        actions.withdraw_entry(found.pk, reason=reason, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return page_of(request, found, refusal=refusal, reason=reason)
    done = _("Entry %(code)s is withdrawn.") % {"code": found.code}
    return respond.go_to(request, "entrant:case", *place_of(found.case), said=done)


@login_required
@require_POST
def answer_correction(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Say that a correction is done."""
    found = written_entry(request, programme, edition, entry)
    answer = request.POST.get("answer", "")[:5000]
    try:
        actions.answer_correction(
            found.pk, answer, page_of=page_about(request), by=request.user.public_id, at=timezone.now()
        )
    except Refused as refusal:
        return page_of(request, found, refusal=refusal, reason=answer)
    done = _("Thank you. Entry %(code)s is with the jury again.") % {"code": found.code}
    return respond.go_to(request, "entrant:entry", *_place(found), said=done)


@login_required
@require_safe
def preview(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Show an entry as the jury reads it, to those who write it and to their partners."""
    found = seen_entry(request, programme, edition, entry)
    one = standing_of_entry(found)
    is_mine = queries.entries_written_by(request.user).filter(pk=found.pk).exists()
    part = None if is_mine else queries.parts_of(request.user).filter(case=found.case).first()
    context: dict[str, Any] = {
        **about_edition(found.edition),
        "case": found.case,
        "place": place_of(found.case),
        "one": one,
        "entry": one.entry,
        "dossier": one.dossier,
        "read": [(each, one.dossier.answers.get(each.code)) for each in one.dossier.category.criteria],
        "reasons": dict.fromkeys(
            each.reason for each in one.dossier.verdict.findings if not each.is_protected
        ),
        "attachments": queries.attachments_of(found.case),
        "is_mine": is_mine,
        "part": part,
    }
    return render(request, "entrant/preview.html", context)


urlpatterns = [
    path("entries/<slug:entry>/submit/", submit, name="submit"),
    path("entries/<slug:entry>/receipt/", receipt, name="receipt"),
    path("entries/<slug:entry>/take-back/", take_back, name="take_back"),
    path("entries/<slug:entry>/withdraw/", withdraw, name="withdraw"),
    path("entries/<slug:entry>/correction/answer/", answer_correction, name="answer_correction"),
    path("entries/<slug:entry>/preview/", preview, name="preview"),
]
