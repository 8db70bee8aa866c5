"""The blocks a chapter is made of, as plain data for the template."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from kaaring.kernel.text import Text, words

type Block = dict[str, Any]
type Cell = str | Block

FULL = 100.0
NARROW = 14
"""The width of a column of figures, in millimetres."""
USUAL_START, WHOLE_START = 40.0, 0.0


def in_language(text: Text) -> Cell:
    """Return organisers' text; marked with its language where it had to be another one than the report's."""
    shown = words(text)
    return {"text": shown.text, "lang": shown.language} if shown.is_fallback and shown.text else shown.text


def lead(text: str) -> Block:
    """Return the sentence a chapter begins with."""
    return {"kind": "lead", "text": text}


def paragraph(text: str) -> Block:
    """Return running text."""
    return {"kind": "paragraph", "text": text}


def note(text: str) -> Block:
    """Return a small remark."""
    return {"kind": "note", "text": text}


def heading(text: str) -> Block:
    """Return a heading within a chapter."""
    return {"kind": "heading", "text": text}


def bullets(items: Iterable[Cell]) -> Block:
    """Return a list of points."""
    return {"kind": "bullets", "items": list(items)}


def table(
    columns: Sequence[Block], rows: Iterable[Sequence[Any]], *, is_even: bool = False, folds: bool = False
) -> Block:
    """Return a table.

    One that ``folds`` stands in two halves side by side. Rows of one that ``is_even`` are one line high,
    which is faster to set: for tables whose words are ours and short.
    """
    return {
        "kind": "table",
        "columns": list(columns),
        "rows": [list(row) for row in rows],
        "is_even": is_even,
        "folds": folds,
    }


def column(title: str, width: int | None = NARROW, *, shows: str = "figure") -> Block:
    """Return a column of some millimetres, or of all that is left.

    ``shows`` is text, figure, strong (the figure that matters), dots, bar or gain.
    """
    return {"title": title, "width": width, "shows": shows}


def wide(title: str) -> Block:
    """Return the column that takes what the others leave."""
    return column(title, None, shows="text")


def position(score: Fraction | float | None) -> float | None:
    """Return a figure as a chart takes it."""
    return None if score is None else round(float(score), 3)


def scale_for(scores: Iterable[Fraction | float | None]) -> list[float]:
    """Return the ends of a chart's scale: 40 to 100 as on every page, from 0 where something lies below."""
    lowest = min((float(score) for score in scores if score is not None), default=FULL)
    return [USUAL_START if lowest >= USUAL_START else WHOLE_START, FULL]
