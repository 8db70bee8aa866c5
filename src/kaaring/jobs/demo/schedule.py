"""When whom is contacted, on which channel and by whom: spread as evenly as it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise

import numpy as np

from kaaring.jobs.demo.roster import Centre

NORWEGIAN_WINTER_TIME = timezone(timedelta(hours=1))
"""Both editions lie between the changes of the clock."""

OPENS_AT = 9 * 60
LAST_START = 14 * 60 + 50
LAST_EMAIL = 11 * 60 + 50

SCENARIOS = ("interested", "which-of-two", "switching", "for-acquaintance")


@dataclass(frozen=True)
class Contact:
    """One planned enquiry: the participant's position, the channel, the day and minute, and the shopper."""

    participant: int
    channel: str
    day: date
    minute: int
    shopper: int
    scenario: str

    @property
    def at(self) -> datetime:
        start = datetime(self.day.year, self.day.month, self.day.day, tzinfo=NORWEGIAN_WINTER_TIME)
        return start + timedelta(minutes=self.minute)

    @property
    def week(self) -> tuple[date, date]:
        """Monday and Friday of the week in which the enquiry is to be made."""
        monday = self.day - timedelta(days=self.day.weekday())
        return monday, monday + timedelta(days=4)


def spread_days(days: Sequence[date], count: int, rng: np.random.Generator) -> list[date]:
    """Draw one day in each of ``count`` equal stretches, so that no day is drawn twice.

    Needs at least as many days as are to be drawn.
    """
    edges = [position * len(days) // count for position in range(count + 1)]
    return [days[first + int(rng.integers(after - first))] for first, after in pairwise(edges)]


def channels_in_turn(measured: Mapping[str, int], rng: np.random.Generator) -> list[str]:
    """Order a centre's channels so that each comes at even distances, from a drawn start."""
    total = sum(measured.values())
    credit = {channel: int(rng.integers(total)) for channel in measured}
    left = dict(measured)
    order: list[str] = []
    for _ in range(total):
        for channel, count in measured.items():
            credit[channel] += count
        channel = max((each for each in left if left[each]), key=lambda each: credit[each])
        credit[channel] -= total
        left[channel] -= 1
        order.append(channel)
    return order


def minute_of(channel: str, rng: np.random.Generator) -> int:
    """Draw the minute of the day; e-mail is sent before noon."""
    return int(rng.integers(OPENS_AT, LAST_EMAIL if channel == "email" else LAST_START))


def contacts_of(
    centres: Sequence[Centre], days: Sequence[Sequence[date]], shopper_count: int, rng: np.random.Generator
) -> list[Contact]:
    """Return every centre's contacts on its days; a shopper meets a centre once."""
    contacts: list[Contact] = []
    for position, centre in enumerate(centres):
        channels = channels_in_turn(centre.measured, rng)
        who = rng.permutation(shopper_count)[: len(channels)].tolist()
        first_scenario = int(rng.integers(len(SCENARIOS)))
        for turn, (channel, day) in enumerate(zip(channels, days[position], strict=True)):
            scenario = SCENARIOS[(first_scenario + turn) % len(SCENARIOS)]
            contacts.append(
                Contact(position, channel, day, minute_of(channel, rng), int(who[turn]), scenario)
            )
    return sorted(contacts, key=lambda contact: (contact.day, contact.minute, contact.participant))
