"""Leaving the faulty parts of a file out, to be able to check the rest of it."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from kaaring.programmes.definition.faults import Finding, Path


@dataclass
class Pruned:
    """What is left, where each part of it stood in full, and the codes and names that went."""

    data: Any = None
    stood: dict[Path, Path] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def full_path(self, path: Path) -> Path:
        """Return where a part stood before pruning."""
        while path not in self.stood:
            path = path[:-1]
        return self.stood[path]

    def in_full(self, finding: Finding) -> Finding:
        """Return a finding as one in the whole."""
        return replace(finding, path=self.full_path(finding.path))


def pruned(data: Any, wrong: Collection[Path]) -> Pruned:
    """Return the data without the values at the given paths. Raises nothing; the root always stays."""
    result = Pruned(stood={(): ()})
    result.data = _copy(data, (), (), wrong, result)
    return result


def _copy(data: Any, was: Path, now: Path, wrong: Collection[Path], result: Pruned) -> Any:
    result.stood[now] = was
    if isinstance(data, dict):
        return {
            key: _copy(value, (*was, key), (*now, key), wrong, result)
            for key, value in data.items()
            if _stays((*was, key), value, wrong, result)
        }
    if isinstance(data, list):
        items: list[Any] = []
        for position, value in enumerate(data):
            if _stays((*was, position), value, wrong, result):
                items.append(_copy(value, (*was, position), (*now, len(items)), wrong, result))
        return items
    return data


def _stays(path: Path, value: Any, wrong: Collection[Path], result: Pruned) -> bool:
    if path in wrong:
        result.lost.add(str(path[-1]))
        result.lost.update(_codes(value))
        return False
    return True


def _codes(value: Any) -> set[str]:
    """Return everything in a value that could be a code somebody refers to."""
    if isinstance(value, dict):
        return {str(key) for key in value}.union(*(_codes(inner) for inner in value.values()))
    if isinstance(value, list):
        return set[str]().union(*(_codes(inner) for inner in value))
    return {str(value)}
