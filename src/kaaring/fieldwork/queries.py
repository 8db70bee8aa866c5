"""Enquiries, evaluations and their working: every non-trivial read."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from kaaring.fieldwork.models import Enquiry, Evaluation, Shopper
from kaaring.fieldwork.spreadsheets import KnownEnquiry, KnownParticipant, Surroundings
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import Text
from kaaring.programmes.definition import Definition, questionnaire
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force, definition_of
from kaaring.scoring import Questionnaire, ScoredEvaluation, Working, evaluation_working, score_evaluation
from kaaring.survey.models import Participant

AUDITED_AT_ONCE = 500


def counted(edition: Edition) -> QuerySet[Evaluation]:
    """Return the evaluations of an edition that count: approved and not excluded."""
    return Evaluation.objects.filter(enquiry__edition=edition, review=Evaluation.Review.APPROVED, excluded="")


def evaluations_of(edition: Edition) -> QuerySet[Evaluation]:
    """Return all evaluations of an edition, newest first, each with its enquiry, participant and shopper."""
    return (
        Evaluation.objects.filter(enquiry__edition=edition)
        .select_related("enquiry__participant__competition_class", "enquiry__shopper")
        .order_by("-at", "-pk")
    )


class ChannelProgress(NamedTuple):
    """How many of the enquiries planned on a channel have been evaluated."""

    name: Text
    done: int
    planned: int

    @property
    def share(self) -> float:
        return self.done / self.planned if self.planned else 0.0


class Progress(NamedTuple):
    """How far fieldwork has come; ``least`` is the fewest evaluations that any participant has."""

    done: int
    planned: int
    counted: int
    unanswered: int
    participants: int
    least: int | None
    channels: tuple[ChannelProgress, ...]


def progress_of(edition: Edition) -> Progress:
    """Return how far the fieldwork of an edition has come."""
    survey = definition_in_force(edition).survey
    names = {code: channel.name for code, channel in survey.channels.items()} if survey else {}
    by_channel = Enquiry.objects.filter(edition=edition).order_by().values_list("channel")
    rows = {
        channel: (planned, done)
        for channel, planned, done in by_channel.annotate(planned=Count("pk"), done=Count("evaluation"))
    }
    each = Participant.objects.filter(edition=edition).annotate(done=Count("enquiries__evaluation"))
    done_by_participant = list(each.order_by().values_list("done", flat=True))
    sums = Evaluation.objects.filter(enquiry__edition=edition).aggregate(
        unanswered=Count("pk", filter=Q(is_answered=False)),
        counted=Count("pk", filter=Q(review=Evaluation.Review.APPROVED, excluded="")),
    )
    return Progress(
        done=sum(done for _planned, done in rows.values()),
        planned=sum(planned for planned, _done in rows.values()),
        participants=len(done_by_participant),
        least=min(done_by_participant, default=None),
        channels=tuple(
            ChannelProgress(name, rows[code][1], rows[code][0])
            for code, name in names.items()
            if code in rows
        ),
        **sums,
    )


def held_count(edition: Edition) -> int:
    """Return how many evaluations wait for a reviewer."""
    return Evaluation.objects.filter(enquiry__edition=edition, review=Evaluation.Review.HELD).count()


class Filter(NamedTuple):
    """Which evaluations to show; an empty value shows all."""

    participant: str = ""
    channel: str = ""
    review: str = ""
    flag: str = ""


FLAGS: Mapping[str, Mapping[str, object]] = {
    "thin": {"is_thin": True},
    "unanswered": {"is_answered": False},
    "excluded": {"excluded__gt": ""},
}


def evaluations_found(edition: Edition, wanted: Filter) -> QuerySet[Evaluation]:
    """Return the evaluations of an edition that a filter lets through, newest first."""
    found = evaluations_of(edition)
    if wanted.participant:
        found = found.filter(enquiry__participant__code=wanted.participant)
    if wanted.channel:
        found = found.filter(enquiry__channel=wanted.channel)
    if wanted.review:
        found = found.filter(review=wanted.review)
    return found.filter(**FLAGS.get(wanted.flag, {}))


def review_counts(edition: Edition) -> dict[str, int]:
    """Return how many evaluations of an edition are approved, held and rejected."""
    counts = Evaluation.objects.filter(enquiry__edition=edition).order_by().values_list("review")
    return {str(review): 0 for review in Evaluation.Review} | dict(counts.annotate(Count("pk")))


def surroundings_of(edition: Edition) -> Surroundings:
    """Return what shoppers, enquiries and evaluations of an edition are checked against."""
    definition = definition_in_force(edition)
    if definition.survey is None:
        raise Refused(
            "no_questionnaire",
            _("%(edition)s has no questionnaire: its rules hold no survey part.") % {"edition": edition},
        )
    participants = Participant.objects.filter(edition=edition).values_list("code", "pk", "channels")
    return Surroundings(
        timezone=ZoneInfo(edition.timezone),
        channels={code: channel.attempts for code, channel in definition.survey.channels.items()},
        comment_areas=definition.survey.comments,
        questionnaire=questionnaire(definition),
        participants={code: KnownParticipant(key, frozenset(has)) for code, key, has in participants},
        shoppers=dict(Shopper.objects.filter(edition=edition).values_list("code", "pk")),
        enquiries=_enquiries(edition),
    )


def _enquiries(edition: Edition) -> dict[str, KnownEnquiry]:
    known = Enquiry.objects.filter(edition=edition).values_list(
        "code", "pk", "participant__code", "channel", "shopper__code", "evaluation"
    )
    return {
        code: KnownEnquiry(key, participant, channel, shopper or "", evaluation is not None)
        for code, key, participant, channel, shopper, evaluation in known
    }


def scored_again(evaluation: Evaluation, asked: Questionnaire) -> ScoredEvaluation:
    """Return the points of an evaluation as its raw answers give them under a questionnaire."""
    answers = {answer.question.code: answer.value for answer in evaluation.answers.all() if answer.value}
    return score_evaluation(asked, evaluation.enquiry.channel, answers)


def definition_under(evaluation: Evaluation) -> Definition:
    """Return the rules under which an evaluation was made."""
    return definition_of(evaluation.questionnaire.rules)


def working_of(evaluation: Evaluation) -> Working:
    """Return how an evaluation's score comes about; ``texts_in`` has words for its labels."""
    asked = questionnaire(definition_under(evaluation))
    return evaluation_working(asked, scored_again(evaluation, asked))


