"""The spreadsheets of fieldwork: their columns, their rows, and whether these fit the edition."""

from kaaring.fieldwork.spreadsheets.enquiries import examine_enquiries, read_enquiries
from kaaring.fieldwork.spreadsheets.evaluations import (
    evaluation_cells,
    evaluation_columns,
    read_evaluations,
)
from kaaring.fieldwork.spreadsheets.examining import Examined, examine_evaluations
from kaaring.fieldwork.spreadsheets.rows import EnquiryRow, EvaluationRow, ShopperRow
from kaaring.fieldwork.spreadsheets.shoppers import read_shoppers
from kaaring.fieldwork.spreadsheets.surroundings import KnownEnquiry, KnownParticipant, Surroundings

__all__ = [
    "EnquiryRow",
    "EvaluationRow",
    "Examined",
    "KnownEnquiry",
    "KnownParticipant",
    "ShopperRow",
    "Surroundings",
    "evaluation_cells",
    "evaluation_columns",
    "examine_enquiries",
    "examine_evaluations",
    "read_enquiries",
    "read_evaluations",
    "read_shoppers",
]
