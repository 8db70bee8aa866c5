"""Every fault of a definition file: where it stands, what it is called, and what is said of it."""

from collections.abc import Sequence
from datetime import date

import pytest

from kaaring.programmes.definition.faults import Fault
from kaaring.programmes.definition.reading import read

VALID = """\
kaaring: 1
programme: {slug: prize, name: {en: Prize}}
edition: {slug: "2030", timezone: Europe/Oslo, languages: [en, nb]}
timeline: {fieldwork: [2030-01-01, 2030-02-01], rounding: 2030-01-15, announcement: 2030-03-01T12:00}
survey:
  channels:
    phone: {attempts: 2, max_wait: 5 minutes, send_before: "12:00"}
    chat: {max_wait: 30 minutes}
    messenger: {instead_of: chat}
  allocation: {enquiries: 10, most_channels: 2, key: {phone: 6, chat: 4}}
  hours: {from: "09:00", to: "15:00", holidays: "NO"}
  areas: [{code: wait}, {code: agent}]
  themes: [{code: interest}]
  questions:
    - {code: A1, area: wait, gate: unanswered, options: [{code: "yes"}, {code: "no", stops: true}]}
    - code: A2
      area: wait
      themes: [interest]
      channels: [phone, chat]
      measured: seconds
      unit: {chat: minutes}
      bands: {phone: [[60, 4], [120, 2]], chat: [[1, 4]]}
    - {code: B1, area: agent, themes: [interest], scale: [1, 6], points: 40, anchors: {1: low, 6: high}}
    - {code: B2, area: agent, themes: [interest], options: [{code: "yes", points: 2}, {code: "no"}]}
    - code: B3
      area: agent
      themes: [interest]
      multiple: 2
      points: 3
      options: [{code: glad, points: 2}, {code: safe, points: 2}, {code: sad}]
      not_applicable: Nothing was said
    - {code: CX, scale: [0, 10], scored: false, metric: nps}
  comments: [agent]
  scoring: {least_observed: 60%, minimum_enquiries: 5, ties: ["area:agent"]}
  results: [total, "metric:nps"]
  publish_means: ["theme:interest", "question:B1"]
  classes: [{code: banks, minimum_participants: 3}]
jury:
  scale: {from: 0, to: 10, step: 1, anchors: {0: none, 10: all}}
  jurors_per_entry: 5
  combine: {method: trimmed, trim: 1, minimum_marks: 3, ties: ["criterion:results", jury]}
  stages: [{code: final, mode: scorecard}]
territories: {union: ["NO", SE]}
category_groups: [{code: people}]
categories:
  - code: outsourcing
    group: people
    subject: partnership
    criteria: [{code: actions, weight: 60}, {code: results, weight: 40, discretion: ceiling}]
    eligibility:
      - {rule: partnership, roles: [centre, client]}
      - {rule: size, what: people, max: 20, redirect: alliance}
      - {rule: territory, groups: [union]}
      - {rule: any_of, of: [{rule: only, activity: sales}, {rule: not, of: {rule: attestation, who: head}}]}
      - {rule: value_on, field: tenure, date: 2030-12-01, at_least: 6 months}
  - {code: alliance, subject: [partnership], criteria: [{code: quality}]}
awards:
  - {code: best, by: measure, measure: total, among: all}
  - {code: partner, by: jury, category: outsourcing}
  - {code: ally, category: alliance, by: jury}
"""
GATE = 'gate: unanswered, options: [{code: "yes"}, {code: "no", stops: true}]'


def a_faulty_file(good: str, bad: str) -> tuple[str, int, int]:
    """Return the valid file with a part replaced, and the line and column of the ¤ that marks the fault."""
    assert VALID.count(good) == 1, good
    marked = VALID.replace(good, bad)
    before = marked[: marked.index("¤")]
    return marked.replace("¤", ""), before.count("\n") + 1, len(before) - before.rfind("\n")


def told(faults: Sequence[Fault]) -> list[tuple[str, int, int]]:
    return [(fault.code, fault.line, fault.column) for fault in faults]


def test_the_valid_file_has_no_faults() -> None:
    # Its texts are in one of its two languages; texts without a language are meant for both.
    faults = read(VALID, file="prize.yaml").faults

    assert [str(fault) for fault in faults] == [
        "prize.yaml:2:32: This text is missing in: nb; add it; until then it is shown in another language"
    ]


