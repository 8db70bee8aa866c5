"""From raw answers to all measures, classes and places: Kåring's block route beside a pandas script.

Both start from the same answers and give the same figures, which is checked before anything is timed:
every participant's score in every measure, class and overall means, places over all and in the class.
The script is written as an analyst would: melt, merge with a table of points, group, rank.
"""

import gc
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kaaring.scoring import (
    Band,
    Kind,
    Option,
    ParticipantScore,
    Question,
    Questionnaire,
    Unanswered,
    score_evaluation,
)
from kaaring.scoring.block import AnswerBlock, BlockScores, as_block, score_block

type Texts = NDArray[Any]

CHANNELS = {"P": "phone", "E": "email", "C": "chat", "M": "messenger"}
AREAS = {"SV": "wait", "MV": "welcome", "KB": "agent", "TI": "overall"}
THEMES = ("interest", "competence", "access", "personal", "communication", "resolution", "loyalty")

# Code, channels, kind, points, letters of the themes, and whether it may be not applicable.
QUESTIONS = """
SV1 PECM gate 0 a -|SV2 PECM wait 4 a -|SV3 PC yes 1 ak na|SV4 P free 0 a na|SV5 E three 1 ak -
SV6 PCM free 0 a -|MV1 PECM scale 3 a na|MV2 PECM yes 1 p -|MV3 PECM yes 2 p -|MV4 P yes 1 p na
MV5 PECM scale 3 pi -|MV6 PECM yes 1 p na|MV7 PECM three 3 rc -|MV8 PCM three 2 k na
MV9 PECM scale 4 pi -|KB1 PECM three 4 i na|KB2 PECM scale 2 ic na|KB3 P yes 2 ik -
KB4 PECM yes 3 ik -|KB5 PECM scale 5 i -|KB6 PECM scale 2 ip na|KB7 PCM scale 2 k -
KB8 PECM scale 3 pk -|KB9 PECM scale 3 k na|KB10 ECM scale 2 k -|KB11 PECM scale 4 c -
KB12 PECM scale 4 ci na|KB13 PECM three 4 rc -|KB14 PECM scale 4 r na|KB15 PECM yes 2 ci na
KB16 PECM yes 2 i -|KB17 PECM yes 2 r na|KB18 PECM scale 2 p na|TI1 PECM scale 4 kr -
TI2 PECM free 0 r -|TI3 PECM scale 6 l -|TI4 PECM scale 6 il -|TI5 PECM scale 6 l na
TI6 PECM three 3 lr na|TI7 PECM free 0 l -
"""
LETTERS = {"i": 0, "c": 1, "a": 2, "p": 3, "k": 4, "r": 5, "l": 6}
BOUNDS = {"phone": (60, 120, 180, 300), "email": (240, 480, 960, 1440), "chat": (30, 90, 180, 300),
          "messenger": (120, 600, 1200, 1800)}  # fmt: skip
PARTICIPANTS, CLASSES = 156, 20


@dataclass(frozen=True)
class Answers:
    """Synthetic answers: who was asked on which channel, and one column of texts per question."""

    questionnaire: Questionnaire
    participants: list[str]
    channels: list[str]
    columns: dict[str, list[str]]
    classes: dict[str, str | None]


def a_questionnaire() -> Questionnaire:
    """Return 40 questions in 4 areas, 7 themes and 4 channels, 100 points on the phone."""
    lines = QUESTIONS.strip().replace("\n", "|").split("|")
    return Questionnaire(
        tuple(map(_question, lines)),
        areas=tuple(AREAS.values()),
        themes=THEMES,
        channels=tuple(CHANNELS.values()),
        unanswered=Unanswered.ZERO,
        least_observed=Fraction(3, 5),
        unanswered_in=frozenset({"wait"}),
    )


