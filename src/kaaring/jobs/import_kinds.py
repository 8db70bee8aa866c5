"""What can be imported: the kinds of spreadsheets, their columns, and what was sent before."""

from django.db.models import QuerySet

from kaaring.fieldwork import queries as enquiries
from kaaring.fieldwork.spreadsheets import enquiries as enquiry_sheet
from kaaring.fieldwork.spreadsheets import evaluation_columns
from kaaring.fieldwork.spreadsheets import shoppers as shopper_sheet
from kaaring.jobs.models import Job
from kaaring.jury import spreadsheets as juror_sheet
from kaaring.jury.queries.mark_rows import mark_columns_of
from kaaring.programmes.models import Edition
from kaaring.survey import spreadsheets as participant_sheet

KINDS = ("participants", "shoppers", "enquiries", "evaluations", "jurors", "marks")


def columns_of(kind: str, edition: Edition) -> tuple[str, ...]:
    """Return the columns that a spreadsheet of this kind has in this edition, the required ones first."""
    if kind == "participants":
        return (*participant_sheet.COLUMNS, *participant_sheet.OPTIONAL)
    if kind == "shoppers":
        return (*shopper_sheet.COLUMNS, *shopper_sheet.OPTIONAL)
    if kind == "enquiries":
        return enquiry_sheet.COLUMNS
    if kind == "jurors":
        return (*juror_sheet.COLUMNS, *juror_sheet.OPTIONAL)
    if kind == "marks":
        return mark_columns_of(edition)
    around = enquiries.surroundings_of(edition)
    return evaluation_columns(around.questionnaire, around.comment_areas)


def imports_of(edition: Edition) -> QuerySet[Job]:
    """Return the imports that were asked for on pages, newest first, with those who asked."""
    return Job.objects.filter(edition=edition, kind=Job.Kind.IMPORT).select_related("asked_by")
