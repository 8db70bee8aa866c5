"""Writing answers from sentences that stand on their own, so that no two cases say the same.

A passage is a row of slots, each with sentences that can stand in it. ``{org}`` is filled in from what is
known of a case; ``[разработал|разработала]`` is what is said of a man and of a woman.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kaaring.jobs.demo.dice import Dice

type Slot = tuple[str, ...]
type Passage = tuple[Slot, ...]
type Words = Mapping[str, object]

_EITHER = re.compile(r"\[([^|\]]*)\|([^|\]]*)\]")


class Pen:
    """Writes from parts, and takes of each slot what it has used least so far."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._used: Counter[str] = Counter()
        self._written: set[str] = set()

    def one_of(self, slot: Slot) -> str:
        """Return one of the sentences that was used least."""
        least = min(self._used[sentence] for sentence in slot)
        left = [sentence for sentence in slot if self._used[sentence] == least]
        chosen = left[self._dice(len(left))]
        self._used[chosen] += 1
        return chosen

    def text(self, passage: Passage, words: Words, *, own: Sequence[str] = (), female: bool = False) -> str:
        """Return a text of one or two paragraphs: what is told of this case alone, then the passage.

        It has never been written before.
        """
        while (text := self._text(passage, words, own=own, female=female)) in self._written:
            pass
        self._written.add(text)
        return text

    def _text(self, passage: Passage, words: Words, *, own: Sequence[str], female: bool) -> str:
        sentences = [*own, *(self.one_of(slot) for slot in passage)]
        told = [filled(sentence, words, female=female) for sentence in sentences]
        middle = (len(told) + 1) // 2
        parts = (told[:middle], told[middle:]) if len(told) > 2 else (told,)
        return "\n\n".join(" ".join(part) for part in parts if part)


def filled(sentence: str, words: Words, *, female: bool = False) -> str:
    """Return a sentence with its gaps filled in.

    >>> filled("{name} [был|была] в {place}.", {"name": "Вера", "place": "офисе"}, female=True)
    'Вера была в офисе.'
    """
    return _EITHER.sub(r"\2" if female else r"\1", sentence).format_map(words)
