"""The record of what the rules said of an entry, as it is read: one rule after the other."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, NamedTuple

from kaaring.kernel.text import Text

NAMELESS = frozenset({"size", "value_on", "not_before", "only", "does", "subject"})
"""The rules whose reasons name nobody."""
GROUPS = frozenset({"any_of", "all_of"})
"""The rules whose reasons are those of the rules they are made of."""
SEALED = "sealed"
"""How a rule came out that goes by protected answers, to those who do not read them."""


class Protected(Enum):
    """What is told of rules that go by protected answers; never why they came out as they did."""

    LEFT_OUT = "left out"
    SEALED = "which they are"
    OPENED = "how they came out"


class RuleTold(NamedTuple):
    """What one rule said: how it came out, why, and the rule in the organiser's words, if it has any.

    ``of`` are the alternatives where one is enough; each has none of its own.
    """

    outcome: str
    reason: Text
    wording: Text
    of: tuple["RuleTold", ...] = ()


def rules_told(
    record: Iterable[Mapping[str, Any]], *, with_names: bool, protected: Protected = Protected.LEFT_OUT
) -> list[RuleTold]:
    """Return what a record says: of rules that must all hold each one, alternatives beneath theirs.

    What a rule denies is left out: the rule says so itself, and “not met” beneath it would read as a fault.
    Without names a reason that could carry one is left out, and the rule's own words stand for it.
    """
    return [told for one in record for told in _told(one, with_names, protected)]


def _told(record: Mapping[str, Any], with_names: bool, protected: Protected) -> Iterator[RuleTold]:
    if record.get("is_protected"):
        if protected is not Protected.LEFT_OUT:
            outcome = record["outcome"] if protected is Protected.OPENED else SEALED
            yield RuleTold(outcome, record["reason"], record.get("wording") or {})
        return
    inner, alone = record.get("of", ()), _alone(record, with_names)
    if record["rule"] == "all_of" and not alone.wording:
        yield from rules_told(inner, with_names=with_names, protected=protected)
        return
    if record["rule"] == "any_of" and len(inner) > 1:
        alternatives = tuple(_alone(one, with_names) for one in inner)
        alone = alone._replace(reason={}, of=tuple(one for one in alternatives if one.reason or one.wording))
    if alone.reason or alone.wording or alone.of:
        yield alone


def _alone(record: Mapping[str, Any], with_names: bool) -> RuleTold:
    """Return what one rule said, without what it is made of."""
    is_shown = with_names or _is_nameless(record)
    return RuleTold(record["outcome"], record["reason"] if is_shown else {}, record.get("wording") or {})


def _is_nameless(record: Mapping[str, Any]) -> bool:
    if record["rule"] in GROUPS:
        return all(_is_nameless(one) for one in record.get("of", ()))
    return record["rule"] in NAMELESS
