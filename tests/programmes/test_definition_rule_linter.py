"""The rule linter on small definitions: what it finds, and that one changed number puts it right."""

import pytest

from kaaring.programmes.definition.reading import read

START = """\
kaaring: 1
programme: {slug: prize, name: Prize}
edition: {slug: "2030", languages: [en]}
timeline: {entries: [2030-01-01, 2030-02-01], judging: [2030-03-01, 2030-03-31], announcement: 2030-04-10}
"""


def told(rest: str) -> list[str]:
    reading = read(START + rest, file="f")
    assert reading.errors == ()
    return [f"{odd.code}: {odd.message}" for odd in reading.warnings]


def teams(*sizes: str, more: str = "") -> str:
    """Return categories that differ in size alone."""
    return "categories:\n" + "".join(
        f"  - code: t{n}\n    subject: team\n    criteria: [{{code: results}}]\n"
        f"    eligibility: [{{rule: size, what: staff, unit: people, {size}}}{more}]\n"
        for n, size in enumerate(sizes, start=1)
    )


def one(rule: str, category: str = "") -> str:
    """Return one category with one rule."""
    return (
        "categories:\n  - code: only\n    subject: team\n    criteria: [{code: results}]\n"
        f"    eligibility:\n      - {rule}\n{category}"
    )


def both(first: str, second: str, sizes: str) -> str:
    return f"brackets_overlap: Both “{first}” and “{second}” take “staff” of {sizes}"


def none_of(codes: str, sizes: str) -> str:
    return f"brackets_gap: None of these takes “staff” of {sizes}: {codes}"


SIZES = [
    (["max: 20", "min: 20"], [both("t1", "t2", "exactly 20")]),
    (["max: 20", "min: 21"], []),
    (["max: 20", "more_than: 20"], []),
    (["less_than: 20", "min: 20"], []),
    (["less_than: 20", "more_than: 20"], [none_of("t1, t2", "exactly 20")]),
    (["max: 20", "min: 25"], [none_of("t1, t2", "21 to 24")]),
    (["min: 25", "max: 20"], [none_of("t2, t1", "21 to 24")]),
    (["max: 20", "min: 15, max: 50", "min: 51"], [both("t1", "t2", "15 to 20")]),
    (["max: 20", "min: 21, max: 50"], [none_of("t1, t2", "51 or more")]),
    (["max: 20", "min: 21, max: 50, split: true"], []),
    (["min: 5, max: 20", "min: 21"], [none_of("t1, t2", "4 or less")]),
    (["min: 1, max: 20", "min: 21"], []),
    (["max: 20"], []),
    (
        ["max: 20", "max: 20"],
        ["same_rules: Every case that fits “t2” also fits “t1”: their rules are the same"],
    ),
    (["max: 100", "max: 250", "min: 251"], [both("t1", "t2", "100 or less")]),
    (["max: 99", "min: 10, max: 20", "min: 100"], [both("t1", "t2", "10 to 20")]),
    (["min: 20", "min: 50"], [both("t1", "t2", "50 or more"), none_of("t1, t2", "19 or less")]),
]


@pytest.mark.parametrize(("sizes", "found"), SIZES)
def test_brackets_take_every_size_once(sizes: list[str], found: list[str]) -> None:
    assert sorted(told(teams(*sizes))) == sorted(found)


def test_a_category_of_another_kind_takes_the_sizes_that_the_last_bracket_sends_to_it() -> None:
    firm = "  - {code: firm, subject: [team, organisation], criteria: [{code: results}]}\n"

    assert told(teams("max: 20", "min: 21, max: 50, redirect: firm") + firm) == []
    assert told(teams("max: 20", "min: 21, max: 50, redirect: t1")) == [
        "brackets_gap: None of these takes “staff” of 51 or more: t1, t2"
    ]


def test_categories_that_differ_in_more_than_size_are_no_brackets_of_each_other() -> None:
    text = teams("max: 20", "min: 20")

    assert len(told(text)) == 1
    assert told(text.replace("subject: team", "subject: person", 1)) == []
    assert told(text.replace("code: results", "code: style", 1)) == []
    assert told(text.replace("unit: people, max", "unit: people, redirect: t2, max")) == told(text)
    assert told(text.replace("max: 20}]", "max: 20}, {rule: only, activity: sales}]")) == []
    assert len(told(teams("max: 20", "min: 20", more=", {rule: only, activity: sales}"))) == 1


SAME = """\
categories:
  - {code: first, subject: [team, person], criteria: [{code: results}], eligibility: [
      {rule: any_of, of: [{rule: only, activity: sales}, {rule: does, activity: [service]}], wording: Both},
      {rule: attestation, who: head, statement: So it is.}]}
  - {code: second, subject: [person, team], criteria: [{code: style}], eligibility: [
      {rule: attestation, who: head, statement: So it is.},
      {rule: any_of, of: [{rule: does, activity: service}, {rule: only, activity: sales}]}]}
"""


