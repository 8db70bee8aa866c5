"""The shape of a definition file: one model per thing it can define. Names are those of the file."""

from kaaring.programmes.definition.schema.awards import Award
from kaaring.programmes.definition.schema.categories import (
    Category,
    CategoryGroup,
    Criterion,
    Division,
    KeyFigure,
)
from kaaring.programmes.definition.schema.definition import Definition
from kaaring.programmes.definition.schema.edition import Edition, Programme, Timeline
from kaaring.programmes.definition.schema.facts import Fact, FactOption, Term
from kaaring.programmes.definition.schema.fees import Fees, Price, Seller
from kaaring.programmes.definition.schema.jury import Combine, Jury, MarkScale, Sees, Shortlist, Stage
from kaaring.programmes.definition.schema.questions import Option, Question
from kaaring.programmes.definition.schema.survey import (
    Allocation,
    Area,
    Channel,
    CompetitionClass,
    Hours,
    Scoring,
    Survey,
    Theme,
)
from kaaring.programmes.definition.schema.values import Span

__all__ = [
    "Allocation",
    "Area",
    "Award",
    "Category",
    "CategoryGroup",
    "Channel",
    "Combine",
    "CompetitionClass",
    "Criterion",
    "Definition",
    "Division",
    "Edition",
    "Fact",
    "FactOption",
    "Fees",
    "Hours",
    "Jury",
    "KeyFigure",
    "MarkScale",
    "Option",
    "Price",
    "Programme",
    "Question",
    "Scoring",
    "Sees",
    "Seller",
    "Shortlist",
    "Span",
    "Stage",
    "Survey",
    "Term",
    "Theme",
    "Timeline",
]
