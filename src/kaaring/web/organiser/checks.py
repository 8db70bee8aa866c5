"""Checks before publishing: what is in order, what is worth a look, and what stops it."""

from typing import NamedTuple


class Check(NamedTuple):
    """One thing to look at before publishing: whether it is in order, in words, and where to see to it."""

    state: str
    sentence: str
    address: str


def needed(count: int, sentence: str, address: str) -> Check:
    """Return the check that there is something; none of it stops."""
    return Check("good" if count else "stop", sentence % {"count": count}, address)


def unwanted(state: str, count: int, good: str, found: str, address: str) -> Check:
    """Return the check that there is none of something: ``good`` says so, ``found`` how many there are."""
    return Check(state, found % {"count": count}, address) if count else Check("good", good, address)