@pytest.mark.parametrize(
    ("good", "other"),
    [
        ("subject: [person, team]", "subject: team"),
        ("subject: [person, team]", "subject: [person, team, project]"),
        ("{rule: does, activity: service}, {", "{rule: does, activity: support}, {"),
        ("      {rule: attestation, who: head, statement: So it is.},\n", ""),
        ("{rule: only, activity: sales}]}]}", "{rule: only, activity: sales}], redirect: first}]}"),
    ],
)
def test_two_categories_with_the_same_rules_take_the_same_cases(good: str, other: str) -> None:
    assert told(SAME) == [
        "same_rules: Every case that fits “second” also fits “first”: their rules are the same"
    ]

    assert SAME.count(good) == 1
    assert not [one for one in told(SAME.replace(good, other)) if one.startswith("same_rules")]


def test_categories_told_apart_by_their_names_alone_are_meant() -> None:
    rules = "eligibility: [{rule: attestation, who: head, statement: So it is.}]"
    text = "".join(
        f"  - {{code: {code}, subject: team, criteria: [{{code: results}}], {rules}}}\n"
        for code in ("a", "b")
    )

    assert told("categories:\n" + text) == []
    assert told("categories:\n" + text.replace(rules, "eligibility: []")) == []


def test_no_price_is_given_after_entries_close() -> None:
    fees = """\
categories: [{code: a, subject: team, criteria: [{code: results}]}]
fees:
  currency: EUR
  vat: 0%
  prices: [{code: early, until: 2030-02-01, price: 100}, {code: normal, price: 200}]
  seller: {name: P, number: "1", street: S, postcode: "0", city: C, country: SE, account: "1234"}
"""

    assert told(fees) == []
    assert told(fees.replace("until: 2030-02-01", "until: 2030-02-02")) == [
        "price_after_the_end: “early” is given until 2030-02-02, but entries close on 2030-02-01"
    ]


def test_divisions_are_brackets_of_one_category() -> None:
    text = one("{rule: only, activity: sales}") + (
        "    divisions:\n"
        "      - {code: small, rule: {rule: size, what: seats, max: 250}}\n"
        "      - {code: large, rule: {rule: size, what: seats, min: 250}}\n"
    )

    assert told(text) == ["brackets_overlap: Both “small” and “large” take “seats” of exactly 250"]
    assert told(text.replace("min: 250", "min: 251")) == []


def test_what_is_counted_in_people_is_not_sent_to_where_seats_count() -> None:
    seats = "    eligibility: [{rule: size, what: seats, unit: seats, min: 10}]\n"
    text = one("{rule: size, what: staff, unit: people, max: 50, redirect: firm}") + (
        "  - code: firm\n    subject: team\n    criteria: [{code: results}]\n" + seats
    )

    assert told(text) == [
        "other_unit: “only” counts people, but “firm”, to which it sends others, counts seats"
    ]
    assert told(text.replace("unit: seats", "unit: people")) == []


def test_one_thing_is_counted_in_one_unit() -> None:
    text = teams("max: 20", "min: 21").replace("unit: people, min", "unit: seats, min")

    assert told(text) == ["mixed_units: “staff” is counted in seats here, but in people before"]
    assert told(text.replace("unit: seats", "unit: people")) == []


DAYS = [
    ("{rule: not_before, field: opened, date: 2027-01-02}", []),
    (
        "{rule: not_before, field: opened, date: 2027-01-01}",
        ["stale_date: 2027-01-01 is long past when the edition begins, on 2030-01-01"],
    ),
    ("{rule: value_on, field: hired, date: 2029-12-01, at_least: 6 months}", []),
    (
        "{rule: value_on, field: hired, date: 2017-12-01, at_least: 6 months}",
        ["stale_date: 2017-12-01 is long past when the edition begins, on 2030-01-01"],
    ),
    (
        '{rule: value_on, field: hired, date: "12-01", at_least: 6 months}',
        ["no_year: “12-01” has no year, in “only”, and is read as 2030-12-01"],
    ),
    (
        "{rule: value_on, field: born, date: 2029-12-01, older_than: 18 years}",
        ["strictly_older: “older_than: 18 years” leaves out who reaches it on that very day, in “only”"],
    ),
    ("{rule: value_on, field: born, date: 2029-12-01, at_least: 18 years}", []),
]


@pytest.mark.parametrize(("rule", "found"), DAYS)
def test_days_have_a_year_close_to_the_edition_and_a_clear_end(rule: str, found: list[str]) -> None:
    assert told(one(rule)) == found
    assert told(one(f"{{rule: any_of, of: [{rule}]}}")) == found


