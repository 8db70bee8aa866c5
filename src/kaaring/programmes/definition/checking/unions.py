"""Unions of states that organisers name: their members and what they are called for short."""

from dataclasses import dataclass

_EU = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE"}
    | {"IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)


@dataclass(frozen=True, slots=True)
class Union:
    """Some states together; ``short`` has the usual abbreviation in each language."""

    code: str
    members: frozenset[str]
    short: dict[str, str]


UNIONS = (
    Union("eu", _EU, {"en": "EU", "nb": "EU", "ru": "ЕС"}),
    Union("eea", _EU | {"IS", "LI", "NO"}, {"en": "EEA", "nb": "EØS", "ru": "ЕЭЗ"}),
    Union("efta", frozenset({"CH", "IS", "LI", "NO"}), {"en": "EFTA", "nb": "EFTA", "ru": "ЕАСТ"}),
    Union("eaeu", frozenset({"AM", "BY", "KG", "KZ", "RU"}), {"en": "EAEU", "nb": "EAEU", "ru": "ЕАЭС"}),
)
"""Members as of 2026."""
