"""Answers that give no points: who answered first, referrals, feelings, customer-experience metrics."""

from collections.abc import Sequence

from kaaring.jobs.demo import profile
from kaaring.jobs.demo.comments.grammar import Pick
from kaaring.scoring.questionnaire import NOT_APPLICABLE, Kind, Question

FIRST_MET = {
    "phone": ((86, "human"), (96, "voicebot"), (100, "unknown")),
    "chat": ((52, "human"), (97, "chatbot"), (100, "unknown")),
    "messenger": ((66, "human"), (97, "chatbot"), (100, "unknown")),
}
GOOD_FEELINGS = ("glad", "safe", "seen")
FAINT_FEELINGS = ("indifferent", "unsure")


def unscored_answer(question: Question, channel: str, score: float, wait: int, pick: Pick) -> str:
    """Return an answer that goes with the enquiry's score (0-100) and the wait."""
    options = [option.code for option in question.options]
    if question.code == profile.CALL_BACK:
        return _call_back(question, wait, pick)
    if question.code == profile.FIRST_CONTACT:
        draw = pick(100)
        met = next(code for upto, code in FIRST_MET.get(channel, ((100, "human"),)) if draw < upto)
        return met if met in options else options[0]
    if question.code == profile.REFERRED:
        return options[min(_referral(score, pick), len(options) - 1)]
    if question.kind is Kind.MULTIPLE:
        return " ".join(_feelings(options, question.most_options, score, pick))
    if question.kind is Kind.SCALE:
        return _step(question, score, pick)
    return options[0] if options else str(wait)


def _call_back(question: Question, wait: int, pick: Pick) -> str:
    if wait < profile.SHORT_WAIT and question.may_be_not_applicable:
        return NOT_APPLICABLE
    return question.options[0 if pick(100) < 18 else -1].code


def _referral(score: float, pick: Pick) -> int:
    """Return 0 for not referred, 1 for referred besides being helped, 2 for instead of it."""
    draw = pick(100)
    if score < 60:
        return 0 if draw < 40 else 1 if draw < 60 else 2
    return 0 if draw < 62 else 1 if draw < 96 else 2


def _feelings(options: Sequence[str], most: int, score: float, pick: Pick) -> list[str]:
    """Return one to three feelings, in the order of the form."""
    good = [code for code in options if code in GOOD_FEELINGS]
    faint = [code for code in options if code in FAINT_FEELINGS]
    bad = [code for code in options if code not in (*good, *faint)]
    if score >= 80:
        pool, count = good, 1 + pick(3 if score >= 92 else 2)
    elif score >= 62:
        pool, count = [*good[:2], *faint], 1 + pick(2)
    else:
        pool, count = [*faint, *bad], 1 + pick(3)
    left = list(pool or options)
    chosen = [left.pop(pick(len(left))) for _ in range(min(count, most, len(left)))]
    return [code for code in options if code in chosen]


def _step(question: Question, score: float, pick: Pick) -> str:
    steps = int(question.step_count)
    step = round(score / 100 * steps) + (pick(3) - 1)
    return str(question.lowest + min(max(step, 0), steps))
