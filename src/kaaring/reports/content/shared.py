"""What the reports of one run share: the lines, means and names they all read."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Max, Min

from kaaring.fieldwork.models import Answer, Evaluation
from kaaring.kernel.text import Text
from kaaring.programmes.definition.schema import Definition, Question, Survey
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_of
from kaaring.reports.content.chapters import Place, Result
from kaaring.results.models import Line, Mean, Run
from kaaring.results.queries.frozen import NOTHING, Basis, bases_of, sent_again_since
from kaaring.results.queries.measures import TOTAL, measures_of
from kaaring.results.queries.runs import decisions_of
from kaaring.survey.models import Participant


@dataclass(frozen=True, slots=True)
class Frozen:
    """A line of the run, its score read."""

    participant: int
    competition_class: int
    measure: str
    score: Fraction | None
    low: float | None
    high: float | None
    enquiries: int
    place: int | None
    is_shared: bool
    class_place: int | None
    class_is_shared: bool
    why: str
    band: int | None
    class_band: int | None


NO_LINE = Frozen(0, 0, "", None, None, None, 0, None, False, None, False, "not_observed", None, None)


@dataclass(frozen=True, slots=True)
class Level:
    """The mean of the participants' scores, and how many have one."""

    score: Fraction
    participants: int


@dataclass(frozen=True, slots=True)
class EditionContent:
    """Everything about a run that does not belong to one participant.

    ``lines`` are by participant and measure: of all participants, or of one class where only that was asked
    for. ``levels`` are by measure and class, None being all. ``bands`` are the first and last place of each
    group over all that cannot be told apart. ``awards`` are by participant. ``bases`` are the enquiries that
    the run counted and left out, by participant; ``sent_again`` are those replaced since. ``earlier`` is the
    newest run of the edition before.
    """

    run: Run
    definition: Definition
    names: Mapping[str, Text]
    lines: Mapping[int, Mapping[str, Frozen]]
    levels: Mapping[tuple[str, int | None], Level]
    best: Mapping[tuple[str, int], Frozen]
    bands: Mapping[int, tuple[int, int]]
    awards: Mapping[int, tuple[Text, ...]]
    chosen: Mapping[str, Mapping[str, Fraction]]
    participants: int
    bases: Mapping[int, Basis]
    sent_again: frozenset[str]
    earlier: Run | None

    @property
    def survey(self) -> Survey:
        """The survey part of the rules: a run has one, or there would be nothing to publish."""
        if self.definition.survey is None:
            raise ValueError(f"{self.run} has no survey")
        return self.definition.survey

    @property
    def is_pooled(self) -> bool:
        """Whether a score is all points earned over all possible, rather than the mean of the enquiries."""
        return self.survey.scoring.participant == "pooled"

    def line(self, participant: Participant, measure: str) -> Frozen:
        """Return a participant's line in a measure; one without a score where the run has none."""
        return self.lines.get(participant.pk, {}).get(measure, NO_LINE)

    def basis(self, participant: Participant) -> Basis:
        """Return the enquiries that the run counted and left out for a participant."""
        return self.bases.get(participant.pk, NOTHING)

    def level(self, measure: str, class_id: int | None = None) -> Fraction | None:
        """Return the mean over all participants, or over those of a class."""
        found = self.levels.get((measure, class_id))
        return found.score if found else None

    def result(self, participant: Participant, measure: str) -> Result:
        """Return the participant in one measure beside its class, all and the best of the class."""
        line = self.line(participant, measure)
        own = participant.competition_class_id
        best = self.best.get((measure, own))
        return Result(
            measure=measure,
            name=self.names.get(measure, {}),
            score=line.score,
            low=line.low,
            high=line.high,
            enquiries=line.enquiries,
            place=Place(line.place, line.is_shared, self._among(measure, None)),
            class_place=Place(line.class_place, line.class_is_shared, self._among(measure, own)),
            why=line.why,
            class_mean=self.level(measure, own),
            mean=self.level(measure),
            best=best.score if best else None,
            is_best=best is not None and best.score == line.score,
        )

    def _among(self, measure: str, class_id: int | None) -> int:
        found = self.levels.get((measure, class_id))
        return found.participants if found else 0


