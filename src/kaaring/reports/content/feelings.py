"""Chapter 9: what shoppers felt and wrote."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path

from kaaring.programmes.definition.schema import Question
from kaaring.reports.content.chapters import FEWEST, Distribution, Feelings, Quote, Share, WordCount
from kaaring.reports.content.shared import EditionContent, felt
from kaaring.reports.content.stored import Made, moment_of
from kaaring.scoring import NOT_APPLICABLE
from kaaring.survey.models import Participant

WORD = re.compile(r"[^\W\d_]{3,}")
WORDS, QUOTES = 18, 3
STOP_WORDS = frozenset(Path(__file__).with_name("stop_words.txt").read_text("utf-8").split())
"""Norwegian words that say nothing on their own."""


def feelings(shared: EditionContent, participant: Participant, made: Sequence[Made]) -> Feelings:
    """Return chapter 9."""
    distributions = (_distribution(shared, question, made) for question in felt(shared.survey))
    return Feelings(
        distributions=tuple(one for one in distributions if one.answers),
        words=_words(participant, made),
        quotes=tuple(_quotes(shared, made)),
        comments=sum(len(enquiry.comments) for enquiry in made),
    )


def _distribution(shared: EditionContent, question: Question, made: Sequence[Made]) -> Distribution:
    given = [enquiry.answers[question.code].value for enquiry in made if question.code in enquiry.answers]
    answers = [value.split() for value in given if value not in ("", NOT_APPLICABLE)]
    counts = Counter(option for chosen in answers for option in chosen)
    of_all = shared.chosen.get(question.code, {})
    options = tuple(
        Share(
            option=option.code,
            text=option.text,
            count=counts[option.code],
            share=Fraction(counts[option.code], len(answers) or 1),
            share_of_all=of_all.get(option.code, Fraction(0)),
        )
        for option in question.options or ()
    )
    return Distribution(question.code, question.text, len(answers), options)


def _words(participant: Participant, made: Sequence[Made]) -> tuple[WordCount, ...]:
    """Return the words in the most comments, without the participant's name and words that say nothing."""
    left_out = STOP_WORDS | set(WORD.findall(participant.name.lower()))
    counts: Counter[str] = Counter()
    for enquiry in made:
        for text in enquiry.comments.values():
            counts.update(set(WORD.findall(text.lower())) - left_out)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(WordCount(word, count) for word, count in ranked[:WORDS] if count >= FEWEST)


def _quotes(shared: EditionContent, made: Sequence[Made]) -> Iterator[Quote]:
    """Yield a comment from each of the best and the weakest enquiries, about different areas where it can."""
    commented = [enquiry for enquiry in made if enquiry.comments and enquiry.score is not None]
    ranked = sorted(commented, key=lambda enquiry: (-(enquiry.score or 0), enquiry.pk))
    number = min(QUOTES, len(ranked) // 2)
    weakest = islice(reversed(ranked), number)
    for position, enquiry in enumerate(ranked[:number]):
        yield _quote(shared, enquiry, position, is_from_best=True)
    for position, enquiry in enumerate(weakest):
        yield _quote(shared, enquiry, position, is_from_best=False)


def _quote(shared: EditionContent, enquiry: Made, position: int, *, is_from_best: bool) -> Quote:
    areas = [area for area in shared.survey.areas if area.code in enquiry.comments]
    area = areas[position % len(areas)]
    return Quote(
        text=enquiry.comments[area.code],
        area=area.name,
        channel=shared.survey.channels[enquiry.channel].name,
        moment=moment_of(enquiry.at),
        is_from_best=is_from_best,
    )
