"""Feedback on an entry as pages show it: the entrant's own, and the organiser's who looks ahead."""

from fractions import Fraction
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils.translation import get_language

from kaaring.entries.models import Entry
from kaaring.kernel.text import Text
from kaaring.reports import feedback_words as words
from kaaring.reports.content.feedback import CriterionFeedback, Marked, feedback_of
from kaaring.reports.feedback import feedback_pdf
from kaaring.results.models import Run
from kaaring.scoring.juried import Quartiles


class Spread(NamedTuple):
    """A drawing of a figure beside quartiles: shares of the width, and the same in words."""

    label: str
    own: Fraction | None
    lower: Fraction | None
    median: Fraction | None
    upper: Fraction | None

    @property
    def middle(self) -> Fraction | None:
        """How wide the middle half is."""
        return None if self.lower is None or self.upper is None else self.upper - self.lower


class Row(NamedTuple):
    """A criterion, or the whole entry (no name), with its figures in words and as a drawing."""

    name: Text | None
    weight: str
    own: Fraction | None
    lower: str
    median: str
    upper: str
    spread: Spread


class Level(NamedTuple):
    """A level and what it means."""

    name: str
    meaning: str


class Award(NamedTuple):
    """What the jury gave the entry."""

    name: Text
    level: str
    citation: Text


def shown(run: Run, entry: Entry, *, shows_band: bool) -> dict[str, Any]:
    """Return the context of ``parts/feedback.html``."""
    found = feedback_of(run, entry, shows_band=shows_band)
    return {
        "feedback": found,
        **(_of_marks(found.marked) if found.marked else {"no_marks": words.no_marks()}),
        "awards": [Award(one.award, words.level_in_words(one.level), one.citation) for one in found.given],
        "levels": [
            Level(words.level_in_words(one), words.level_explained(one)) for one in ("winner", *found.levels)
        ],
        "checks": [(words.outcome_in_words(one.outcome), one) for one in found.checks],
        "declarations": [words.declared_in_words(one) for one in found.declarations],
        "ground": words.where_from(found),
    }


def as_file(run: Run, entry: Entry, *, shows_band: bool) -> HttpResponse:
    """Answer with the same as a document in the reader's language."""
    language = (get_language() or "en").split("-")[0]
    response = HttpResponse(
        feedback_pdf(run, entry, language, shows_band=shows_band), content_type="application/pdf"
    )
    name = f"{run.edition.programme.slug}-{run.edition.slug}-{entry.code}-feedback-{language}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _of_marks(marked: Marked) -> dict[str, Any]:
    return {
        "summary": words.summary(marked),
        "standing_out": words.standing_out_in_words(marked),
        "rows": [
            *(_row(one) for one in marked.criteria),
            Row(None, "", *_figures(marked.score, marked.quartiles)),
        ],
    }


def _row(one: CriterionFeedback) -> Row:
    return Row(one.name, words.weight_in_words(one), *_figures(one.mean, one.quartiles))


def _figures(
    own: Fraction | None, quartiles: Quartiles | None
) -> tuple[Fraction | None, str, str, str, Spread]:
    lower, median, upper = quartiles or (None, None, None)
    return (
        own,
        words.rough(lower),
        words.rough(median),
        words.rough(upper),
        Spread(words.spread_in_words(own, quartiles), *map(_share, (own, lower, median, upper))),
    )


def _share(score: Fraction | None) -> Fraction | None:
    return None if score is None else score / 100
