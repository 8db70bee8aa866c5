"""The spreadsheet of evaluations: one row an enquiry, one column a question."""

from collections.abc import Sequence

from kaaring.fieldwork.models import Evaluation
from kaaring.fieldwork.spreadsheets.rows import EvaluationRow
from kaaring.fieldwork.spreadsheets.surroundings import Surroundings
from kaaring.kernel.figures import local
from kaaring.kernel.tables import Cells, Fault, Row, Table, as_plain_number
from kaaring.scoring import Kind, Questionnaire

COLUMNS = ("enquiry", "participant", "channel", "shopper", "at", "attempts", "status")
EXCLUDED = "excluded"
COMMENT = "comment_"
LONGEST_COMMENT = 10_000


def evaluation_columns(questionnaire: Questionnaire, comment_areas: Sequence[str]) -> tuple[str, ...]:
    """Return every column that a spreadsheet of this questionnaire can have, in order."""
    questions = [question.code for question in questionnaire.questions]
    return (*COLUMNS, *questions, *(COMMENT + area for area in comment_areas), EXCLUDED)


def read_evaluations(table: Table, around: Surroundings) -> tuple[list[EvaluationRow], list[Fault]]:
    """Return the rows of the spreadsheet and what is wrong with their shape.

    Whether the answers fit the questionnaire, and the rows the edition, is examined afterwards.
    """
    questions = [question.code for question in around.questionnaire.questions]
    comments = [COMMENT + area for area in around.comment_areas]
    cells = Cells(table, required=(*COLUMNS, *questions), optional=(*comments, EXCLUDED))
    answers = _Answers(table, around.questionnaire)
    seen: dict[str, int] = {}
    rows = []
    for row in cells.rows():
        rows.append(_read(cells, row, answers, around))
        cells.once("enquiry", rows[-1].enquiry, seen)
    return rows, cells.faults


def _read(cells: Cells, row: Row, answers: "_Answers", around: Surroundings) -> EvaluationRow:
    status = cells.text("status") or str(Evaluation.Review.APPROVED)
    cells.one_of("status", status, Evaluation.Review.values)
    cells.required("attempts")
    return EvaluationRow(
        enquiry=cells.required("enquiry", longest=60),
        participant=cells.text("participant"),
        channel=cells.text("channel"),
        at=cells.moment("at", around.timezone),
        attempts=cells.whole_number("attempts", least=1) or 1,
        shopper=cells.text("shopper"),
        status=status,
        answers=answers.of(row),
        comments=_comments(cells, around.comment_areas),
        excluded=cells.text(EXCLUDED),
        row=row.number,
    )


def _comments(cells: Cells, areas: Sequence[str]) -> dict[str, str]:
    written = ((area, cells.text(COMMENT + area, longest=LONGEST_COMMENT)) for area in areas)
    return {area: text for area, text in written if text}


class _Answers:
    """Picks the answers out of a row, each in its canonical spelling."""

    def __init__(self, table: Table, questionnaire: Questionnaire) -> None:
        where = {column: position for position, column in enumerate(table.columns)}
        numbers = (Kind.SCALE, Kind.MEASURED)
        self._questions = [
            (where[question.code], question.code, question.kind in numbers)
            for question in questionnaire.questions
            if question.code in where
        ]

    def of(self, row: Row) -> dict[str, str]:
        """Return the answers given in a row."""
        cells = row.cells
        return {
            code: as_plain_number(text) if is_number and len(text) > 1 else text
            for position, code, is_number in self._questions
            if (text := cells[position])
        }


def evaluation_cells(evaluation: Evaluation, columns: Sequence[str]) -> tuple[str, ...]:
    """Return an evaluation as the cells it is read from, with the time on its edition's clock."""
    enquiry = evaluation.enquiry
    cells = {
        "enquiry": enquiry.code,
        "participant": enquiry.participant.code,
        "channel": enquiry.channel,
        "shopper": enquiry.shopper.code if enquiry.shopper else "",
        "at": local(evaluation.at, enquiry.edition.timezone).isoformat(),
        "attempts": str(evaluation.attempts),
        "status": evaluation.review,
        EXCLUDED: evaluation.excluded,
    }
    cells |= {answer.question.code: answer.value for answer in evaluation.answers.all()}
    cells |= {COMMENT + comment.area: comment.text for comment in evaluation.comments.all()}
    return tuple(cells.get(column, "") for column in columns)
