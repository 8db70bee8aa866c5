"""How good each entry of a demonstration is: spread out in every category, so that marks tell them apart."""

from collections import Counter
from collections.abc import Iterable

from kaaring.jobs.demo.dice import Dice

LOWEST, HIGHEST, AHEAD = 0.08, 0.95, 0.25


class Qualities:
    """Hands out the steps between the worst and the best of a category, each once and in any order."""

    def __init__(self, categories: Iterable[str], dice: Dice) -> None:
        self._dice = dice
        self._left = {code: self._steps(count) for code, count in Counter(categories).items()}

    def take(self, category: str) -> float:
        """Return a quality that no other entry of the category has had; a middling one when all are gone."""
        left = self._left.get(category)
        return left.pop(self._dice(len(left))) if left else 0.5

    def take_best(self, category: str) -> float:
        """Return the highest quality of a category, and lower those that come too near to it.

        So what is to win wins, whatever chance does to the marks.
        """
        *others, best = sorted(self._left[category])
        self._left[category] = [min(one, best - AHEAD) for one in others]
        return best

    @staticmethod
    def _steps(count: int) -> list[float]:
        if count == 1:
            return [HIGHEST]
        return [LOWEST + (HIGHEST - LOWEST) * step / (count - 1) for step in range(count)]
