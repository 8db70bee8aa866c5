"""Brackets of size: between them they should take every size, and each size once."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.translation import gettext as _

from kaaring.programmes.definition.checking.walking import division_rules, outer_rules
from kaaring.programmes.definition.faults import Finding, Path, Severity
from kaaring.programmes.definition.schema import Category, Definition
from kaaring.programmes.definition.schema.eligibility import Rule, SizeRule

ENDLESS = 10**12
SAID_BESIDE = {"redirect", "split", "wording"}
"""What stands in a rule beside what it asks for."""


@dataclass(frozen=True)
class Bracket:
    """The sizes from ``low`` to ``high``, both included, that something takes."""

    rule: SizeRule
    code: str
    path: Path

    @cached_property
    def low(self) -> int:
        """The smallest size."""
        return self.rule.min or (0 if self.rule.more_than is None else self.rule.more_than + 1)

    @cached_property
    def high(self) -> int:
        """The largest size."""
        if self.rule.max is not None:
            return self.rule.max
        return ENDLESS if self.rule.less_than is None else self.rule.less_than - 1


def findings(definition: Definition) -> Iterator[Finding]:
    """Yield a warning for each size that two brackets take, or none."""
    for ladder in _ladders(definition):
        rungs = sorted(ladder, key=lambda bracket: (bracket.low, bracket.high))
        if len({(rung.low, rung.high) for rung in rungs}) > 1:
            yield from _shared(rungs)
            yield from _left_out(rungs)


def _ladders(definition: Definition) -> Iterator[Sequence[Bracket]]:
    """Yield brackets that belong together: the divisions of a category, and categories alike but for size."""
    for position, category in enumerate(definition.categories):
        placed = division_rules(category, ("categories", position))
        divisions = zip(category.divisions, placed, strict=True)
        brackets = [Bracket(division.rule, division.code, at.path) for division, at in divisions]
        yield from _by(brackets, {bracket.code: _counted(bracket.rule) for bracket in brackets})
    found = [
        (placed.category, Bracket(placed.rule, placed.category.code, placed.path))
        for placed in outer_rules(definition)
        if isinstance(placed.rule, SizeRule)
    ]
    likeness = {bracket.code: _counted(bracket.rule) + _likeness(category) for category, bracket in found}
    yield from _by([bracket for _category, bracket in found], likeness)


def _by(brackets: Iterable[Bracket], likeness: dict[str, str]) -> Iterator[Sequence[Bracket]]:
    def key(bracket: Bracket) -> str:
        return likeness[bracket.code]

    for _likeness, ladder in groupby(sorted(brackets, key=key), key):
        yield list(ladder)


def _counted(rule: SizeRule) -> str:
    return f"{rule.what} {rule.unit} "


def _likeness(category: Category) -> str:
    """Return what two categories must have in common to differ in size alone."""
    others = sorted(_asked(rule) for rule in category.eligibility if not isinstance(rule, SizeRule))
    criteria = sorted(criterion.code for criterion in category.criteria)
    return json.dumps([category.group, sorted(category.subject), criteria, others])


def _asked(rule: Rule) -> str:
    return rule.model_dump_json(exclude=SAID_BESIDE)


def _shared(rungs: Sequence[Bracket]) -> Iterator[Finding]:
    highest = rungs[0]
    for rung in rungs[1:]:
        last = min(highest.high, rung.high)
        if rung.low <= last and (rung.low, rung.high) != (highest.low, highest.high):
            yield _both(highest, rung, _range(rung.low, last))
        highest = max(highest, rung, key=lambda bracket: bracket.high)


def _both(lower: Bracket, upper: Bracket, sizes: str) -> Finding:
    return Finding(
        upper.path,
        "brackets_overlap",
        _("Both “%(lower)s” and “%(upper)s” take “%(what)s” of %(sizes)s")
        % {"lower": lower.code, "upper": upper.code, "what": upper.rule.what, "sizes": sizes},
        _remedy(lower, upper),
        Severity.WARNING,
    )


def _remedy(lower: Bracket, upper: Bracket) -> str:
    if lower.high < upper.high:
        return _("write “more_than: %(bound)s” in “%(upper)s”, so that each size has one place") % {
            "bound": lower.high,
            "upper": upper.code,
        }
    return _("change the bounds of one of them, so that each size has one place")


def _left_out(rungs: Sequence[Bracket]) -> Iterator[Finding]:
    highest = rungs[0]
    if highest.low > 1:
        yield from _nobody(highest, rungs, _range(0, highest.low - 1))
    for rung in rungs[1:]:
        if rung.low > highest.high + 1:
            yield from _nobody(highest, rungs, _range(highest.high + 1, rung.low - 1))
        highest = max(highest, rung, key=lambda bracket: bracket.high)
    if highest.high < ENDLESS:
        yield from _nobody(highest, rungs, _range(highest.high + 1, ENDLESS))


def _nobody(nearest: Bracket, rungs: Sequence[Bracket], sizes: str) -> Iterator[Finding]:
    """Yield a warning that nobody takes some sizes, unless the nearest bracket says where they go."""
    is_sent_on = nearest.rule.redirect not in {None, *(rung.code for rung in rungs)}
    if is_sent_on or nearest.rule.split:
        return
    codes = ", ".join(dict.fromkeys(rung.code for rung in rungs))
    yield Finding(
        nearest.path,
        "brackets_gap",
        _("None of these takes “%(what)s” of %(sizes)s: %(codes)s")
        % {"what": nearest.rule.what, "sizes": sizes, "codes": codes},
        _("say in “%(code)s” where they go with “redirect”, or change the bounds") % {"code": nearest.code},
        Severity.WARNING,
    )


def _range(low: int, high: int) -> str:
    if low == high:
        return _("exactly %(size)s") % {"size": low}
    if high == ENDLESS:
        return _("%(size)s or more") % {"size": low}
    if low == 0:
        return _("%(size)s or less") % {"size": high}
    return _("%(low)s to %(high)s") % {"low": low, "high": high}
