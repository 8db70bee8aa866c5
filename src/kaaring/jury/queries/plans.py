"""A plan of who reads what, as it is shown before it is taken, kept between a worker and a page."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kaaring.jury.queries.recusals import Pair


@dataclass(frozen=True)
class Gap:
    """An entry that gets too few readings, and why.

    Of all jurors, ``eligible`` may read it; those counted in
    ``by_conflict``, ``by_language``, ``by_panel`` and ``by_hand`` are kept out.
    Where they are enough but full, ``competing`` entries need ``needed_by_all`` readings of ``full`` jurors
    (by their keys), who can give ``available``.
    """

    entry: int
    missing: int
    needed: int
    eligible: int
    by_conflict: int
    by_language: int
    by_panel: int
    by_hand: int
    is_full: bool
    competing: int
    needed_by_all: int
    available: int
    full: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """Who reads what in a stage. Entries and jurors stand here by their keys, pairs as (juror, entry).

    ``pairs`` are all of them, ``kept`` those that stood before and stay, ``by_lottery`` those drawn by lot.
    ``parts`` are groups of jurors who share no entry; one at most means that all entries can be compared.
    ``gap`` is what a better plan could gain at most of ``fit``, in thousandths: 0 is proven to be the best.
    ``digest`` is that of the ground it was made on.
    """

    stage: str
    seed: int
    digest: str
    readings: int
    pairs: tuple[Pair, ...]
    kept: tuple[Pair, ...]
    by_lottery: tuple[Pair, ...]
    gaps: tuple[Gap, ...]
    parts: tuple[tuple[int, ...], ...]
    comparability: float
    fit: int
    gap: int

    @property
    def is_comparable(self) -> bool:
        """Whether shared entries connect all jurors, so that all entries can be compared."""
        return len(self.parts) <= 1

    @property
    def loads(self) -> dict[int, int]:
        """How many entries each juror reads, who reads any."""
        loads: dict[int, int] = {}
        for juror, _entry in self.pairs:
            loads[juror] = loads.get(juror, 0) + 1
        return loads

    def as_json(self) -> dict[str, Any]:
        """Return the plan as plain data."""
        return asdict(self)


def plan_from(data: Mapping[str, Any]) -> Plan:
    """Return the plan that ``as_json`` made plain."""
    several = {
        "pairs": _pairs(data["pairs"]),
        "kept": _pairs(data["kept"]),
        "by_lottery": _pairs(data["by_lottery"]),
        "gaps": tuple(Gap(**{**gap, "full": tuple(gap["full"])}) for gap in data["gaps"]),
        "parts": tuple(tuple(part) for part in data["parts"]),
    }
    return Plan(**{**data, **several})


def _pairs(listed: list[list[int]]) -> tuple[Pair, ...]:
    return tuple((juror, entry) for juror, entry in listed)
