"""A second scorer, written for the demo data's tests only, with its own hand calculation.

It reads the definition file as plain YAML and adds up fractions; it shares no code with the engine.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from kaaring.jobs.demo import GeneratedEdition, edition_2020, edition_2021
from kaaring.programmes import definition as definition_package
from kaaring.programmes.definition.reading import read
from kaaring.programmes.definition.schema import Definition

SEED = 2021
FOLDER = Path(definition_package.__file__).parents[1] / "definitions"

ASKED_ABOUT = ("MV9", "TI4", "TI5")
"""The questions whose means the organiser has published."""

Row = Mapping[str, str]


def text_of(year: int) -> str:
    return (FOLDER / f"kundeserviceprisen-{year}.yaml").read_text(encoding="utf-8")


@cache
def definition_of(year: int) -> Definition:
    definition = read(text_of(year), file=str(year)).definition
    assert definition is not None
    return definition


@cache
def edition_of(year: int, seed: int = SEED) -> GeneratedEdition:
    make = {2020: edition_2020, 2021: edition_2021}[year]
    return make(definition_of(year), seed=seed)


@cache
def survey_of(year: int) -> dict[str, Any]:
    survey: dict[str, Any] = YAML(typ="safe", pure=True).load(text_of(year))["survey"]
    return survey


@cache
def codes_of(year: int) -> tuple[str, ...]:
    return tuple(question["code"] for question in survey_of(year)["questions"])


def most(question: Mapping[str, Any], channel: str) -> Fraction:
    """The points at stake in a question on a channel."""
    if question.get("scored") is False or channel not in question.get("channels", [channel]):
        return Fraction(0)
    if "bands" in question:
        return max(Fraction(str(points)) for _, points in question["bands"][channel])
    if "scale" in question:
        return Fraction(str(question["points"]))
    return max(Fraction(str(option.get("points", 0))) for option in question["options"])


def earned(question: Mapping[str, Any], channel: str, cell: str) -> Fraction:
    if "bands" in question:
        fitting = [points for bound, points in question["bands"][channel] if Fraction(cell) <= bound]
        return Fraction(str(fitting[0])) if fitting else Fraction(0)
    if "scale" in question:
        lowest, highest = question["scale"]
        return Fraction(str(question["points"])) * Fraction(int(cell) - lowest, highest - lowest)
    points = {option["code"]: Fraction(str(option.get("points", 0))) for option in question["options"]}
    return points[cell]


def measures_of(question: Mapping[str, Any]) -> list[str]:
    themes = [f"theme:{theme}" for theme in question.get("themes", [])]
    own = [f"question:{question['code']}"] if question["code"] in ASKED_ABOUT else []
    return ["total", f"area:{question['area']}", *own, *themes]


def is_unanswered(row: Row) -> bool:
    return row["SV1"] == "no"


@cache
def tenths(year: int, code: str, channel: str, cell: str) -> tuple[int, int, tuple[str, ...]]:
    """What an answer earns and what is at stake, in tenths of a point, and the measures it counts in."""
    question = next(each for each in survey_of(year)["questions"] if each["code"] == code)
    stake = 10 * most(question, channel)
    if cell in ("", "na") or stake == 0:
        return 0, 0, ()
    points = 10 * earned(question, channel, cell)
    assert (points.denominator, stake.denominator) == (1, 1)
    return int(points), int(stake), tuple(measures_of(question))


def enquiry_scores(row: Row, year: int) -> dict[str, Fraction]:
    """Scores 0-100 of one enquiry for every measure it says something about."""
    if is_unanswered(row):
        return {"total": Fraction(0), "area:wait": Fraction(0)}
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for code in codes_of(year):
        points, stake, measures = tenths(year, code, row["channel"], row[code])
        for measure in measures:
            sums[measure][0] += points
            sums[measure][1] += stake
    return {measure: Fraction(100 * points, stake) for measure, (points, stake) in sums.items()}


@dataclass(frozen=True)
class Scores:
    """Every participant's mean over its enquiries, by measure."""

    by_measure: dict[str, dict[str, Fraction]]

    def mean(self, measure: str) -> Fraction:
        scores = self.by_measure[measure].values()
        return sum(scores, Fraction(0)) / len(scores)


@cache
def scored_rows(year: int, seed: int = SEED) -> tuple[tuple[Row, dict[str, Fraction]], ...]:
    return tuple((row, enquiry_scores(row, year)) for row in edition_of(year, seed).evaluations)


def scores_of(scored: Iterable[tuple[Row, dict[str, Fraction]]]) -> Scores:
    collected: dict[str, dict[str, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
    for row, scores in scored:
        for measure, score in scores.items():
            collected[measure][row["participant"]].append(score)
    return Scores(
        {
            measure: {code: sum(own, Fraction(0)) / len(own) for code, own in participants.items()}
            for measure, participants in collected.items()
        }
    )


@cache
def final_scores(year: int, seed: int = SEED) -> Scores:
    return scores_of(scored_rows(year, seed))


def until(year: int, last_day: str, seed: int = SEED) -> Scores:
    """The scores of what was made up to and including a day."""
    return scores_of(pair for pair in scored_rows(year, seed) if pair[0]["at"][:10] <= last_day)


def shown(score: Fraction) -> Decimal:
    """One decimal, half up."""
    exact = Decimal(score.numerator) / Decimal(score.denominator)
    return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def classes_of(year: int, seed: int = SEED) -> dict[str, list[str]]:
    """Participant codes by class."""
    classes: dict[str, list[str]] = defaultdict(list)
    for row in edition_of(year, seed).participants:
        classes[row["class"]].append(row["participant"])
    return dict(classes)


def leaders(year: int, scores: Scores, seed: int = SEED) -> dict[str, list[str]]:
    """The participants with the highest shown total in each class; more than one where it is shared."""
    totals = scores.by_measure["total"]
    best: dict[str, list[str]] = {}
    for class_code, members in classes_of(year, seed).items():
        top = max(shown(totals[code]) for code in members)
        best[class_code] = [code for code in members if shown(totals[code]) == top]
    return best


def test_the_second_scorer_adds_up_like_a_person_with_a_pencil() -> None:
    row = dict.fromkeys(codes_of(2021), "na")
    row |= {"channel": "phone", "SV1": "first", "SV2": "61", "MV7": "partly", "KB5": "4", "TI4": "6"}

    scores = enquiry_scores(row, 2021)

    assert scores["area:wait"] == 75  # 3 of 4 points for 61 seconds
    assert scores["area:welcome"] == 50  # 1.5 of 3
    assert scores["area:agent"] == 60  # 3 of 5 steps
    assert scores["total"] == Fraction(100) * Fraction("13.5") / 18  # 3 + 1.5 + 3 + 6 of 4 + 3 + 5 + 6
    assert scores["theme:interest"] == Fraction(900, 11)  # KB5 and TI4: 9 of 11


def test_half_a_tenth_is_shown_rounded_up() -> None:
    assert shown(Fraction(1251, 20)) == Decimal("62.6")
