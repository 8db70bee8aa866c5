"""From jurors' marks to scores and places: Kåring's juried block route beside a pandas script.

Three weighted criteria, one mark in twenty an abstention, granted shares of the third criterion's weight.
Both give the same figures, which is checked before anything is timed: every entry's score, number of
scorecards and place. The script is written as an analyst would: merge the weights, group by scorecard, group
by entry, rank. It starts from the same flat columns of whole numbers as Kåring; in one row, and there
alone, from the table as it is read from a file, with texts and a column for each criterion. What was there
before is kept out of the collection of garbage between two runs, which else would leave both with empty
caches; in one row, and there alone, it is not.
"""

import gc
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from bench.scoring import compared, milliseconds
from kaaring.scoring.juried import (
    Criterion,
    Discretion,
    Mark,
    Method,
    Recipe,
    Scale,
    Scorecard,
    contest,
    variants,
)
from kaaring.scoring.juried.block import BlockScores, MarkBlock, scores_of_block

CARDS, CRITERIA, JURORS, STEPS, PARTS = 5, 3, 300, 10, 4
CODES = ("actions", "results", "other")
WEIGHTS = (40, 40, 20)


def made_up_marks(entries: int, jurors: int, seed: int) -> MarkBlock:
    """Return 5 scorecards for every entry, by different jurors."""
    dice = np.random.default_rng(seed)
    count = entries * CARDS * CRITERIA
    chosen = np.sort(dice.random((entries, jurors)).argsort(axis=1)[:, :CARDS], axis=1)
    mark = np.clip(np.rint(dice.normal(6.5, 1.8, count)), 0, STEPS).astype(np.int64)
    mark[dice.random(count) < 0.05] = -1
    criterion = np.tile(np.arange(CRITERIA), entries * CARDS)
    return MarkBlock(
        entry=np.repeat(np.arange(entries), CARDS * CRITERIA),
        juror=np.repeat(chosen.ravel(), CRITERIA),
        criterion=criterion,
        mark=mark,
        share=np.where(criterion == CRITERIA - 1, dice.integers(0, PARTS + 1, count), PARTS),
        entries=entries,
        jurors=jurors,
        steps=STEPS,
        whole_share=PARTS,
    )


def a_recipe(method: Method, discretion: Discretion, ties: tuple[str, ...]) -> Recipe:
    """Return 40, 40 and 20 per cent, the last at the jury's discretion, with at least 3 scorecards."""
    kinds = (Discretion.FIXED, Discretion.FIXED, discretion)
    criteria = tuple(
        Criterion(code, Fraction(weight), kind)
        for code, weight, kind in zip(CODES, WEIGHTS, kinds, strict=True)
    )
    scale = Scale(Fraction(0), Fraction(STEPS))
    return Recipe(criteria, scale, method, 1, 3, ties, shared_when_rounded_equal=True)


RECIPES = {
    "mean, fixed weights": a_recipe(Method.MEAN, Discretion.FIXED, ()),
    "mean, rescaled weights, ties by a criterion": a_recipe(
        Method.MEAN, Discretion.RESCALED, ("criterion:results",)
    ),
    "median, weights as ceilings": a_recipe(Method.MEDIAN, Discretion.CEILING, ()),
    "trimmed mean, fixed weights": a_recipe(Method.TRIMMED, Discretion.FIXED, ()),
}


def as_frame(block: MarkBlock) -> pd.DataFrame:
    """Return the marks as the table an analyst reads from a file, abstentions empty."""
    columns = {name: getattr(block, name) for name in ("entry", "juror", "criterion", "mark", "share")}
    frame = pd.DataFrame(columns)
    return frame.assign(mark=frame["mark"].where(frame["mark"] >= 0).astype(float))


def as_file(block: MarkBlock) -> pd.DataFrame:
    """Return the marks as a file has them: a row per scorecard, a column of texts for each criterion."""
    wide = as_frame(block).pivot(index=["entry", "juror"], columns="criterion", values="mark").reset_index()
    texts = {
        code: wide[at].map(lambda mark: "na" if np.isnan(mark) else f"{mark:.0f}")
        for at, code in enumerate(CODES)
    }
    return pd.DataFrame(
        {
            "entry": wide["entry"].map("entry {}".format),
            "juror": wide["juror"].map("juror {}".format),
            **texts,
        }
    )


def file_by_pandas(cards: pd.DataFrame, recipe: Recipe) -> pd.DataFrame:
    """Return the same lines from the table as it is read, for fixed weights."""
    marks = cards.melt(["entry", "juror"], var_name="code", value_name="mark")
    marks["mark"] = pd.to_numeric(marks["mark"].replace("na", None))
    marks["criterion"] = marks["code"].map({code: at for at, code in enumerate(CODES)})
    return by_pandas(marks.assign(share=PARTS), recipe)


def by_pandas(marks: pd.DataFrame, recipe: Recipe) -> pd.DataFrame:
    """Return a line per entry with its scorecards, score and place."""
    weights = pd.DataFrame({"criterion": range(CRITERIA), "weight": WEIGHTS})
    given = marks.dropna(subset=["mark"]).merge(weights, on="criterion")
    granted = given["weight"] * given["share"] / PARTS
    last, discretion = given["criterion"] == CRITERIA - 1, recipe.criteria[-1].discretion
    given["counted"] = given["weight"].where(~last | (discretion is Discretion.FIXED), granted)
    given["divided"] = given["weight"].where(~last | (discretion is not Discretion.RESCALED), granted)
    given["earned"] = given["counted"] * given["mark"] * 100 / STEPS
    cards = given.groupby(["entry", "juror"], as_index=False)[["earned", "divided"]].sum()
    cards = cards[cards["divided"] > 0]
    cards["score"] = cards["earned"] / cards["divided"]
    lines = cards.groupby("entry")["score"].agg(["size", "mean", "median"])
    if recipe.method is Method.TRIMMED:
        order = cards.groupby("entry")["score"].rank(method="first")
        inner = (order > 1) & (order < cards.groupby("entry")["score"].transform("size"))
        lines["trimmed"] = cards[inner].groupby("entry")["score"].mean()
    lines["score"] = lines[recipe.method.value].where(lines["size"] >= recipe.minimum_marks)
    rank = _shown(lines["score"])
    for tie in recipe.ties:
        own = given[given["criterion"] == CODES.index(tie.removeprefix("criterion:"))]
        means = own.groupby("entry")["mark"].mean() * 100 / STEPS
        rank = rank * 1000 + _shown(means.reindex(lines.index)).fillna(-1)
    return lines.assign(place=rank.rank(method="min", ascending=False))


