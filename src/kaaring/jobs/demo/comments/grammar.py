"""How a comment is put together from clauses that fit the ticks beside it.

A clause begins with its subject and carries no full stop, so that two of them join with «og» or «men» and
still read as Norwegian: «kundebehandleren hilste hyggelig, men jeg fikk ikke vite hva hun het». ``{k}``
stands for the agent: first «kundebehandleren», after that «hun» or «han». Agents and shoppers are never
named.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

PHONE, EMAIL, CHAT, MESSENGER = "phone", "email", "chat", "messenger"
SPOKEN = (PHONE,)
WRITTEN = (EMAIL, CHAT, MESSENGER)
LIVE = (PHONE, CHAT, MESSENGER)
TYPED_LIVE = (CHAT, MESSENGER)
EVERYWHERE = (PHONE, EMAIL, CHAT, MESSENGER)

Pick = Callable[[int], int]
"""Draw a whole number from 0 up to, not including, the given one."""


class Tone(StrEnum):
    """How the shopper looks back on one area of the dialogue."""

    GLOWING = "glowing"
    GOOD = "good"
    MIXED = "mixed"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Clause:
    """What may be said when a question was answered well (or badly) on one of the channels."""

    question: str
    is_praise: bool
    channels: tuple[str, ...]
    texts: tuple[str, ...]

    def fits(self, channel: str, shares: Mapping[str, float]) -> bool:
        """Say whether the tick supports the clause: top marks to praise, the lower half to criticise."""
        share = shares.get(self.question)
        if share is None or channel not in self.channels:
            return False
        return share >= 0.99 if self.is_praise else share <= 0.41


@dataclass(frozen=True, slots=True)
class Remark:
    """A whole sentence about an area as such."""

    tone: Tone
    channels: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Everything that can be said about one area."""

    clauses: tuple[Clause, ...]
    remarks: tuple[Remark, ...]


def praise(question: str, *texts: str, on: tuple[str, ...] = EVERYWHERE) -> Clause:
    return Clause(question, True, on, texts)


def criticism(question: str, *texts: str, on: tuple[str, ...] = EVERYWHERE) -> Clause:
    return Clause(question, False, on, texts)


def tone_of(score: float) -> Tone:
    """Return the tone that goes with an area score on 0-100."""
    if score >= 92:
        return Tone.GLOWING
    if score >= 76:
        return Tone.GOOD
    return Tone.MIXED if score >= 55 else Tone.WEAK


PRONOUNS = ("hun", "han")


def compose(
    topic: Topic, channel: str, shares: Mapping[str, float], score: float, pick: Pick, *, pronoun: str
) -> str:
    """Return one comment: sometimes a remark, then one to three clauses that the ticks support."""
    tone = tone_of(score)
    clauses = _chosen_clauses(topic, channel, shares, tone, pick)
    remark = _chosen_remark(topic, channel, tone, pick) if not clauses or pick(5) < 3 else ""
    sentences = _sentences(clauses, pick)
    parts = [*sentences, remark] if pick(3) == 0 else [remark, *sentences]
    return with_agent(" ".join(part for part in parts if part), pronoun)


def with_agent(text: str, pronoun: str) -> str:
    """Name the agent by role once, then by pronoun; begin every sentence with a capital."""
    text = text.replace("{k}", "kundebehandleren", 1).replace("{k}", pronoun)
    sentences = [sentence[:1].upper() + sentence[1:] for sentence in text.split(". ")]
    return ". ".join(sentences)


def _chosen_clauses(
    topic: Topic, channel: str, shares: Mapping[str, float], tone: Tone, pick: Pick
) -> list[tuple[bool, str]]:
    fitting = [clause for clause in topic.clauses if clause.fits(channel, shares)]
    praising = [clause for clause in fitting if clause.is_praise]
    critical = [clause for clause in fitting if not clause.is_praise]
    wanted = {
        Tone.GLOWING: (2 + pick(2), 0),
        Tone.GOOD: (1 + pick(2), pick(2)),
        Tone.MIXED: (1, 1 + pick(2)),
        Tone.WEAK: (pick(4) // 3, 1 + pick(2)),
    }[tone]
    chosen = _some(praising, wanted[0], pick) + _some(critical, wanted[1], pick)
    if tone in (Tone.MIXED, Tone.WEAK) and pick(2):
        chosen.reverse()
    return [(clause.is_praise, clause.texts[pick(len(clause.texts))]) for clause in chosen]


def _some(clauses: Sequence[Clause], count: int, pick: Pick) -> list[Clause]:
    """Draw clauses about different questions and keep them in the order of the dialogue."""
    left = list(range(len(clauses)))
    drawn: list[int] = []
    while left and len(drawn) < count:
        index = left.pop(pick(len(left)))
        drawn.append(index)
        left = [other for other in left if clauses[other].question != clauses[index].question]
    return [clauses[index] for index in sorted(drawn)]


def _chosen_remark(topic: Topic, channel: str, tone: Tone, pick: Pick) -> str:
    texts = [
        text
        for remark in topic.remarks
        if remark.tone is tone and channel in remark.channels
        for text in remark.texts
    ]
    return texts[pick(len(texts))] if texts else ""


def _sentences(clauses: Sequence[tuple[bool, str]], pick: Pick) -> list[str]:
    """Join neighbours: «og» between two of a kind, «men» where praise meets criticism."""
    sentences: list[str] = []
    position = 0
    while position < len(clauses):
        is_praise, text = clauses[position]
        following = clauses[position + 1] if position + 1 < len(clauses) else None
        if following is not None and (following[0] != is_praise or pick(2)):
            joint = ", og " if following[0] == is_praise else ", men "
            text = text + joint + following[1]
            position += 1
        sentences.append(text + ".")
        position += 1
    return sentences