def _question(line: str) -> Question:
    code, channels, answer, points, themes, not_applicable = line.split()
    most = Fraction(points)
    steps = tuple(Band(Fraction(0), most - step) for step in range(4))
    options = {
        "gate": (Option("first"), Option("second"), Option("no", stops=True)),
        "yes": (Option("yes", most), Option("no")),
        "three": (Option("fully", most), Option("partly", most / 2), Option("not")),
        "free": (Option("this"), Option("that")),
    }
    is_scale = answer == "scale"
    return Question(
        code,
        {"scale": Kind.SCALE, "wait": Kind.MEASURED}.get(answer, Kind.CHOICE),
        frozenset(CHANNELS[letter] for letter in channels),
        area=AREAS[code[:2]],
        themes=tuple(THEMES[LETTERS[letter]] for letter in themes),
        points=most if is_scale else Fraction(0),
        options=options.get(answer, ()),
        lowest=Fraction(1 if is_scale else 0),
        highest=Fraction(6 if is_scale else 0),
        bands={
            channel: tuple(
                Band(Fraction(bound), step.points) for bound, step in zip(bounds, steps, strict=True)
            )
            for channel, bounds in BOUNDS.items()
        }
        if answer == "wait"
        else {},
        may_be_not_applicable=not_applicable == "na",
        scored=answer != "free",
        is_gate=answer == "gate",
    )


def made_up_answers(enquiries: int, seed: int) -> Answers:
    """Return answers of 156 participants in 20 classes: 5 % unanswered, 15 % not applicable where allowed."""
    dice = np.random.default_rng(seed)
    questionnaire = a_questionnaire()
    participant = np.sort(dice.permutation(np.arange(enquiries) % PARTICIPANTS))
    quality = np.clip(dice.normal(0.75, 0.08, PARTICIPANTS), 0.4, 0.97)[participant]
    channels = dice.choice(list(CHANNELS.values()), enquiries, p=[0.52, 0.24, 0.16, 0.08])
    stopped = dice.random(enquiries) < 0.05
    columns = {}
    for question in questionnaire.questions:
        column = _made_up_column(question, channels, quality, dice)
        if not question.is_gate:
            column[stopped] = ""
        columns[question.code] = np.where(np.isin(channels, list(question.channels)), column, "")
    columns["SV1"] = np.where(stopped, "no", dice.choice(["first", "second"], enquiries, p=[0.85, 0.15]))
    return Answers(
        questionnaire,
        [f"p{number:03}" for number in participant],
        channels.tolist(),
        {code: column.tolist() for code, column in columns.items()},
        {f"p{number:03}": f"class {number % CLASSES}" for number in range(PARTICIPANTS)},
    )


def _made_up_column(
    question: Question, channels: Texts, quality: NDArray[np.float64], dice: np.random.Generator
) -> Texts:
    count = len(channels)
    level = np.clip(quality + dice.normal(0, 0.2, count), 0, 1)
    if question.kind is Kind.MEASURED:
        limit = np.array([BOUNDS[channel][-1] for channel in channels])
        column = ((1 - level) * limit).astype(int).astype(str).astype(object)
    elif question.kind is Kind.SCALE:
        column = (1 + np.rint(level * 5)).astype(int).astype(str).astype(object)
    else:
        codes = np.array([option.code for option in question.options], object)
        column = codes[np.minimum(((1 - level) * len(codes)).astype(int), len(codes) - 1)]
    if question.may_be_not_applicable:
        column[dice.random(count) < 0.15] = "na"
    return column


def by_kaaring(answers: Answers, block: AnswerBlock[str]) -> BlockScores[str]:
    """Return all figures of the block."""
    return score_block(
        answers.questionnaire,
        block,
        answers.classes,
        method=ParticipantScore.MEAN_OF_ENQUIRIES,
        shared_when_rounded_equal=True,
        minimum_enquiries=1,
        minimum_participants={},
    )


def points_key(questionnaire: Questionnaire) -> pd.DataFrame:
    """Return the analyst's look-up table: what each answer earns on each channel, of how much, in points."""
    lines = []
    for question in questionnaire.questions:
        for channel in sorted(question.channels):
            possible = float(question.most_points(channel))
            options = {option.code: float(option.points) for option in question.options}
            steps = {str(1 + step): possible * step / 5 for step in range(6)}
            for answer, earned in (steps if question.kind is Kind.SCALE else options).items():
                lines.append((channel, question.code, answer, earned, possible))
    key = pd.DataFrame(lines, columns=["channel", "question", "answer", "earned", "possible"])
    return key[key["possible"] > 0]


