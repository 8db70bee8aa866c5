"""Writing many evaluations with all that belongs to them, as fast as the database takes them."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db import connection

from kaaring.fieldwork.models import Answer, Comment, Enquiry, Evaluation, Points
from kaaring.fieldwork.spreadsheets import EvaluationRow, Examined, Surroundings
from kaaring.kernel.ids import new_public_id
from kaaring.kernel.keys import new_keys
from kaaring.kernel.rows import insert
from kaaring.programmes.models import Edition
from kaaring.scoring import ScoredEvaluation

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Ready:
    """An evaluation ready to be written: as sent, its points, its review, and the digest of what was sent."""

    sent: EvaluationRow
    scored: ScoredEvaluation
    review: str
    digest: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an evaluation is written: its key, the public id it has or gets, and its enquiry's key."""

    key: int
    public_id: str
    enquiry: int


def made_ready(examined: Examined) -> Ready:
    """Return an evaluation ready to be written.

    A thin one that was sent as approved is held: it counts only after a reviewer has looked at it.
    """
    sent, scored = examined.sent, examined.scored
    is_held = scored.is_thin and sent.status == Evaluation.Review.APPROVED
    review = Evaluation.Review.HELD.value if is_held else str(sent.status)
    return Ready(sent, scored, review, _digest(sent, review))


def _digest(sent: EvaluationRow, review: str) -> str:
    content = [
        sent.participant,
        sent.channel,
        sent.shopper,
        sent.at.astimezone(UTC).isoformat(),
        sent.attempts,
        review,
        sent.excluded,
        sorted(sent.answers.items()),
        sorted(sent.comments.items()),
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def write_enquiries(edition: Edition, new: Sequence[Ready], around: Surroundings) -> dict[str, int]:
    """Write the enquiries that were not known, and return the keys of all that the rows name."""
    unknown = [one.sent for one in new if one.sent.enquiry not in around.enquiries]
    keys = new_keys(Enquiry, len(unknown))
    insert(
        Enquiry,
        ("id", "edition", "code", "participant", "channel", "shopper", "scenario"),
        (
            (
                key,
                edition.pk,
                sent.enquiry,
                around.participants[sent.participant].key,
                sent.channel,
                around.shoppers.get(sent.shopper),
                "",
            )
            for key, sent in zip(keys, unknown, strict=True)
        ),
    )
    written = dict(zip((sent.enquiry for sent in unknown), keys, strict=True))
    return {code: known.key for code, known in around.enquiries.items()} | written


def note_shoppers(written: Sequence[Ready], around: Surroundings) -> None:
    """Enter in planned enquiries who made them after all."""
    made_by: dict[str, list[int]] = {}
    for one in written:
        known = around.enquiries.get(one.sent.enquiry)
        if known and one.sent.shopper and known.shopper != one.sent.shopper:
            made_by.setdefault(one.sent.shopper, []).append(known.key)
    for shopper, keys in made_by.items():
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            Enquiry.objects.filter(pk__in=chunk).update(shopper_id=around.shoppers[shopper])


def remove_replaced(keys: Sequence[int]) -> None:
    """Delete evaluations that are written anew, with their answers, points and comments."""
    for start in range(0, len(keys), CHUNK):
        Evaluation.objects.filter(pk__in=keys[start : start + CHUNK]).delete()


def places_for(new: Sequence[Ready], enquiries: Mapping[str, int]) -> list[Place]:
    """Return where new evaluations are written."""
    keys = new_keys(Evaluation, len(new))
    return [
        Place(key, new_public_id(), enquiries[one.sent.enquiry]) for key, one in zip(keys, new, strict=True)
    ]


def write_evaluations(
    written: Sequence[tuple[Place, Ready]], questionnaire: int, questions: Mapping[str, int]
) -> None:
    """Write evaluations, their answers, points and comments; ``questions`` are the keys by code."""
    insert(
        Evaluation,
        (
            "id",
            "public_id",
            "enquiry",
            "questionnaire",
            "at",
            "attempts",
            "is_answered",
            "is_thin",
            "earned",
            "possible",
            "review",
            "excluded",
            "reviewed_because",
            "digest",
        ),
        (_evaluation(place, one, questionnaire) for place, one in written),
    )
    insert(Answer, ("evaluation", "question", "value", "earned", "possible"), _answers(written, questions))
    insert(Points, ("evaluation", "measure", "earned", "possible"), _points(written))
    comments = ((place.key, area, text) for place, one in written for area, text in one.sent.comments.items())
    insert(Comment, ("evaluation", "area", "text"), comments)


def _evaluation(place: Place, one: Ready, questionnaire: int) -> tuple[Any, ...]:
    earned, possible = one.scored.points.get("total", (None, None))
    return (
        place.key,
        place.public_id,
        place.enquiry,
        questionnaire,
        connection.ops.adapt_datetimefield_value(one.sent.at),
        one.sent.attempts,
        one.scored.is_answered,
        one.scored.is_thin,
        earned,
        possible,
        one.review,
        one.sent.excluded,
        "",
        one.digest,
    )


def _answers(
    written: Sequence[tuple[Place, Ready]], questions: Mapping[str, int]
) -> Iterator[tuple[Any, ...]]:
    for place, one in written:
        for answer in one.scored.answers:
            if answer.value or answer.possible is not None:
                yield (place.key, questions[answer.code], answer.value, answer.earned, answer.possible)


def _points(written: Sequence[tuple[Place, Ready]]) -> Iterator[tuple[Any, ...]]:
    for place, one in written:
        for measure, (earned, possible) in one.scored.points.items():
            if measure != "total":
                yield (place.key, measure, earned, possible)
