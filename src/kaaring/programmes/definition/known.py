"""Which names are known at a place of the file, looked up in the JSON Schema."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from kaaring.programmes.definition.schema import Definition

Schema = dict[str, Any]


@cache
def _schema() -> Schema:
    return Definition.model_json_schema()


def names_at(path: Sequence[str | int]) -> frozenset[str]:
    """Return the names that a map at a path may hold.

    >>> sorted(names_at(("timeline",)))[:2]
    ['announcement', 'ceremony']
    """
    here = list(_alternatives(_schema()))
    for step in path:
        here = [inner for schema in here for inner in _step(schema, step)] or here
    return frozenset(name for schema in here for name in schema.get("properties", {}))


def _alternatives(schema: Schema) -> Iterator[Schema]:
    if "$ref" in schema:
        yield from _alternatives(_schema()["$defs"][schema["$ref"].rpartition("/")[2]])
        return
    choices = [*schema.get("anyOf", []), *schema.get("oneOf", [])]
    if not choices:
        yield schema
    for choice in choices:
        yield from _alternatives(choice)


def _step(schema: Schema, step: str | int) -> Iterator[Schema]:
    """Yield what a schema says of one of its values; a rule's kind, which is part of a path, selects it."""
    if isinstance(step, int):
        inner = schema.get("items")
    elif schema.get("properties", {}).get("rule", {}).get("const") == step:
        yield schema
        return
    else:
        inner = schema.get("properties", {}).get(step, schema.get("additionalProperties"))
        if not isinstance(inner, dict):
            inner = next(iter(schema.get("patternProperties", {}).values()), None)
    if isinstance(inner, dict):
        yield from _alternatives(inner)
