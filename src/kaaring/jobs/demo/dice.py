"""Whole-number draws from one stream, bought in bulk."""

from collections.abc import Iterator

import numpy as np

_BULK = 1 << 15


class Dice:
    """Draws below a given number, one after the other."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._draws = self._stream(rng)

    def __call__(self, below: int) -> int:
        """Return a whole number from 0 up to, not including, ``below``."""
        return next(self._draws) % below

    @staticmethod
    def _stream(rng: np.random.Generator) -> Iterator[int]:
        while True:
            yield from rng.integers(1 << 32, size=_BULK).tolist()
