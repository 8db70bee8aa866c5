"""What the pages about a jury share: the jury of an edition, its stages, and the reason somebody types."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, NamedTuple

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries.models import Entry
from kaaring.jury.models import Juror, Stage
from kaaring.jury.queries.jurors import jurors_of
from kaaring.jury.queries.meetings import is_out
from kaaring.jury.queries.stages import jury_of, stages_of
from kaaring.jury.rules.stages import called
from kaaring.kernel.text import said
from kaaring.people.models import User
from kaaring.programmes.definition.schema import Category, Jury
from kaaring.programmes.models import Edition
from kaaring.results.queries.juried import EntryRow
from kaaring.web import respond
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

MODES: Mapping[str, str | Promise] = {
    "pass_fail": gettext_lazy("Passes or fails"),
    "scorecard": gettext_lazy("Scorecard"),
    "ranking": gettext_lazy("Ranking"),
    "points": gettext_lazy("Points to distribute"),
    "public_vote": gettext_lazy("Public vote"),
    "presentation": gettext_lazy("Presentation"),
    "site_visit": gettext_lazy("Site visit"),
}


class Tab(NamedTuple):
    """A stage to choose among those that have a period."""

    code: str
    name: str


def jury_here(edition: Edition) -> Jury:
    """Return the jury of an edition; where there is none there is no such page (404)."""
    jury = jury_of(edition)
    if jury is None:
        raise Http404
    return jury


def stage_here(edition: Edition, code: str) -> Stage:
    """Return a stage with a period; for any other there is no such page (404)."""
    return get_object_or_404(stages_of(edition).select_related("calibration__case"), code=code)


def entry_here(edition: Edition, public_id: str) -> Entry:
    """Return an entry of the edition, or there is no such page (404)."""
    return get_object_or_404(Entry.objects.select_related("case"), edition=edition, public_id=public_id)


def not_out(user: User, edition: Edition, entry: int) -> None:
    """Show no page about an entry (404) to a juror with a conflict of interest, who runs the edition too."""
    if is_out(edition, {entry}, user):
        raise Http404


type Shown[**P] = Callable[Concatenate[SignedIn, Edition, P], HttpResponse]
type Addressed = Callable[..., HttpResponse]


def judged_page[**P](view: Shown[P]) -> Addressed:
    """Make a page of what jurors gave: for members, and for those who judge too once they are done."""
    return login_required(require_safe(_judged(view, edition_seen_by)))


def judged_doing[**P](view: Shown[P]) -> Addressed:
    """Make something done with what jurors gave: by owners and managers, who are done if they judge too."""
    return login_required(require_POST(_judged(view, edition_changed_by)))


def _judged[**P](view: Shown[P], found_by: Callable[[SignedIn, str, str], Edition]) -> Addressed:
    """Find the edition for a view, which nobody gets who judges in it and has scorecards to make final."""

    @wraps(view)
    def found(
        request: SignedIn, programme: str, edition: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        here = found_by(request, programme, edition)
        return _not_yet(request, here) or view(request, here, *args, **kwargs)

    return found


def _not_yet(request: SignedIn, edition: Edition) -> HttpResponse | None:
    """Return the page for a member who judges too and is not done: nobody sees others' marks before that."""
    if not getattr(edition, "reader_marks", True):
        return None
    status = respond.CONFLICT if request.method == "POST" else 200
    return render(request, "organiser/not_yet.html", shell(request, edition, "scores"), status=status)


def juror_here(edition: Edition, public_id: str) -> Juror:
    """Return a juror of the edition, one who was removed too, or there is no such page (404)."""
    jurors = Juror.objects.select_related("edition__programme__organiser", "organisation", "user")
    return get_object_or_404(jurors, edition=edition, public_id=public_id)


def tabs_of(edition: Edition, jury: Jury) -> list[Tab]:
    """Return the stages that have a period, in the order in which they open."""
    return [Tab(stage.code, called(stage, jury)) for stage in stages_of(edition)]


def is_judging_begun(edition: Edition, *, at: datetime) -> bool:
    """Say whether a stage has opened, so that jurors can have marked."""
    return stages_of(edition).filter(opens_at__lte=at).exists()


def is_marking_to_come(edition: Edition, *, at: datetime) -> bool:
    """Say whether a stage has not closed yet, so that scores and places can still change."""
    return stages_of(edition).filter(closes_at__gt=at).exists()


def parted_in_words(row: EntryRow, category: Category) -> str:
    """Say what parted an entry from an equal one: the jury, a criterion, a lot; empty for nothing."""
    if not row.parted_by:
        return ""
    if row.parted_by == "lot":
        return row.lots_text
    if row.parted_by == "jury":
        return _("An equal score was parted by the jury in its meeting.")
    names = {f"criterion:{one.code}": said(one.name) for one in category.criteria}
    return _("An equal score was parted by the mean mark on “%(criterion)s”.") % {
        "criterion": names[row.parted_by]
    }


def reason_in(request: SignedIn) -> str:
    """Return the reason that somebody has typed."""
    return request.POST.get("reason", "").strip()[:2000]


class EntryField(forms.CharField):
    """An entry of an edition, called by its code."""

    def __init__(self, edition: Edition, **options: Any) -> None:
        self._edition = edition
        hint = gettext_lazy("As it stands in the list of entries: 014.")
        widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(**{"help_text": hint, "max_length": 60, "widget": widget, **options})

    def clean(self, value: object) -> Entry | None:
        """Return the entry, or say that there is none of that code."""
        code = super().clean(value)
        if not code:
            return None
        entry = Entry.objects.filter(edition=self._edition, code__iexact=code).select_related("case").first()
        if entry is None:
            raise forms.ValidationError(
                _("There is no entry “%(code)s” in this edition. Look it up in the list of entries.")
                % {"code": code}
            )
        return entry


def juror_field(edition: Edition) -> forms.ModelChoiceField[Juror]:
    """Return a field that offers the jurors of an edition."""
    return forms.ModelChoiceField(
        label=gettext_lazy("Juror"),
        queryset=jurors_of(edition),
        to_field_name="public_id",
        empty_label=gettext_lazy("Choose"),
    )
