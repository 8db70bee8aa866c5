"""Writing a definition: as YAML for people, as data for the database, and its JSON Schema for editors."""

import io
import json
import re
from datetime import date
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from kaaring.programmes.definition.schema import Definition
from kaaring.programmes.definition.schema.survey import CHANNEL_NAMES
from kaaring.programmes.definition.schema.values import PerLanguage

LINE = 100
_MISREAD_BY_OTHERS = re.compile(r"(?i)y|n|yes|no|on|off|true|false|null|\d+:\d+|[\d_.]+|[?:-].*")
"""Plain words that YAML readers take for something else than text, some only within brackets."""


def document(definition: Definition) -> dict[str, Any]:
    """Return a definition as data that can be stored as JSON; ``reading.restored`` reads it back."""
    return definition.model_dump(mode="json", by_alias=True, exclude_none=True)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of definition files, for editors that complete and check while one types."""
    schema = Definition.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Kåring definition"}


def dump(definition: Definition) -> str:
    """Return a definition as YAML that reads back to an equal one.

    What has its default is left out, and small things stand on one line.
    """
    yaml = YAML(typ="rt", pure=True)
    yaml.width = LINE + 20
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    plain = definition.model_dump(mode="json", by_alias=True)
    yaml.dump(_laid_out(_written(definition, plain, definition.edition.languages[0]), 0), stream)
    return stream.getvalue()


def _written(value: Any, plain: Any, first: str) -> Any:
    """Return a value as people write it; ``plain`` is it as data, ``first`` names its language."""
    if isinstance(value, PerLanguage):
        return value[first] if set(value) == {first} else dict(value)
    if isinstance(value, BaseModel):
        return _part(value, plain, first)
    if isinstance(value, dict):
        return {
            key: _without_known_name(key, _written(inner, plain_inner, first))
            for (key, inner), plain_inner in zip(value.items(), plain.values(), strict=True)
        }
    if isinstance(plain, list):
        return [_written(inner, plain_inner, first) for inner, plain_inner in zip(value, plain, strict=True)]
    is_day = isinstance(value, date) and len(plain) == len("2021-04-29")
    return date.fromisoformat(plain) if is_day else plain


def _part(part: BaseModel, plain: Any, first: str) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        is_default = not field.is_required() and value == field.get_default(call_default_factory=True)
        is_its_code = name in {"name", "text"} and value == {first: getattr(part, "code", None)}
        if not is_default and not is_its_code:
            key = field.alias or name
            written[key] = _written(value, plain[key], first)
    return {"rule": written.pop("rule"), **written} if "rule" in written else written


def _without_known_name(key: str | int, value: Any) -> Any:
    """Leave out the name of a channel that is called so anyway."""
    if isinstance(value, dict) and value.get("name") == CHANNEL_NAMES.get(str(key)):
        return {name: inner for name, inner in value.items() if name != "name"}
    return value


def _laid_out(value: Any, depth: int) -> Any:
    """Return a value for the YAML writer: maps and lists that fit on a line, on one line."""
    if isinstance(value, dict):
        laid: CommentedMap | CommentedSeq = CommentedMap(
            (_quoted(key), _laid_out(inner, depth + 1)) for key, inner in value.items()
        )
    elif isinstance(value, list):
        laid = CommentedSeq(_laid_out(inner, depth + 1) for inner in value)
        _make_alike([inner for inner in laid if isinstance(inner, CommentedMap)])
    else:
        return _quoted(value)
    fits = len(json.dumps(value, ensure_ascii=False, default=str).replace('"', "")) + 2 * depth <= LINE
    is_simple = not any(isinstance(inner, dict | list) for inner in _values(value))
    if not value or (fits and depth > 0 and (is_simple or depth > 1)):
        laid.fa.set_flow_style()
    return laid


def _make_alike(maps: list[CommentedMap]) -> None:
    """Put each of the maps of a list on lines of its own unless all fit on one."""
    if not all(each.fa.flow_style() for each in maps):
        for each in maps:
            each.fa.set_block_style()


def _values(value: dict[Any, Any] | list[Any]) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value


def _quoted(value: Any) -> Any:
    if isinstance(value, str) and (_MISREAD_BY_OTHERS.fullmatch(value) or not value.isprintable()):
        return DoubleQuotedScalarString(value)
    return value
