"""A jury's published results: winners with their citations, and how each category was decided."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kaaring.jury.sheets import MARKED
from kaaring.kernel.text import Text, said
from kaaring.programmes.definition import Definition
from kaaring.programmes.models import Edition
from kaaring.results.models import Run
from kaaring.results.queries.juried import JudgedCategory, judged_categories
from kaaring.results.queries.juried.frozen import deciding_stage
from kaaring.results.queries.runs import runs_of
from kaaring.web.public.judging import left_to_jurors
from kaaring.web.public.kept import kept
from kaaring.web.public.results import Published, published
from kaaring.web.public.shell import around, shown
from kaaring.web.public.ways import deciding, ways_of
from kaaring.web.public.wording import listed


class Group(NamedTuple):
    """Categories under the heading that the rules put them under, if any."""

    name: Text
    categories: list[JudgedCategory]


def groups_of(definition: Definition, categories: Sequence[JudgedCategory]) -> list[Group]:
    """Return categories by the groups of the rules, in their order; those without a group come first."""
    headings = {"": Group({}, [])} | {one.code: Group(one.name, []) for one in definition.category_groups}
    for one in categories:
        headings[one.category.group or ""].categories.append(one)
    return [group for group in headings.values() if group.categories]


def jury_page(request: HttpRequest, edition: Edition, run: Run, definition: Definition) -> HttpResponse:
    """The results of an edition that a jury alone decides, category by category."""
    categories = judged_categories(run, definition)
    runs = list(runs_of(edition))
    context = around(edition, "edition", is_published=True, is_measured=False) | {
        "run": run,
        "runs": runs,
        "withdrawn": [one for one in runs if one.withdrawn_at],
        "groups": groups_of(definition, categories),
        "entry_count": sum(one.entries for one in categories),
        "category_count": len(categories),
        "award_count": sum(len(one.awards) for one in categories),
    }
    return shown(
        request,
        "public/jury_results.html",
        context,
        title=_("Results"),
        description=_summary(edition, categories),
    )


def _summary(edition: Edition, categories: Sequence[JudgedCategory]) -> str:
    """Say in one sentence what was given, for search engines and shared links."""
    won = sum(bool(award.winners) for one in categories for award in one.awards)
    return ngettext(
        "The jury of %(edition)s has given %(count)d award. Winners, citations, and how each was decided.",
        "The jury of %(edition)s has given %(count)d awards. Winners, citations, and how each was decided.",
        won,
    ) % {"edition": edition.title, "count": won}


@require_safe
@kept
@published
def category_results(request: HttpRequest, there: Published, category: str) -> HttpResponse:
    """One category: who won what and why, and how it was decided, in counts and in words."""
    categories = judged_categories(there.run, there.definition)
    here = next((one for one in categories if one.category.code == category), None)
    jury = there.definition.jury
    if here is None or jury is None:
        raise Http404
    before = next((one for one, after in pairwise(categories) if after is here), None)
    after = next((after for one, after in pairwise(categories) if one is here), None)
    name, stages = said(here.category.name), deciding(jury, deciding_stage(there.run))
    is_measured = there.definition.survey is not None
    context = around(there.edition, "edition", is_published=True, is_measured=is_measured) | {
        "run": there.run,
        "here": here,
        "before": before,
        "after": after,
        "ways": ways_of(jury, stages, [here.category]),
        "left": left_to_jurors(here.category) if any(one.mode in MARKED for one in stages) else [],
    }
    return shown(
        request,
        "public/category_results.html",
        context,
        title=name,
        description=_of_category(there.edition, here, name),
    )


def _of_category(edition: Edition, here: JudgedCategory, name: str) -> str:
    won = [one.entry.title for one in here.won]
    if not won:
        return _("How %(category)s of %(edition)s was decided.") % {
            "category": name,
            "edition": edition.title,
        }
    return _("%(winners)s in %(category)s of %(edition)s, and how it was decided.") % {
        "winners": listed(won),
        "category": name,
        "edition": edition.title,
    }