SHAPES = [
    ("kaaring: 1", "kaaring: ¤2", "not_one_of"),
    ("kaaring: 1\n", "¤", "missing"),
    ("slug: prize", "slug: ¤Prize!", "not_allowed"),
    ("slug: prize", "slug:¤ ", "wrong_type"),
    ("name: {en: Prize}", "name: {¤English: Prize, en: Prize}", "not_allowed"),
    ("name: {en: Prize}", "name: {en: ¤5}", "wrong_type"),
    ("name: {en: Prize}", "name: ¤5", "text_shape"),
    ("name: {en: Prize}", 'name: ¤""', "string_too_short"),
    ("name: {en: Prize}", "name: ¤{}", "too_few"),
    ('slug: "2030"', "slug: ¤2030", "wrong_type"),
    ("Europe/Oslo", "¤Europe/Osloo", "timezone"),
    ("languages: [en, nb]", "languages: ¤en", "wrong_type"),
    ("languages: [en, nb]", "languages: [en, ¤norsk]", "not_allowed"),
    ("[2030-01-01, 2030-02-01]", "¤[2030-01-01]", "missing"),
    ("[2030-01-01, 2030-02-01]", "¤[2030-01-01, 2030-02-01, 2030-03-01]", "too_many"),
    ("[2030-01-01, 2030-02-01]", "[2030-01-01, ¤1 February]", "day"),
    ("[2030-01-01, 2030-02-01]", "[2030-01-01, ¤2030-02-31]", "no_such_day"),
    ("2030-03-01T12:00", "¤2030-03-01T25:00", "no_such_day"),
    ("2030-03-01T12:00", "¤2030-03-01T12:00+01:00", "moment"),
    ("2030-03-01T12:00", "¤noon", "moment"),
    ("attempts: 2", "attempts: ¤two", "wrong_type"),
    ("attempts: 2", "attempts: ¤2.5", "wrong_type"),
    ("attempts: 2", "attempts: ¤0", "too_low"),
    ("attempts: 2", "attempts: ¤11", "too_high"),
    ("attempts: 2", "¤attempt: 2", "unknown_key"),
    ("max_wait: 5 minutes", "max_wait: ¤5 minuets", "span"),
    ("max_wait: 5 minutes", "max_wait: ¤5", "span"),
    ('send_before: "12:00"', "send_before: ¤noon", "clock"),
    ("    messenger: {", "    ¤my messenger: {", "not_allowed"),
    ("phone: 6, chat: 4", "phone: ¤-6, chat: 4", "too_low"),
    ('holidays: "NO"', "holidays: ¤Norway", "not_allowed"),
    ("areas: [{code: wait}", "areas: [¤wait", "wrong_type"),
    ("{code: banks, min", "¤{min", "missing"),
    ("gate: unanswered", "gate: ¤unaswered", "not_one_of"),
    ("stops: true", "stops: ¤yes", "wrong_type"),
    ("scale: [1, 6]", "scale: [1, ¤six]", "wrong_type"),
    ("scale: [1, 6]", "scale: ¤6", "wrong_type"),
    ("points: 40", "points: ¤forty", "number"),
    ("points: 40", "points: ¤-40", "negative"),
    ("points: 40", "points: ¤.nan", "number"),
    ("points: 40", "points: ¤true", "number"),
    ("anchors: {1: low", "anchors: {¤low: low", "wrong_type"),
    ("[[60, 4], [120, 2]]", "[¤[60], [120, 2]]", "missing"),
    ("[[60, 4], [120, 2]]", "¤[]", "too_few"),
    ("multiple: 2", "multiple: ¤1", "too_low"),
    ("scored: false", "scored: ¤no", "wrong_type"),
    ("least_observed: 60%", "least_observed: ¤160%", "share"),
    ("least_observed: 60%", "least_observed: ¤most", "number"),
    ("results: [total, ", "results: [¤totals, ", "not_allowed"),
    ('ties: ["criterion:results"', 'ties: [¤"results"', "not_allowed"),
    ("mode: scorecard", "mode: ¤scorecards", "not_one_of"),
    ("jurors_per_entry: 5\n", "jurors_per_entry: 5\n  ¤juror_count: 5\n", "unknown_key"),
    ("subject: partnership", "subject: ¤partners", "not_one_of"),
    ("rule: size, what", "rule: ¤sise, what", "unknown_rule"),
    ("{rule: territory, groups", "¤{groups", "missing"),
    ("max: 20", "¤maximum: 20", "unknown_key"),
    ("of: {rule: attestation, who: head}", "of: ¤{rule: attestation}", "missing"),
    ("at_least: 6 months", "at_least: ¤half a year", "span"),
    ("by: jury, category", "by: ¤juries, category", "not_one_of"),
]


