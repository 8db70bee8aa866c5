"""Faults of what a jury needs: facts, rules that read them, divisions, stages, key figures and fees."""

import pytest

from kaaring.programmes.definition.reading import read

VALID = """\
kaaring: 1
programme: {slug: prize, name: Prize}
edition: {slug: "2030", languages: [en]}
timeline: {entries: [2030-01-01, 2030-02-01], judging: [2030-03-01, 2030-03-31]}
jury:
  scale: {from: 0, to: 10, step: 1}
  jurors_per_entry: 5
  combine: {minimum_marks: 3}
  stages:
    - {code: screening, mode: pass_fail, period: [2030-03-01, 2030-03-07], jurors_per_entry: 3, passes: 2}
    - {code: marking, mode: scorecard, period: [2030-03-08, 2030-03-20], shortlist: {top: 5}, weight: 40}
    - {code: final, mode: points, points: 10, period: [2030-03-21, 2030-03-31], weight: 60}
territories: {north: ["NO", SE]}
facts:
  - {code: size, name: How many?, kind: number, unit: people}
  - {code: seats, name: How many seats?, kind: number, unit: seats}
  - {code: since, kind: date}
  - {code: does, kind: choices, options: [{code: sales}, {code: service}]}
  - {code: role, kind: choice, options: [{code: leader}]}
  - {code: where, kind: countries, party: client}
  - {code: green, kind: yes_no}
terms: [{code: people}, {code: seats}]
key_figures: [{code: wait}, {code: nps}]
fees:
  currency: NOK
  vat: 25%
  prices:
    - {code: early, until: 2030-01-10, price: 100, member: 50}
    - {code: normal, until: 2030-01-20, price: 200}
    - {code: late, price: 300}
  seller: {name: P, number: "1", street: S, postcode: "0", city: C, country: "NO", account: "1234"}
categories:
  - code: centre
    subject: [team, partnership]
    criteria: [{code: results, weight: 100, kpis: [wait, nps]}]
    eligibility:
      - {rule: subject, kinds: team, roles: [leader]}
      - {rule: only, field: does, activity: [sales, service]}
      - {rule: value_on, field: since, date: 2030-12-01, at_least: 6 months}
      - {rule: not_before, field: since, date: 2029-01-01}
      - {rule: territory, party: client, field: where, groups: [north]}
      - {rule: partnership, roles: [client, vendor]}
      - {rule: attestation, who: entrant, field: green}
    divisions:
      - {code: small, rule: {rule: size, what: size, unit: people, max: 20}}
      - {code: large, rule: {rule: size, what: size, unit: people, more_than: 20}}
awards:
  - {code: small, by: jury, category: centre, division: small}
  - {code: large, by: jury, category: centre, division: large}
"""


def told(marked: str) -> tuple[list[str], list[str], bool]:
    """Return the errors and warnings of a text, and whether what is worst stands where its ¤ is."""
    before = marked[: marked.index("¤")]
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    reading = read(marked.replace("¤", ""), file="prize.yaml")
    stand_there = all((each.line, each.column) == place for each in reading.errors or reading.warnings)
    return [each.code for each in reading.errors], [each.code for each in reading.warnings], stand_there


def changed(good: str, bad: str) -> str:
    assert VALID.count(good) == 1, good
    return VALID.replace(good, bad)


def test_the_valid_file_has_no_faults() -> None:
    assert read(VALID, file="prize.yaml").faults == ()


WRONG = [
    (
        "  - {code: since, kind",
        "  - {code: ¤size, kind: number, unit: people}\n  - {code: since, kind",
        "duplicate_code",
    ),
    ("{code: since, kind: date}", "{code: since, kind: date, ¤unit: years}", "has_no_use"),
    ("{code: green, kind: yes_no}", "{code: green, kind: yes_no, ¤options: [{code: a}]}", "has_no_use"),
    ("{code: sales}, {code: service}", "{code: sales}, {code: service}, {code: ¤sales}", "duplicate_code"),
    ("  - {code: green,", "  - ¤{code: team, kind: choice}\n  - {code: green,", "options_missing"),
    ("party: client}\n", "party: ¤customer}\n", "unknown_role"),
    ("terms: [{code: people}", "terms: [{code: people}, {code: ¤people}", "duplicate_code"),
    ("[{code: wait}, {code: nps}]", "[{code: wait}, {code: nps}, {code: ¤nps}]", "duplicate_code"),
    ("kpis: [wait, nps]", "kpis: [wait, ¤npss]", "unknown_key_figure"),
    ("kpis: [wait, nps]", "kpis: [wait, ¤wait]", "duplicate_code"),
    ("roles: [leader]", "roles: [¤leaders]", "unknown_option"),
    ("roles: [leader]", "excluding: [¤leaders]", "unknown_option"),
    ("roles: [leader]", "roles: [leader], field: ¤rol", "unknown_fact"),
    ("activity: [sales, service]", "activity: [sales, ¤serving]", "unknown_option"),
    ("only, field: does", "only, field: ¤size", "fact_kind"),
    ("value_on, field: since", "value_on, field: ¤sinc", "unknown_fact"),
    ("value_on, field: since", "value_on, field: ¤green", "fact_kind"),
    ("not_before, field: since", "not_before, field: ¤size", "fact_kind"),
    ("territory, party: client", "territory, party: ¤customer", "unknown_role"),
    ("field: where", "field: ¤there", "unknown_fact"),
    ("field: where", "field: ¤green", "fact_kind"),
    ("groups: [north]", "groups: [¤nord]", "unknown_territory"),
    ("field: green", "field: ¤since", "fact_kind"),
    ("what: size, unit: people, max: 20", "what: ¤siz, unit: people, max: 20", "unknown_fact"),
    ("what: size, unit: people, max: 20", "what: size, unit: ¤seats, max: 20", "unit"),
    (
        "awards:\n",
        "      - {code: ¤large, rule: {rule: size, what: size, max: 9}}\nawards:\n",
        "duplicate_code",
    ),
    ("rule: {rule: size, what: size, unit: people, max: 20}", "rule: ¤{rule: size, what: size}", "bounds"),
    ("division: small", "division: ¤smal", "unknown_division"),
    ("passes: 2", "passes: ¤4", "more_than_jurors"),
    ("shortlist: {top: 5}", "seats_by_lottery: ¤6", "more_than_jurors"),
    ("shortlist: {top: 5}", "¤passes: 2", "has_no_use"),
    ("shortlist: {top: 5}", "¤voting: confirmed_email", "has_no_use"),
    ("shortlist: {top: 5}", "¤count: borda", "has_no_use"),
    ("shortlist: {top: 5}", "jurors_per_entry: ¤2", "never_enough_marks"),
    ("shortlist: {top: 5}", "shortlist: ¤{margin: 1}", "shortlist"),
    ("shortlist: {top: 5}", "shortlist: ¤{top: 5, threshold: 70}", "shortlist"),
    ("shortlist: {top: 5}", "shortlist: {percentile: ¤101}", "too_high"),
    ("shortlist: {top: 5}", "shortlist: {threshold: ¤700}", "too_high"),
    ("{code: final, mode: points, points: 10", "¤{code: final, mode: points", "missing"),
    ("[2030-03-21, 2030-03-31]", "[2030-03-21, ¤2030-03-20]", "ends_before_it_begins"),
    ("code: normal,", "code: ¤early,", "duplicate_code"),
    ("    - {code: normal,", "    - {code: free, price: 0}\n    - ¤{code: normal,", "price_never_reached"),
    ("until: 2030-01-20", "until: ¤2030-01-05", "price_never_reached"),
    ("{code: late, price: 300}", "{code: late, until: ¤2030-02-01, price: 300}", "no_price_after"),
    ('"NO", account', '"NO", registration: ¤Enhetsregisteret, account', "other_registration"),
]


