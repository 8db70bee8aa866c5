"""The log: who did what when and why, and whether the chain that holds it is whole."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from kaaring.audit import queries as audit
from kaaring.audit.models import AuditLine
from kaaring.kernel import figures
from kaaring.people import queries as people
from kaaring.programmes import queries as programmes
from kaaring.programmes.models import Edition, Invitation
from kaaring.web.organiser.log_words import in_words
from kaaring.web.organiser.shell import edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = 50
OF_ORGANISER = "organiser"


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
        "entries": in_log(list(page), found),
        "of_organiser": of_organiser,
        "what": what,
        "doings": [(doing, in_words(doing)) for doing in doings],
        "is_checked": is_checked,
        "break": audit.first_break(chain) if is_checked else None,
    }
    return render(request, "organiser/log.html", context)


def in_log(lines: list[AuditLine], edition: Edition) -> list[Entry]:
    """Return lines of the log as people read them."""
    names = _names(lines)
    return [
        Entry(
            line.number,
            figures.local(line.at, edition.timezone),
            names.get(line.by, line.by),
            in_words(line.doing),
            names.get(line.about, line.about),
            line.why,
            [(key, _shown(value)) for key, value in line.details.items()],
        )
        for line in lines
    ]


def _names(lines: Iterable[AuditLine]) -> dict[str, str]:
    """Return what to call the people and invitations that lines name by public id."""
    ids = {mentioned for line in lines for mentioned in (line.by, line.about)}
    invited = Invitation.objects.filter(public_id__in=ids).values_list("public_id", "email")
    return {**dict(invited), **people.names_of(ids)}


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


urlpatterns = [path("log/", log, name="log")]
