"""Which categories fit a case, and why; entering and leaving them."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries import actions, queries
from kaaring.entries.models import Case
from kaaring.entries.queries.dossiers import year_of
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition import Definition
from kaaring.programmes.eligibility import Verdict, fits
from kaaring.programmes.queries import definition_in_force
from kaaring.web import respond
from kaaring.web.entrant.shell import around, standing, written_case, written_entry
from kaaring.web.entrant.standing import place_of
from kaaring.web.request import SignedIn


class Group(NamedTuple):
    """Categories that fit alike."""

    code: str
    title: object
    hint: object
    verdicts: list[Verdict]

    @property
    def together(self) -> list[tuple[tuple[str, ...], list[Verdict]]]:
        """Those with the same reasons together, so that a reason that holds for many is told once."""
        found: dict[tuple[str, ...], list[Verdict]] = {}
        for one in self.verdicts:
            is_alike = self.code == "not_fitting"
            reasons = (*one.first_obstacles, *one.advice) if is_alike else (one.category.code,)
            found.setdefault(reasons, []).append(one)
        return list(found.items())


@login_required
@require_safe
def categories(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Show what the case is entered in, what fits, and why other categories do not."""
    return _page(request, written_case(request, programme, edition, case))


@login_required
@require_POST
def enter(request: SignedIn, programme: str, edition: str, case: str, category: str) -> HttpResponse:
    """Enter the case in a category."""
    found = written_case(request, programme, edition, case)
    try:
        entry = actions.enter(found.pk, category, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, refusal)
    done = _("The case is entered in “%(category)s” as number %(code)s. Now write what the jury will read.")
    words = {"category": entry.category, "code": entry.code}
    return respond.go_to(request, "entrant:entry", *place_of(found)[:2], entry.public_id, said=done % words)


@login_required
@require_POST
def leave(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Take a draft out of its category."""
    found = written_entry(request, programme, edition, entry)
    try:
        actions.leave_category(found.pk, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found.case, refusal)
    done = _("The case no longer stands in “%(category)s”.") % {"category": found.category}
    return respond.go_to(request, "entrant:categories", *place_of(found.case), said=done)


def _page(request: SignedIn, case: Case, refusal: Refused | None = None) -> HttpResponse:
    definition = definition_in_force(case.edition)
    stands = standing(case, definition)
    entered = {one.entry.category.code for one in stands.living}
    most = definition.most_entries_per_case
    groups = _groups(case, definition, entered)
    context = {
        **around(stands, "categories"),
        "groups": groups,
        "fitting_count": len(groups[0].verdicts) + len(entered),
        "category_count": len(definition.categories),
        "most": most,
        "is_full": most is not None and len(entered) >= most,
    }
    if refusal is not None:
        return respond.refused(request, "entrant/categories.html", refusal, context)
    return render(request, "entrant/categories.html", context)


TITLES = (
    ("fitting", gettext_lazy("These fit"), gettext_lazy("Some still ask for a declaration.")),
    ("nearly", gettext_lazy("These nearly fit"), gettext_lazy("Little stands in the way.")),
    (
        "cannot_tell",
        gettext_lazy("These cannot be told yet"),
        gettext_lazy("Answer what is missing, and you will know."),
    ),
    ("not_fitting", gettext_lazy("These do not fit"), gettext_lazy("And this is why.")),
)


def _groups(case: Case, definition: Definition, entered: set[str]) -> list[Group]:
    facts = queries.facts_of(case, definition)
    found = fits(definition, facts, year=year_of(case.edition, case))
    return [
        Group(code, title, hint, [one for one in getattr(found, code) if one.category.code not in entered])
        for code, title, hint in TITLES
    ]


urlpatterns = [
    path("cases/<slug:case>/categories/", categories, name="categories"),
    path("cases/<slug:case>/categories/<slug:category>/enter/", enter, name="enter"),
    path("entries/<slug:entry>/leave/", leave, name="leave"),
]
