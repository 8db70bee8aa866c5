"""The categories: what is judged, who may enter, how many have, and what the rules leave open."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kaaring.entries.queries.lists import DRAFT, SUBMITTED, WITHDRAWN, counts_by_category
from kaaring.entries.rules.periods import entry_period
from kaaring.kernel.figures import figure, local
from kaaring.kernel.text import Text
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.checking import check
from kaaring.programmes.definition.schema import Category
from kaaring.programmes.eligibility import Line, rulebook
from kaaring.programmes.eligibility.names import either, subject_kind
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.web.organiser.desk import in_words
from kaaring.web.organiser.entries import juried
from kaaring.web.organiser.shell import edition_seen_by, shell
from kaaring.web.request import SignedIn

UNTRANSLATED = ("no_language", "language_missing")
NOBODY = {DRAFT: 0, SUBMITTED: 0, WITHDRAWN: 0}


class CategoryShown(NamedTuple):
    """A category with everything the organiser looks at: its rules, what is odd in them, and its entries."""

    category: Category
    entered: str
    weights: Sequence[tuple[Text, str]]
    rules: Sequence[Line]
    warnings: Sequence[str]
    counts: Mapping[str, int]


class GroupShown(NamedTuple):
    """Categories under their heading; those without one have no name there."""

    name: Text
    categories: list[CategoryShown]


@login_required
@require_safe
def categories(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show every category under its heading."""
    found = juried(edition_seen_by(request, programme, edition))
    definition = definition_in_force(found)
    shown = _shown(found, definition)
    context = {
        **shell(request, found, "categories"),
        "groups": _groups(definition, shown),
        "lede": _lede(shown),
        "odd": [one for one in shown if one.warnings],
    }
    return render(request, "organiser/categories.html", context)


def _shown(edition: Edition, definition: Definition) -> list[CategoryShown]:
    period = entry_period(edition)
    year = local(timezone.now(), edition.timezone).year if period is None else period.last.year
    counts, warnings = counts_by_category(edition), _warnings(definition)
    return [
        CategoryShown(
            category,
            either(category.subject, subject_kind),
            _weights(category),
            rulebook(category, definition, year=year),
            warnings.get(place, ()),
            counts.get(category.code, NOBODY),
        )
        for place, category in enumerate(definition.categories)
    ]


def _warnings(definition: Definition) -> dict[int, list[str]]:
    """Return what is odd about the rules of each category, by its place; translations have their own page."""
    told: dict[int, list[str]] = {}
    for finding in check(definition, on=None):
        where = finding.path
        if finding.code in UNTRANSLATED or len(where) < 2 or where[0] != "categories":
            continue
        if isinstance(where[1], int):
            told.setdefault(where[1], []).append(in_words(finding))
    return told


def _weights(category: Category) -> list[tuple[Text, str]]:
    """Return the criteria with their weights in per cent; without weights all count the same."""
    return [
        (one.name, _("equal weight") if one.weight is None else f"{_weight(one.weight)}\u00a0%")
        for one in category.criteria
    ]


def _weight(weight: Fraction) -> str:
    return figure(weight, decimals=0 if weight.denominator == 1 else 1)


def _groups(definition: Definition, shown: Sequence[CategoryShown]) -> list[GroupShown]:
    names = {group.code: group.name for group in definition.category_groups}
    codes = [None, *names]
    groups = [
        GroupShown(names[code] if code else {}, [one for one in shown if one.category.group == code])
        for code in codes
    ]
    return [group for group in groups if group.categories]


def _lede(shown: Sequence[CategoryShown]) -> str:
    submitted = sum(one.counts[SUBMITTED] for one in shown)
    empty = sum(not one.counts[SUBMITTED] for one in shown)
    told = ngettext("%(count)d category", "%(count)d categories", len(shown)) % {"count": len(shown)}
    entered = ngettext("%(count)d entry is submitted", "%(count)d entries are submitted", submitted)
    words = {"categories": told, "entries": entered % {"count": submitted}, "empty": empty}
    if not empty:
        return _("%(categories)s: %(entries)s, at least one in each.") % words
    return _("%(categories)s: %(entries)s. Categories without a submitted entry: %(empty)d.") % words


urlpatterns = [path("categories/", categories, name="categories")]
