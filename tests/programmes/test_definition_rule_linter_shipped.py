"""What the rule linter finds in the Russian contact-centre awards: the oddities of its source, by itself.

Each finding goes away when the one thing that causes it is put right.
"""

from pathlib import Path

import pytest

from kaaring import programmes
from kaaring.programmes.definition.reading import read

FILE = Path(programmes.__file__).parent / "definitions" / "contact-centre-awards-ru.yaml"
TEXT = FILE.read_text(encoding="utf-8")
HALF_A_YEAR = 'field: employed_since\n        date: "'
OF_AGE = 'field: born_on\n        date: "'

FOUND = {
    "37 are announced and there are 35": (
        "announced_count",
        "37 categories are announced, but there are 35, or 37 if each division counts as one; "
        "announce 35, or say that divisions are counted",
        [("announced_count: 37", "announced_count: 35")],
    ),
    "a team of exactly 20 is small and large": (
        "brackets_overlap",
        "Both “small-team” and “large-team” take “team_size” of exactly 20; "
        "write “more_than: 20” in “large-team”, so that each size has one place",
        [("min: 20, max: 50", "more_than: 20, max: 50")],
    ),
    "nobody takes a service team of more than 50": (
        "brackets_gap",
        "None of these takes “team_size” of 51 or more: small-team, large-team; "
        "say in “large-team” where they go with “redirect”, or change the bounds",
        [("min: 20, max: 50,", "min: 20, max: 50, redirect: digital-team,")],
    ),
    "a small centre is medium as well": (
        "brackets_overlap",
        "Both “small” and “medium” take “seats” of 100 or less; "
        "write “more_than: 100” in “medium”, so that each size has one place",
        [("unit: seats, max: 250", "unit: seats, more_than: 100, max: 250")],
    ),
    "a centre of exactly 250 seats is medium and large": (
        "brackets_overlap",
        "Both “medium” and “large” take “seats” of exactly 250; "
        "write “more_than: 250” in “large”, so that each size has one place",
        [("unit: seats, min: 250", "unit: seats, more_than: 250")],
    ),
    "people and seats are not the same": (
        "other_unit",
        "“collections-team” counts people, but “contact-centre”, to which it sends others, counts seats; "
        "tell entrants that the two are not the same, or count the same in both",
        [("        redirect: contact-centre\n", "")],
    ),
    "1 December has no year": (
        "no_year",
        "“12-01” has no year, in “agent”, “para-agent”, and is read as 2026-12-01; "
        "write the year too, so that nobody has to guess",
        [(HALF_A_YEAR, f"{HALF_A_YEAR}2026-"), (OF_AGE, f"{OF_AGE}2026-")],
    ),
    "who turns 18 on that day is left out": (
        "strictly_older",
        "“older_than: 18 years” leaves out who reaches it on that very day, in “agent”, “para-agent”; "
        "write “at_least: 18 years” if they may take part",
        [("older_than: 18 years", "at_least: 18 years")],
    ),
    "2017 is stale": (
        "stale_date",
        "2017-01-01 is long past when the edition begins, on 2026-10-01; "
        "choose a day that fits this edition, unless that is meant",
        [("date: 2017-01-01", "date: 2025-01-01")],
    ),
    "the union has another abbreviation": (
        "unusual_name",
        "“ЕАС” is not what these countries are usually called: “ЕАЭС”; "
        "ask which countries are meant, and write the usual name",
        [
            ("заказчик должен вести свой бизнес на территории России или в странах ЕАС", "в странах ЕАЭС"),
            ("in the states of the EAC", "in the states of the EAEU"),
            ("name: {ru: страны ЕАС,", "name: {ru: страны ЕАЭС,"),
        ],
    ),
    "several categories are promised and one is there": (
        "one_for_several",
        "The wording speaks of several categories, but only “collections-team” is there; "
        "speak of one category, or send cases to the others too",
        [
            ("выделены отдельные номинации", "выделена отдельная номинация"),
            ("Separate categories are set aside", "A separate category is set aside"),
        ],
    ),
    "a robot that serves without agents fits two categories": (
        "also_taken",
        "“digital” sends cases to “automation” that “self-service” takes too; "
        "send them on from “self-service” as well, unless that is meant",
        [("does, field: service, activity: self_service", "only, field: service, activity: self_service")],
    ),
    "territory matters in one of two alike": (
        "anywhere",
        "“technology” says in which countries one must do business, “insight” does not; "
        "add the same rule “territory”, unless that is meant",
        [("roles: [vendor, provider],", "roles: [provider],")],
    ),
}


def warnings(text: str) -> list[tuple[str, str]]:
    reading = read(text, file="f")
    assert reading.errors == ()
    return [(odd.code, f"{odd.message}; {odd.remedy}") for odd in reading.warnings]


def test_the_linter_finds_these_and_nothing_else() -> None:
    assert sorted(warnings(TEXT)) == sorted((code, words) for code, words, _changes in FOUND.values())


@pytest.mark.parametrize("oddity", FOUND)
def test_an_oddity_is_not_found_once_its_cause_is_gone(oddity: str) -> None:
    code, words, changes = FOUND[oddity]
    text = TEXT
    for good, bad in changes:
        assert text.count(good) == 1, good
        text = text.replace(good, bad)

    assert (code, words) not in warnings(text)


def test_every_finding_points_at_the_line_that_causes_it() -> None:
    lines = TEXT.split("\n")
    pointed = {odd.code: lines[odd.line - 1][odd.column - 1 :] for odd in read(TEXT, file="f").warnings}

    assert pointed["announced_count"] == "37"
    assert pointed["no_year"] == '"12-01"'
    assert pointed["strictly_older"] == "18 years"
    assert pointed["stale_date"].startswith("2017-01-01")
    assert pointed["brackets_gap"].startswith("{rule: size, what: team_size, unit: people, min: 20, max: 50")
    assert pointed["other_unit"] == "contact-centre"
    assert pointed["one_for_several"].startswith('"Для команд, занятых сбором задолженности')
    assert pointed["unusual_name"].startswith('"заказчик должен вести свой бизнес')
