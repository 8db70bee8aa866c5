"""What is wrong or odd about a definition whose shape is right: references, points, dates, texts."""

from collections.abc import Collection, Iterator
from datetime import date

from kaaring.programmes.definition.checking import awards, dates, jury, questions, survey, texts
from kaaring.programmes.definition.faults import Finding, Path
from kaaring.programmes.definition.schema import Definition


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
    yield from jury.findings(definition)
    yield from awards.findings(definition)