def edition_content(run: Run, *, only_class: int | None = None) -> EditionContent:
    """Read what all reports of a run share; with ``only_class`` no more lines than one report needs."""
    definition = definition_of(run.rules)
    lines = _lines(run, only_class)
    levels = _levels(run)
    asked = [question.code for question in felt(definition.survey)] if definition.survey else []
    bases = bases_of(run, only_class=None if asked else only_class)
    return EditionContent(
        run=run,
        definition=definition,
        names={measure.code: measure.name for measure in measures_of(definition)},
        lines=lines,
        levels=levels,
        best=_best(lines),
        bands=_bands(run),
        awards=_awards(run),
        chosen=_chosen(run.edition, bases.values(), asked) if asked else {},
        participants=levels[TOTAL, None].participants if (TOTAL, None) in levels else 0,
        bases=bases,
        sent_again=sent_again_since(run),
        earlier=_earlier(run),
    )


def _lines(run: Run, only_class: int | None) -> dict[int, dict[str, Frozen]]:
    rows = Line.objects.filter(run=run)
    if only_class is not None:
        rows = rows.filter(participant__competition_class=only_class)
    lines: defaultdict[int, dict[str, Frozen]] = defaultdict(dict)
    for participant, class_id, measure, score, *rest in rows.values_list(
        *("participant", "participant__competition_class", "measure", "score", "low", "high", "enquiries"),
        *("place", "is_shared", "class_place", "class_is_shared", "why", "band", "class_band"),
    ):
        exact = Fraction(score) if score else None
        lines[participant][measure] = Frozen(participant, class_id, measure, exact, *rest)
    return dict(lines)


def _levels(run: Run) -> dict[tuple[str, int | None], Level]:
    rows = Mean.objects.filter(run=run).values_list("measure", "competition_class", "score", "participants")
    return {(measure, class_id): Level(Fraction(score), number) for measure, class_id, score, number in rows}


def _best(lines: Mapping[int, Mapping[str, Frozen]]) -> dict[tuple[str, int], Frozen]:
    best: dict[tuple[str, int], tuple[Fraction, Frozen]] = {}
    for participant in sorted(lines):
        for measure, line in lines[participant].items():
            held = best.get((measure, line.competition_class))
            if line.score is not None and (held is None or line.score > held[0]):
                best[measure, line.competition_class] = (line.score, line)
    return {key: line for key, (_score, line) in best.items()}


def _bands(run: Run) -> dict[int, tuple[int, int]]:
    rows = Line.objects.filter(run=run, measure=TOTAL, band__isnull=False, place__isnull=False)
    return {
        band: (first, last)
        for band, first, last in rows.order_by().values_list("band").annotate(Min("place"), Max("place"))
    }


def _awards(run: Run) -> dict[int, tuple[Text, ...]]:
    won: defaultdict[int, list[Text]] = defaultdict(list)
    for decision in decisions_of(run):
        won[decision.participant_id].append(decision.award.name)
    return {participant: tuple(names) for participant, names in won.items()}


def felt(survey: Survey) -> tuple[Question, ...]:
    """Return the questions without points in which several options may be chosen."""
    return tuple(question for question in survey.questions if question.multiple and not question.scored)


def _chosen(
    edition: Edition, bases: Collection[Basis], asked: Collection[str]
) -> dict[str, dict[str, Fraction]]:
    """Return, per question asked, the share of the answers counted in which each option was chosen."""
    counted = {code for basis in bases for code in basis.counted}
    made = Evaluation.objects.filter(enquiry__edition=edition).order_by().values_list("pk", "enquiry__code")
    rows = (
        Answer.objects.filter(evaluation__enquiry__edition=edition, question__code__in=asked)
        .exclude(evaluation__in=[key for key, code in made if code not in counted])
        .exclude(value="na")
        .order_by()
        .values_list("question__code", "value")
        .annotate(Count("pk"))
    )
    answers: Counter[str] = Counter()
    options: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for question, value, number in rows:
        answers[question] += number
        for option in value.split():
            options[question][option] += number
    return {
        question: {option: Fraction(number, answers[question]) for option, number in counted_options.items()}
        for question, counted_options in options.items()
    }


def _earlier(run: Run) -> Run | None:
    """Return the newest run that counts of the programme's last edition before this one."""
    runs = Run.objects.filter(edition__programme=run.edition.programme_id, withdrawn_at__isnull=True)
    others = runs.exclude(edition=run.edition).select_related("edition", "rules").defer("method")
    begun = _begun(run.edition)
    before = [other for other in others if _begun(other.edition) < begun]
    return max(before, key=lambda other: (_begun(other.edition), other.number), default=None)


def _begun(edition: Edition) -> tuple[str, str]:
    """Return what tells which edition came first: the first day of its fieldwork, then its name."""
    fieldwork = edition.timeline.get("fieldwork") or [""]
    return (str(fieldwork[0]), edition.slug)
