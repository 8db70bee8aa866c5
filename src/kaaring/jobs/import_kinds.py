"""What can be imported: the kinds of spreadsheets, their columns, and what was sent before."""

from collections.abc import Callable, Mapping

from django.db.models import Exists, QuerySet

from kaaring.entries import payment_rows as payment_sheet
from kaaring.entries.queries.importing import entry_columns_of
from kaaring.fieldwork import queries as enquiries
from kaaring.fieldwork.spreadsheets import enquiries as enquiry_sheet
from kaaring.fieldwork.spreadsheets import evaluation_columns
from kaaring.fieldwork.spreadsheets import shoppers as shopper_sheet
from kaaring.jobs.models import Job
from kaaring.jury import spreadsheets as juror_sheet
from kaaring.jury import vote_rows as vote_sheet
from kaaring.jury.queries.mark_rows import mark_columns_of
from kaaring.jury.queries.votes import public_votes_of
from kaaring.programmes.models import Edition
from kaaring.survey import spreadsheets as participant_sheet

MEASURED = ("participants", "shoppers", "enquiries", "evaluations")
JURIED = ("jurors", "entries", "marks", "votes", "payments")
VOTES = "votes"
KINDS = (*MEASURED, *JURIED)


def kinds_of(edition: Edition) -> tuple[str, ...]:
    """Return the kinds of spreadsheets that an edition takes: what is measured, what is juried, or both."""
    parts = Exists(edition.categories.all()), Exists(edition.classes.all())
    is_juried, has_classes = Edition.objects.values_list(*parts).get(pk=edition.pk)
    is_measured = has_classes or not is_juried
    juried: tuple[str, ...] = JURIED if is_juried else ()
    if is_juried and not public_votes_of(edition):
        juried = tuple(kind for kind in JURIED if kind != VOTES)
    return (*(MEASURED if is_measured else ()), *juried)


def columns_of(kind: str, edition: Edition) -> tuple[str, ...]:
    """Return the columns that a spreadsheet of this kind has in this edition, the required ones first."""
    return _COLUMNS[kind](edition)


def _evaluation_columns(edition: Edition) -> tuple[str, ...]:
    around = enquiries.surroundings_of(edition)
    return evaluation_columns(around.questionnaire, around.comment_areas)


_COLUMNS: Mapping[str, Callable[[Edition], tuple[str, ...]]] = {
    "participants": lambda _edition: (*participant_sheet.COLUMNS, *participant_sheet.OPTIONAL),
    "shoppers": lambda _edition: (*shopper_sheet.COLUMNS, *shopper_sheet.OPTIONAL),
    "enquiries": lambda _edition: enquiry_sheet.COLUMNS,
    "evaluations": _evaluation_columns,
    "jurors": lambda _edition: (*juror_sheet.COLUMNS, *juror_sheet.OPTIONAL),
    "entries": entry_columns_of,
    "marks": mark_columns_of,
    VOTES: lambda _edition: (*vote_sheet.COLUMNS, *vote_sheet.OPTIONAL),
    "payments": lambda _edition: (*payment_sheet.COLUMNS, *payment_sheet.OPTIONAL),
}


def imports_of(edition: Edition) -> QuerySet[Job]:
    """Return the imports that were asked for on pages, newest first, with those who asked."""
    return Job.objects.filter(edition=edition, kind=Job.Kind.IMPORT).select_related("asked_by")
