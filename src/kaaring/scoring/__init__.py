"""Exact scores and places: answers to points, points to scores, scores to places.

Pure functions over whole numbers and Fractions; they know no database, no clock and no language.
"""

from kaaring.scoring.answers import Fault as Fault
from kaaring.scoring.answers import FaultCode as FaultCode
from kaaring.scoring.answers import ScoredAnswer as ScoredAnswer
from kaaring.scoring.answers import Why as Why
from kaaring.scoring.evaluation import ScoredEvaluation as ScoredEvaluation
from kaaring.scoring.evaluation import score_evaluation as score_evaluation
from kaaring.scoring.metrics import METRICS as METRICS
from kaaring.scoring.metrics import customer_effort_score as customer_effort_score
from kaaring.scoring.metrics import customer_satisfaction as customer_satisfaction
from kaaring.scoring.metrics import net_promoter_score as net_promoter_score
from kaaring.scoring.metrics import value_enhancement_score as value_enhancement_score
from kaaring.scoring.question import NOT_APPLICABLE as NOT_APPLICABLE
from kaaring.scoring.question import Band as Band
from kaaring.scoring.question import Kind as Kind
from kaaring.scoring.question import Option as Option
from kaaring.scoring.question import Question as Question
from kaaring.scoring.questionnaire import Questionnaire as Questionnaire
from kaaring.scoring.questionnaire import Unanswered as Unanswered
from kaaring.scoring.standings import EnquiryScore as EnquiryScore
from kaaring.scoring.standings import NoPlace as NoPlace
from kaaring.scoring.standings import ParticipantScore as ParticipantScore
from kaaring.scoring.standings import Place as Place
from kaaring.scoring.standings import Standing as Standing
from kaaring.scoring.standings import Tally as Tally
from kaaring.scoring.standings import mean as mean
from kaaring.scoring.standings import participant_scores as participant_scores
from kaaring.scoring.standings import places as places
from kaaring.scoring.standings import rounded as rounded
from kaaring.scoring.standings import standings as standings
from kaaring.scoring.working import WorkedEnquiry as WorkedEnquiry
from kaaring.scoring.working import Working as Working
from kaaring.scoring.working import evaluation_working as evaluation_working
from kaaring.scoring.working import measure_working as measure_working
from kaaring.scoring.working import participant_working as participant_working
