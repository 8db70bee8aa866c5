"""Chapter 10: every counted enquiry with its ticks and comments, the shopper, the day and the hour hidden."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kaaring.programmes.definition.schema import Question
from kaaring.reports.content.channels import area_scores
from kaaring.reports.content.chapters import Enquiries, Enquiry, PartOfDay, Remark, Tick
from kaaring.reports.content.shared import EditionContent
from kaaring.reports.content.stored import Given, Made, moment_of
from kaaring.scoring import NOT_APPLICABLE

type Known = dict[tuple[str, Given, str, int], Tick]

PARTS = tuple(PartOfDay)


def enquiries(shared: EditionContent, made: Sequence[Made]) -> Enquiries:
    """Return chapter 10, numbered in an order that tells nothing about the day within a week."""
    ranked = sorted(
        made, key=lambda one: (*_when(one), list(shared.survey.channels).index(one.channel), one.public_id)
    )
    known: Known = {}
    return Enquiries(
        tuple(_enquiry(shared, one, number, known) for number, one in enumerate(ranked, start=1))
    )


def _when(enquiry: Made) -> tuple[int, int, int]:
    moment = moment_of(enquiry.at)
    return moment.year, moment.week, PARTS.index(moment.part)


def _enquiry(shared: EditionContent, made: Made, number: int, known: Known) -> Enquiry:
    return Enquiry(
        number=number,
        public_id=made.public_id,
        moment=moment_of(made.at),
        channel=made.channel,
        channel_name=shared.survey.channels[made.channel].name,
        attempts=made.attempts,
        is_answered=made.is_answered,
        is_thin=made.is_thin,
        score=made.score,
        areas=area_scores(shared, [made], fewest=1),
        ticks=tuple(_ticks(shared, made, known)),
        remarks=tuple(
            Remark(area.code, area.name, made.comments[area.code])
            for area in shared.survey.areas
            if area.code in made.comments
        ),
    )


def _ticks(shared: EditionContent, made: Made, known: Known) -> Iterator[Tick]:
    """Yield the ticks of an enquiry; the same answer to the same question is read once a report."""
    for question in shared.survey.questions:
        given = made.answers.get(question.code)
        if given is not None and given.value:
            unit = question.unit_on(made.channel) or ""
            key = (question.code, given, unit, made.unit)
            if key not in known:
                known[key] = _tick(question, given, unit, made.unit)
            yield known[key]


def _tick(question: Question, given: Given, unit: str, parts: int) -> Tick:
    """Return an answer in its unit of measurement, with points of so many parts each."""
    is_choice = question.options is not None
    is_left_out = given.value == NOT_APPLICABLE
    chosen = set(given.value.split()) if is_choice else set()
    return Tick(
        question=question.code,
        text=question.text,
        area=question.area or "",
        given=given.value,
        options=tuple(option.text for option in question.options or () if option.code in chosen),
        value=None if is_choice or is_left_out else Fraction(given.value),
        unit=unit,
        highest=question.scale[1] if question.scale else None,
        is_not_applicable=is_left_out,
        earned=None if given.earned is None else Fraction(given.earned, parts),
        possible=None if given.possible is None else Fraction(given.possible, parts),
    )
