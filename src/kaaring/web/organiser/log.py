"""The log: who did what when and why, and whether the chain that holds it is whole."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kaaring.audit import queries as audit
from kaaring.audit.models import AuditLine
from kaaring.jury.queries.closed import closed_to
from kaaring.kernel import figures
from kaaring.people import queries as people
from kaaring.programmes import queries as programmes
from kaaring.programmes.models import Edition
from kaaring.web.organiser.log_details import Reader, detail, reader_of
from kaaring.web.organiser.log_names import with_names
from kaaring.web.organiser.log_words import in_words
from kaaring.web.organiser.shell import edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = 50
OF_ORGANISER = "organiser"
TELL_MARKS = ("mark_changed", "scorecard_reopened", "scorecard_submitted", "tie_parted")
"""What tells how others mark."""


class Entry(NamedTuple):
    """One line of the log as people read it."""

    number: int
    at: datetime
    who: str
    what: str
    about: str
    why: str
    details: list[tuple[str, str]]


@login_required
@require_safe
def log(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show a page of the edition's chain, or of its organiser's, newest first."""
    found = edition_seen_by(request, programme, edition)
    of_organiser = request.GET.get("of") == OF_ORGANISER
    organiser = found.programme.organiser
    chain = people.chain_of(organiser) if of_organiser else programmes.chain_of(found)
    lines = audit.lines_of(chain)
    doings = sorted(set(lines.order_by().values_list("doing", flat=True)))
    what = request.GET.get("what", "")
    if what in doings:
        lines = lines.filter(doing=what)
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    is_checked = "check" in request.GET
    context = {
        **shell(request, found, "log"),
        "page": page,
        "entries": in_log(list(page), found, withheld=_withheld(request, found)),
        "of_organiser": of_organiser,
        "what": what,
        "doings": [(doing, in_words(doing)) for doing in doings],
        "is_checked": is_checked,
        "break": audit.first_break(chain) if is_checked else None,
    }
    return render(request, "organiser/log.html", context)


def in_log(lines: list[AuditLine], edition: Edition, *, withheld: str = "") -> list[Entry]:
    """Return lines of the log as people read them; ``withheld`` says why no marks are told."""
    reader = reader_of(lines, edition)
    return [
        Entry(
            line.number,
            figures.local(line.at, edition.timezone),
            with_names(line.by, reader.names),
            in_words(line.doing),
            with_names(line.about, reader.names),
            line.why,
            _details(line, reader, withheld),
        )
        for line in lines
    ]


def _withheld(request: SignedIn, edition: Edition) -> str:
    """Say why a member who judges too reads no marks in the log; empty for who may."""
    if getattr(edition, "reader_marks", True):
        return _("shown when your own scorecards are final")
    if closed_to(request.user, edition).entries:
        return _("not shown to who has a conflict of interest with an entry")
    return ""


def _details(line: AuditLine, reader: Reader, withheld: str) -> list[tuple[str, str]]:
    """Return the details of a line.

    Which protected questions somebody answered is told to nobody: that they apply is private already.
    """
    if line.doing.startswith("protected_"):
        return []
    if withheld and line.doing in TELL_MARKS:
        return [(_("Marks"), withheld)]
    return [detail(key, line.details[key], reader) for key in sorted(line.details)]


urlpatterns = [path("log/", log, name="log")]
