"""Many evaluations at once: answers as columns of small whole numbers, scored to every measure exactly.

The same answer keys mark the answers as in ``score_evaluation``, once for each answer that occurs, and
NumPy's whole numbers add them up. An evaluation's answers are taken as they are: what is at fault is left
out here as there, and which evaluations count is the caller's decision.
"""

from kaaring.scoring.block.answers import AnswerBlock as AnswerBlock
from kaaring.scoring.block.answers import as_block as as_block
from kaaring.scoring.block.scores import BlockScores as BlockScores
from kaaring.scoring.block.scores import MeasureScores as MeasureScores
from kaaring.scoring.block.scores import score_block as score_block
