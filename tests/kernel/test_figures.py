"""How figures and texts are shown to people."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import Context, Template
from django.utils import translation

from kaaring.kernel.figures import amount, difference, exact, figure, local, until
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import said, words


@pytest.mark.parametrize(("language", "shown"), [("nb", "62,6"), ("ru", "62,6"), ("en", "62.6")])
def test_a_figure_has_the_mark_of_the_readers_language(language: str, shown: str) -> None:
    with translation.override(language):
        assert figure(Fraction(626, 10)) == shown


def test_a_figure_is_rounded_half_up_and_only_once() -> None:
    with translation.override("en"):
        assert figure(Fraction("62.65")) == "62.7"
        assert figure(Fraction("62.649999")) == "62.6"
        assert figure(Decimal("7.1")) == "7.1"
        assert figure(Fraction(2, 3), decimals=3) == "0.667"


def test_no_score_is_a_dash_and_never_nought() -> None:
    assert figure(None) == "–"
    assert difference(None, Fraction(1)) == "–"
    assert difference(Fraction(1), None) == "–"
    assert figure(Fraction(0)).startswith("0")


def test_a_difference_agrees_with_the_two_figures_beside_it() -> None:
    with translation.override("en"):
        assert difference(Fraction("62.64"), Fraction("62.55")) == "0.0"
        assert difference(Fraction("70.1"), Fraction("62.6")) == "+7.5"
        assert difference(Fraction("62.6"), Fraction("70.1")) == "−7.5"


def test_an_exact_score_can_be_read_back() -> None:
    assert exact(Fraction(476, 5)) == "476/5"
    assert exact(Fraction(95)) == "95/1"


def test_text_falls_back_to_another_language_and_says_so() -> None:
    text = {"nb": "Telefon", "ru": "Телефон"}

    assert words(text, "ru") == ("Телефон", "ru", False)
    assert words(text, "en") == ("Telefon", "nb", True)
    assert words({}, "en") == ("", "en", False)
    with translation.override("ru"):
        assert said(text) == "Телефон"


def test_a_refusal_shows_its_code_and_reason() -> None:
    assert str(Refused("too_late", "It is over.")) == "too_late: It is over."


@pytest.mark.parametrize(
    ("given", "shown"),
    [(None, "–"), ("45.000000", "45"), ("7.50", "7.5"), ("-0.000001", "−0.000001"), ("1250", "1\u00a0250")],
)
def test_an_amount_has_the_digits_that_were_given_and_no_others(given: str | None, shown: str) -> None:
    assert amount(None if given is None else Decimal(given)) == shown


def test_a_moment_is_shown_on_the_clock_of_its_edition_on_pages_too() -> None:
    moment = local(datetime(2030, 2, 1, 23, 30, tzinfo=UTC), "Europe/Oslo")

    assert moment == datetime(2030, 2, 1, 23, 30, tzinfo=UTC)
    page = Template("{{ at|date:'j H:i' }} {{ at }}").render(Context({"at": moment}))
    assert page == "2 00:30 2 February 2030, 00:30"


def test_what_ends_at_midnight_ends_with_the_day_before() -> None:
    midnight = datetime(2026, 11, 29, 23, tzinfo=UTC)

    with translation.override("en"):
        assert until(midnight, "Europe/Oslo") == "29 November 2026 at 24:00"
        assert until(midnight, "UTC").startswith("29 November 2026, 23:00")
        assert Template('{% load kaaring %}{{ at|until:"Europe/Oslo" }}').render(
            Context({"at": midnight})
        ) == ("29 November 2026 at 24:00")
