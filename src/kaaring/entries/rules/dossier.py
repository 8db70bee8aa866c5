"""Everything that is known about one entry, and what it still lacks before it can be submitted."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.entries.models import Answer, Declaration, Entry, Figure, Nominee, Party
from kaaring.entries.rules.cases import open_correction
from kaaring.entries.rules.declarations import NOMINEE
from kaaring.entries.rules.nominees import consent_is_needed, is_about_a_person
from kaaring.entries.rules.words import words_in
from kaaring.kernel.text import said
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Category
from kaaring.programmes.definition.schema.eligibility import AttestationRule, SubjectRule
from kaaring.programmes.eligibility import (
    PARTIES,
    SUBJECT,
    Facts,
    Finding,
    Outcome,
    Verdict,
    as_record,
    category_verdict,
)

WHERE = {SUBJECT: "about", PARTIES: "parties"}
"""Where on the pages a question of the rules is answered; all others are facts."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is in the way of submitting: what, on which page it is mended, and a sentence.

    One that ``is_protected`` tells how a rule came out that goes by protected answers.
    """

    code: str
    where: str
    sentence: str
    is_protected: bool = False


@dataclass(frozen=True, eq=False)
class Dossier:
    """An entry with all that is judged in it, and the rules it is judged by.

    ``facts`` hold protected answers too: never show them, only what the verdict says. ``year`` is that of
    reference days without one where no period for entries is announced.
    """

    entry: Entry
    definition: Definition
    category: Category
    facts: Facts
    answers: Mapping[str, Answer]
    figures: tuple[Figure, ...]
    parties: tuple[Party, ...]
    nominee: Nominee | None
    year: int
    declarations: Mapping[str, Declaration] = field(default_factory=dict)

    @cached_property
    def verdict(self) -> Verdict:
        """What the rules of the category say."""
        return category_verdict(self.category, self.facts, self.definition, year=self.year)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What is still missing, in the order in which one would mend it."""
        return tuple(dict.fromkeys(_gaps(self)))

    @property
    def is_eligible(self) -> bool:
        """Whether no rule stands against it; some may still be open."""
        return self.verdict.outcome is not Outcome.NOT_MET

    @property
    def division(self) -> str:
        """The division it competes in: the only one that fits, or the one that was chosen or assigned.

        In a correction it is the one chosen there, which takes effect with the answer.
        """
        found = self.verdict.divisions
        if found is None:
            return ""
        fitting = [division.code for division in found.fitting]
        if len(fitting) == 1:
            return fitting[0]
        correction = open_correction(self.entry)
        chosen = (correction.division if correction else "") or self.entry.division
        return chosen if chosen in fitting else ""

    @property
    def record(self) -> list[dict[str, Any]]:
        """Return what the rules say, in the edition's languages; why, unless something protected decides."""
        languages = self.entry.edition.languages
        return [as_record(one, languages=languages) for one in self.verdict.findings]

    @property
    def digest(self) -> str:
        """Return the SHA-256 of what the jury would read, so that the log can prove what was submitted."""
        case = self.entry.case
        told = {
            "title": case.title,
            "summary": case.summary,
            "facts": case.facts,
            "answers": {code: answer.text for code, answer in self.answers.items()},
            "figures": [
                [one.name, one.definition, one.unit, one.period, one.source, str(one.before), str(one.after)]
                for one in self.figures
            ],
            "parties": [[str(party.organisation), party.role, party.text] for party in self.parties],
        }
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _gaps(dossier: Dossier) -> Iterator[Gap]:
    yield from _unmet(dossier)
    yield from _untold(dossier)
    yield from _division(dossier)
    yield from _nominee(dossier)
    yield from _answers(dossier)
    yield from _approvals(dossier)


def _unmet(dossier: Dossier) -> Iterator[Gap]:
    verdict = dossier.verdict
    for finding in verdict.unmet:
        yield Gap("not_eligible", _where_unmet(dossier, finding), finding.reason, finding.is_protected)
    if verdict.divisions is not None and verdict.divisions.outcome is Outcome.NOT_MET:
        yield Gap("not_eligible", "eligibility", verdict.divisions.reason)
    for finding in verdict.findings:
        for advice in finding.advice:
            yield Gap("advice", "categories", advice, finding.is_protected)


