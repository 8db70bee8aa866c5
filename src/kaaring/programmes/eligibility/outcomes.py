"""Met, not met, or not to be told yet: logic with three values (Kleene 1938)."""

from collections.abc import Iterable
from enum import StrEnum


class Outcome(StrEnum):
    """What a rule says of what is known."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"


def of(is_met: bool) -> Outcome:
    """Return the outcome of something that is known."""
    return Outcome.MET if is_met else Outcome.NOT_MET


def all_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Return whether all are met: one that is not decides, else one that cannot be told leaves it open.

    >>> all_of([Outcome.CANNOT_TELL, Outcome.NOT_MET]), all_of([])
    (<Outcome.NOT_MET: 'not_met'>, <Outcome.MET: 'met'>)
    """
    found = set(outcomes)
    if Outcome.NOT_MET in found:
        return Outcome.NOT_MET
    return Outcome.CANNOT_TELL if Outcome.CANNOT_TELL in found else Outcome.MET


def any_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Return whether one is met: one that is decides, else one that cannot be told leaves it open.

    >>> any_of([Outcome.CANNOT_TELL, Outcome.MET]), any_of([])
    (<Outcome.MET: 'met'>, <Outcome.NOT_MET: 'not_met'>)
    """
    return opposite(all_of(opposite(outcome) for outcome in outcomes))


def opposite(outcome: Outcome) -> Outcome:
    """Return the outcome of the contrary; what cannot be told cannot be told either way.

    >>> opposite(Outcome.CANNOT_TELL)
    <Outcome.CANNOT_TELL: 'cannot_tell'>
    """
    if outcome is Outcome.CANNOT_TELL:
        return outcome
    return Outcome.NOT_MET if outcome is Outcome.MET else Outcome.MET
