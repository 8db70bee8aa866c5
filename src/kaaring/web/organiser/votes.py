"""A public vote: what was counted elsewhere, what was voted here, and how entries stand by both."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple

from django import forms
from django.contrib.auth.decorators import login_required
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.actions.votes import enter_votes
from kaaring.jury.models import Stage
from kaaring.jury.queries.closed import closed_to
from kaaring.jury.queries.votes import Counted, last_entered, public_votes_of, votes_in
from kaaring.jury.rules.votes import MOST, against_counting_early
from kaaring.kernel.figures import figure
from kaaring.kernel.refused import Refused
from kaaring.kernel.tables import as_csv
from kaaring.kernel.text import Text, said
from kaaring.people.queries import names_of
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Edition
from kaaring.results.queries.juried import EntryRow, EntryStandings, entry_standings, open_tables
from kaaring.web import respond
from kaaring.web.organiser.desk import address_of, go_on
from kaaring.web.organiser.juried import stage_here
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

WAS = "was-"
COLUMNS = ("stage", "category", "division", "entry", "title", "elsewhere", "here", "votes", "share", "place")


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with its votes, its share of those in its contest, and the field for its count."""

    row: EntryRow
    counted: Counted
    field: BoundField

    @property
    def share(self) -> str:
        """Its share of all votes in per cent; empty before anybody has voted."""
        return figure(self.row.score) if self.row.score is not None else ""


class Group(NamedTuple):
    """The entries that compete with one another, in the order of their codes, and all their votes."""

    name: Text
    lines: list[Line]
    total: int


