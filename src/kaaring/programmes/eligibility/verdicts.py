"""Whether a case may be entered in a category: all its rules together, and the divisions that fit."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaaring.kernel.text import said
from kaaring.programmes.definition.faults import quoted
from kaaring.programmes.definition.schema import Category, Definition, Division
from kaaring.programmes.definition.schema.eligibility import AllOfRule, SubjectRule
from kaaring.programmes.eligibility import outcomes
from kaaring.programmes.eligibility.facts import Facts
from kaaring.programmes.eligibility.findings import Finding
from kaaring.programmes.eligibility.judging import Bench, judge
from kaaring.programmes.eligibility.lengths import reference_year
from kaaring.programmes.eligibility.names import Names
from kaaring.programmes.eligibility.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class DivisionsFound:
    """Which parts of a category a case fits, by their codes, and what that means under its overlap policy."""

    category: Category
    findings: tuple[Finding, ...]

    @property
    def fitting(self) -> tuple[Division, ...]:
        """The divisions that fit: none, one, or several that overlap."""
        pairs = zip(self.category.divisions, self.findings, strict=True)
        return tuple(division for division, finding in pairs if finding.outcome is Outcome.MET)

    @property
    def outcome(self) -> Outcome:
        """Whether the case can be entered: a division must fit, and only one where overlaps are refused."""
        is_open = any(finding.outcome is Outcome.CANNOT_TELL for finding in self.findings)
        if self.category.overlap == "refused" and len(self.fitting) > 1:
            return Outcome.NOT_MET
        if self.category.overlap == "refused" and is_open:
            return Outcome.CANNOT_TELL
        return outcomes.any_of(finding.outcome for finding in self.findings)

    @property
    def is_to_be_chosen(self) -> bool:
        """Whether the entrant has to say in which of several divisions it competes."""
        return len(self.fitting) > 1 and self.category.overlap == "entrant_chooses"

    @property
    def is_to_be_assigned(self) -> bool:
        """Whether the organiser has to say so."""
        return len(self.fitting) > 1 and self.category.overlap == "organiser_assigns"

    @property
    def missing(self) -> tuple[str, ...]:
        """The questions to answer before the divisions can be told."""
        return _once(code for finding in self.findings for code in finding.missing)

    @property
    def reason(self) -> str:
        """What fits and who decides, in whole sentences."""
        names = ", ".join(quoted(said(division.name)) for division in self.fitting)
        if len(self.fitting) > 1:
            return _SEVERAL[self.category.overlap]() % {"names": names}
        if self.fitting:
            return _("It competes in %(names)s.") % {"names": names}
        reasons = " ".join(finding.reason for finding in self.findings if finding.outcome is self.outcome)
        if self.outcome is Outcome.NOT_MET:
            return _("It fits no division of this category. %(reasons)s") % {"reasons": reasons}
        return reasons


_SEVERAL = {
    "entrant_chooses": lambda: _(
        "It fits several divisions of this category: %(names)s. Choose one of them."
    ),
    "organiser_assigns": lambda: _(
        "It fits several divisions of this category: %(names)s. The organiser decides in which it competes."
    ),
    "refused": lambda: _(
        "It fits several divisions of this category: %(names)s. It can be in one only; ask the organiser."
    ),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules of a category say of a case."""

    category: Category
    subject: Finding
    rules: tuple[Finding, ...]
    divisions: DivisionsFound | None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is said of the kind of nominee and of every rule, in order; of the kind only once."""
        kinds = set(self.category.subject)
        own = (one.rule for one in self.rules)
        if any(isinstance(rule, SubjectRule) and set(rule.kinds) == kinds for rule in own):
            return self.rules
        return (self.subject, *self.rules)

    @property
    def outcome(self) -> Outcome:
        """Whether all rules are met and a division fits."""
        found = [finding.outcome for finding in self.findings]
        return outcomes.all_of([*found, *([] if self.divisions is None else [self.divisions.outcome])])

    @property
    def missing(self) -> tuple[str, ...]:
        """The questions that are still to be answered before every rule can be told."""
        divisions = () if self.divisions is None else self.divisions.missing
        return _once([*(code for finding in self.findings for code in finding.missing), *divisions])

    @property
    def unmet(self) -> tuple[Finding, ...]:
        """The rules that are not met; of rules that must all hold, each that does not."""
        return tuple(one for finding in self.findings for one in _unmet(finding))

    @property
    def obstacles(self) -> tuple[str, ...]:
        """Why the case does not fit, a sentence or two for each rule that is not met."""
        reasons = [finding.reason for finding in self.unmet]
        if self.divisions is not None and self.divisions.outcome is Outcome.NOT_MET:
            reasons.append(self.divisions.reason)
        return _once(reasons)

    @property
    def first_obstacles(self) -> tuple[str, ...]:
        """The same, but of a category that is for another kind of nominee that alone."""
        return (self.subject.reason,) if self.subject.outcome is Outcome.NOT_MET else self.obstacles

    @property
    def awaiting(self) -> tuple[Finding, ...]:
        """The declarations that are still to be made."""
        return tuple(one for finding in self.findings for one in finding.awaiting)

    @property
    def only_awaits_declarations(self) -> bool:
        """Whether everything that can be asked has been answered, and only declarations are open."""
        return self.outcome is Outcome.CANNOT_TELL and not self.missing

    @property
    def redirects(self) -> tuple[str, ...]:
        """The categories to move to instead."""
        return _once(code for finding in self.findings for code in finding.redirects)

    @property
    def advice(self) -> tuple[str, ...]:
        """What can be done instead, in whole sentences."""
        return _once(sentence for finding in self.findings for sentence in finding.advice)


def category_verdict(category: Category, facts: Facts, definition: Definition, *, year: int) -> Verdict:
    """Return what the rules of a category say of a case.

    ``year`` is that of reference days without one, where the definition announces no period for entries.
    """
    return verdict(category, Bench(Names(definition), facts, reference_year(definition, otherwise=year)))


def verdict(category: Category, bench: Bench) -> Verdict:
    """Return what the rules of a category say on a bench that is set up."""
    subject = SubjectRule(rule="subject", kinds=category.subject)
    divisions = [
        judge(division.rule, bench, f"divisions/{place}") for place, division in enumerate(category.divisions)
    ]
    return Verdict(
        category,
        judge(subject, bench, "subject"),
        tuple(judge(rule, bench, f"eligibility/{place}") for place, rule in enumerate(category.eligibility)),
        DivisionsFound(category, tuple(divisions)) if divisions else None,
    )


def _unmet(finding: Finding) -> tuple[Finding, ...]:
    if finding.outcome is not Outcome.NOT_MET:
        return ()
    if isinstance(finding.rule, AllOfRule):
        return tuple(one for inner in finding.of for one in _unmet(inner))
    return (finding,)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
