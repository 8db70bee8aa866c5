"""From YAML text to plain values, with the place of every key and value in the file.

The text is composed into nodes only, never constructed into objects: so duplicate keys and every position
are seen, and nothing in a file can make more than the limits below allow. (ruamel's round-trip reader would
leave marks in folded texts; its safe one composes the same nodes without.)
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode
from ruamel.yaml.reader import ReaderError

from kaaring.programmes.definition.faults import Path

MOST_BYTES = 300_000
MOST_VALUES = 100_000
MOST_LEVELS = 30
LARGEST = 10**18
"""Whole numbers beyond this stay text: nothing in a definition is so large, and they cannot be printed."""
_CORE = "tag:yaml.org,2002:"


class Spot(NamedTuple):
    """A line and a column, both counted from 1."""

    line: int
    column: int


class Place(NamedTuple):
    """Where a value stands and its name, if it has one, before it."""

    key: Spot
    value: Spot


class Snag(NamedTuple):
    """Something that no value can be made of."""

    spot: Spot
    code: str
    message: str
    remedy: str


START = Spot(1, 1)


@dataclass
class Tree:
    """Plain values, where each stands, which are maps, and what could not be read."""

    data: Any = None
    places: dict[Path, Place] = field(default_factory=dict)
    maps: set[Path] = field(default_factory=set)
    snags: list[Snag] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Return the place of a path, or of the nearest thing around it that stands in the file."""
        while path not in self.places and path:
            path = path[:-1]
        return self.places.get(path, Place(START, START))


class _TooMuchError(Exception):
    pass


def grow(text: str) -> Tree:
    """Return the tree of a YAML text. With snags the data may be incomplete, or None."""
    tree = Tree()
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        tree.snags.append(
            Snag(
                START,
                "too_large",
                _("The file is larger than %(most)s kB") % {"most": MOST_BYTES // 1000},
                _("take out what does not belong in a definition"),
            )
        )
        return tree
    yaml = YAML(typ="safe", pure=True)
    try:
        root = yaml.compose(text.removeprefix("\ufeff"))
        if root is None:
            tree.snags.append(
                Snag(START, "empty_file", _("The file is empty"), _("write a definition into it"))
            )
        else:
            tree.data = _Gardener(yaml, tree).plain(root, (), 0)
    except (RecursionError, _TooMuchError):
        tree.data = None
        tree.snags.append(
            Snag(
                START,
                "too_deep",
                _("The file is nested too deeply, or its aliases repeat too much"),
                _("write the values out, in at most 30 levels"),
            )
        )
    except YAMLError as error:
        tree.snags.append(_syntax(error, text))
    return tree


class _Gardener:
    """Turns nodes into plain values, noting places in the tree."""

    def __init__(self, yaml: YAML, tree: Tree) -> None:
        self.yaml = yaml
        self.tree = tree
        self.values = 0

    def plain(self, node: Node, path: Path, depth: int) -> Any:
        self.values += 1
        if depth > MOST_LEVELS or self.values > MOST_VALUES:
            raise _TooMuchError
        spot = _spot(node)
        self.tree.places.setdefault(path, Place(spot, spot))
        if isinstance(node, MappingNode):
            self.tree.maps.add(path)
            return self._mapping(node, path, depth)
        if isinstance(node, SequenceNode):
            return [self.plain(item, (*path, n), depth + 1) for n, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: MappingNode, path: Path, depth: int) -> dict[str | int, Any]:
        values: dict[str | int, Any] = {}
        first: dict[str | int, Spot] = {}
        for key_node, value_node in node.value:
            key, spot = self._key(key_node), _spot(key_node)
            if key is None:
                continue
            if key in values:
                self._snag(
                    spot,
                    "duplicate_key",
                    _("“%(name)s” stands here twice; the first is in line %(line)s")
                    % {"name": key, "line": first[key].line},
                    _("keep one of them"),
                )
                continue
            first[key] = spot
            self.tree.places[(*path, key)] = Place(spot, _spot(value_node))
            values[key] = self.plain(value_node, (*path, key), depth + 1)
        return values

    def _key(self, node: Node) -> str | int | None:
        key = None if isinstance(node, MappingNode | SequenceNode) else self._scalar(node)
        if isinstance(key, bool) or not isinstance(key, str | int):
            self._snag(
                _spot(node),
                "odd_key",
                _("This cannot be a name before a colon"),
                _("use a word, in quotes if need be"),
            )
            return None
        return key

    def _scalar(self, node: Node) -> str | int | float | bool | None:
        tag = str(node.tag).removeprefix(_CORE)
        text = str(node.value)
        if "\0" in text:
            self._snag(
                _spot(node),
                "odd_character",
                _("Here is a character that cannot be printed"),
                _("delete it, or save the file as UTF-8"),
            )
        if tag == "null":
            return None
        if tag == "bool":
            return text.lower() == "true"
        if tag in {"int", "float"}:
            return self._number(node, tag)
        if tag not in {"str", "timestamp", "merge", "value"}:
            self._snag(
                _spot(node),
                "odd_tag",
                _("“%(tag)s” is a kind of value that a definition has no use for") % {"tag": node.tag},
                _("take out the word that begins with “!”"),
            )
        return text

    def _number(self, node: Node, tag: str) -> str | int | float:
        try:
            if tag == "int":
                whole = int(self.yaml.constructor.construct_yaml_int(node))
                return whole if abs(whole) < LARGEST else str(node.value)
            return float(self.yaml.constructor.construct_yaml_float(node))
        except (ValueError, OverflowError):
            return str(node.value)

    def _snag(self, spot: Spot, code: str, message: str, remedy: str) -> None:
        self.tree.snags.append(Snag(spot, code, message, remedy))


def _spot(node: Node) -> Spot:
    return Spot(node.start_mark.line + 1, node.start_mark.column + 1)


def _syntax(error: YAMLError, text: str) -> Snag:
    if isinstance(error, ReaderError):
        before = text[: error.position]
        spot = Spot(before.count("\n") + 1, error.position - before.rfind("\n"))
        return Snag(
            spot,
            "odd_character",
            _("Here is a character that cannot be printed"),
            _("delete it, or save the file as UTF-8"),
        )
    mark = error.problem_mark or error.context_mark if isinstance(error, MarkedYAMLError) else None
    spot = Spot(mark.line + 1, mark.column + 1) if mark else START
    problem = str(getattr(error, "problem", None) or error)
    message, remedy = _in_plain_words(problem)
    return Snag(spot, "syntax", message, remedy)


def _in_plain_words(problem: str) -> tuple[str, str]:
    """Return what a parser's problem means to the person who wrote the file, and what helps."""
    if "\\t" in problem or "\t" in problem:
        return _("A tab stands here"), _("indent with spaces only")
    if "mapping values are not allowed" in problem:
        return _("A colon is not expected here"), _(
            "put text that holds “: ” in quotes, and check the indentation"
        )
    if "alias" in problem:
        return _("This “*” refers to nothing above it"), _("put the text in quotes, or write the value out")
    if "single document" in problem or "another document" in problem:
        return _("A second document begins here"), _("take out the “---”; a file holds one definition")
    if "quoted scalar" in problem or "end of stream" in problem:
        return _("A quotation mark or bracket is never closed"), _("close it")
    return _("From here on this is not YAML"), _("check indentation, quotes and brackets just before it")
