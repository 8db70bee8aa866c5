"""Which categories fit: what fits, what nearly does, what cannot be told yet, and what to ask next."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from kaaring.programmes.definition.schema import Definition
from kaaring.programmes.definition.schema.eligibility import (
    AllOfRule,
    AnyOfRule,
    NotRule,
    OnlyRule,
    Rule,
    SubjectRule,
)
from kaaring.programmes.eligibility.facts import Facts
from kaaring.programmes.eligibility.judging import Bench
from kaaring.programmes.eligibility.lengths import reference_year
from kaaring.programmes.eligibility.names import Names
from kaaring.programmes.eligibility.outcomes import Outcome
from kaaring.programmes.eligibility.questions import Question, questions
from kaaring.programmes.eligibility.verdicts import Verdict, verdict

MOST_OBSTACLES = 2
"""With more things unmet or unknown than this a category is not nearly right."""


@dataclass(frozen=True, slots=True)
class Fits:
    """Every category once, in the order of the definition within each group.

    Those ``fitting`` may still await declarations; those ``nearly`` right have at most two obstacles: rules
    that are not met, or questions still open beside such a rule. Whoever has another position or does other
    work than a category is for does not nearly fit it. ``next_question`` is None when no answer would settle
    anything more.
    """

    fitting: tuple[Verdict, ...]
    nearly: tuple[Verdict, ...]
    cannot_tell: tuple[Verdict, ...]
    not_fitting: tuple[Verdict, ...]
    next_question: Question | None


def fits(definition: Definition, facts: Facts, *, year: int, skipping: Collection[str] = ()) -> Fits:
    """Return which categories fit what is known; declarations, made for one category, count in none.

    ``year`` is that of reference days without one, where the definition announces no period for entries.
    What is among the codes of ``skipping`` is not asked next.
    """
    known = replace(facts, declarations={})
    bench = Bench(Names(definition), known, reference_year(definition, otherwise=year))
    groups: dict[str, list[Verdict]] = {"fitting": [], "nearly": [], "cannot_tell": [], "not_fitting": []}
    for category in definition.categories:
        found = verdict(category, bench)
        groups[_group(found)].append(found)
    undecided = groups["cannot_tell"]
    return Fits(
        **{name: tuple(verdicts) for name, verdicts in groups.items()},
        next_question=_most_useful(definition, undecided, skipping),
    )


def _group(found: Verdict) -> str:
    if found.outcome is Outcome.MET or found.only_awaits_declarations:
        return "fitting"
    if found.outcome is Outcome.CANNOT_TELL:
        return "cannot_tell"
    is_near = len(found.obstacles) + len(found.missing) <= MOST_OBSTACLES
    return "nearly" if is_near and not any(_is_for_others(one.rule) for one in found.unmet) else "not_fitting"


def _is_for_others(rule: Rule) -> bool:
    """Say whether a rule tells for whom a category is, so that who does not meet it is somebody else."""
    if isinstance(rule, NotRule):
        return _is_for_others(rule.of)
    if isinstance(rule, AnyOfRule | AllOfRule):
        return all(_is_for_others(inner) for inner in rule.of)
    return isinstance(rule, SubjectRule | OnlyRule)


def _most_useful(
    definition: Definition, undecided: list[Verdict], skipping: Collection[str]
) -> Question | None:
    """Return the open question on which most undecided categories hang, a protected one last of all.

    Of several the one that the organiser asks first. What is entered comes before everything else.
    """
    hanging = Counter(code for found in undecided for code in found.missing if code not in skipping)
    open_questions = [question for question in questions(definition) if hanging[question.code]]
    return max(
        open_questions,
        key=lambda question: (not question.is_protected, hanging[question.code]),
        default=None,
    )
