"""How stages of judging come to scores and places, step by step: for the rulebook and for results."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.jury.sheets import MARKED
from kaaring.kernel.text import said
from kaaring.programmes.definition.faults import quoted
from kaaring.programmes.definition.schema import Category, Combine, Jury
from kaaring.programmes.definition.schema.jury import Stage
from kaaring.web.public.wording import listed, points

JURY, CRITERION = "jury", "criterion:"


class Way(NamedTuple):
    """How stages come to places, step by step; ``name`` says which, empty where nothing goes another way."""

    name: str
    steps: list[str]


def ways_of(jury: Jury, stages: Sequence[Stage], categories: Sequence[Category]) -> list[Way]:
    """Return how some stages come to places, then what those with a weight make together."""
    return [
        *_ways(jury, stages, categories),
        *_final(jury, [one for one in stages if one.weight], categories),
    ]


def comparing(jury: Jury) -> list[Stage]:
    """Return the stages that do more than let entries pass; all, where none does."""
    return [one for one in jury.stages if one.mode != "pass_fail" or one.weight] or list(jury.stages)


def deciding(jury: Jury, stage: str) -> list[Stage]:
    """Return the stage that decides by its code; where that is empty, those that are blended."""
    return [one for one in jury.stages if (one.code == stage if stage else one.weight)]


def _ways(jury: Jury, stages: Sequence[Stage], categories: Sequence[Category]) -> list[Way]:
    """Return the ways of some stages; those that come to scores alike stand together."""
    together: dict[tuple[str, ...], list[Stage]] = {}
    for one in stages:
        together.setdefault(tuple(_SCORES[one.mode](one, jury)), []).append(one)
    is_only = len(together) == 1 and list(stages) == comparing(jury) and not any(s.weight for s in stages)
    return [
        Way(
            "" if is_only else listed([said(one.name) for one in own]),
            [*steps, *_places(own, jury, categories)],
        )
        for steps, own in together.items()
    ]


def _places(stages: Sequence[Stage], jury: Jury, categories: Sequence[Category]) -> Iterator[str]:
    """Yield how scores become places; of stages that are parts of a blend, the blend says it."""
    first = stages[0]
    if first.mode == "pass_fail" or first.count == "stv" or all(one.weight for one in stages):
        return
    if first.count == "schulze":
        yield _schulze_ties(jury)
        return
    yield _highest_first()
    yield _ties(jury, categories if first.mode in MARKED else ())


def _final(jury: Jury, weighed: Sequence[Stage], categories: Sequence[Category]) -> Iterator[Way]:
    """Yield how several stages make one score, if they do."""
    if not weighed:
        return
    parts = [
        _("%(stage)s with %(weight)s %%") % {"stage": quoted(said(one.name)), "weight": points(one.weight)}
        for one in weighed
        if one.weight is not None
    ]
    yield Way(
        _("Final score"),
        [
            _("The final score is the mean of an entry's scores in these stages, by weight: %(parts)s.")
            % {"parts": listed(parts)},
            _(
                "Only entries that came to the stage %(last)s are in the result. One without a score in any "
                "of these stages has no place."
            )
            % {"last": quoted(said(weighed[-1].name))},
            _highest_first(),
            _ties(jury, categories if any(one.mode in MARKED for one in weighed) else ()),
        ],
    )


def _highest_first() -> str:
    return _(
        "The highest score has the first place. Scores are computed exactly and rounded only where shown."
    )


def _marked(_stage: Stage, jury: Jury) -> Iterator[str]:
    scale, combine = jury.scale, jury.combine
    yield _(
        "A juror marks every criterion from %(lowest)d to %(highest)d, in steps of %(step)s. The lowest "
        "mark counts as 0 points, the highest as 100, and those between are evenly spaced."
    ) % {"lowest": scale.lowest, "highest": scale.highest, "step": points(scale.step)}
    yield _(
        "The juror's score for an entry is the mean of these points by weight. A criterion that a juror "
        "cannot judge is left out, and its weight is shared among the others."
    )
    if combine.severity == "adjusted":
        yield _("Before they are combined, scores are adjusted for how strict or lenient each juror is.")
    yield _combined(combine)
    yield _fewest(combine.minimum_marks)


def _combined(combine: Combine) -> str:
    if combine.method == "median":
        return _("The entry's score is the middle one of its jurors' scores (the median).")
    if combine.method == "trimmed":
        return _trimmed(combine.trim or 0)
    return _("The entry's score is the mean of its jurors' scores: each juror weighs the same.")


def _trimmed(trim: int) -> str:
    if trim == 1:
        return _("The entry's score is the mean of its jurors' scores without the highest and the lowest.")
    return ngettext(
        "The entry's score is the mean of its jurors' scores without the %(count)d highest and the %(count)d "
        "lowest score.",
        "The entry's score is the mean of its jurors' scores without the %(count)d highest and the %(count)d "
        "lowest scores.",
        trim,
    ) % {"count": trim}


def _fewest(count: int) -> str:
    return ngettext(
        "It takes %(count)d juror's score to have a place.",
        "It takes the scores of %(count)d jurors to have a place; with fewer there is none.",
        count,
    ) % {"count": count}


def ranked_in_words(stage: Stage) -> str:
    """Say what jurors do where they rank, and how that is counted."""
    ways = {
        "borda": _("by points for each entry ranked below (Borda)"),
        "schulze": _("by comparing every entry with every other (Schulze)"),
        "stv": _("by votes that move on to the next choice (single transferable vote)"),
    }
    told = _("Jurors put the entries of a category in order. The orders are counted %(way)s.")
    return told % {"way": ways[stage.count or "borda"]}


def _ranked(stage: Stage, jury: Jury) -> Iterator[str]:
    yield ranked_in_words(stage)
    yield from _enough(jury.combine.minimum_marks)
    yield from _COUNTS[stage.count or "borda"](stage, jury)


def _enough(count: int) -> Iterator[str]:
    """Yield how many jurors must have judged an entry, where one is not enough."""
    if count > 1:
        yield ngettext(
            "An entry is counted once %(count)d juror has judged it; before that it has no place.",
            "An entry is counted once %(count)d jurors have judged it; with fewer it has no place.",
            count,
        ) % {"count": count}


def _borda(_stage: Stage, _jury: Jury) -> Iterator[str]:
    yield _(
        "An entry's score is the mean of where those jurors put it who judged it, from 0 for the last to "
        "100 for the first: a juror who is kept from an entry takes nothing from it."
    )


def _schulze(_stage: Stage, _jury: Jury) -> Iterator[str]:
    yield _(
        "Two entries are compared by the jurors who judged both: a juror who is kept from an entry "
        "speaks neither for nor against it."
    )
    yield _(
        "An entry beats another where its chain of won comparisons, at the weakest link, is stronger than "
        "the other's. The fewer beat an entry, the better its place; there are no scores."
    )


def _transferable(stage: Stage, jury: Jury) -> Iterator[str]:
    yield _("It is counted where every juror who votes in a category can rank all its entries.")
    yield ngettext(
        "There is %(count)d seat. Elected is who has the votes divided by %(divisor)d, rounded down, and one "
        "more (Droop's quota).",
        "There are %(count)d seats. Elected is who has the votes divided by %(divisor)d, rounded down, and "
        "one more (Droop's quota).",
        stage.seats,
    ) % {"count": stage.seats, "divisor": stage.seats + 1}
    yield _(
        "What an elected entry has beyond that moves on to the next choices, at a part of its value. Where "
        "nobody has more, the entry with the fewest votes leaves and its votes move on. Places are in the "
        "order of election."
    )
    yield _(
        "Of entries with as many votes as one another the one with more votes at the latest earlier step "
        "where they differ goes first."
    )
    if JURY in jury.combine.ties:
        yield _("Where no step parts them, the jury does, in a recorded decision.")
    yield _(
        "Where nothing else parts them, a lot does. Nobody chooses it and anybody can draw it again: it is "
        "computed from the fingerprint of the rules, the stage and the entry's code."
    )


_COUNTS: dict[str, Callable[[Stage, Jury], Iterator[str]]] = {
    "borda": _borda,
    "schulze": _schulze,
    "stv": _transferable,
}


def points_in_words(stage: Stage) -> str:
    """Say how many points a juror has to give."""
    most = stage.points or 1
    return ngettext(
        "Each juror has %(count)d point to give in a category.",
        "Each juror has %(count)d points to share out among the entries of a category.",
        most,
    ) % {"count": most}


def _points(stage: Stage, jury: Jury) -> Iterator[str]:
    yield points_in_words(stage)
    yield from _enough(jury.combine.minimum_marks)
    yield _(
        "An entry's score is its share, in per cent, of all the points that the jurors had who judged it."
    )


def vote_in_words(stage: Stage) -> str:
    """Say how the public votes."""
    if stage.voting is None:
        return _("The public votes, and the votes are counted elsewhere.")
    return _(
        "The public votes here: one vote for each e-mail address in each category. It counts once it is "
        "confirmed by the link that is sent to the address; the last one confirmed replaces those before."
    )


def _public_vote(stage: Stage, _jury: Jury) -> Iterator[str]:
    yield vote_in_words(stage)
    yield _(
        "Every vote weighs the same: an entry's score is its share, in per cent, of all votes for the "
        "entries it competes with."
    )


def passes_in_words(stage: Stage) -> str:
    """Say how many votes it takes to pass."""
    needed = stage.passes or 1
    return ngettext(
        "It takes %(count)d vote for it.",
        "It takes %(count)d votes for it.",
        needed,
    ) % {"count": needed}


def _pass_fail(stage: Stage, _jury: Jury) -> Iterator[str]:
    told = _("Each juror says of an entry whether it passes.")
    yield f"{told} {passes_in_words(stage)}"
    yield _("This gives neither scores nor places.")


_SCORES: dict[str, Callable[[Stage, Jury], Iterator[str]]] = {
    **dict.fromkeys(MARKED, _marked),
    "pass_fail": _pass_fail,
    "ranking": _ranked,
    "points": _points,
    "public_vote": _public_vote,
}


def _ties(jury: Jury, categories: Sequence[Category]) -> str:
    """Say what parts equal scores, in its order; without categories no mark on a criterion does."""
    names = {one.code: said(one.name) for category in categories for one in category.criteria}
    steps = [
        _("the jury, in a recorded decision") if tie == JURY else _criterion(tie, names)
        for tie in jury.combine.ties
        if tie == JURY or tie.removeprefix(CRITERION) in names
    ]
    if not steps:
        return _("Entries with exactly the same score share the place.")
    return _(
        "Where scores are exactly the same, this decides, in this order: %(steps)s. Else they share the "
        "place."
    ) % {"steps": "; ".join(steps)}


def _criterion(tie: str, names: Mapping[str, str]) -> str:
    criterion = quoted(names[tie.removeprefix(CRITERION)])
    return _("the higher mean mark on %(criterion)s") % {"criterion": criterion}


def _schulze_ties(jury: Jury) -> str:
    if JURY in jury.combine.ties:
        return _(
            "Entries that this does not part are parted by the jury, in a recorded decision. Else they share "
            "the place."
        )
    return _("Entries that this does not part share the place.")