class CountsForm(forms.Form):
    """The counts of a stage, one field an entry, each beside what stood there; and why they change."""

    why = forms.CharField(
        label=gettext_lazy("Reason, where counts that were entered before change"),
        help_text=gettext_lazy("It is kept in the log."),
        max_length=500,
        required=False,
        empty_value="",
    )

    def __init__(
        self, *args: Any, rows: Sequence[EntryRow], counted: Mapping[int, Counted], **more: Any
    ) -> None:
        super().__init__(*args, **{"auto_id": "%s", **more})
        self.rows = rows
        for row in rows:
            entered = counted.get(row.entry.pk, Counted()).entered
            label = _("Votes counted elsewhere for %(entry)s") % {
                "entry": f"{row.entry.code} {row.entry.title}"
            }
            widget = forms.TextInput(
                attrs={
                    "inputmode": "numeric",
                    "autocomplete": "off",
                    "aria-label": label,
                    "size": 9,
                    "class": "short",
                }
            )
            self.fields[row.entry.public_id] = forms.IntegerField(
                min_value=0, max_value=MOST, required=False, widget=widget, initial=entered
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a count that was taken away: nobody having voted is a count too."""
        for row in self.rows:
            name = row.entry.public_id
            if self.cleaned_data.get(name, 0) is None and self._was(name) is not None:
                self.add_error(name, _("A count stood here. Write 0 where nobody voted."))
        return self.cleaned_data

    def _was(self, name: str) -> int | None:
        typed = self.data.get(WAS + name, "")
        return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 11 else None

    def seen(self) -> dict[int, int | None]:
        """Return the counts that stood on the page, by the entries' keys."""
        return {row.entry.pk: self._was(row.entry.public_id) for row in self.rows}

    def typed(self) -> dict[int, int]:
        """Return the counts that differ from what stood on the page, by the entries' keys."""
        found = {row.entry.pk: self.cleaned_data[row.entry.public_id] for row in self.rows}
        seen = self.seen()
        return {key: count for key, count in found.items() if count is not None and count != seen[key]}


@dataclass(frozen=True, slots=True)
class Here:
    """A public vote with how its entries stand, contest by contest, and the votes of each.

    ``hidden`` counts the categories that are closed to the reader and left out.
    """

    stage: Stage
    rules: StageRules
    tables: list[EntryStandings]
    counted: Mapping[int, Counted]
    hidden: int

    def form(self, *typed: Any) -> CountsForm:
        """Return the form with a field for every entry."""
        return CountsForm(*typed, rows=[row for one in self.tables for row in one.rows], counted=self.counted)

    def groups(self, form: CountsForm) -> list[Group]:
        """Return the entries by contest."""
        return [self._group(table, form) for table in self.tables if table.rows]

    def _group(self, table: EntryStandings, form: CountsForm) -> Group:
        rows = sorted(table.rows, key=lambda row: row.entry.code)
        lines = [Line(row, self._votes(row), form[row.entry.public_id]) for row in rows]
        return Group(table.contest.name, lines, sum(one.counted.total for one in lines))

    def _votes(self, row: EntryRow) -> Counted:
        return self.counted.get(row.entry.pk, Counted())

    def cells(self) -> Iterator[tuple[str, ...]]:
        """Yield each entry as the cells of a row; a share is an exact number with full precision."""
        for table in self.tables:
            category, division = table.contest.key
            for row in table.rows:
                one = self._votes(row)
                elsewhere = "" if one.entered is None else str(one.entered)
                figures = (elsewhere, str(one.here), str(one.total), _number(row.score))
                place = "" if row.place is None else str(row.place)
                yield (
                    *(self.stage.code, category, division, row.entry.code, row.entry.title),
                    *(*figures, place),
                )


def _number(share: Fraction | None) -> str:
    return "" if share is None else str(float(share))


@login_required
@require_safe
def votes(request: SignedIn, programme: str, edition: str, stage: str) -> HttpResponse:
    """Show the votes of a stage, entry by entry, and let them be entered."""
    found = edition_seen_by(request, programme, edition)
    return _page(request, _here(request, found, stage))


@login_required
@require_POST
def save(request: SignedIn, programme: str, edition: str, stage: str) -> HttpResponse:
    """Store the counts that were typed, all or none."""
    found = edition_changed_by(request, programme, edition)
    here = _here(request, found, stage)
    form = here.form(request.POST)
    if not form.is_valid():
        return _page(request, here, form, status=respond.UNPROCESSABLE)
    counts, why = form.typed(), form.cleaned_data["why"]
    by, at = request.user.public_id, timezone.now()
    try:
        done = enter_votes(here.stage.pk, counts, why=why, seen=form.seen(), by=by, at=at)
    except Refused as refusal:
        return _page(request, here, form, refusal=refusal)
    is_same = not done.new and not done.changed
    told = _("Nothing has changed.") if is_same else _("The votes are stored.")
    return go_on(request, address_of(found, "votes", stage), told)


@login_required
@require_safe
def votes_csv(request: SignedIn, programme: str, edition: str, stage: str) -> HttpResponse:
    """Send the votes of a stage as a spreadsheet."""
    here = _here(request, edition_seen_by(request, programme, edition), stage)
    response = HttpResponse(as_csv(COLUMNS, here.cells()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="votes-{here.stage.code}.csv"'
    return response


def _here(request: SignedIn, edition: Edition, code: str) -> Here:
    """Return a public vote of the edition; for any other stage there is no such page (404)."""
    rules = next((one for one in public_votes_of(edition) if one.code == code), None)
    if rules is None:
        raise Http404
    stage, closed = stage_here(edition, code), closed_to(request.user, edition)
    tables = open_tables(entry_standings(edition, code), closed)
    return Here(stage, rules, tables, votes_in(stage), len(closed.categories))


def _page(
    request: SignedIn,
    here: Here,
    form: CountsForm | None = None,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    now, edition = timezone.now(), here.stage.edition
    groups = here.groups(form or here.form())
    last = last_entered(here.stage)
    context = {
        **shell(request, edition, "stages"),
        "stage": here.stage,
        "rules": here.rules,
        "lock": against_counting_early(here.stage, said(here.rules.name), at=now),
        "state": _state(here.stage, at=now),
        "groups": groups,
        "total": sum(one.total for one in groups),
        "here": sum(line.counted.here for one in groups for line in one.lines),
        "form": form or here.form(),
        "hidden": here.hidden,
        "last": last,
        "last_by": names_of([last.by]).get(last.by, last.by) if last else "",
        "refusal": refusal,
    }
    status = respond.CONFLICT if refusal else status
    return render(request, "organiser/votes.html", context, status=status)


def _state(stage: Stage, *, at: datetime) -> str:
    if at < stage.opens_at:
        return "later"
    return "now" if at < stage.closes_at else "past"


urlpatterns = [
    path("votes/<slug:stage>/", votes, name="votes"),
    path("votes/<slug:stage>/save/", save, name="save_votes"),
    path("votes/<slug:stage>/votes.csv", votes_csv, name="votes_csv"),
]
