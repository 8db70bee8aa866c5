"""The record of what the rules said of an entry, as it is read: one rule after the other."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kaaring.kernel.text import Text

NAMELESS = frozenset({"size", "value_on", "not_before", "only", "does", "subject"})
"""The rules whose reasons name nobody."""


class RuleTold(NamedTuple):
    """What one rule said: how it came out, why, and the rule in the organiser's words, if it has any."""

    outcome: str
    reason: Text
    wording: Text


def rules_told(record: Iterable[Mapping[str, Any]], *, with_names: bool) -> list[RuleTold]:
    """Return every rule of a record and those it is made of, without what is protected.

    What a rule denies is left out: the rule says so itself, and “not met” beneath it would read as a fault.
    Without names a reason that could carry one is left out, and the rule's own words stand for it.
    """
    return [told for one in record for told in _told(one, with_names)]


def _told(record: Mapping[str, Any], with_names: bool) -> Iterator[RuleTold]:
    if record.get("is_protected"):
        return
    is_shown = with_names or record["rule"] in NAMELESS
    told = RuleTold(record["outcome"], record["reason"] if is_shown else {}, record.get("wording") or {})
    if told.reason or told.wording:
        yield told
    if record["rule"] != "not":
        yield from rules_told(record.get("of", ()), with_names=with_names)