def _where_unmet(dossier: Dossier, finding: Finding) -> str:
    """Return where one sees why a rule is not met: what is entered, the nominee, or the facts."""
    if finding.is_protected:
        return "nominee"
    rule = finding.rule
    is_of_a_kind = isinstance(rule, SubjectRule) and dossier.entry.case.subject not in rule.kinds
    return "subject" if is_of_a_kind else "eligibility"


def _untold(dossier: Dossier) -> Iterator[Gap]:
    is_told = any(True for _gap in _nominee(dossier))
    for finding in dossier.verdict.findings:
        if finding.outcome is Outcome.CANNOT_TELL and not (is_told and _awaits_consent(finding)):
            yield Gap("cannot_tell", _where(finding), finding.reason)
    found = dossier.verdict.divisions
    if found is not None and found.outcome is Outcome.CANNOT_TELL:
        yield Gap("cannot_tell", "facts", found.reason)


def _where(finding: Finding) -> str:
    """Return the page on which an open question is answered; protected ones stand with the nominee."""
    if (finding.missing and finding.is_protected) or _awaits_consent(finding):
        return "nominee"
    return WHERE.get(finding.missing[0], "facts") if finding.missing else "declarations"


def _awaits_consent(finding: Finding) -> bool:
    """Say whether all that is open is what the nominee declares by consenting."""
    rules = [one.rule for one in finding.awaiting]
    by_consent = [
        isinstance(rule, AttestationRule) and rule.who == NOMINEE and rule.proof != "required"
        for rule in rules
    ]
    return not finding.missing and bool(rules) and all(by_consent)


def _division(dossier: Dossier) -> Iterator[Gap]:
    found = dossier.verdict.divisions
    if found is not None and found.is_to_be_chosen and not dossier.division:
        yield Gap("no_division", "division", found.reason)


def _nominee(dossier: Dossier) -> Iterator[Gap]:
    nominee, case = dossier.nominee, dossier.entry.case
    is_asked = is_about_a_person(case, dossier.category)
    if nominee is None:
        if is_asked:
            yield Gap("no_nominee", "nominee", _("Say who the person is that you nominate."))
        return
    if not nominee.is_person:
        if is_asked:
            yield Gap("nominee_no_person", "nominee", consent_is_needed(nominee.name))
        return
    words = {"name": nominee.name}
    if nominee.declined_at is not None:
        yield Gap("nominee_declined", "nominee", _("%(name)s does not agree to be nominated.") % words)
    elif nominee.consented_at is None:
        yield Gap("no_consent", "nominee", _("%(name)s has not agreed yet to be nominated.") % words)
    elif nominee.consented_version != case.version:
        yield Gap(
            "consent_outdated",
            "nominee",
            _("The case has changed since %(name)s agreed to it. Ask for consent again.") % words,
        )


def _answers(dossier: Dossier) -> Iterator[Gap]:
    for criterion in dossier.category.criteria:
        answer = dossier.answers.get(criterion.code)
        name, count = said(criterion.name), words_in(answer.text) if answer else 0
        if not count:
            yield Gap(
                "no_answer", criterion.code, _("“%(criterion)s” has no text yet.") % {"criterion": name}
            )
        elif criterion.most_words is not None and count > criterion.most_words:
            yield Gap(
                "too_many_words",
                criterion.code,
                ngettext(
                    "“%(criterion)s” is %(count)d word too long: it has %(words)d; %(most)d are allowed.",
                    "“%(criterion)s” is %(count)d words too long: it has %(words)d; %(most)d are allowed.",
                    count - criterion.most_words,
                )
                % {
                    "criterion": name,
                    "count": count - criterion.most_words,
                    "words": count,
                    "most": criterion.most_words,
                },
            )


def _approvals(dossier: Dossier) -> Iterator[Gap]:
    case = dossier.entry.case
    for party in dossier.parties:
        if party.organisation_id == case.organisation_id or party.approved_version == case.version:
            continue
        words = {"party": party.organisation}
        if party.approved_version is None:
            sentence = _("%(party)s has not approved the case yet.") % words
        else:
            sentence = _("The case has changed since %(party)s approved it. Ask for approval again.") % words
        yield Gap("not_approved", "parties", sentence)