def _shown(figures: pd.Series) -> pd.Series:
    return np.floor(figures * 10 + 0.5 + 1e-9) / 10


def disagreements(ours: BlockScores, theirs: pd.DataFrame) -> int:
    """Return how many figures differ by more than 1e-9, counts and places by anything at all."""
    lines = theirs.reindex(range(len(ours.places)))
    count = 0
    for position, line in enumerate(lines.itertuples()):
        score = ours.score(position)
        count += (score is None) != bool(np.isnan(line.score))
        count += score is not None and abs(float(score) - line.score) > 1e-9
        count += ours.places[position] != (0 if np.isnan(line.place) else line.place)
        count += ours.scorecards[position] != (0 if np.isnan(line.size) else line.size)
    return count


def run() -> list[dict[str, Any]]:
    """Return the rows of the table, all times as CPU time of one process, best of several runs."""
    small, plain = made_up_marks(1_000, JURORS, seed=1), "mean, fixed weights"
    cold = _beside_pandas(small, plain, 20)
    gc.freeze()
    rows = [_beside_a_file(small, 20), *(_beside_pandas(small, name, 20) for name in RECIPES)]
    rows.append({**cold, "what": cold["what"] + ", with empty caches"})
    rows.append(_beside_pandas(made_up_marks(10_000, JURORS, seed=2), plain, 5))
    rows.append(_beside_pandas(made_up_marks(100_000, JURORS, seed=3), plain, 2))
    rows += [*_one_by_one(small), _of_one_jury(made_up_marks(1_000, CARDS, seed=4))]
    gc.unfreeze()
    return rows


def _beside_pandas(block: MarkBlock, name: str, repeats: int) -> dict[str, Any]:
    frame, recipe = as_frame(block), RECIPES[name]
    differing = disagreements(scores_of_block(block, recipe, 0), by_pandas(frame, recipe))
    if differing:
        raise AssertionError(f"{differing} figures differ between Kåring and pandas: {name}")
    peer = milliseconds(lambda: by_pandas(frame, recipe), repeats)
    ours = milliseconds(lambda: scores_of_block(block, recipe, 0), 5 * repeats)
    what = f"{block.entries:,} entries × {CARDS} × {CRITERIA}: {name}"
    return compared(what, ours, peer, "all figures equal; pandas without pyarrow")


def _beside_a_file(block: MarkBlock, repeats: int) -> dict[str, Any]:
    table, recipe = as_file(block), RECIPES["mean, fixed weights"]
    lines = file_by_pandas(table, recipe)
    lines.index = lines.index.str.removeprefix("entry ").astype(int)
    if differing := disagreements(scores_of_block(block, recipe, 0), lines):
        raise AssertionError(f"{differing} figures differ between Kåring and pandas from a file")
    peer = milliseconds(lambda: file_by_pandas(table, recipe), repeats)
    ours = milliseconds(lambda: scores_of_block(block, recipe, 0), 5 * repeats)
    what = f"{block.entries:,} entries × {CARDS} × {CRITERIA}: stored steps beside a table of texts"
    return compared(what, ours, peer, "all figures equal; reading the texts counts for pandas alone")


def _cards(block: MarkBlock) -> list[Scorecard[int, int]]:
    cards: dict[tuple[int, int], dict[str, Mark]] = {}
    for line in as_frame(block).itertuples():
        value = None if np.isnan(line.mark) else Fraction(int(line.mark))
        marks = cards.setdefault((line.entry, line.juror), {})
        marks[CODES[line.criterion]] = Mark(value, Fraction(line.share, PARTS))
    return [Scorecard(*key, marks) for key, marks in cards.items()]


def _one_by_one(block: MarkBlock) -> list[dict[str, Any]]:
    cards, recipe = _cards(block), RECIPES["mean, rescaled weights, ties by a criterion"]
    entries = range(block.entries)
    lines = milliseconds(lambda: contest(entries, cards, recipe, {}), 3)
    found = variants(entries, cards, recipe, {})
    spent = milliseconds(lambda: variants(entries, cards, recipe, {}), 2)
    note = f"{len(found.readings):,} rankings of 1,000 entries, each without one of {JURORS} jurors"
    return [
        compared("1,000 entries one by one", lines, None, "with every scorecard's working"),
        compared("1,000 entries in all variants", spent, None, note),
    ]


def _of_one_jury(block: MarkBlock) -> dict[str, Any]:
    recipe = replace(RECIPES["median, weights as ceilings"], ties=("criterion:results",))
    cards, entries = _cards(block), range(block.entries)
    found = variants(entries, cards, recipe, {})
    spent = milliseconds(lambda: variants(entries, cards, recipe, {}), 5)
    note = f"{len(found.readings):,} rankings where all {CARDS} jurors read everything"
    return compared("1,000 entries in all variants, one jury", spent, None, note)


if __name__ == "__main__":
    for line in run():
        print(line)
