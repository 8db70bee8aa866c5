"""Small questionnaires and answers to calculate by hand, and strategies that make up any others."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from kaaring.scoring import Band, Kind, Option, Question, Questionnaire, Unanswered

BOTH = frozenset({"phone", "email"})


def bands(*pairs: tuple[int, int]) -> tuple[Band, ...]:
    return tuple(Band(Fraction(bound), Fraction(points)) for bound, points in pairs)


def a_question(code: str, kind: Kind, area: str | None, **more: Any) -> Question:
    return Question(**{"code": code, "kind": kind, "area": area, "channels": BOTH, **more})


def a_gate(**changes: Any) -> Question:
    options = (Option("first"), Option("second"), Option("no", stops=True))
    return a_question(
        **{"code": "SV1", "kind": Kind.CHOICE, "area": "wait", "options": options, "is_gate": True, **changes}
    )


def a_scale(code: str, points: int, **changes: Any) -> Question:
    scale = {"points": Fraction(points), "lowest": Fraction(1), "highest": Fraction(6)}
    return a_question(**{"code": code, "kind": Kind.SCALE, "area": "agent", **scale, **changes})


def a_measured(**changes: Any) -> Question:
    limits = {"phone": bands((60, 4), (120, 3), (180, 2), (300, 1)), "email": bands((240, 4), (480, 2))}
    return a_question(**{"code": "SV2", "kind": Kind.MEASURED, "area": "wait", "bands": limits, **changes})


def a_choice(code: str, area: str, *options: tuple[str, str], **changes: Any) -> Question:
    chosen = tuple(Option(name, Fraction(points)) for name, points in options)
    return a_question(**{"code": code, "kind": Kind.CHOICE, "area": area, "options": chosen, **changes})


def a_multiple(code: str, cap: int, most: int, *options: tuple[str, str], **changes: Any) -> Question:
    several = {"kind": Kind.MULTIPLE, "points": Fraction(cap), "most_options": most}
    return a_choice(code, changes.pop("area", "agent"), *options, **several, **changes)


def questions() -> tuple[Question, ...]:
    """On the phone 4 + 1 + 5 + 2 + 3 + 3 = 18 points, by e-mail 16; tenths of a point are the unit."""
    return (
        a_gate(),
        a_measured(),
        a_choice("MV2", "welcome", ("yes", "1"), ("no", "0")),
        a_scale("KB5", 5, themes=("interest",)),
        a_scale("KB7", 2, channels=frozenset({"phone"}), may_be_not_applicable=True),
        a_multiple("KB9", 3, 2, ("asked", "2"), ("summed", "2"), ("noted", "1/2")),
        a_choice("TI6", "overall", ("yes", "3"), ("partly", "3/2"), ("no", "0"), may_be_not_applicable=True),
        a_multiple("TI7", 0, 2, ("glad", "0"), ("seen", "0"), ("safe", "0"), area="overall", scored=False),
    )


def a_questionnaire(*asked: Question, **changes: Any) -> Questionnaire:
    return Questionnaire(
        **{
            "questions": asked or questions(),
            "areas": ("wait", "welcome", "agent", "overall"),
            "themes": ("interest", "competence"),
            "channels": ("phone", "email"),
            "unanswered": Unanswered.ZERO,
            "least_observed": Fraction(3, 5),
            "unanswered_in": frozenset({"wait"}),
            **changes,
        }
    )


def phone_answers(**changes: str) -> dict[str, str]:
    """On the phone worth 3 + 1 + 3 + 0.4 + 3 + 1.5 = 11.9 of 18 points."""
    return {"SV1": "first", "SV2": "74.5", "MV2": "yes", "KB5": "4", "KB7": "2", "KB9": "asked summed",
            "TI6": "partly", "TI7": "glad seen", **changes}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """Any questionnaire with any number of evaluations, faulty answers among them."""

    questionnaire: Questionnaire
    rows: list[tuple[str, str, dict[str, str]]]
    classes: dict[str, str | None]


POINTS = st.sampled_from([Fraction(text) for text in ("0", "1", "1/2", "4/3", "2", "9/4", "5", "7")])
LIMITS = st.sampled_from([(), bands((60, 4)), bands((2, 3), (4, 1)), bands((1, 1), (1, 9), (5, 2))])


@st.composite
def any_question(draw: st.DrawFn, code: str) -> Question:
    kind = draw(st.sampled_from(Kind))
    has_options = kind in {Kind.CHOICE, Kind.MULTIPLE}
    stopping = draw(st.sampled_from(["", "", "a", "b"]))
    return Question(
        code,
        kind,
        draw(st.sampled_from([BOTH, BOTH, frozenset({"phone"})])),
        area=draw(st.sampled_from(["wait", "agent", None])),
        themes=draw(
            st.sampled_from([(), ("interest",), ("interest", "competence"), ("interest", "interest")])
        ),
        points=draw(POINTS),
        options=tuple(Option(name, draw(POINTS), name == stopping) for name in "abc" if has_options),
        most_options=draw(st.integers(1, 3)),
        lowest=Fraction(1),
        highest=Fraction(draw(st.integers(2, 7))),
        bands={"phone": draw(LIMITS), "email": draw(LIMITS)} if kind is Kind.MEASURED else {},
        may_be_not_applicable=draw(st.booleans()),
        scored=draw(st.sampled_from([True, True, True, False])),
    )


@st.composite
def any_questionnaire(draw: st.DrawFn) -> Questionnaire:
    count = draw(st.integers(1, 5))
    return a_questionnaire(
        *(draw(any_question(f"Q{number}")) for number in range(count)),
        unanswered=draw(st.sampled_from(Unanswered)),
        least_observed=draw(st.sampled_from([Fraction(0), Fraction(3, 5), Fraction(1)])),
        unanswered_in=draw(st.sampled_from([frozenset(), frozenset({"wait"}), frozenset({"wait", "agent"})])),
    )


ANY_TEXT = st.sampled_from(
    ["", "na", "a", "b", "c", "a b", "c d", "1", "2", "3", "4", "5.5", "-1", "3.0", "?"]
)


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    questionnaire = draw(any_questionnaire())
    row = st.tuples(
        st.sampled_from(["A", "B", "C", "D"]),
        st.sampled_from(["phone", "email"]),
        st.fixed_dictionaries({question.code: ANY_TEXT for question in questionnaire.questions}),
    )
    return Case(
        questionnaire,
        draw(st.lists(row, max_size=8)),
        {"A": "banks", "B": "banks", "C": "energy", "D": None},
    )
