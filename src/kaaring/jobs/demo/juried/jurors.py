"""Jurors as they differ: some strict, some lenient, most near the middle."""

from collections.abc import Sequence
from typing import NamedTuple

from kaaring.jobs.demo.dice import Dice
from kaaring.jobs.demo.juried.plans import JurorPlan

STRICT, LENIENT = -1.7, 1.5
"""Marks by which the strictest and the most lenient jurors differ from the middle."""


class Seat(NamedTuple):
    """Somebody in a panel, and perhaps in another ``also``, without whom panels could not be compared."""

    name: str
    organisation: str
    panel: str
    severity: float | None = None
    is_chair: bool = False
    account: str = ""
    also: str = ""


def jurors_of(seats: Sequence[Seat], dice: Dice, mailboxes: Sequence[str]) -> list[JurorPlan]:
    """Return the jurors of these seats with codes, addresses (one each) and how strict they are."""
    return [
        JurorPlan(
            code=f"J{number:02}",
            name=seat.name,
            email=mailbox,
            organisation=seat.organisation,
            severity=(dice(90) - 45) / 100 if seat.severity is None else seat.severity,
            panels=(seat.panel, seat.also) if seat.also else (seat.panel,),
            is_chair=seat.is_chair,
            account=seat.account,
        )
        for number, (seat, mailbox) in enumerate(zip(seats, mailboxes, strict=True), 1)
    ]
