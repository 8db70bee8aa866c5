"""Jurors, panels, stages, recusals, assignments, scorecards and meetings."""

from kaaring.jury.models.jurors import Juror as Juror
from kaaring.jury.models.jurors import Panel as Panel
from kaaring.jury.models.jurors import Recusal as Recusal
from kaaring.jury.models.meetings import Attendance as Attendance
from kaaring.jury.models.meetings import Meeting as Meeting
from kaaring.jury.models.meetings import Minute as Minute
from kaaring.jury.models.scorecards import Mark as Mark
from kaaring.jury.models.scorecards import Query as Query
from kaaring.jury.models.scorecards import Reopening as Reopening
from kaaring.jury.models.scorecards import Scorecard as Scorecard
from kaaring.jury.models.stages import Admission as Admission
from kaaring.jury.models.stages import Assignment as Assignment
from kaaring.jury.models.stages import Stage as Stage
from kaaring.jury.models.votes import Ballot as Ballot
from kaaring.jury.models.votes import Vote as Vote
