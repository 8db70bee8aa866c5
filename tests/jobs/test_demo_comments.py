"""Comments are varied, name nobody and agree with the answers beside them."""

import re
from collections.abc import Iterator
from fractions import Fraction

import pytest

from kaaring.jobs.demo.comments.agent import AGENT
from kaaring.jobs.demo.comments.grammar import Topic
from kaaring.jobs.demo.comments.overall import OVERALL
from kaaring.jobs.demo.comments.welcome import WELCOME
from tests.jobs.test_demo_scorer import Row, edition_of, is_unanswered, scored_rows, survey_of

FIELDS = ("comment_welcome", "comment_agent", "comment_overall")
FIRST_NAMES = (
    "Anne Inger Kari Marit Ingrid Liv Eva Berit Astrid Bjørg Hilde Anna Solveig Marianne Randi Ida Nina "
    "Maria Elisabeth Kristin Bente Heidi Silje Linda Tone Gerd Elin Anita Tove Wenche Ragnhild Camilla "
    "Ellen Karin Hanne Ann Mona Marie Aud Monica Julie Kristine Laila Turid Helene Stine Reidun Mette "
    "Unni Else Emma Nora Sofie Sara Thea Emilie Frida Ingeborg Jorunn Grete Trine Lise Siri Sissel Åse "
    "Gro Gunn Guri Kirsten Line Mari Maja Malin Marte Vilde Amalie Hedda Tuva Eline Oda Live Jan Per "
    "Bjørn Ole Lars Kjell Knut Arne Svein Thomas Hans Geir Tor Morten Terje Odd Erik Martin Andreas "
    "Anders John Rune Trond Tore Daniel Jon Kristian Marius Tom Harald Stian Magnus Olav Henrik Espen "
    "Øyvind Gunnar Rolf Alexander Christian Eirik Nils Leif Fredrik Jonas Helge Jens Kåre Håkon Petter "
    "Einar Frode Kristoffer Stig Mathias Emil Jakob Oskar Lucas Noah William Filip Elias Aksel Sindre "
    "Sander Tobias Simon Sigurd Sverre Steinar Roar Roger Ketil Kjetil Vidar Vegard Øystein Åge Asbjørn "
    "Arild Atle Dag Egil Even Finn Gaute Halvor Ivar Johan Karl Kurt Mohammed Ali Ahmed Stein Reidar "
    "Ragnar Torbjørn Tormod"
)


@pytest.mark.parametrize("year", [2020, 2021])
def test_no_comment_holds_a_first_name(year: int) -> None:
    words = {word for text in texts(year) for word in re.findall(r"[A-Za-zÆØÅæøå]+", text)}

    assert not words & set(FIRST_NAMES.split())


@pytest.mark.parametrize("year", [2020, 2021])
def test_comments_are_varied(year: int) -> None:
    all_texts = list(texts(year))

    assert len(set(all_texts)) >= 400
    assert len(set(all_texts)) > len(all_texts) / 2


def test_comments_are_whole_sentences() -> None:
    for text in set(texts(2021)):
        assert re.fullmatch(r"[A-ZÆØÅ«].*[.!]", text), text
        assert "{" not in text
        assert "  " not in text
        assert not re.search(r"[.!?] [a-zæøå]", text), text


def test_every_field_is_sometimes_empty_and_mostly_not() -> None:
    answered = [row for row in edition_of(2021).evaluations if not is_unanswered(row)]
    for field in FIELDS:
        filled = sum(bool(row[field]) for row in answered)
        assert 0.5 * len(answered) < filled < 0.95 * len(answered)


def test_one_shopper_wants_to_become_a_customer_after_a_flawless_enquiry_with_sognenett() -> None:
    wanting = [
        (row["participant"], scores["total"])
        for row, scores in scored_rows(2021)
        if row["comment_overall"] == "Her vil jeg bli kunde!"
    ]

    assert wanting == [("sognenett", Fraction(100))]


@pytest.mark.parametrize(
    ("area", "topic"),
    [("welcome", WELCOME), ("agent", AGENT), ("overall", OVERALL)],
    ids=["welcome", "agent", "overall"],
)
def test_praise_and_criticism_stand_beside_ticks_that_support_them(area: str, topic: Topic) -> None:
    checked = 0
    for row in edition_of(2021).evaluations:
        for question, is_praise in said(topic, row[f"comment_{area}"]):
            assert is_supported(row, question, is_praise), (row["enquiry"], row[f"comment_{area}"], question)
            checked += 1
    assert checked > 1000


def test_an_agent_is_hun_or_han_through_all_fields() -> None:
    for row in edition_of(2021).evaluations:
        words = {word.lower() for field in FIELDS for word in re.findall(r"\b[Hh](?:un|an)\b", row[field])}
        assert len(words) <= 1


def test_an_unanswered_enquiry_has_no_comment_on_the_agent() -> None:
    for row in edition_of(2021).evaluations:
        if is_unanswered(row):
            assert row["comment_welcome"] == row["comment_agent"] == ""


def texts(year: int) -> Iterator[str]:
    for row in edition_of(year).evaluations:
        yield from (row[field] for field in FIELDS if row[field])


def said(topic: Topic, text: str) -> Iterator[tuple[str, bool]]:
    """The questions that a comment praises or criticises, by sentences that occur in one clause only."""
    lowered = text.lower()
    for clause in topic.clauses:
        for words in clause.texts:
            if "{k}" not in words and len(words) > 25 and words.lower() in lowered:
                yield clause.question, clause.is_praise


def is_supported(row: Row, code: str, is_praise: bool) -> bool:
    """Whether the tick is the best there is, or in the lower half."""
    question = next(each for each in survey_of(2021)["questions"] if each["code"] == code)
    if "scale" in question:
        return row[code] == "6" if is_praise else row[code] in ("1", "2", "3")
    if "bands" in question:
        bands = question["bands"][row["channel"]]
        quick, slow = int(bands[0][0]), int(bands[-2][0])
        return int(row[code]) <= quick if is_praise else int(row[code]) > slow
    options = {option["code"]: float(option["points"]) for option in question["options"]}
    return options[row[code]] == (max if is_praise else min)(options.values())
