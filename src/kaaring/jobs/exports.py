"""Everything an organiser owns of an edition, in the formats that are imported."""

from collections.abc import Iterator

from kaaring.entries.queries.importing import submitted_rows, surroundings_of
from kaaring.entries.spreadsheets import entry_cells
from kaaring.fieldwork.models import Enquiry, Evaluation, Shopper
from kaaring.fieldwork.spreadsheets import enquiries as enquiry_sheet
from kaaring.fieldwork.spreadsheets import evaluation_cells, evaluation_columns
from kaaring.fieldwork.spreadsheets import shoppers as shopper_sheet
from kaaring.jury import spreadsheets as juror_sheet
from kaaring.jury.mark_rows import mark_cells, mark_columns
from kaaring.jury.models import Stage
from kaaring.jury.queries.jurors import jurors_of
from kaaring.jury.queries.scorecards import scorecards_that_count
from kaaring.jury.queries.vote_rows import rows_elsewhere, rows_here
from kaaring.kernel.tables import as_csv
from kaaring.programmes.definition import Definition, dump, questionnaire
from kaaring.programmes.models import Edition, Rules
from kaaring.programmes.queries import definition_of
from kaaring.survey import spreadsheets as participant_sheet
from kaaring.survey.queries import participants_of

VOTE_COLUMNS = ("stage", "entry", "votes")


def export_of(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the files of an edition, name and text, in the order in which they are to be taken in.

    Where evaluations were made under earlier versions of the rules, each of these has its own definition and
    evaluations, with the version's number in their names.
    """
    versions = list(Rules.objects.filter(edition=edition).order_by("number"))
    definition = definition_of(versions[-1])
    yield from _version(versions[-1], "definition.yaml", "")
    if definition.survey is not None or definition.jury is None:
        yield from _measured(edition, versions)
    if definition.jury is not None:
        yield from _juried(edition, definition)


def _measured(edition: Edition, versions: list[Rules]) -> Iterator[tuple[str, str]]:
    yield "participants.csv", _participants(edition)
    yield "shoppers.csv", _shoppers(edition)
    yield "enquiries.csv", _enquiries(edition)
    for rules in versions[:-1]:
        if Evaluation.objects.filter(questionnaire__rules=rules).exists():
            yield from _version(rules, f"definition-{rules.number}.yaml", f"evaluations-{rules.number}.csv")
    yield from _version(versions[-1], "", "evaluations.csv")


def _juried(edition: Edition, definition: Definition) -> Iterator[tuple[str, str]]:
    """Yield jurors and entries, the marks of each stage in which some count, and the public's votes.

    Votes that were confirmed here have a file of their own: an import would count them a second time here,
    and elsewhere the two are added up.
    """
    jurors = (juror_sheet.juror_cells(one) for one in jurors_of(edition).order_by("code"))
    yield "jurors.csv", as_csv((*juror_sheet.COLUMNS, *juror_sheet.OPTIONAL), jurors)
    around = surroundings_of(edition)
    yield "entries.csv", as_csv(around.columns, (entry_cells(one, around) for one in submitted_rows(edition)))
    for stage in Stage.objects.filter(edition=edition).order_by("opens_at", "pk"):
        if scorecards_that_count(stage).exists():
            yield f"marks-{stage.code}.csv", _marks(stage, definition)
    for name, votes in (
        ("votes.csv", list(rows_elsewhere(edition))),
        ("votes-here.csv", list(rows_here(edition))),
    ):
        if votes:
            yield name, as_csv(VOTE_COLUMNS, votes)


def _marks(stage: Stage, definition: Definition) -> str:
    columns = mark_columns(definition.categories)
    cards = (
        scorecards_that_count(stage)
        .select_related("assignment__entry", "assignment__juror")
        .prefetch_related("marks")
        .order_by("assignment__entry__code", "assignment__juror__code")
    )
    assert definition.jury is not None
    scale = definition.jury.scale
    return as_csv(columns, (mark_cells(card, columns, scale) for card in cards.iterator(chunk_size=500)))


def _version(rules: Rules, definition_file: str, evaluations_file: str) -> Iterator[tuple[str, str]]:
    definition = definition_of(rules)
    if definition_file:
        yield definition_file, dump(definition)
    if evaluations_file and definition.survey is not None:
        columns = evaluation_columns(questionnaire(definition), definition.survey.comments)
        evaluations = (
            Evaluation.objects.filter(questionnaire__rules=rules)
            .select_related("enquiry__participant", "enquiry__shopper", "enquiry__edition")
            .prefetch_related("answers__question", "comments")
            .order_by("enquiry__code")
        )
        rows = (evaluation_cells(one, columns) for one in evaluations.iterator(chunk_size=500))
        yield evaluations_file, as_csv(columns, rows)


def _participants(edition: Edition) -> str:
    columns = (*participant_sheet.COLUMNS, *participant_sheet.OPTIONAL)
    rows = participants_of(edition).order_by("code")
    return as_csv(columns, (participant_sheet.participant_cells(one) for one in rows))


def _shoppers(edition: Edition) -> str:
    columns = (*shopper_sheet.COLUMNS, *shopper_sheet.OPTIONAL)
    rows = Shopper.objects.filter(edition=edition).prefetch_related("conflicts").order_by("code")
    return as_csv(columns, (shopper_sheet.shopper_cells(one) for one in rows))


def _enquiries(edition: Edition) -> str:
    rows = Enquiry.objects.filter(edition=edition).select_related("participant", "shopper").order_by("code")
    return as_csv(enquiry_sheet.COLUMNS, (enquiry_sheet.enquiry_cells(one) for one in rows))
