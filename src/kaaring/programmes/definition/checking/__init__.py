"""What is wrong or odd about a definition whose shape is right: references, points, dates, texts, rules.

The rule linter is the part that compares eligibility rules with each other: ``brackets``, ``units``,
``reference_days``, ``territories``, ``redirects``, ``partners`` and ``alike``. All that it finds are
warnings.
"""

from collections.abc import Collection, Iterator
from datetime import date

from kaaring.programmes.definition.checking import (
    alike,
    awards,
    brackets,
    categories,
    dates,
    facts,
    fees,
    jury,
    partners,
    questions,
    redirects,
    reference_days,
    rules,
    stages,
    survey,
    territories,
    texts,
    units,
)
from kaaring.programmes.definition.faults import Finding, Path
from kaaring.programmes.definition.schema import Definition

_PARTS = (
    jury,
    stages,
    categories,
    rules,
    facts,
    fees,
    awards,
    brackets,
    units,
    reference_days,
    territories,
    redirects,
    partners,
    alike,
)


def check(
    definition: Definition, *, on: date | None, mapped: Collection[Path] | None = None
) -> tuple[Finding, ...]:
    """Return everything that is wrong or odd about a definition.

    ``on`` is the day against which dates are past; with None no date is. ``mapped`` are the paths of texts
    written as maps of languages, others being meant for all languages; with None all are.
    """
    return tuple(_findings(definition, on, mapped))


def _findings(definition: Definition, on: date | None, mapped: Collection[Path] | None) -> Iterator[Finding]:
    yield from texts.findings(definition, mapped)
    yield from dates.findings(definition, on)
    if definition.survey is not None:
        yield from survey.findings(definition.survey)
        yield from questions.findings(definition.survey)
    for part in _PARTS:
        yield from part.findings(definition)