@pytest.mark.parametrize(("good", "bad", "code"), WRONG)
def test_what_cannot_be_is_told_with_its_line_and_column(good: str, bad: str, code: str) -> None:
    errors, _warnings, stand_there = told(changed(good, bad))

    assert (errors, stand_there) == ([code], True)


ODD = [
    ("period: [2030-03-01, 2030-03-07]", "period: ¤[2030-02-27, 2030-03-07]", "outside_judging"),
    ("[2030-03-08, 2030-03-20]", "¤[2030-03-07, 2030-03-20]", "stages_overlap"),
    ("points: 10,", "points: 10, ¤shortlist: {top: 1},", "no_next_stage"),
    ("member: 50", "member: ¤150", "members_pay_more"),
    ("seller: {name: P,", "seller: ¤{name: P AS,", "no_registration"),
    ("  - {code: large, by: jury, category: centre, division: large}\n", "", "nothing_to_win"),
    ("weight: 60", "weight: 50", "stage_weights"),
    ("weight: 100, kpis: [wait, nps]}]", "weight: 100}, ¤{code: style}]", "weightless"),
    ("name: How many seats?", "name: ¤How many?", "alike"),
]


MARKS = {
    "nothing_to_win": ("{code: large, rule", "{code: ¤large, rule"),
    "stage_weights": ("    - {code: screening", "    ¤- {code: screening"),
}
"""Where the fault stands if that is not where the change is."""


@pytest.mark.parametrize(("good", "bad", "code"), ODD)
def test_what_is_odd_is_a_warning_with_its_line_and_column(good: str, bad: str, code: str) -> None:
    text = changed(good, bad).replace(*MARKS.get(code, ("", "")))

    assert told(text) == ([], [code], True)


DECIDED_BY_POINTS = VALID.replace(", weight: 40", "").replace(", weight: 60", "")
"""The same without a blend, so that the last stage decides, which has no marks."""


@pytest.mark.parametrize(
    ("text", "ties", "codes"),
    [
        (VALID, "['criterion:results', jury]", []),
        (DECIDED_BY_POINTS, "[jury]", []),
        (DECIDED_BY_POINTS, "[¤'criterion:results', jury]", ["tie_parts_nothing"]),
        (
            DECIDED_BY_POINTS.replace("mode: points, points: 10", "mode: pass_fail"),
            "[¤jury]",
            ["tie_parts_nothing"],
        ),
    ],
)
def test_a_tie_breaker_that_can_part_nothing_where_it_is_decided_is_odd(
    text: str, ties: str, codes: list[str]
) -> None:
    text = text.replace("{minimum_marks: 3}", f"{{minimum_marks: 3, ties: {ties}}}")

    assert told(text if codes else f"{text}¤") == ([], codes, True)


@pytest.mark.parametrize("count", ["schulze", "stv"])
@pytest.mark.parametrize("limit", ["threshold: 50", "percentile: 50", "margin: 5"])
def test_what_asks_for_scores_is_odd_where_a_count_gives_places_alone(count: str, limit: str) -> None:
    top = "top: 5, " if limit.startswith("margin") else ""
    marking = "mode: scorecard, period: [2030-03-08, 2030-03-20], shortlist: {top: 5}, weight: 40"
    ranking = f"mode: ranking, period: [2030-03-08, 2030-03-20], shortlist: {{{top}¤{limit}}}, "
    text = changed(marking, f"{ranking}count: {count}").replace(", weight: 60", "")

    assert told(text) == ([], ["no_scores_here"], True)
    assert told(text.replace(count, "borda"))[:2] == ([], [])