@pytest.mark.parametrize(("good", "bad", "code"), SHAPES)
def test_a_wrong_shape_is_told_with_its_line_and_column(good: str, bad: str, code: str) -> None:
    text, line, column = a_faulty_file(good, bad)

    reading = read(text, file="prize.yaml")

    assert told(reading.errors) == [(code, line, column)]
    assert reading.definition is None


MEANINGS = [
    ("{code: agent}]", "{code: agent}, {code: ¤agent}]", "duplicate_code"),
    ("{code: agent}]", "{code: agent, name: ¤{ru: Оператор}}]", "no_language"),
    ("[{code: interest}]", "[{code: interest}, {code: ¤interest}]", "duplicate_code"),
    ("[2030-01-01, 2030-02-01]", "[2030-02-01, ¤2030-01-20]", "ends_before_it_begins"),
    ("instead_of: chat", "instead_of: ¤chatt", "unknown_channel"),
    ("instead_of: chat", "instead_of: ¤messenger", "stands_in_for_itself"),
    ("phone: 6, chat: 4}", "¤fax: 6, chat: 4, phone: 0}", "unknown_channel"),
    ("key: {phone: 6, chat: 4}", "key: ¤{phone: 6, chat: 5}", "allocation_sum"),
    ('to: "15:00"', 'to: ¤"08:00"', "ends_before_it_begins"),
    ('send_before: "12:00"', 'send_before: ¤"08:30"', "never_sent"),
    ("comments: [agent]", "comments: [¤agents]", "unknown_area"),
    ("comments: [agent]", "comments: [agent, ¤agent]", "duplicate_code"),
    ('ties: ["area:agent"]', 'ties: [¤"area:agents"]', "unknown_area"),
    ('results: [total, "metric:nps"]', 'results: [total, ¤"metric:ces"]', "unknown_metric"),
    ('results: [total, "metric:nps"]', 'results: [total, ¤"channel:fax"]', "unknown_channel"),
    ('results: [total, "metric:nps"]', "results: [total, ¤total]", "duplicate_code"),
    ('["theme:interest"', '[¤"theme:interests"', "unknown_theme"),
    ('"question:B1"', '¤"question:B9"', "unknown_question"),
    ('"question:B1"', '¤"question:A1"', "no_such_score"),
    (
        "{code: banks, minimum_participants: 3}]",
        "{code: banks, minimum_participants: 3}, {code: ¤banks, minimum_participants: 3}]",
        "duplicate_code",
    ),
    ("code: A1, area: wait", "code: A1, area: ¤wiat", "unknown_area"),
    ("code: B2, area", "code: ¤B1, area", "duplicate_code"),
    ("code: B2, area", "code: ¤status, area", "reserved_code"),
    ("{code: B2, area: agent, ", "¤{code: B2, ", "area_missing"),
    (
        "      themes: [interest]\n      channels",
        "      themes: [¤interests]\n      channels",
        "unknown_theme",
    ),
    (
        "      themes: [interest]\n      channels",
        "      themes: [interest, ¤interest]\n      channels",
        "duplicate_code",
    ),
    ("channels: [phone, chat]", "channels: [phone, chat, ¤fax]", "unknown_channel"),
    ("channels: [phone, chat]", "channels: [phone, chat, ¤chat]", "duplicate_code"),
    ("chat: [[1, 4]]", "¤fax: [[1, 4]], chat: [[1, 4]]", "unknown_channel"),
    ("unit: {chat: minutes}", "unit: {¤fax: minutes}", "unknown_channel"),
    (
        "bands: {phone: [[60, 4], [120, 2]], chat: [[1, 4]]}",
        "bands: ¤{phone: [[60, 4], [120, 2]]}",
        "bands_missing",
    ),
    ("[[60, 4], [120, 2]]", "[[60, 4], ¤[50, 2]]", "bands_unsorted"),
    ("[[60, 4], [120, 2]]", "[[60, 4], ¤[60, 2]]", "bands_unsorted"),
    ("measured: seconds\n", "measured: seconds\n      points: ¤5\n", "points_cannot_be_given"),
    ('{code: "yes", points: 2}, {code: "no"}', '{code: "yes", points: 2}, {code: ¤"yes"}', "duplicate_code"),
    ('{code: "yes", points: 2}, {code: "no"}', '{code: "yes", points: 2}, {code: ¤na}', "reserved_code"),
    (
        'themes: [interest], options: [{code: "yes", points: 2}',
        'themes: [interest], points: ¤3, options: [{code: "yes", points: 2}',
        "points_cannot_be_given",
    ),
    (
        'themes: [interest], options: [{code: "yes", points: 2}',
        'themes: [interest], points: ¤1, options: [{code: "yes", points: 2}',
        "points_cannot_be_given",
    ),
    ("points: 3\n", "points: ¤5\n", "points_cannot_be_given"),
    ("{code: glad, points: 2}", "{code: glad, points: ¤4}", "points_cannot_be_given"),
    ("multiple: 2", "multiple: ¤4", "too_many_options"),
    ("6: high}", "¤7: high}", "anchor_off_scale"),
    (
        "{code: B1, area",
        "¤{code: B1, measured: count, bands: {phone: [[1, 40]], chat: [[1, 40]], messenger: [[1, 40]]}, area",
        "how_answered",
    ),
    ("{code: CX, scale: [0, 10]", "¤{code: CX", "how_answered"),
    ("measured: seconds", "measured: seconds\n      ¤anchors: {1: one}", "has_no_use"),
    ("scale: [0, 10], scored: false", "scale: ¤[1, 10], scored: false", "metric_scale"),
    ("scored: false, metric: nps", "metric: ¤nps", "metric_scored"),
    ("to: 10, step: 1", "to: 10, step: ¤3", "uneven_step"),
    ("from: 0, to: 10, step: 1", "from: 10, to: ¤10, step: 1", "scale_backwards"),
    ("0: none, 10: all", "0: none, ¤11: all", "anchor_off_scale"),
    ("{method: trimmed, trim: 1, ", "¤{method: mean, trim: 1, ", "trim"),
    ("minimum_marks: 3", "minimum_marks: ¤6", "never_enough_marks"),
    ('"criterion:results"', '¤"criterion:result"', "unknown_criterion"),
    (
        "{code: final, mode: scorecard}",
        "{code: final, mode: scorecard}, {code: ¤final, mode: pass_fail}",
        "duplicate_code",
    ),
    ("group: people", "group: ¤persons", "unknown_group"),
    (
        "{code: actions, weight: 60}",
        "{code: actions, weight: 60}, {code: ¤actions, weight: 0}",
        "duplicate_code",
    ),
    ("redirect: alliance", "redirect: ¤aliance", "unknown_category"),
    ("redirect: alliance", "redirect: ¤outsourcing", "redirects_to_itself"),
    ("groups: [union]", "groups: [¤onion]", "unknown_territory"),
    ("who: head}", "who: head, redirect: ¤elsewhere}", "unknown_category"),
    ("activity: sales}", "activity: sales, redirect: ¤elsewhere}", "unknown_category"),
    ("{rule: size, what: people, max: 20", "¤{rule: size, what: people", "bounds"),
    ("{rule: size, what: people, max: 20", "¤{rule: size, what: people, min: 30, max: 20", "bounds"),
    (
        "{rule: value_on, field: tenure, date: 2030-12-01, at_least: 6 months}",
        "¤{rule: value_on, field: tenure, date: 2030-12-01}",
        "one_of_two",
    ),
    ("{code: partner,", "{code: ¤best,", "duplicate_code"),
    ("by: measure, measure: total", 'by: measure, measure: ¤"area:agents"', "unknown_area"),
    ("category: outsourcing}", "category: ¤outsorcing}", "unknown_category"),
    (
        "{code: best, by: measure, measure: total, among: all}",
        "¤{code: best, by: measure, among: all}",
        "missing",
    ),
    ("by: jury, category", "by: jury, ¤measure: total, category", "has_no_use"),
    (GATE, 'gate: ¤unanswered, options: [{code: "yes"}, {code: "no"}]', "gate_without_stop"),
    (GATE, 'options: [{code: "yes"}, {code: "no", stops: ¤true}]', "stops_without_gate"),
    (
        "scale: [1, 6], points: 40, anchors: {1: low, 6: high}",
        "scale: ¤[6, 6], points: 40",
        "scale_backwards",
    ),
    ("{rule: value_on,", "¤{rule: value_on, older_than: 18 years,", "one_of_two"),
]


