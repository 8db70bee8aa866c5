"""The files of a case: added, opened, removed."""

from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries import actions, queries
from kaaring.entries.content import Kind, kind_called
from kaaring.entries.models import Attachment, Case
from kaaring.entries.rules import attachments as may
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused, refuse
from kaaring.kernel.text import Text, said
from kaaring.programmes.definition import Definition
from kaaring.programmes.queries import definition_in_force
from kaaring.web import respond
from kaaring.web.attached import file_of
from kaaring.web.entrant.shell import around, standing, written_case
from kaaring.web.entrant.standing import place_of
from kaaring.web.request import SignedIn


class Line(NamedTuple):
    """A file in the list, and what it is."""

    attachment: Attachment
    kind: Kind | None
    added_at: Any


@login_required
@require_safe
def attachments(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Show the files of the case, and take another."""
    return _page(request, written_case(request, programme, edition, case))


@csrf_exempt
@login_required
@require_POST
def attach(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Take a file; what is announced as far too large is refused before any of it is read.

    The token against forged forms stands in the form and is checked once that is read, in ``_attach``.
    """
    found = written_case(request, programme, edition, case)
    try:
        refuse(may.against_the_announced_size(int(request.headers.get("Content-Length") or 0)))
    except Refused as refusal:
        return _page(request, found, refusal=refusal)
    return _attach(request, found)


@csrf_protect
def _attach(request: SignedIn, case: Case) -> HttpResponse:
    file = request.FILES.get("file")
    try:
        if file is None:
            raise may.against_no_file()
        name = file.name or ""
        attached = actions.attach(case.pk, name, file.chunks(), by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, case, refusal=refusal)
    return _done(request, case, _("“%(file)s” is attached.") % {"file": attached.name})


@login_required
@require_POST
def remove(request: SignedIn, programme: str, edition: str, case: str, attachment: str) -> HttpResponse:
    """Take a file away."""
    found = written_case(request, programme, edition, case)
    gone = get_object_or_404(queries.attachments_of(found), public_id=attachment)
    try:
        actions.remove_attachment(gone.pk, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, refusal=refusal)
    return _done(request, found, _("“%(file)s” is removed.") % {"file": gone.name})


@login_required
@require_safe
def attachment(request: SignedIn, programme: str, edition: str, case: str, attachment: str) -> FileResponse:
    """Send a file to those who stand behind the case."""
    where = {"case__edition__programme__slug": programme, "case__edition__slug": edition}
    found = get_object_or_404(
        queries.attachments_seen_by(request.user), public_id=attachment, case__public_id=case, **where
    )
    return file_of(found, name=found.name)


def _done(request: SignedIn, case: Case, done: str) -> HttpResponse:
    return respond.go_to(request, "entrant:attachments", *place_of(case), said=done)


def _page(request: SignedIn, case: Case, *, refusal: Refused | None = None) -> HttpResponse:
    definition = definition_in_force(case.edition)
    attached = list(queries.attachments_of(case))
    context = {
        **around(standing(case, definition), "attachments"),
        "lines": [
            Line(one, kind_called(one.content_type), local(one.added_at, case.edition.timezone))
            for one in attached
        ],
        "has_room": len(attached) < may.MOST_FILES,
        "most_files": may.MOST_FILES,
        "most_megabytes": may.MOST_BYTES // 2**20,
        "kinds": may.KINDS_IN_WORDS,
        "nameless": ", ".join(said(name) for name in _judged_without_names(definition)),
    }
    if refusal is not None:
        return respond.refused(request, "entrant/attachments.html", refusal, context)
    return render(request, "entrant/attachments.html", context)


def _judged_without_names(definition: Definition) -> list[Text]:
    """Return the stages whose jurors are not told who enters."""
    return [stage.name for stage in definition.jury.stages if not stage.sees.names] if definition.jury else []


urlpatterns = [
    path("cases/<slug:case>/attachments/", attachments, name="attachments"),
    path("cases/<slug:case>/attachments/attach/", attach, name="attach"),
    path("cases/<slug:case>/attachments/<slug:attachment>/", attachment, name="attachment"),
    path("cases/<slug:case>/attachments/<slug:attachment>/remove/", remove, name="remove_attachment"),
]
