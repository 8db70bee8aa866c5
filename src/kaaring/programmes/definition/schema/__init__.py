"""The shape of a definition file: one model per thing it can define. Names are those of the file."""

from kaaring.programmes.definition.schema.awards import Award
from kaaring.programmes.definition.schema.categories import Category, CategoryGroup, Criterion
from kaaring.programmes.definition.schema.definition import Definition
from kaaring.programmes.definition.schema.edition import Edition, Programme, Timeline
from kaaring.programmes.definition.schema.jury import Combine, Jury, MarkScale, Stage
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
    "Edition",
    "Hours",
    "Jury",
    "MarkScale",
    "Option",
    "Programme",
    "Question",
    "Scoring",
    "Span",
    "Stage",
    "Survey",
    "Theme",
    "Timeline",
]
