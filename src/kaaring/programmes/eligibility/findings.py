"""What a rule says of a case: the outcome, the reason in words, what is still open, and where to go."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from kaaring.kernel.text import Text
from kaaring.programmes.definition.schema.eligibility import AttestationRule, NotRule, Rule
from kaaring.programmes.eligibility.facts import Answer, plain
from kaaring.programmes.eligibility.names import one_stop
from kaaring.programmes.eligibility.outcomes import Outcome, all_of

Tell = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that a rule looks at: ``code`` is the question that it asks, None where none settles it."""

    code: str | None
    outcome: Outcome
    tell: Tell = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says. Rules within it have findings of their own, in ``of``.

    ``key`` is the rule's place in its category and stays as long as the rules do: ``eligibility/2/of/0``.
    ``missing`` are the questions whose answers are needed to tell; ``read`` the answers that it went by.
    Where ``is_protected``, only those whom the rule needs may see it; the reason never tells such an answer.
    """

    key: str
    rule: Rule
    outcome: Outcome
    tell: Tell = field(compare=False, repr=False)
    missing: tuple[str, ...] = ()
    read: Mapping[str, Answer] = field(default_factory=dict)
    of: tuple["Finding", ...] = ()
    is_protected: bool = False
    advise: Tell | None = field(default=None, compare=False, repr=False)

    @property
    def reason(self) -> str:
        """Why, in whole sentences, in the reader's language."""
        return self.tell()

    @property
    def wording(self) -> Text | None:
        """The rule in the organiser's own words."""
        return self.rule.wording

    @property
    def awaiting(self) -> tuple["Finding", ...]:
        """The declarations that are still to be made before this can be told."""
        if self.outcome is not Outcome.CANNOT_TELL:
            return ()
        if isinstance(self.rule, AttestationRule):
            return (self,)
        return tuple(one for inner in self.of for one in inner.awaiting)

    @property
    def redirects(self) -> tuple[str, ...]:
        """The categories to move to, where the rule is not met."""
        return tuple(dict.fromkeys(_redirects(self)))

    @property
    def advice(self) -> tuple[str, ...]:
        """What can be done instead, in whole sentences, where the rule is not met."""
        return tuple(dict.fromkeys(_advice(self)))


def redirect_of(rule: Rule) -> str | None:
    """Return the category that a rule sends to; one that negates another sends where that one does."""
    if rule.redirect is None and isinstance(rule, NotRule):
        return rule.of.redirect
    return rule.redirect


def _redirects(finding: Finding) -> Iterator[str]:
    if finding.outcome is Outcome.NOT_MET:
        redirect = redirect_of(finding.rule)
        if redirect is not None:
            yield redirect
        for inner in _at_fault(finding):
            yield from _redirects(inner)


def _advice(finding: Finding) -> Iterator[str]:
    if finding.outcome is Outcome.NOT_MET:
        if finding.advise is not None:
            yield finding.advise()
        for inner in _at_fault(finding):
            yield from _advice(inner)


def _at_fault(finding: Finding) -> Sequence[Finding]:
    """Return the findings whose outcome is why this one is not met."""
    return () if isinstance(finding.rule, NotRule) else finding.of


def decisive(outcome: Outcome, parts: Iterable[Any]) -> list[Any]:
    """Return the parts that have the outcome of the whole."""
    return [part for part in parts if part.outcome is outcome]


def aspects_told(aspects: Sequence[Aspect]) -> str:
    """Return the sentences of those aspects that decide."""
    return " ".join(aspect.tell() for aspect in decisive(all_of(each.outcome for each in aspects), aspects))


def compared(outcome: Outcome, label: str, value: str, wanted: str) -> str:
    """Return what something is and what is needed; organisers name facts by a word or by a question."""
    words = {"fact": label, "value": value, "wanted": wanted}
    if outcome is Outcome.MET:
        return one_stop(_("“%(fact)s”: %(value)s. This fits: %(wanted)s.") % words)
    if outcome is Outcome.NOT_MET:
        return one_stop(_("“%(fact)s”: %(value)s. Needed: %(wanted)s.") % words)
    return unknown(label, wanted)


def withheld(outcome: Outcome, label: str, wanted: str) -> str:
    """Return whether something is as needed, without telling what it is."""
    words = {"fact": label, "wanted": wanted}
    if outcome is Outcome.MET:
        return one_stop(_("“%(fact)s”: the answer fits. Needed: %(wanted)s.") % words)
    if outcome is Outcome.NOT_MET:
        return one_stop(_("“%(fact)s”: the answer does not fit. Needed: %(wanted)s.") % words)
    return unknown(label, wanted)


def unknown(label: str, wanted: str) -> str:
    """Return what is needed of something that nobody has told yet."""
    words = {"fact": label, "wanted": wanted}
    return one_stop(_("“%(fact)s”: not answered yet. Needed: %(wanted)s.") % words)


def as_record(finding: Finding, *, languages: Iterable[str]) -> dict[str, Any]:
    """Return a finding as plain data to be kept: for the jurors' fact box, for an appeal.

    The reason is kept in the languages given, so that everybody later reads what was said at the time. Of a
    finding that goes by a protected fact only the key and the outcome are kept, and that it is protected.
    """
    told = {}
    for language in languages:
        with override(language):
            told[language] = (
                {"reason": _("This goes by a protected answer, which is kept apart."), "advice": []}
                if finding.is_protected
                else {"reason": finding.reason, "advice": list(finding.advice)}
            )
    return {
        "key": finding.key,
        "rule": finding.rule.rule,
        "outcome": str(finding.outcome),
        "reason": {language: words["reason"] for language, words in told.items()},
        "advice": {language: words["advice"] for language, words in told.items()},
        "wording": {} if finding.is_protected else dict(finding.wording or {}),
        "answers": {} if finding.is_protected else {code: plain(each) for code, each in finding.read.items()},
        "missing": list(finding.missing),
        "awaiting": [one.key for one in finding.awaiting],
        "redirects": [] if finding.is_protected else list(finding.redirects),
        "is_protected": finding.is_protected,
        "of": [as_record(one, languages=languages) for one in finding.of],
    }