def by_pandas(answers: pd.DataFrame, questionnaire: Questionnaire, key: pd.DataFrame) -> pd.DataFrame:
    """Return a line per measure and participant with score, means and places.

    ``answers`` is the wide table as it is read from a file: enquiry, participant, class, channel, and one
    column of answers per question.
    """
    asked = answers.melt(
        ["enquiry", "participant", "class", "channel"], var_name="question", value_name="answer"
    )
    points = asked[asked["answer"] != ""].merge(key, on=["channel", "question", "answer"])
    points = pd.concat([points, _pandas_waiting(asked)])
    stopped = answers.loc[answers["SV1"] == "no", ["enquiry", "participant", "class", "channel"]]
    full = (
        pd.concat([key, _pandas_waiting_key()])
        .groupby(["channel", "question"], as_index=False)["possible"]
        .max()
    )
    unanswered = stopped.merge(full, on="channel").assign(earned=0.0)
    waiting = unanswered[unanswered["question"].str.startswith("SV")]
    points = pd.concat([points[~points["enquiry"].isin(stopped["enquiry"])], waiting])
    by_enquiry = _pandas_measures(points, unanswered, questionnaire)
    by_enquiry["score"] = 100 * by_enquiry["earned"] / by_enquiry["possible"]
    by_enquiry = by_enquiry.merge(answers[["enquiry", "participant", "class"]], on="enquiry")
    scores = by_enquiry.groupby(["measure", "class", "participant"], as_index=False)["score"].mean()
    scores["overall_mean"] = scores.groupby("measure")["score"].transform("mean")
    scores["class_mean"] = scores.groupby(["measure", "class"])["score"].transform("mean")
    scores["shown"] = np.floor(scores["score"] * 10 + 0.5 + 1e-9) / 10
    scores["place"] = scores.groupby("measure")["shown"].rank(method="min", ascending=False)
    scores["class_place"] = scores.groupby(["measure", "class"])["shown"].rank(method="min", ascending=False)
    return scores


def _pandas_waiting_key() -> pd.DataFrame:
    return pd.DataFrame(
        [(channel, "SV2", 4.0) for channel in BOUNDS], columns=["channel", "question", "possible"]
    )


def _pandas_waiting(asked: pd.DataFrame) -> pd.DataFrame:
    waits = asked[(asked["question"] == "SV2") & (asked["answer"] != "")]
    seconds = waits["answer"].astype(float)
    bounds = pd.DataFrame(BOUNDS).T.loc[waits["channel"]].to_numpy()
    earned = (seconds.to_numpy()[:, None] <= bounds).sum(axis=1).astype(float)
    return waits.assign(earned=earned, possible=4.0)


def _pandas_measures(
    points: pd.DataFrame, unanswered: pd.DataFrame, questionnaire: Questionnaire
) -> pd.DataFrame:
    """Return earned and possible per measure and enquiry."""
    themes = pd.DataFrame(
        [
            (question.code, f"theme:{theme}")
            for question in questionnaire.questions
            for theme in question.themes
        ],
        columns=["question", "measure"],
    )
    answered = points[~points["enquiry"].isin(unanswered["enquiry"])]
    total = pd.concat([answered, unanswered])
    per_measure = pd.concat(
        [
            points.assign(measure="question:" + points["question"]),
            points.assign(measure="area:" + points["question"].str[:2].map(AREAS)),
            answered.merge(themes, on="question"),
            total.assign(measure="total"),
            answered.assign(measure="answered"),
            total.assign(measure="channel:" + total["channel"]),
        ]
    )
    return per_measure.groupby(["measure", "enquiry"], as_index=False)[["earned", "possible"]].sum()


def as_frame(answers: Answers) -> pd.DataFrame:
    """Return the answers as the wide table an analyst reads from a file."""
    frame = pd.DataFrame(answers.columns)
    frame.insert(0, "enquiry", range(len(frame)))
    frame.insert(1, "participant", answers.participants)
    frame.insert(2, "class", frame["participant"].map(answers.classes))
    frame.insert(3, "channel", answers.channels)
    return frame


