"""Reading a definition file: all that is wrong or odd about it at once, each with its line and column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kaaring.programmes.definition.checking import check
from kaaring.programmes.definition.faults import Fault, Finding, Path, Severity
from kaaring.programmes.definition.known import names_at
from kaaring.programmes.definition.pruning import pruned
from kaaring.programmes.definition.schema import Definition
from kaaring.programmes.definition.schema.values import FIRST_LANGUAGE
from kaaring.programmes.definition.tree import Tree, grow
from kaaring.programmes.definition.wording import Wrong, say

MOST_FAULTS = 200
"""After this many a reader has seen enough; the file is probably something else."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. Without errors there is a definition; warnings stand beside it."""

    definition: Definition | None
    faults: tuple[Fault, ...]

    @property
    def errors(self) -> tuple[Fault, ...]:
        """What stops the definition from being used."""
        return tuple(fault for fault in self.faults if fault.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What is odd rather than wrong."""
        return tuple(fault for fault in self.faults if fault.severity is Severity.WARNING)


def read(text: str, *, file: str, on: date | None = None) -> Reading:
    """Read a definition and return it with all its faults, in the order of the file.

    ``on`` is the day of reading: dates before it are warned of. Without it none are.
    """
    tree = grow(text)
    faults = [
        Fault(file, *snag.spot, Severity.ERROR, snag.code, snag.message, snag.remedy) for snag in tree.snags
    ]
    definition = None
    if tree.data is not None:
        definition, findings = _read_tree(tree, on)
        faults += [_at(finding, tree, file) for finding in findings]
    faults.sort(key=lambda fault: (fault.line, fault.column, fault.code))
    has_errors = any(fault.severity is Severity.ERROR for fault in faults)
    return Reading(None if has_errors else definition, tuple(dict.fromkeys(faults))[:MOST_FAULTS])


def restored(document: dict[str, Any]) -> Definition:
    """Return the definition that ``writing.document`` stored. Raises pydantic's error for anything else."""
    return Definition.model_validate(document)


def _read_tree(tree: Tree, on: date | None) -> tuple[Definition | None, list[Finding]]:
    definition, findings = _shape(tree.data)
    if definition is not None:
        return definition, [*findings, *check(definition, on=on, mapped=tree.maps)]
    return None, [*findings, *_checked_around(tree, findings)]


def _shape(data: Any) -> tuple[Definition | None, list[Finding]]:
    """Return the definition, or what is wrong with the shape of the data."""
    try:
        return Definition.model_validate(data, context={"first_language": _first_language(data)}), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [_finding(detail, data) for detail in details if not _is_echo(detail, details)]


def _first_language(data: Any) -> str:
    edition = data.get("edition") if isinstance(data, dict) else None
    languages = edition.get("languages") if isinstance(edition, dict) else None
    first = languages[0] if isinstance(languages, list) and languages else None
    return first if isinstance(first, str) else FIRST_LANGUAGE


def _is_echo(detail: ErrorDetails, details: Sequence[ErrorDetails]) -> bool:
    """Whether an error only repeats another one.

    A missing name repeats that the code it would be made from is missing or wrong; a list that is too
    short repeats that an item of it is wrong.
    """
    place = detail["loc"]
    if detail["type"] == "missing" and place[-1:] in {("name",), ("text",)}:
        return any(other["loc"] == (*place[:-1], "code") for other in details)
    if detail["type"] == "too_short":
        return any(other["loc"] != place and other["loc"][: len(place)] == place for other in details)
    return False


def _finding(detail: ErrorDetails, data: Any) -> Finding:
    is_key = detail["loc"][-1:] == ("[key]",)
    steps = detail["loc"][:-1] if is_key else detail["loc"]
    path = _path(steps, data)
    name = _name(steps, detail["type"])
    said = say(Wrong(detail["type"], name, detail["input"], detail.get("ctx", {}), names_at(steps[:-1])))
    at_key = is_key or detail["type"] == "extra_forbidden"
    if detail["type"] == "union_tag_invalid":
        path = (*path, "rule")
    return Finding(path, said.code, said.message, said.remedy, at_key=at_key)


def _name(steps: Sequence[str | int], kind: str) -> str:
    """Return the name to call the value at a path by: the nearest name around an item of a list."""
    if kind == "missing" and steps and isinstance(steps[-1], int):
        return ""
    return str(next((step for step in reversed(steps) if isinstance(step, str)), "definition"))


def _path(steps: Iterable[str | int], data: Any) -> Path:
    """Return the steps that exist in the data; those pydantic adds for kinds of rules do not."""
    path: list[str | int] = []
    for step in steps:
        key = _key_in(data, step)
        if key is not None:
            path.append(key)
            data = data[key]
    return tuple(path)


def _key_in(data: Any, step: str | int) -> str | int | None:
    """Return the key that a step stands for; pydantic writes keys that are numbers as texts."""
    if isinstance(data, dict):
        return next((key for key in data if key == step or str(key) == step), None)
    return step if isinstance(data, list) and isinstance(step, int) and step < len(data) else None


def _at(finding: Finding, tree: Tree, file: str) -> Fault:
    place = tree.place(finding.path)
    spot = place.key if finding.at_key else place.value
    return Fault(file, *spot, finding.severity, finding.code, finding.message, finding.remedy)


def _checked_around(tree: Tree, findings: Sequence[Finding]) -> list[Finding]:
    """Return what the checks find in the parts whose shape is right, so that all is said at once.

    What is wrong is left out and the rest is checked again. Of what that finds only unknown and repeated
    codes are told, and only if the code is not among what was left out: everything else could be a
    consequence.
    """
    wrong: set[Path] = set()
    more = {finding.path for finding in findings}
    while not more <= wrong and () not in more:
        wrong |= more
        rest = pruned(tree.data, wrong)
        definition, consequences = _shape(rest.data)
        if definition is not None:
            found = check(definition, on=None, mapped=frozenset())
            return [
                rest.in_full(finding)
                for finding in found
                if finding.about is not None and finding.about not in rest.lost
            ]
        more = {rest.full_path(finding.path) for finding in consequences}
    return []
