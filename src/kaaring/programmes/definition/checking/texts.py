"""Texts that lack a language."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel

from kaaring.programmes.definition.faults import Finding, Path, Severity
from kaaring.programmes.definition.schema import Definition
from kaaring.programmes.definition.schema.values import PerLanguage


def findings(definition: Definition, mapped: Collection[Path] | None) -> Iterator[Finding]:
    """Yield an error for each text in none of the edition's languages, a warning for each that lacks one.

    A text that is not among those ``mapped`` to languages is meant for all of them.
    """
    languages = definition.edition.languages
    for path, text in texts(definition):
        missing = [language for language in languages if language not in text]
        if len(missing) == len(languages):
            yield Finding(
                path,
                "no_language",
                _("This text is in none of the languages of the edition"),
                _("add it in %(language)s") % {"language": languages[0]},
            )
        elif missing and (mapped is None or path in mapped):
            yield Finding(
                path,
                "language_missing",
                _("This text is missing in: %(languages)s") % {"languages": ", ".join(missing)},
                _("add it; until then it is shown in another language"),
                Severity.WARNING,
            )


def texts(part: Any, path: Path = ()) -> Iterator[tuple[Path, PerLanguage]]:
    """Yield every text in several languages of a part of a definition, with its path."""
    if isinstance(part, PerLanguage):
        yield path, part
    elif isinstance(part, BaseModel):
        for name, field in type(part).model_fields.items():
            yield from texts(getattr(part, name), (*path, field.alias or name))
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from texts(value, (*path, key))
    elif isinstance(part, tuple):
        for position, value in enumerate(part):
            yield from texts(value, (*path, position))
