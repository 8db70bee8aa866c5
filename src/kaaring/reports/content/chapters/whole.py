"""The report as a whole."""

from dataclasses import dataclass

from kaaring.reports.content.chapters.conditions import Channels, OverTime, StartToEnd
from kaaring.reports.content.chapters.ground import Method, NextSteps
from kaaring.reports.content.chapters.losses import Lifts, Performances
from kaaring.reports.content.chapters.results import About, Areas, Results, Summary, Themes
from kaaring.reports.content.chapters.voices import Enquiries, Feelings


@dataclass(frozen=True, slots=True)
class ParticipantContent:
    """Everything a participant's report and own pages show, in the order of the chapters."""

    about: About
    summary: Summary
    results: Results
    areas: Areas
    themes: Themes
    performances: Performances
    channels: Channels
    over_time: OverTime
    start_to_end: StartToEnd
    feelings: Feelings
    enquiries: Enquiries
    lifts: Lifts
    method: Method
    next_steps: NextSteps
