"""The answers of many evaluations as columns of small whole numbers."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaaring.scoring.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True, eq=False)
class AnswerBlock[K: Hashable]:
    """The answers of n evaluations.

    ``participant`` and ``channel``, both of shape (n,), are positions in ``participants`` and in the
    questionnaire's channels. ``codes`` maps a question to its (n,) column of unsigned positions in
    ``texts[question]``, the canonical answers; a question nobody answered may be absent.

    Raises ValueError for columns of different length and positions that lie outside.
    """

    participants: tuple[K, ...]
    participant: NDArray[np.intp]
    channel: NDArray[np.uint8]
    codes: Mapping[str, NDArray[np.unsignedinteger]]
    texts: Mapping[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        _refuse_outside("participant", self.participant, len(self.participants), len(self))
        for question, column in self.codes.items():
            _refuse_outside(question, column, len(self.texts[question]), len(self))

    def __len__(self) -> int:
        return len(self.channel)


def as_block[K: Hashable](
    questionnaire: Questionnaire,
    participants: Sequence[K],
    channels: Sequence[str],
    columns: Mapping[str, Sequence[str]],
) -> AnswerBlock[K]:
    """Return n evaluations as a block: one participant, channel and answer per question for each.

    Raises ValueError for an unknown channel.
    """
    names = tuple(dict.fromkeys(participants))
    where = {name: position for position, name in enumerate(names)}
    known = {channel: position for position, channel in enumerate(questionnaire.channels)}
    if unknown := set(channels) - known.keys():
        raise ValueError(f"The questionnaire has no channel {min(unknown)!r}")
    coded = {question: _coded(column) for question, column in columns.items()}
    return AnswerBlock(
        names,
        np.fromiter((where[name] for name in participants), np.intp, len(participants)),
        np.fromiter((known[channel] for channel in channels), np.uint8, len(channels)),
        {question: codes for question, (codes, _) in coded.items()},
        {question: texts for question, (_, texts) in coded.items()},
    )


def _coded(column: Sequence[str]) -> tuple[NDArray[np.unsignedinteger], tuple[str, ...]]:
    """Return each text's position among the different texts, and those, in the order they first occur."""
    positions: defaultdict[str, int] = defaultdict()
    positions.default_factory = positions.__len__
    codes = np.fromiter(map(positions.__getitem__, column), np.uint32, len(column))
    return codes.astype(np.min_scalar_type(len(positions))), tuple(positions)


def _refuse_outside(what: str, column: NDArray[np.integer], size: int, length: int) -> None:
    if column.shape != (length,):
        raise ValueError(f"{what}: {column.shape} positions for {length} evaluations")
    if length and not 0 <= column.min() <= column.max() < size:
        raise ValueError(f"{what}: a position lies outside 0 to {size - 1}")