@pytest.mark.parametrize(("good", "bad", "code"), MEANINGS)
def test_what_cannot_be_is_told_with_its_line_and_column(good: str, bad: str, code: str) -> None:
    text, line, column = a_faulty_file(good, bad)

    reading = read(text, file="prize.yaml")

    assert told(reading.errors) == [(code, line, column)]
    assert reading.definition is None


ODD = [
    (
        "[2030-01-01, 2030-02-01], rounding: 2030-01-15",
        "[2030-01-01, 2030-02-01], rounding: ¤2030-02-15",
        "rounding_outside_fieldwork",
    ),
    ("announcement: 2030-03-01T12:00", "announcement: ¤2030-01-31T12:00", "announced_before_the_end"),
    ("messenger: {instead_of: chat}", "¤messenger: {attempts: 1}", "channel_without_enquiries"),
    ("minimum_participants: 3", "minimum_participants: ¤2", "small_class"),
    ("{code: banks, minimum_participants: 3}", "¤{code: banks}", "small_class"),
    ("{code: B2, area: agent, themes: [interest]", "¤{code: B2, area: agent", "in_no_theme"),
    ('options: [{code: "yes", points: 2}, {code: "no"}]', "scale: [0, 1]", "nothing_to_gain"),
    ("weight: 60", "weight: 50", "weights"),
    ("languages: [en, nb]", "languages: [en, nb], announced_count: ¤37", "announced_count"),
    ("{code: agent}]", "{code: agent, name: ¤{nb: Kundebehandleren}}]", "language_missing"),
    (
        "{code: B1, area: agent, themes: [interest]",
        "{code: B1, channels: [chat, messenger], area: agent, themes: [interest]",
        "uneven_points",
    ),
]
MARKS = {
    "nothing_to_gain": ("    - {code: B2", "    - ¤{code: B2"),
    "weights": ("criteria: [{code: actions", "criteria: ¤[{code: actions"),
    "uneven_points": ("    phone: {attempts", "    ¤phone: {attempts"),
}


