import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaaring.planning.names import alike, likeness, normalised

NAMES = st.text("abй яøВ&/.-1 xyj", max_size=12) | st.sampled_from(
    ["Sberbank", "ПАО Сбербанк", "Telenor Norge AS", "Telenor", "Иван Петров", "Petrov Ivan", "AS", "—"]
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ПАО «Сбербанк»", "Sberbank"),
        ("Публичное акционерное общество «Сбербанк»", "СБЕРБАНК"),
        ("ООО «Ромашка»", "Romashka LLC"),
        ("Общество с ограниченной ответственностью Ромашка", "О.О.О. Ромашка"),
        ("Яндекс", "Yandex N.V."),
        ("Юрий Гагарин", "Yuri Gagarin"),
        ("Дмитрий Хворостовский", "Dmitry Khvorostovsky"),
        ("A/S Norske Shell", "Norske Shell"),
        ("Equinor ASA", "EQUINOR"),
        ("Kåre Bjørnø", "Kare Bjorno"),
        ("Альфа-Банк", "Alfa Bank"),
        ("Йод", "Jod"),
    ],
)
def test_one_name_written_in_two_ways_is_one_name(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)
    assert likeness(one, other) == 1


@pytest.mark.parametrize("name", ["SAS Institute", "DA Silva", "Company of Heroes"])
def test_what_looks_like_a_legal_form_but_begins_a_name_stays(name: str) -> None:
    assert len(normalised(name).split()) == len(name.split())


def test_a_name_that_is_nothing_but_a_legal_form_is_kept() -> None:
    assert normalised("SAS") == "sas"
    assert normalised("AS") == "as"


def test_the_order_of_words_does_not_matter() -> None:
    assert likeness("Nordmann, Ola", "Ola Nordmann") == 1


def test_a_contained_name_is_alike() -> None:
    assert likeness("Иванов Иван Петрович", "Ivan Ivanov") == 0.9
    assert likeness("DNB", "DNB Bank ASA") == 0.9


@pytest.mark.parametrize(
    ("one", "other"),
    [("Telia", "Telenor"), ("Sparebanken Sør", "Sparebanken Vest"), ("Ivan Petrov", "Ivan Sidorov")],
)
def test_different_names_are_less_alike_than_is_sensible_to_ask_for(one: str, other: str) -> None:
    assert likeness(one, other) < 0.85


def test_a_name_without_letters_is_like_nothing() -> None:
    assert likeness("—", "—") == 0
    assert likeness("", "Telenor") == 0


@given(NAMES, NAMES)
def test_likeness_lies_between_0_and_1_and_knows_no_direction(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)


@given(NAMES)
def test_what_is_normalised_is_a_line_of_words(name: str) -> None:
    assert normalised(name) == " ".join(normalised(name).split())
    assert likeness(name, name) == bool(normalised(name))


@given(st.lists(NAMES, max_size=6), st.lists(NAMES, max_size=6), st.sampled_from([0.3, 0.85, 0.95, 1.0]))
def test_alike_finds_exactly_the_pairs_whose_likeness_is_high_enough(
    names: list[str], others: list[str], at_least: float
) -> None:
    assert alike(names, others, at_least=at_least) == [
        (row, column, likeness(name, other))
        for row, name in enumerate(names)
        for column, other in enumerate(others)
        if likeness(name, other) >= at_least
    ]


@pytest.mark.parametrize("at_least", [0.0, -1.0, 1.1])
def test_a_likeness_out_of_range_is_refused(at_least: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        alike([], [], at_least=at_least)


def test_comparing_names_loads_no_scipy() -> None:
    code = "import sys, kaaring.planning.names; print('scipy' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert loaded.stdout.strip() == "False"
