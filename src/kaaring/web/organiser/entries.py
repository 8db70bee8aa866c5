"""All entries: to find, to sort, to follow up; the list as a file; and what was entered twice."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries.actions import merge_cases
from kaaring.entries.models import Case
from kaaring.entries.queries import twins_in
from kaaring.entries.queries.lists import (
    DRAFT,
    SUBMITTED,
    WITHDRAWN,
    EntryLine,
    Wanted,
    entry_lines,
    lines_wanted,
    state_counts,
)
from kaaring.entries.rules.periods import EntryPeriod, entry_period
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused
from kaaring.kernel.tables import as_csv
from kaaring.kernel.text import said
from kaaring.people.models import Organisation
from kaaring.programmes.definition import Definition
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.web import respond
from kaaring.web.organiser.desk import address_of
from kaaring.web.organiser.entry_words import STATES, badges
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = 1_000
COLUMNS = (
    "entry",
    "category",
    "division",
    "title",
    "organisation",
    "nominee",
    "state",
    "open",
    "submitted",
    "late_until",
)
SORTS = (
    ("code", gettext_lazy("Number")),
    ("title", gettext_lazy("Case")),
    ("organisation", gettext_lazy("Organisation")),
    ("category", gettext_lazy("Category")),
    ("-submitted_at", gettext_lazy("Last submitted first")),
)


class Tab(NamedTuple):
    """A state to choose, with how many entries are in it."""

    state: str
    words: str
    number: int


class Row(NamedTuple):
    """An entry as the list shows it."""

    address: str
    code: str
    title: str
    organisation: str
    category: str
    when: str
    badges: Sequence[tuple[str, str]]


@login_required
@require_safe
def entries(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List the entries that are wanted, with how many there are in each state."""
    return _list(request, juried(edition_seen_by(request, programme, edition)))


@login_required
@require_safe
def entries_file(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Send the list as it is wanted as a file."""
    found = juried(edition_seen_by(request, programme, edition))
    lines = lines_wanted(found, _lines_of(found), wanted_by(request))
    response = HttpResponse(as_csv(COLUMNS, map(_cells, lines)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="entries-{found.programme.slug}-{found.slug}.csv"'
    )
    return response


@login_required
@require_POST
def merge(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Make one case of two that tell of the same partnership; ``into`` names the one that stays."""
    found = juried(edition_changed_by(request, programme, edition))
    cases = Case.objects.filter(edition=found)
    going = get_object_or_404(cases, public_id=case)
    into = get_object_or_404(cases, public_id=request.POST.get("into", ""))
    try:
        merge_cases(going.pk, into.pk, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _list(request, found, refusal=refusal)
    words = _("“%(case)s” is one case now. What the other one said can still be read.") % {"case": into}
    return respond.go_to(request, "organiser:entries", programme, edition, said=words)


def juried(edition: Edition) -> Edition:
    """Return an edition that has categories; for any other there is no such page (404)."""
    if not edition.categories.exists():
        raise Http404
    return edition


def _lines_of(edition: Edition) -> list[EntryLine]:
    return entry_lines(edition, definition_in_force(edition), at=timezone.now())


def wanted_by(request: SignedIn) -> Wanted:
    """Return what the reader looks for."""
    return Wanted(*(request.GET.get(name, "").strip() for name in Wanted._fields))


def _list(request: SignedIn, edition: Edition, *, refusal: Refused | None = None) -> HttpResponse:
    definition = definition_in_force(edition)
    wanted, lines = wanted_by(request), entry_lines(edition, definition, at=timezone.now())
    counts = state_counts(lines)
    found = Paginator(lines_wanted(edition, lines, wanted), PAGE).get_page(request.GET.get("page"))
    houses = Organisation.objects.filter(organiser=edition.programme.organiser)
    only = houses.filter(public_id=wanted.organisation).first() if wanted.organisation else None
    context = {
        **shell(request, edition, "entries"),
        "wanted": wanted,
        "only": only,
        "page": found,
        "rows": _rows(edition, definition, found),
        "tabs": _tabs(counts),
        "all_count": len(lines),
        "lede": f"{_counted(len(lines), counts)} {_time_left(entry_period(edition))}",
        "categories": [(one.code, said(one.name)) for one in definition.categories],
        "sorts": SORTS,
        "twins": twins_in(edition),
        "query": request.GET.urlencode(),
    }
    if refusal is not None:
        return respond.refused(request, "organiser/entries.html", refusal, context)
    return render(request, "organiser/entries.html", context)


def _tabs(counts: Mapping[str, int]) -> list[Tab]:
    return [Tab(state, str(words.all), counts[state]) for state, words in STATES.items() if counts[state]]


def _counted(count: int, counts: Mapping[str, int]) -> str:
    """Say how many entries there are, and how many of them are in each of the states that share them out."""
    told = ngettext(
        "%(count)d entry: %(submitted)d submitted, %(draft)d not submitted, %(withdrawn)d withdrawn.",
        "%(count)d entries: %(submitted)d submitted, %(draft)d not submitted, %(withdrawn)d withdrawn.",
        count,
    )
    return told % {"count": count, **{state: counts[state] for state in (SUBMITTED, DRAFT, WITHDRAWN)}}


def _time_left(period: EntryPeriod | None) -> str:
    at = timezone.now()
    if period is None:
        return _("When entries are open has not been announced.")
    words = {
        "first": date_format(period.first, "DATE_FORMAT"),
        "last": date_format(period.last, "DATE_FORMAT"),
    }
    if at < period.opens_at:
        return _("Entries open on %(first)s.") % words
    if at >= period.closes_at:
        return _("Entries closed after %(last)s.") % words
    days = period.days_left(at)
    if not days:
        return _("Entries close tonight.")
    return ngettext(
        "%(days)d day is left, until %(last)s.", "%(days)d days are left, until %(last)s.", days
    ) % {**words, "days": days}


def _rows(edition: Edition, definition: Definition, lines: Iterable[EntryLine]) -> list[Row]:
    looks, base = badges(), address_of(edition, "entries")
    names = {one.code: said(one.name) for one in definition.categories}
    divisions = {
        (one.code, division.code): said(division.name)
        for one in definition.categories
        for division in one.divisions
    }
    return [
        Row(
            f"{base}{line.public_id}/",
            line.code,
            line.title,
            line.organisation,
            _category(line, names, divisions),
            _when(line, edition),
            [looks[state] for state in (line.state, *line.matters)],
        )
        for line in lines
    ]


def _category(line: EntryLine, names: Mapping[str, str], divisions: Mapping[tuple[str, str], str]) -> str:
    name = names.get(line.category, line.category)
    division = divisions.get((line.category, line.division), "")
    return f"{name} · {division}" if division else name


def _when(line: EntryLine, edition: Edition) -> str:
    if line.submitted_at is None:
        return ""
    return date_format(local(line.submitted_at, edition.timezone), "SHORT_DATE_FORMAT")


def _cells(line: EntryLine) -> tuple[str, ...]:
    return (
        line.code,
        line.category,
        line.division,
        line.title,
        line.organisation,
        line.nominee,
        line.state,
        " ".join(line.matters),
        line.submitted_at.isoformat() if line.submitted_at else "",
        line.late_until.isoformat() if line.late_until else "",
    )


urlpatterns = [
    path("entries/", entries, name="entries"),
    path("entries/list.csv", entries_file, name="entries_file"),
    path("cases/<slug:case>/merge/", merge, name="merge_cases"),
]
