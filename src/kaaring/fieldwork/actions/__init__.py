"""Everything that can happen in fieldwork."""

from kaaring.fieldwork.actions.evaluations import submit_evaluations
from kaaring.fieldwork.actions.planning import add_shoppers, plan_enquiries
from kaaring.fieldwork.actions.review import exclude_evaluation, include_evaluation, review_evaluation
from kaaring.fieldwork.spreadsheets import EnquiryRow, EvaluationRow, ShopperRow

__all__ = [
    "EnquiryRow",
    "EvaluationRow",
    "ShopperRow",
    "add_shoppers",
    "exclude_evaluation",
    "include_evaluation",
    "plan_enquiries",
    "review_evaluation",
    "submit_evaluations",
]