def disagreements(ours: BlockScores[str], theirs: pd.DataFrame, answers: Answers) -> int:
    """Return how many figures differ by more than 1e-9, places by anything at all."""
    found = {(line.measure, line.participant): line for line in theirs.itertuples()}
    count = 0
    for measure, scores in ours.measures.items():
        for position, participant in enumerate(ours.participants):
            line = found.pop((measure, participant), None)
            score = scores.score(position)
            if score is None or line is None:
                count += (score is None) != (line is None)
                continue
            competition_class = answers.classes[participant]
            figures = (score, scores.mean, scores.class_mean(competition_class or ""))
            others = (line.score, line.overall_mean, line.class_mean)
            count += sum(abs(float(a or 0) - b) > 1e-9 for a, b in zip(figures, others, strict=True))
            count += (scores.places[position], scores.class_places[position]) != (
                line.place,
                line.class_place,
            )
    return count + len(found)


def run() -> list[dict[str, Any]]:
    """Return the rows of the table, all times as CPU time of one process, best of several runs."""
    rows = []
    small = made_up_answers(3_900, seed=1)
    rows += [*_beside_pandas(small, "3,900", repeats=5), *_one_by_one(small)]
    rows += _beside_pandas(made_up_answers(39_000, seed=2), "39,000", repeats=1)
    before = rows[-2]["kaaring_ms"]
    return rows + _large(made_up_answers(390_000, seed=3), before)


def _beside_pandas(answers: Answers, size: str, repeats: int) -> list[dict[str, Any]]:
    block, frame, key = _encoded(answers), as_frame(answers), points_key(answers.questionnaire)
    differing = disagreements(
        by_kaaring(answers, block), by_pandas(frame, answers.questionnaire, key), answers
    )
    if differing:
        raise AssertionError(f"{differing} figures differ between Kåring and pandas")
    peer = milliseconds(lambda: by_pandas(frame, answers.questionnaire, key), repeats)
    coded = milliseconds(lambda: by_kaaring(answers, block), 9)
    texts = milliseconds(lambda: by_kaaring(answers, _encoded(answers)), 5)
    figures = f"{frame.columns.size - 4} questions, 57 measures, all figures equal; pandas without pyarrow"
    return [
        compared(f"{size} evaluations, answers as stored codes", coded, peer, figures),
        compared(f"{size} evaluations, answers as texts", texts, peer, "coding the texts included"),
    ]


def _one_by_one(answers: Answers) -> list[dict[str, Any]]:
    rows = [
        (channel, {code: column[row] for code, column in answers.columns.items()})
        for row, channel in enumerate(answers.channels)
    ]
    spent = milliseconds(lambda: [score_evaluation(answers.questionnaire, *row) for row in rows], 3)
    note = f"{1000 * spent / len(rows):.0f} µs each, with every answer's working and faults"
    return [compared("3,900 evaluations one by one", spent, None, note)]


def _large(answers: Answers, tenth: float) -> list[dict[str, Any]]:
    block = _encoded(answers)
    spent = milliseconds(lambda: by_kaaring(answers, block), 3)
    held = sum(column.nbytes for column in (block.participant, block.channel, *block.codes.values()))
    tracemalloc.start()
    by_kaaring(answers, block)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    note = (
        f"{spent / tenth:.1f} times as long as for 39,000; "
        f"{held / 1e6:.0f} MB of codes and at most {peak / 1e6:.0f} MB to work in"
    )
    return [compared("390,000 evaluations, answers as stored codes", spent, None, note)]


def _encoded(answers: Answers) -> AnswerBlock[str]:
    return as_block(answers.questionnaire, answers.participants, answers.channels, answers.columns)


def milliseconds(work: Callable[[], object], repeats: int) -> float:
    """Return the least CPU time of several runs."""
    spent = []
    for _ in range(repeats):
        gc.collect()
        start = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - start))
    return min(spent)


def compared(what: str, ours: float, peer: float | None, note: str) -> dict[str, Any]:
    return {
        "what": what,
        "kaaring_ms": ours,
        "peer_ms": peer if peer is not None else "",
        "ratio": peer / ours if peer is not None else "",
        "note": note,
    }


if __name__ == "__main__":
    for line in run():
        print(line)
