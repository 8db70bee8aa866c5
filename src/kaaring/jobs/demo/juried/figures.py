"""Key figures before and after, and sentences that tell them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kaaring.entries.rules.cases import FigureRow
from kaaring.jobs.demo.dice import Dice
from kaaring.jobs.demo.juried.parts import Pen, Slot


@dataclass(frozen=True, slots=True)
class Measured:
    """A key figure that can be told of a case: from where it starts, and how far the best bring it.

    ``lowest`` and ``highest`` bound the value before; ``best`` is the share of it that a flawless case gains
    or, below 0, loses; ``digits`` are the decimals. Sentences have gaps for ``{before}`` and ``{after}``.
    """

    code: str
    name: str
    unit: str
    lowest: int
    highest: int
    best: float
    sentences: Slot
    digits: int = 0
    most: int = 0


def figures_of(
    measured: tuple[Measured, ...], quality: float, dice: Dice, *, period: str, sources: Slot
) -> tuple[FigureRow, ...]:
    """Return the figures of a case of some quality, 0 to 1."""
    return tuple(
        _figure(one, quality, dice, period=period, source=sources[dice(len(sources))]) for one in measured
    )


def _figure(one: Measured, quality: float, dice: Dice, *, period: str, source: str) -> FigureRow:
    scale = 10**one.digits
    before = one.lowest * scale + dice((one.highest - one.lowest) * scale + 1)
    gained = one.best * (0.25 + 0.65 * quality + dice(10) / 100)
    after = max(1, round(before * (1 + gained)))
    if one.most:
        after = min(after, one.most * scale)
    return FigureRow(
        one.name,
        code=one.code,
        unit=one.unit,
        period=period,
        source=source,
        before=Decimal(before).scaleb(-one.digits),
        after=Decimal(after).scaleb(-one.digits),
        is_documented=dice(4) > 0,
    )


def told(
    figures: tuple[FigureRow, ...], measured: Mapping[str, Measured], pen: Pen, dice: Dice, count: int
) -> list[str]:
    """Return sentences about some of the figures, each time others first."""
    if not figures:
        return []
    start = dice(len(figures))
    chosen = (*figures[start:], *figures[:start])[:count]
    return [
        pen.one_of(measured[one.name].sentences).format(before=_plain(one.before), after=_plain(one.after))
        for one in chosen
    ]


def _plain(value: Decimal | None) -> str:
    """Return a figure with a decimal comma, as Norwegian and Russian write it."""
    return f"{value:f}".replace(".", ",")