def test_a_day_is_stale_only_against_an_edition_that_has_days() -> None:
    rest = one("{rule: not_before, field: opened, date: 2017-01-01}")
    later = START.replace("entries: [2030-01-01, 2030-02-01], ", "")
    judged = read(later + rest, file="f").warnings
    announced = read(later.replace("judging: [2030-03-01, 2030-03-31], ", "") + rest, file="f").warnings
    undated = read(START.replace("timeline", "terms: []  #") + rest, file="f").warnings
    unread = read(START.replace("timeline", "terms: []  #") + one(DAYS[4][0]), file="f").warnings

    assert judged[0].message == "2017-01-01 is long past when the edition begins, on 2030-03-01"
    assert announced[0].message == "2017-01-01 is long past when the edition begins, on 2030-04-10"
    assert undated == ()
    assert [odd.message for odd in unread] == ["“12-01” has no year, in “only”"]


def in_a_union(countries: str, wording: str, code: str = "union") -> str:
    rule = f"{{rule: territory, groups: [{code}], wording: {{en: {wording}}}}}"
    return f"territories: {{{code}: {countries}}}\n" + one(rule)


EAEU = "[AM, BY, KG, KZ, RU]"


def test_a_union_is_called_what_it_is_usually_called() -> None:
    eea = '["NO", IS, LI, AT, BE, BG, CY, CZ, DE, DK, EE, ES, FI, FR, GR, HR, HU, IE, IT, LT, LU, LV, MT, NL, PL, PT, RO, SE, SI, SK]'  # noqa: E501

    assert told(in_a_union(EAEU, "in the EAEC")) == [
        "unusual_name: “EAEC” is not what these countries are usually called: “EAEU”"
    ]
    assert told(in_a_union(EAEU, "in the EAEU")) == []
    assert told(in_a_union(EAEU, "in the USA or five other states")) == []
    assert told(in_a_union("[AM, BY, KG, KZ]", "in the EAEC")) == []
    assert told(in_a_union(eea, "in the EEA")) == []


def test_the_name_of_a_union_in_the_terms_is_looked_at_too() -> None:
    text = in_a_union(EAEU, "there") + "terms: [{code: other, name: x}, {code: union, name: the EAEC}]\n"

    assert told(text) == ["unusual_name: “EAEC” is not what these countries are usually called: “EAEU”"]
    assert told(text.replace("EAEC", "EAEU")) == []


def test_a_union_has_its_members() -> None:
    assert told(in_a_union('[IS, LI, "NO", SE]', "there", code="efta")) == [
        "other_members: “efta” has other members: only here SE, missing here CH"
    ]
    assert told(in_a_union('[IS, LI, "NO"]', "there", code="efta")) == [
        "other_members: “efta” has other members: only here –, missing here CH"
    ]
    assert told(in_a_union('[IS, LI, "NO", CH]', "there", code="efta")) == []


OTHER = "  - {code: other, subject: team, criteria: [{code: style}]}\n"


def sending(wording: str, target: str = "other") -> str:
    return f"{{rule: not, of: {{rule: does, activity: sales}}, redirect: {target}, wording: {wording}}}"


PROMISES = [
    ("{en: There are separate categories for sales}", True),
    ("{en: There is a separate category for sales}", False),
    ("{en: 'Choose one of the categories, for example this one'}", False),
    ("{en: x, nb: Det finnes egne kategorier for salg}", True),
    ("{en: x, nb: Det finnes en egen kategori for salg}", False),
    ("{en: x, ru: Для продаж открыты специальные номинации}", True),
    ("{en: x, ru: Для продаж открыта номинация}", False),
    ("{en: x, ru: Не подходит для данной номинации}", False),
    ("{en: x, ru: 'Есть несколько номинаций, например эта'}", False),
]


@pytest.mark.parametrize(("wording", "is_several"), PROMISES)
def test_a_wording_that_promises_several_categories_needs_several_redirects(
    wording: str, is_several: bool
) -> None:
    found = told(one(sending(wording), OTHER))

    assert found == (
        ["one_for_several: The wording speaks of several categories, but only “other” is there"]
        if is_several
        else []
    )


def test_rules_that_share_a_wording_may_each_send_to_one_of_several() -> None:
    wording = "{en: There are separate categories for some teams}"
    more = f"      - {sending(wording, 'third')}\n"
    third = OTHER.replace("other", "third")

    assert told(one(sending(wording), more + OTHER + third)) == []


def test_cases_are_sent_to_where_their_kind_is_welcome() -> None:
    found = told(one(sending("x"), OTHER.replace("team", "person")))

    assert found == ["unwelcome: “only” sends cases to “other”, which takes no team"]
    assert told(one(sending("x"), OTHER.replace("team", "[person, team]"))) == []


