"""Exact scores and places: answers to points, points to scores, scores to places.

Pure functions over whole numbers and Fractions; they know no database, no clock and no language.
"""

from kaaring.scoring.answers import Fault as Fault
from kaaring.scoring.answers import FaultCode as FaultCode
from kaaring.scoring.answers import ScoredAnswer as ScoredAnswer
from kaaring.scoring.answers import Why as Why
from kaaring.scoring.evaluation import ScoredEvaluation as ScoredEvaluation
from kaaring.scoring.evaluation import score_evaluation as score_evaluation
from kaaring.scoring.question import NOT_APPLICABLE as NOT_APPLICABLE
from kaaring.scoring.question import Band as Band
from kaaring.scoring.question import Kind as Kind
from kaaring.scoring.question import Option as Option
from kaaring.scoring.question import Question as Question
from kaaring.scoring.questionnaire import Questionnaire as Questionnaire
from kaaring.scoring.questionnaire import Unanswered as Unanswered
