"""The participants with their class and channels, and the shoppers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kaaring.jobs.demo import names

OPEN_CHANNELS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (62, ("phone", "email", "chat")),
    (72, ("phone", "email", "chat", "messenger")),
    (84, ("phone", "email", "messenger")),
    (96, ("phone", "email")),
    (100, ("phone", "chat")),
)
"""Out of a hundred centres, up to which number have which channels."""


@dataclass(frozen=True)
class Centre:
    """One participant. ``measured`` are the open channels that enquiries are made on, with their number."""

    code: str
    name: str
    class_code: str
    channels: tuple[str, ...]
    measured: Mapping[str, int]

    def row(self) -> dict[str, str]:
        """Return the line of the ``participants`` spreadsheet; its numbers and addresses cannot exist."""
        number = sum(ord(letter) * (place + 1) for place, letter in enumerate(self.code)) % 10_000
        host = f"{self.code}.example"
        is_typed = "chat" in self.channels or "messenger" in self.channels
        return {
            "participant": self.code,
            "name": self.name,
            "class": self.class_code,
            "channels": " ".join(self.channels),
            "name_en": names.ENGLISH_NAMES.get(self.name, ""),
            "phone": f"+47 00 00 {number // 100:02d} {number % 100:02d}" if "phone" in self.channels else "",
            "email": f"kundeservice@{host}" if "email" in self.channels else "",
            "chat_url": f"https://{host}/chat" if is_typed else "",
        }


def code_of(name: str) -> str:
    """Return a name as a code.

    >>> code_of("Sparebanken Møre")
    'sparebanken-more'
    """
    plain = name.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return "-".join("".join(letter if letter.isalnum() else " " for letter in plain).split())


def shared_out(key: Mapping[str, int], count: int) -> dict[str, int]:
    """Share a number of enquiries out by the key; the largest remainders get what is left.

    >>> shared_out({"phone": 13, "email": 6}, 25)
    {'phone': 17, 'email': 8}
    """
    total = sum(key.values())
    shares = {channel: count * weight // total for channel, weight in key.items()}
    by_remainder = sorted(key, key=lambda channel: -(count * key[channel] % total))
    for channel in by_remainder[: count - sum(shares.values())]:
        shares[channel] += 1
    return shares


def measured_on(
    channels: Sequence[str], key: Mapping[str, int], stands_in: Mapping[str, str], count: int
) -> dict[str, int]:
    """Return the enquiries per channel: the key re-applied to the channels a centre has.

    ``stands_in`` names the channel whose part another takes where the first is missing: Messenger for chat.
    """
    part = {
        channel: key.get(channel, key.get(stands_in.get(channel, ""), 0))
        for channel in channels
        if stands_in.get(channel) not in channels
    }
    return shared_out({channel: weight for channel, weight in part.items() if weight}, count)


def centres_of(
    named: Sequence[tuple[str, str]],
    key: Mapping[str, int],
    stands_in: Mapping[str, str],
    count: int,
    rng: np.random.Generator,
) -> tuple[Centre, ...]:
    """Return the participants for pairs of class and name."""
    centres: list[Centre] = []
    for class_code, name in named:
        draw = int(rng.integers(100))
        channels = next(channels for upto, channels in OPEN_CHANNELS if draw < upto)
        measured = measured_on(channels, key, stands_in, count)
        centres.append(Centre(code_of(name), name, class_code, channels, measured))
    return tuple(centres)


def named_2021() -> list[tuple[str, str]]:
    """Return class and name of the 156: the half-way leader first in each class, NAV second in its own."""
    named: list[tuple[str, str]] = []
    for class_code, size in names.SIZES_2021.items():
        real = [names.LEADERS_2021[class_code]]
        if class_code == "public-services":
            real.append(names.NAV)
        in_class = [*real, *names.INVENTED[class_code]][:size]
        named.extend((class_code, name) for name in in_class)
    return named


def named_2020() -> list[tuple[str, str]]:
    """Return class and name of the 181, all of them invented."""
    return [
        (class_code, name)
        for class_code, size in names.SIZES_2020.items()
        for name in names.INVENTED[class_code][:size]
    ]


_FIRST = (
    "Ane",
    "Berit",
    "Camilla",
    "Dagny",
    "Eirin",
    "Frida",
    "Gunn",
    "Hilde",
    "Ida",
    "Jorunn",
    "Arne",
    "Børge",
    "Christian",
    "Didrik",
    "Eskil",
    "Fredrik",
    "Geir",
    "Halvor",
    "Ivar",
    "Jonas",
)
_LAST = ("Eksempelstad", "Prøvehaug", "Mønsterli", "Skissevik", "Utkastnes")


def shoppers(count: int) -> list[dict[str, str]]:
    """Return invented shoppers, recognisably so, with addresses that cannot receive mail."""
    rows: list[dict[str, str]] = []
    for number in range(count):
        name = f"{_FIRST[number % len(_FIRST)]} {_LAST[number // len(_FIRST) % len(_LAST)]}"
        mailbox = code_of(name).replace("-", ".")
        rows.append({"shopper": f"S{number + 1:03d}", "name": name, "email": f"{mailbox}@observator.example"})
    return rows
