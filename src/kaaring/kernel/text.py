"""Text that organisers write, in several languages: a map from language code to words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import get_language

Text = Mapping[str, str]


class Words(NamedTuple):
    """Words to show, the language they are in, and whether that is another one than was asked for."""

    text: str
    language: str
    is_fallback: bool


def words(text: Text, language: str | None = None, *, prefer: Sequence[str] = ("en", "nb")) -> Words:
    """Return the text in a language, by default the reader's, or else in the first other there is.

    >>> words({"nb": "Telefon", "en": "Phone"}, "nb")
    Words(text='Telefon', language='nb', is_fallback=False)
    >>> words({"nb": "Telefon"}, "ru")
    Words(text='Telefon', language='nb', is_fallback=True)
    """
    wanted = (language or get_language() or "en").split("-")[0]
    for candidate in (wanted, *prefer, *text):
        if text.get(candidate):
            return Words(text[candidate], candidate, candidate != wanted)
    return Words("", wanted, False)


def said(text: Text, language: str | None = None) -> str:
    """Return only the words of ``words``."""
    return words(text, language).text


def written(text: Text) -> dict[str, str]:
    """Return the text without the languages in which nothing is said, and without blanks around.

    >>> written({"en": " Well done. ", "nb": " "})
    {'en': 'Well done.'}
    """
    return {language: one.strip() for language, one in text.items() if one.strip()}
