"""Territories: groups of countries that are called what people usually call them."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from django.utils.translation import gettext as _

from kaaring.programmes.definition.checking.unions import UNIONS, Union
from kaaring.programmes.definition.checking.walking import every_rule
from kaaring.programmes.definition.faults import Finding, Path, Severity
from kaaring.programmes.definition.schema import Definition
from kaaring.programmes.definition.schema.eligibility import TerritoryRule
from kaaring.programmes.definition.schema.values import PerLanguage

ABBREVIATION = re.compile(r"\b[^\W\d_]{2,6}\b")
LIKENESS = 0.6


def findings(definition: Definition) -> Iterator[Finding]:
    """Yield a warning for each group that is called something odd, and each that lacks or has too much."""
    for code, countries in definition.territories.items():
        for union in UNIONS:
            if union.members == frozenset(countries):
                yield from _misnamed(code, union, definition)
            elif union.code == code.lower():
                yield _other_members(code, union, frozenset(countries))


def _other_members(code: str, union: Union, countries: frozenset[str]) -> Finding:
    return Finding(
        ("territories", code),
        "other_members",
        _("“%(code)s” has other members: only here %(extra)s, missing here %(missing)s")
        % {
            "code": code,
            "extra": ", ".join(sorted(countries - union.members)) or "–",
            "missing": ", ".join(sorted(union.members - countries)) or "–",
        },
        _("correct the list, or give it another name"),
        Severity.WARNING,
    )


def _misnamed(code: str, union: Union, definition: Definition) -> Iterator[Finding]:
    """Yield a warning where a text abbreviates a union in another way than is usual: at most one for each."""
    for path, text in _texts(code, definition):
        for language, words in text.items():
            usual = union.short.get(language, union.short["en"])
            odd = _odd_name(words, usual)
            if odd is not None:
                yield Finding(
                    (*path, language),
                    "unusual_name",
                    _("“%(odd)s” is not what these countries are usually called: “%(usual)s”")
                    % {"odd": odd, "usual": usual},
                    _("ask which countries are meant, and write the usual name"),
                    Severity.WARNING,
                )
                return


def _texts(code: str, definition: Definition) -> Iterator[tuple[Path, PerLanguage]]:
    for rule, _category, path in every_rule(definition):
        if isinstance(rule, TerritoryRule) and code in rule.groups and rule.wording is not None:
            yield (*path, "wording"), PerLanguage(rule.wording)
    for position, term in enumerate(definition.terms):
        if term.code == code:
            yield ("terms", position, "name"), PerLanguage(term.name)


def _odd_name(words: str, usual: str) -> str | None:
    """Return an abbreviation that is much like the usual one where that itself is missing."""
    found = [word for word in ABBREVIATION.findall(words) if word.isupper()]
    if usual in found:
        return None
    return next(iter(get_close_matches(usual, found, n=1, cutoff=LIKENESS)), None)
