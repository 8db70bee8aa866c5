"""Open data: a run's published lines as CSV and JSON, for programs.

Figures have decimal points, and the names of columns never change.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kaaring.kernel.figures import exact
from kaaring.kernel.tables import shielded
from kaaring.kernel.text import said
from kaaring.results.queries.juried import JudgedCategory, judged_categories
from kaaring.results.queries.runs import means_of, standings_of
from kaaring.results.queries.tables import Row
from kaaring.web.public.kept import kept
from kaaring.web.public.results import Published, published
from kaaring.web.public.shell import around, shown

COLUMNS = (
    "measure",
    "place",
    "shared",
    "class_place",
    "class_shared",
    "participant",
    "name",
    "class",
    "score",
    "exact",
    "low",
    "high",
    "enquiries",
    "why",
)

AWARD_COLUMNS = (
    *("award", "category", "division", "level", "entry", "title", "nominee", "organisations", "citation"),
    "why_nobody",
)


@require_safe
@kept
@published
def data(request: HttpRequest, there: Published) -> HttpResponse:
    """What the open data hold, column by column, and where to fetch them."""
    measures = there.definition.survey.results if there.definition.survey else ()
    means = there.definition.survey.public_means() if there.definition.survey else ()
    is_measured = there.definition.survey is not None
    context = around(there.edition, "data", is_published=True, is_measured=is_measured) | {
        "run": there.run,
        "measures": measures,
        "public_means": means,
    }
    return shown(
        request,
        "public/data.html",
        context,
        title=_("Open data"),
        description=_("The published results of %(edition)s as CSV and JSON.")
        % {"edition": there.edition.title},
    )


@require_safe
@kept
@published
def results_csv(request: HttpRequest, there: Published) -> HttpResponse:
    """The lines of the run in the measures the edition shows, one row a participant and measure."""
    written = io.StringIO()
    rows = csv.DictWriter(written, COLUMNS, lineterminator="\r\n")
    rows.writeheader()
    rows.writerows(
        {
            **line,
            "name": shielded(line["name"]),
            "shared": _yes(line["shared"]),
            "class_shared": _yes(line["class_shared"]),
        }
        for line in lines(there)
    )
    return _file(there, written.getvalue(), "text/csv", "csv", "attachment")


@require_safe
@kept
@published
def results_json(request: HttpRequest, there: Published) -> HttpResponse:
    """The same with the run it is from and the published means."""
    run = there.run
    document = {
        "edition": str(there.edition),
        "illustrative": there.edition.illustrative or None,
        "run": {
            "id": run.public_id,
            "number": run.number,
            "digest": run.digest,
            "published_at": run.published_at.isoformat(),
            "evaluations": run.evaluation_count,
            "rules": run.rules.number,
        },
        "lines": list(lines(there)),
        "means": list(public_means(there)),
        **_of_a_jury(there),
    }
    written = json.dumps(document, ensure_ascii=False, indent=1)
    return _file(there, written, "application/json", "json", "inline")


@require_safe
@kept
@published
def awards_csv(request: HttpRequest, there: Published) -> HttpResponse:
    """What a jury gave, one row an entry and award; an award that nobody got has a row without an entry."""
    if there.definition.jury is None:
        raise Http404
    written = io.StringIO()
    rows = csv.DictWriter(written, AWARD_COLUMNS, lineterminator="\r\n")
    rows.writeheader()
    for line in jury_awards(judged_categories(there.run, there.definition)):
        cells = {**line, "organisations": " / ".join(line["organisations"])}
        cells["citation"] = said(line["citation"])
        rows.writerow({column: shielded(str(cells[column])) for column in AWARD_COLUMNS})
    return _file(there, written.getvalue(), "text/csv", "csv", "attachment", what="awards")


def jury_awards(judged: Iterable[JudgedCategory]) -> Iterator[dict[str, Any]]:
    """Yield what a jury gave, in the order of the rules."""
    for one in judged:
        for given in one.awards:
            about = {
                "award": given.award.code,
                "category": one.category.code,
                "division": given.award.division,
            }
            for won in given.winners:
                yield about | {
                    "level": won.level,
                    "entry": won.entry.code,
                    "title": won.entry.title,
                    "nominee": won.entry.nominee,
                    "organisations": list(won.entry.organisations),
                    "citation": won.citation,
                    "why_nobody": "",
                }
            if not given.winners:
                empty = {"entry": "", "title": "", "nominee": "", "organisations": [], "citation": {}}
                yield about | {"level": "none", **empty, "why_nobody": given.why_nobody}


def _of_a_jury(there: Published) -> dict[str, Any]:
    """Return what the document has of a jury: nothing where there is none."""
    if there.definition.jury is None:
        return {}
    judged = judged_categories(there.run, there.definition)
    return {
        "scorecards": there.run.scorecard_count,
        "awards": list(jury_awards(judged)),
        "categories": [
            {
                "category": one.category.code,
                "entries": one.entries,
                "jurors": one.jurors,
                "recusals": one.recusals,
                "shortlisted": [
                    {"entry": name.code, "title": name.title, "organisations": list(name.organisations)}
                    for name in one.shortlisted
                ],
                "holds": [{"holds": held.holds, "variants": held.variants} for held in one.holds],
            }
            for one in judged
        ],
    }


def lines(there: Published) -> Iterator[dict[str, Any]]:
    """Yield every participant's line in every measure the edition shows, by measure and place."""
    for measure in there.definition.survey.results if there.definition.survey else ():
        for row in standings_of(there.run, measure).rows:
            yield _line(measure, row)


def _line(measure: str, row: Row) -> dict[str, Any]:
    return {
        "measure": measure,
        "place": row.place,
        "shared": row.is_shared,
        "class_place": row.class_place,
        "class_shared": row.class_is_shared,
        "participant": row.participant.code,
        "name": row.participant.name,
        "class": row.participant.competition_class.code,
        "score": None if row.score is None else float(row.score),
        "exact": None if row.score is None else exact(row.score),
        "low": row.low,
        "high": row.high,
        "enquiries": row.enquiries,
        "why": row.why,
    }


def public_means(there: Published) -> Iterator[dict[str, Any]]:
    """Yield the means over all participants that the edition publishes, the shown results first."""
    means = means_of(there.run)
    survey = there.definition.survey
    for measure in dict.fromkeys((*survey.results, *survey.public_means())) if survey else ():
        mean = means.overall(measure)
        if mean is not None:
            yield {"measure": measure, "score": float(mean), "exact": exact(mean)}


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _file(
    there: Published, written: str, kind: str, ending: str, how: str, *, what: str = "results"
) -> HttpResponse:
    response = HttpResponse(written, content_type=f"{kind}; charset=utf-8")
    name = f"{there.edition.programme.slug}-{there.edition.slug}-{what}.{ending}"
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    return response
