"""Published runs, read from their lines; nothing is computed here."""

from fractions import Fraction

from django.db.models import Exists, OuterRef, QuerySet

from kaaring.audit.queries import is_changed_since
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of
from kaaring.results.models import Decision, Line, Mean, Run
from kaaring.results.queries.tables import Band, Means, Row, Standings, in_order
from kaaring.survey.models import Participant


def runs_of(edition: Edition) -> QuerySet[Run]:
    """Return every run of an edition, withdrawn ones too, the newest first."""
    return (
        Run.objects.filter(edition=edition)
        .select_related("rules", "published_by", "withdrawn_by")
        .order_by("-number")
    )


def in_force() -> QuerySet[Run]:
    """Return the runs that count: the newest of each edition, where it is not withdrawn.

    A run that was followed by another does not come back when that one is withdrawn: it had its faults.
    """
    newer = Run.objects.filter(edition=OuterRef("edition"), number__gt=OuterRef("number"))
    return Run.objects.filter(~Exists(newer), withdrawn_at__isnull=True)


def current_run(edition: Edition) -> Run | None:
    """Return the run that counts, None before anything is published and after the last was withdrawn."""
    return in_force().filter(edition=edition).select_related("edition__programme__organiser", "rules").first()


def run_with_entries(edition: Edition) -> Run | None:
    """Return the run in force, if a jury's results stand in it."""
    run = current_run(edition)
    return run if run is not None and run.entry_lines.exists() else None


COUNTED = (
    "evaluation",
    "scorecard",
    "marks_imported",
    "mark_changed",
    "tie_parted",
    "votes",
    "entry_withdrawn",
    "entries_admitted",
    "admission_ended",
)
"""What the codes of happenings begin with that change what counts."""


def is_outdated(run: Run) -> bool:
    """Say whether evaluations or scorecards came, changed or were decided on after the run was published."""
    return is_changed_since(chain_of(run.edition), run.published_at, about=COUNTED)


def lines_in(run: Run, measure: str) -> QuerySet[Line]:
    """Return a run's lines in a measure, without their working."""
    return (
        Line.objects.filter(run=run, measure=measure)
        .select_related("participant__competition_class")
        .defer("working")
        .order_by("pk")
    )


def standings_of(run: Run, measure: str, class_code: str | None = None) -> Standings:
    """Return a run's standings in a measure, over all or in one class, as they were frozen."""
    lines = list(lines_in(run, measure))
    shown = in_order([row_of(line) for line in lines], class_code)
    overall, in_classes = None, {}
    for frozen in Mean.objects.filter(run=run, measure=measure).order_by("pk"):
        if frozen.competition_class_id is None:
            overall = Fraction(frozen.score)
        else:
            in_classes[frozen.competition_class_id] = Fraction(frozen.score)
    in_band = {line.participant_id: line.band if class_code is None else line.class_band for line in lines}
    return Standings(
        run.edition, measure, class_code, shown, overall, in_classes, _bands(shown, in_band, class_code)
    )


def row_of(line: Line) -> Row:
    """Return a frozen line as a row of a table."""
    return Row(
        participant=line.participant,
        score=Fraction(line.score) if line.score else None,
        low=line.low,
        high=line.high,
        enquiries=line.enquiries,
        place=line.place,
        is_shared=line.is_shared,
        class_place=line.class_place,
        class_is_shared=line.class_is_shared,
        why=line.why,
    )


def _bands(rows: list[Row], in_band: dict[int, int | None], class_code: str | None) -> tuple[Band, ...]:
    members: dict[int, list[Row]] = {}
    for row in rows:
        number = in_band[row.participant.pk]
        if number is not None:
            members.setdefault(number, []).append(row)
    return tuple(_band(members[number], class_code) for number in sorted(members))


def _band(rows: list[Row], class_code: str | None) -> Band:
    places = [
        place for row in rows if (place := row.place if class_code is None else row.class_place) is not None
    ]
    return Band(min(places), max(places), frozenset(row.participant.pk for row in rows))


def results_of(run: Run, participant: Participant) -> dict[str, Row]:
    """Return a participant's rows of a run by measure."""
    lines = (
        Line.objects.filter(run=run, participant=participant)
        .select_related("participant__competition_class")
        .defer("working")
        .order_by("pk")
    )
    return {line.measure: row_of(line) for line in lines}


def means_of(run: Run) -> Means:
    """Return a run's means over all and in each class, by measure."""
    everywhere: dict[str, Fraction] = {}
    in_classes: dict[tuple[str, int], Fraction] = {}
    for frozen in Mean.objects.filter(run=run).order_by("pk"):
        if frozen.competition_class_id is None:
            everywhere[frozen.measure] = Fraction(frozen.score)
        else:
            in_classes[frozen.measure, frozen.competition_class_id] = Fraction(frozen.score)
    return Means(everywhere, in_classes)


def decisions_of(run: Run) -> QuerySet[Decision]:
    """Return the decisions a run shows, in the order of the awards and classes."""
    return run.decisions.select_related(
        "award", "competition_class", "participant__competition_class"
    ).order_by("award__position", "competition_class__position", "participant__name")
