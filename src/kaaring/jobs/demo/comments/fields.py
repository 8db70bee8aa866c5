"""The three comment fields of one evaluation."""

from collections.abc import Mapping

from kaaring.jobs.demo.comments.agent import AGENT
from kaaring.jobs.demo.comments.grammar import Pick, Topic, compose
from kaaring.jobs.demo.comments.overall import NO_ANSWER, OVERALL
from kaaring.jobs.demo.comments.welcome import WELCOME

TOPICS: Mapping[str, tuple[Topic, int]] = {
    "welcome": (WELCOME, 62),
    "agent": (AGENT, 78),
    "overall": (OVERALL, 86),
}
"""What each field is about, and how many in a hundred evaluations have something in it."""


def comment(
    area: str, channel: str, shares: Mapping[str, float], score: float | None, pick: Pick, *, pronoun: str
) -> str:
    """Return what stands in one area's field, often nothing. ``score`` is None when nobody answered."""
    if score is None:
        return _no_answer(channel, pick) if area == "overall" else ""
    topic, filled = TOPICS.get(area, (OVERALL, 0))
    if pick(100) >= filled:
        return ""
    return compose(topic, channel, shares, score, pick, pronoun=pronoun)


def _no_answer(channel: str, pick: Pick) -> str:
    texts = NO_ANSWER.get(channel, ())
    return texts[pick(len(texts))] if texts and pick(100) < 85 else ""
