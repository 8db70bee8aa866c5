"""Who may enter after the deadline: organisations, by leave that is given here, and single entries."""

from collections.abc import Sequence
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries import actions
from kaaring.entries.models import Entry, LateLeave
from kaaring.entries.rules.periods import entry_period
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import said
from kaaring.people.models import Organisation
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.web import respond
from kaaring.web.organiser.entries import juried
from kaaring.web.organiser.entry_forms import LateForm, in_a_week
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn


class LeaveForm(LateForm):
    """Who may enter late, in which category, until when and why."""

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"))
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    field_order = ("organisation", "category", "until", "reason")

    def __init__(
        self,
        *args: Any,
        organisations: Sequence[tuple[str, str]],
        categories: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["organisation"]).choices = [("", "–"), *organisations]
        cast(forms.ChoiceField, self.fields["category"]).choices = [("", _("All categories")), *categories]


class Line(NamedTuple):
    """A leave as the list shows it."""

    leave: LateLeave
    category: str
    is_over: bool


class EntryLine(NamedTuple):
    """A single entry that may be late, or was."""

    entry: Entry
    is_over: bool


@login_required
@require_safe
def late_leaves(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show who may enter late, and let an organiser give leave."""
    return _page(request, juried(edition_seen_by(request, programme, edition)))


@login_required
@require_POST
def give_leave(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Let an organisation enter after the deadline."""
    found = juried(edition_changed_by(request, programme, edition))
    form = _form(found, request.POST)
    with timezone.override(ZoneInfo(found.timezone)):
        is_valid = form.is_valid()
    if not is_valid:
        return _page(request, found, form=form, status=respond.UNPROCESSABLE)
    typed = form.cleaned_data
    organisation = get_object_or_404(_known(found), public_id=typed["organisation"])
    told = {name: typed[name] for name in ("category", "until", "reason")}
    try:
        actions.give_leave(found, organisation.pk, **told, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, form=form, refusal=refusal)
    done = _("%(organisation)s may enter late. Its people see until when on their pages.")
    words = done % {"organisation": organisation}
    return respond.go_to(request, "organiser:late_leaves", programme, edition, said=words)


@login_required
@require_POST
def take_leave_back(request: SignedIn, programme: str, edition: str, leave: int) -> HttpResponse:
    """Let an organisation no longer enter after the deadline."""
    found = juried(edition_changed_by(request, programme, edition))
    given = get_object_or_404(LateLeave, edition=found, pk=leave)
    actions.take_leave_back(given.pk, by=request.user.public_id, at=timezone.now())
    done = _("%(organisation)s may no longer enter late.") % {"organisation": given.organisation}
    return respond.go_to(request, "organiser:late_leaves", programme, edition, said=done)


def _known(edition: Edition) -> Any:
    return Organisation.objects.filter(organiser=edition.programme.organiser).order_by("name", "pk")


def _categories(edition: Edition) -> list[tuple[str, str]]:
    return [(one.code, said(one.name)) for one in definition_in_force(edition).categories]


def _form(edition: Edition, typed: Any = None) -> LeaveForm:
    organisations = [(one.public_id, one.name) for one in _known(edition)]
    soon = {"until": in_a_week()}
    return LeaveForm(typed, organisations=organisations, categories=_categories(edition), initial=soon)


def _late_entries(edition: Edition) -> QuerySet[Entry, Any]:
    late = Entry.objects.filter(edition=edition, withdrawn_at=None, late_until__isnull=False)
    return late.select_related("case__organisation", "category").order_by("code")


def _page(
    request: SignedIn,
    edition: Edition,
    *,
    form: LeaveForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    at, names = timezone.now(), dict(_categories(edition))
    given = LateLeave.objects.filter(edition=edition).select_related("organisation", "given_by")
    with timezone.override(ZoneInfo(edition.timezone)):
        context = {
            **shell(request, edition, "entries"),
            "lines": [
                Line(one, names.get(one.category, one.category), is_over=one.until <= at) for one in given
            ],
            "entry_lines": [
                EntryLine(one, is_over=one.late_until is not None and one.late_until <= at)
                for one in _late_entries(edition)
            ],
            "period": entry_period(edition),
            "form": form or _form(edition),
        }
        if refusal is not None:
            return respond.refused(request, "organiser/late.html", refusal, context)
        return render(request, "organiser/late.html", context, status=status)


urlpatterns = [
    path("late-entries/", late_leaves, name="late_leaves"),
    path("late-entries/give/", give_leave, name="give_leave"),
    path("late-entries/<int:leave>/take-back/", take_leave_back, name="take_leave_back"),
]
