"""Juried awards: marks to jurors' scores, jurors' scores to an entry's score, scores to places.

Pure functions over whole numbers and Fractions; they know no database, no clock and no language. Scores
run from 0 to 100.
"""

from kaaring.scoring.juried.combining import Combined as Combined
from kaaring.scoring.juried.combining import Method as Method
from kaaring.scoring.juried.combining import NoScore as NoScore
from kaaring.scoring.juried.combining import combine as combine
from kaaring.scoring.juried.contest import Line as Line
from kaaring.scoring.juried.contest import Recipe as Recipe
from kaaring.scoring.juried.contest import Scorecard as Scorecard
from kaaring.scoring.juried.contest import contest as contest
from kaaring.scoring.juried.quartiles import LEAST as LEAST
from kaaring.scoring.juried.quartiles import Quartiles as Quartiles
from kaaring.scoring.juried.quartiles import quarter_of as quarter_of
from kaaring.scoring.juried.quartiles import quartiles as quartiles
from kaaring.scoring.juried.rankings import Ranking as Ranking
from kaaring.scoring.juried.rankings import Schulze as Schulze
from kaaring.scoring.juried.rankings import borda as borda
from kaaring.scoring.juried.rankings import in_order as in_order
from kaaring.scoring.juried.rankings import schulze as schulze
from kaaring.scoring.juried.recounts import Recount as Recount
from kaaring.scoring.juried.recounts import marks_recounted as marks_recounted
from kaaring.scoring.juried.recounts import points_recounted as points_recounted
from kaaring.scoring.juried.recounts import rankings_recounted as rankings_recounted
from kaaring.scoring.juried.recounts import variants_of_blend as variants_of_blend
from kaaring.scoring.juried.recounts import variants_of_points as variants_of_points
from kaaring.scoring.juried.recounts import variants_of_rankings as variants_of_rankings
from kaaring.scoring.juried.scorecard import Criterion as Criterion
from kaaring.scoring.juried.scorecard import Discretion as Discretion
from kaaring.scoring.juried.scorecard import JurorScore as JurorScore
from kaaring.scoring.juried.scorecard import Mark as Mark
from kaaring.scoring.juried.scorecard import Scale as Scale
from kaaring.scoring.juried.scorecard import WorkedMark as WorkedMark
from kaaring.scoring.juried.scorecard import juror_score as juror_score
from kaaring.scoring.juried.shortlist import AtCut as AtCut
from kaaring.scoring.juried.shortlist import Listed as Listed
from kaaring.scoring.juried.shortlist import Reason as Reason
from kaaring.scoring.juried.shortlist import Shortlist as Shortlist
from kaaring.scoring.juried.shortlist import ShortlistRule as ShortlistRule
from kaaring.scoring.juried.shortlist import shortlist as shortlist
from kaaring.scoring.juried.tallied import Count as Count
from kaaring.scoring.juried.tallied import Tallied as Tallied
from kaaring.scoring.juried.tallied import TieBreakers as TieBreakers
from kaaring.scoring.juried.transferable import Happening as Happening
from kaaring.scoring.juried.transferable import Parter as Parter
from kaaring.scoring.juried.transferable import Parting as Parting
from kaaring.scoring.juried.transferable import Stage as Stage
from kaaring.scoring.juried.transferable import TransferableCount as TransferableCount
from kaaring.scoring.juried.transferable import single_transferable_vote as single_transferable_vote
from kaaring.scoring.juried.variants import OtherWinner as OtherWinner
from kaaring.scoring.juried.variants import Reading as Reading
from kaaring.scoring.juried.variants import Steadiness as Steadiness
from kaaring.scoring.juried.variants import Variants as Variants
from kaaring.scoring.juried.variants import variants as variants
from kaaring.scoring.juried.votes import Blended as Blended
from kaaring.scoring.juried.votes import Part as Part
from kaaring.scoring.juried.votes import PassFail as PassFail
from kaaring.scoring.juried.votes import blend as blend
from kaaring.scoring.juried.votes import pass_fail as pass_fail
from kaaring.scoring.juried.votes import points as points
from kaaring.scoring.juried.votes import public_vote as public_vote
