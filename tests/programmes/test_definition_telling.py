"""What cannot be read at all, all faults at once, and the sentences they are told in."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaaring.programmes.definition.reading import read
from kaaring.programmes.definition.tree import MOST_BYTES
from tests.programmes.test_definition_faults import VALID, a_faulty_file, told

UNREADABLE = [
    ("", ("empty_file", 1, 1)),
    ("# nothing\n", ("empty_file", 1, 1)),
    ("just words", ("wrong_type", 1, 1)),
    ("- a\n- b\n", ("wrong_type", 1, 1)),
    ("a:\n\t- b\n", ("syntax", 2, 1)),
    ("a: b: c\n", ("syntax", 1, 5)),
    ('a: "b\n', ("syntax", 2, 1)),
    ("a: [b\n", ("syntax", 2, 1)),
    ("a: *b\n", ("syntax", 1, 4)),
    ("a: 1\n---\nb: 1\n", ("syntax", 2, 1)),
    ("a: b\x07\n", ("odd_character", 1, 5)),
    ("[" * 3000, ("too_deep", 1, 1)),
    ("a: &a [*a]\n", ("too_deep", 1, 1)),
    ("#" * (MOST_BYTES + 1), ("too_large", 1, 1)),
]


@pytest.mark.parametrize(("text", "fault"), UNREADABLE)
def test_what_is_not_yaml_is_told_where_it_stops_being_so(text: str, fault: tuple[str, int, int]) -> None:
    reading = read(text, file="f")

    assert told(reading.faults) == [fault]
    assert reading.definition is None


def test_aliases_that_multiply_are_refused() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join(f'*{before}' for _ in range(9))}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )

    assert told(read(bomb, file="f").faults) == [("too_deep", 1, 1)]


def test_names_and_values_that_no_definition_has_are_refused() -> None:
    text = VALID.replace("kaaring: 1\n", "kaaring: 1\nkaaring: 1\ntrue: 1\n? [a]\n: 1\n").replace(
        "slug: prize", "slug: !!binary prize"
    )

    assert told(read(text, file="f").errors) == [
        ("duplicate_key", 2, 1),
        ("odd_key", 3, 1),
        ("odd_key", 4, 3),
        ("odd_tag", 6, 19),
    ]


def test_a_number_too_long_to_read_is_no_number() -> None:
    text, line, column = a_faulty_file("attempts: 2", "attempts: ¤" + "9" * 5000)

    assert told(read(text, file="f").errors) == [("wrong_type", line, column)]


def test_everything_is_told_at_once_in_the_order_of_the_file() -> None:
    text = VALID
    for good, bad in (
        ("attempts: 2", "attemps: 2"),
        ('holidays: "NO"', "holidays: Norway"),
        ("code: A1, area: wait", "code: A1, area: wiat"),
        ("points: 40", "points: forty"),
        ("category: outsourcing}", "category: outsorcing}"),
    ):
        assert text.count(good) == 1
        text = text.replace(good, bad)

    assert [str(fault) for fault in read(text, file="prize.yaml").faults] == [
        "prize.yaml:7:13: “attemps” is not known here; did you mean “attempts”?",
        'prize.yaml:11:49: “Norway” is no country; write two capital letters, such as "NO"',
        "prize.yaml:15:24: There is no area “wiat”; did you mean “wait”?",
        "prize.yaml:23:74: “points” must be a number, not “forty”; write a number such as 4, 1.5 or 1/3",
        "prize.yaml:59:41: There is no category “outsorcing”; did you mean “outsourcing”?",
    ]


def test_a_fault_elsewhere_is_not_made_into_unknown_codes() -> None:
    # The area is faulty itself, so what stands in it is not called unknown.
    text, line, column = a_faulty_file("{code: agent}]", "{code: agent, ¤nmae: Agent}]")
    assert told(read(text, file="f").errors) == [("unknown_key", line, column)]

    text, line, column = a_faulty_file("{code: agent}]", "{code: agent, name: ¤[]}]")
    assert told(read(text, file="f").errors) == [("text_shape", line, column)]


SENTENCES = [
    ("kaaring: 1\n", "¤", "“kaaring” is missing here; add “kaaring:” and its value"),
    (
        "attempts: 2",
        "attempts: ¤yes",
        "“attempts” must be a whole number, not “yes”; write a number such as 2, without quotes",
    ),
    ("attempts: 2", "attempts: ¤0", "“attempts” cannot be “0”; write 1 or more"),
    (
        "max_wait: 5 minutes",
        "max_wait: ¤soon",
        "“max_wait” must be a length of time, not “soon”; "
        "write a number and a unit, such as 5 minutes, 3 working days or 6 months",
    ),
    ("gate: unanswered", "gate: ¤unaswered", "“gate” cannot be “unaswered”; did you mean “unanswered”?"),
    (
        "least_observed: 60%",
        "least_observed: ¤6000%",
        "“least_observed” must be a share from 0 % to 100 %, not “6000%”; write it as 60%",
    ),
    (
        "key: {phone: 6, chat: 4}",
        "key: ¤{phone: 6, chat: 5}",
        "The key adds up to 11, but there are 10 enquiries; change the key or “enquiries” so that they agree",
    ),
    ("rule: territory", "rule: ¤teritory", "There is no rule “teritory”; did you mean “territory”?"),
    (
        "[[60, 4], [120, 2]]",
        "[[60, 4], ¤[50, 2]]",
        "The bound 50 does not lie above the one before it, 60; sort the bands by their bound, each once",
    ),
    (
        "mode: scorecard",
        "mode: ¤votes",
        "“mode” cannot be “votes”; use one of these: "
        "pass_fail, points, presentation, public_vote, ranking, scorecard, site_visit",
    ),
    ("code: CX", "code: ¤" + "X" * 41, "“code” is longer than 40 characters; shorten it"),
]


@pytest.mark.parametrize(("good", "bad", "sentence"), SENTENCES)
def test_a_fault_reads_file_line_column_what_is_wrong_and_what_to_do(
    good: str, bad: str, sentence: str
) -> None:
    text, line, column = a_faulty_file(good, bad)

    faults = read(text, file="my prize.yaml").errors

    assert str(faults[0]) == f"my prize.yaml:{line}:{column}: {sentence}"


JUNK = st.sampled_from(
    [
        "~",
        "1",
        "-1",
        "1.5",
        "true",
        '""',
        "word",
        "[]",
        "{}",
        "[1]",
        "{a: 1}",
        "2030-13-01",
        "[[]]",
        "x" * 6000,
        "{1: 2}",
    ]
)


@given(at=st.integers(0, 10_000), junk=JUNK)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_stands_where_a_value_should_is_told_in_plain_words_inside_the_file(
    at: int, junk: str
) -> None:
    spots = [n + 2 for n in range(len(VALID) - 2) if VALID[n : n + 2] == ": " and VALID[n + 2] not in "[{\n"]
    start = spots[at % len(spots)]
    end = min(n for n in range(start, len(VALID)) if VALID[n] in ",}]\n")
    text = VALID[:start] + junk + VALID[end:]

    reading = read(text, file="f")

    assert (reading.definition is None) == bool(reading.errors)
    lines = text.split("\n")
    for fault in reading.faults:
        assert fault.code != "does_not_fit"
        assert 1 <= fault.line <= len(lines)
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1
        assert "%(" not in str(fault)