@pytest.mark.parametrize(("good", "bad", "code"), ODD)
def test_what_is_odd_is_a_warning_and_the_definition_stands(good: str, bad: str, code: str) -> None:
    text = VALID.replace("name: {en: Prize}", "name: Prize")
    assert text.count(good) == 1, good
    marked = text.replace(good, bad).replace(*MARKS.get(code, ("", "")))
    line = marked[: marked.index("¤")].count("\n") + 1
    column = len(marked.split("\n")[line - 1].split("¤")[0]) + 1

    reading = read(marked.replace("¤", ""), file="prize.yaml")

    assert told(reading.warnings) == [(code, line, column)]
    assert reading.errors == ()
    assert reading.definition is not None


def test_more_than_forty_questions_on_a_channel_are_odd() -> None:
    more = "".join(
        f"    - {{code: M{n}, area: agent, channels: [phone], scored: false, scale: [1, 6]}}\n"
        for n in range(36)
    )
    text = VALID.replace("name: {en: Prize}", "name: Prize").replace("  comments:", more + "  comments:")

    reading = read(text, file="prize.yaml")

    assert told(reading.warnings) == [("long_form", 7, 5)]
    assert "“phone” asks 42 questions" in str(reading.warnings[0])


def test_dates_are_past_only_against_a_day_given() -> None:
    text = VALID.replace("name: {en: Prize}", "name: Prize")

    assert read(text, file="f").faults == ()
    assert read(text, file="f", on=date(2030, 1, 15)).faults == ()
    late = read(text, file="f", on=date(2030, 2, 2))
    assert told(late.warnings) == [("date_past", 4, 23), ("date_past", 4, 59)]
    assert str(late.warnings[1]) == "f:4:59: “rounding” is past: 2030-01-15; change it, unless that is meant"


def test_channels_that_are_no_map_are_told_as_one_fault() -> None:
    start, end = VALID.index("  channels:\n"), VALID.index("  allocation:")
    text = VALID[:start] + "  channels: [phone, chat]\n" + VALID[end:]

    assert told(read(text, file="f").errors) == [("wrong_type", 6, 13)]


def test_criteria_without_weights_weigh_the_same_and_need_no_hundred() -> None:
    text = VALID.replace(", weight: 60", "").replace(", weight: 40", "").replace("{en: Prize}", "Prize")

    assert read(text, file="f").faults == ()


def test_two_channels_that_stand_in_for_each_other_are_both_told() -> None:
    text = VALID.replace("chat: {max_wait: 30 minutes}", "chat: {instead_of: messenger}")

    assert told(read(text, file="f").errors) == [
        ("stands_in_for_itself", 8, 24),
        ("stands_in_for_itself", 9, 29),
    ]


def test_an_award_by_measure_needs_something_that_is_measured() -> None:
    text = (
        "kaaring: 1\nprogramme: {slug: p, name: P}\nedition: {slug: e}\n"
        "awards: [{code: a, by: measure, measure: total}]\n"
    )

    assert told(read(text, file="f").errors) == [("nothing_measured", 4, 42)]
