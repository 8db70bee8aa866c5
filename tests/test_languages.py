"""Norwegian and Russian are complete at all times, and say what the source says."""

import re
from pathlib import Path

import polib
import pytest

LOCALE = Path(__file__).resolve().parent.parent / "src" / "kaaring" / "locale"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|</?\w+[^>]*>")
LANGUAGES = ("nb", "ru")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))


def wanted(entry: polib.POEntry) -> list[list[str]]:
    return [sorted(PLACEHOLDER.findall(source)) for source in (entry.msgid, entry.msgid_plural) if source]


def ends(text: str) -> tuple[bool, bool]:
    return text.startswith("\n"), text.endswith("\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    entries = catalogue(language)

    assert [entry.msgid for entry in entries.untranslated_entries()] == []
    assert [entry.msgid for entry in entries.fuzzy_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders_and_tags_of_the_source(language: str) -> None:
    wrong = [
        (entry.msgid, said)
        for entry in catalogue(language)
        for said in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
        if sorted(PLACEHOLDER.findall(said)) not in wanted(entry)
    ]

    assert wrong == []


@pytest.mark.parametrize(("language", "forms"), [("nb", 2), ("ru", 3)])
def test_plurals_have_all_forms_of_the_language(language: str, forms: int) -> None:
    entries = catalogue(language)

    assert f"nplurals={forms};" in entries.metadata["Plural-Forms"]
    assert all(len(entry.msgstr_plural) == forms for entry in entries if entry.msgid_plural)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_lost_or_gained_a_line_break_at_its_ends(language: str) -> None:
    wrong = [
        entry.msgid
        for entry in catalogue(language)
        if entry.msgstr
        if (entry.msgid[0] == "\n", entry.msgid[-1] == "\n")
        != (entry.msgstr[0] == "\n", entry.msgstr[-1] == "\n")
    ]

    assert wrong == []