def texts_in(definition: Definition) -> dict[str, Text]:
    """Return the texts of areas and questions by the labels that a working uses."""
    survey = definition.survey
    if survey is None:
        return {}
    areas: dict[str, Text] = {f"area:{area.code}": area.name for area in survey.areas}
    return areas | {f"question:{question.code}": question.text for question in survey.questions}


class Deviation(NamedTuple):
    """Something stored about an evaluation that its raw answers do not give."""

    enquiry: str
    measure: str
    stored: str
    recomputed: str


def deviations_in(edition: Edition) -> Iterator[Deviation]:
    """Yield everything stored about an edition's evaluations that differs from a recomputation."""
    evaluations = (
        Evaluation.objects.filter(enquiry__edition=edition)
        .select_related("enquiry", "questionnaire__rules__edition__programme")
        .prefetch_related("answers__question", "points")
        .order_by("enquiry__code")
    )
    asked: dict[int, Questionnaire] = {}
    for evaluation in evaluations.iterator(chunk_size=AUDITED_AT_ONCE):
        key = evaluation.questionnaire_id
        if key not in asked:
            asked[key] = questionnaire(definition_under(evaluation))
        stored, recomputed = _stored(evaluation), _recomputed(scored_again(evaluation, asked[key]))
        for measure in sorted(stored.keys() | recomputed.keys()):
            there, expected = stored.get(measure, ""), recomputed.get(measure, "")
            if there != expected:
                yield Deviation(evaluation.enquiry.code, measure, there, expected)


def _stored(evaluation: Evaluation) -> dict[str, str]:
    sums = {
        f"question:{one.question.code}": _sum(one.earned, one.possible) for one in evaluation.answers.all()
    }
    sums |= {one.measure: _sum(one.earned, one.possible) for one in evaluation.points.all()}
    if evaluation.possible is not None:
        sums["total"] = _sum(evaluation.earned, evaluation.possible)
    return sums | {"answered": str(evaluation.is_answered), "thin": str(evaluation.is_thin)}


def _recomputed(scored: ScoredEvaluation) -> dict[str, str]:
    sums = {
        f"question:{answer.code}": _sum(answer.earned, answer.possible)
        for answer in scored.answers
        if answer.value or answer.possible is not None
    }
    sums |= {measure: _sum(earned, possible) for measure, (earned, possible) in scored.points.items()}
    sums |= {f"question:{fault.question}": str(fault.code) for fault in scored.faults}
    return sums | {"answered": str(scored.is_answered), "thin": str(scored.is_thin)}


def _sum(earned: int | None, possible: int | None) -> str:
    return "-" if possible is None else f"{earned}/{possible}"