def taking(rules: str, code: str = "third", subject: str = "team") -> str:
    return f"  - {{code: {code}, subject: {subject}, criteria: [{{code: style}}], eligibility: [{rules}]}}\n"


ALSO = [
    ("{rule: does, activity: service}", True),
    ("{rule: does, activity: [sales, service]}", True),
    ("{rule: only, activity: [sales, service]}", True),
    ("{rule: only, activity: service}", False),
    ("{rule: not, of: {rule: only, activity: service}}", False),
    ("{rule: does, activity: service}, {rule: not, of: {rule: does, activity: sales}}", False),
    ("{rule: does, activity: service}, {rule: not, of: {rule: only, activity: sales}}", True),
    ("{rule: only, activity: sales}, {rule: not, of: {rule: only, activity: sales}}", False),
    ("{rule: does, field: hobbies, activity: sales}", False),
    ("{rule: attestation, who: head}", False),
]


@pytest.mark.parametrize(("rules", "takes_too"), ALSO)
def test_cases_sent_to_one_category_are_not_taken_by_a_third(rules: str, takes_too: bool) -> None:
    found = told(one(sending("x"), OTHER + taking(rules)))

    assert found == (
        ["also_taken: “only” sends cases to “other” that “third” takes too"] if takes_too else []
    )


def test_a_third_category_for_others_takes_nothing_away() -> None:
    rules = "{rule: does, activity: service}"

    assert told(one(sending("x"), OTHER + taking(rules, subject="person"))) == []
    assert told("category_groups: [{code: g}]\n" + one(sending("x"), OTHER + taking(rules))) != []
    grouped = taking(rules).replace("code: third,", "code: third, group: g,")
    assert told("category_groups: [{code: g}]\n" + one(sending("x"), OTHER + grouped)) == []


TOGETHER = "{rule: partnership, roles: [client, vendor]}"
GUARD = "{rule: may_not_enter_alone, roles: vendor}"
PLACE = "{rule: territory, party: client, countries: [RU]}"


def two(first: str, second: str) -> str:
    return "categories:\n" + taking(first, code="one") + taking(second, code="two")


PARTNERS = [
    (
        f"{TOGETHER}, {GUARD}",
        TOGETHER,
        ["may_enter_alone: “vendor” may not enter alone in “one”, but may here"],
    ),
    (f"{TOGETHER}, {GUARD}", f"{TOGETHER}, {GUARD}", []),
    (f"{TOGETHER}, {GUARD}", TOGETHER.replace("]}", "], all_required: true}"), []),
    (TOGETHER, TOGETHER, []),
    (
        f"{TOGETHER}, {GUARD}, {PLACE}",
        f"{TOGETHER}, {GUARD}",
        ["anywhere: “one” says in which countries one must do business, “two” does not"],
    ),
    (f"{TOGETHER}, {GUARD}, {PLACE}", f"{TOGETHER}, {GUARD}, {PLACE}", []),
    (f"{TOGETHER}, {GUARD}, {PLACE}", "{rule: may_not_enter_alone, roles: provider}", []),
]


@pytest.mark.parametrize(("first", "second", "found"), PARTNERS)
def test_partners_are_treated_alike_in_all_categories(first: str, second: str, found: list[str]) -> None:
    assert [odd for odd in told(two(first, second)) if not odd.startswith("same_rules")] == found


def test_divisions_can_explain_an_announced_count() -> None:
    text = teams("max: 20", "min: 21") + (
        "    divisions:\n      - {code: a, rule: {rule: size, what: x, max: 5}}\n"
        "      - {code: b, rule: {rule: size, what: x, more_than: 5}}\n"
    )

    def announcing(count: int) -> list[str]:
        announced = START.replace('slug: "2030",', f'slug: "2030", announced_count: {count},')
        return [odd.message for odd in read(announced + text, file="f").warnings]

    assert announcing(2) == []
    assert announcing(3) == [
        "3 categories are announced, but there are 2, or 3 if each division counts as one"
    ]
    assert announcing(4) == ["4 categories are announced, but there are 2"]


TIMES = [
    ("judging: [2030-03-01", "judging: [2030-02-01", "judged_before_the_end"),
    ("announcement: 2030-04-10", "announcement: 2030-03-30", "announced_before_the_end"),
]


@pytest.mark.parametrize(("good", "bad", "code"), TIMES)
def test_entries_judging_and_announcement_follow_each_other(good: str, bad: str, code: str) -> None:
    rest = one("{rule: only, activity: sales}")

    assert [odd.code for odd in read(START.replace(good, bad) + rest, file="f").warnings] == [code]
    assert told(rest) == []
