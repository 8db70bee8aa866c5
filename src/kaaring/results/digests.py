"""What the digests of a run are taken over, so that anyone can take them again.

Both are SHA-256, as 64 hex digits, over UTF-8 text. Canonical JSON is: no spaces, keys sorted, letters
beyond ASCII written as they are (Python's ``json.dumps`` with ``separators=(",", ":")``,
``sort_keys=True``, ``ensure_ascii=False``). "Sorted" means by code point.

**The digest of the input.** One line of canonical JSON, ended by a line feed, for every evaluation that
counts, sorted by the code of its enquiry::

    ["E0001","sognenett","phone","2021-01-05T09:12:00.000000+00:00",1,[["SV1","first"],["SV2","74"]]]

that is enquiry, participant, channel, moment in UTC with microseconds, version of the rules, and its answers
sorted by question, each as it was given; questions without an answer are left out.

**The digest of the run.** Canonical JSON of one object with these keys:

- ``edition`` (``programme/edition``), ``number``, ``rules`` (the digest of the rules), ``method``, ``input``
  (the digest above), ``evaluations`` (how many count)
- ``lines``: sorted by measure, then participant, each ``[measure, participant, class, score, low, high,
  enquiries, place, is_shared, class_place, class_is_shared, band, class_band, why, working]``. ``score`` is
  the exact fraction as text, empty where there is none; ``low`` and ``high`` are text with four decimals, or
  null.
- ``means``: sorted by measure, then class with the mean over all first, each ``[measure, class, score,
  participants]``; the class is empty for the mean over all.
- ``decisions``: sorted by award, class, participant, each ``[award, class, participant, citation, quote,
  reason, decided_at]``; the class is empty for an award among all, the moment as above.

Participants, classes, awards and questions stand with their codes.

**Where a jury decided.** The digest of the input is then over a line for every scorecard that counts in any
stage, sorted by stage, entry and juror::

    ["final","014","9f2c…",[["actions",8,100],["other",null,100]],null,null,null]

that is stage, entry, the juror's public id, marks by criterion (steps above the scale's lowest mark, null for
an abstention, and the per cent of the weight granted), and whether it passes, its rank and its points. A
public vote's count stands there with an empty juror and the votes last, and so does an entry's position in a
tie that the jury parted, as its rank. Where enquiries were measured as well, it is the digest over both
digests, one after the other. The object of the run then also has:

- ``scorecards`` (how many count)
- ``entry_lines``: sorted by category, division, entry, stage, each ``[category, division, entry, stage,
  score, low, high, scorecards, place, is_shared, why, holds_in, variants, working]``
- ``entry_decisions``: sorted by award, level, entry, each ``[award, level, entry, citation, reason,
  decided_at]``; the entry is empty where nobody wins.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from kaaring.results.models import Decision, EntryDecision, EntryLine, Line, Mean, Run


class Input(NamedTuple):
    """An evaluation that counts, as the digest of the input reads it; ``answers`` are (question, value)."""

    enquiry: str
    participant: str
    channel: str
    at: datetime
    rules: int
    answers: Sequence[tuple[str, str]]


def canonical(content: Any) -> str:
    """Return content as canonical JSON."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest_of_input(evaluations: Iterable[Input]) -> str:
    """Return the digest over the evaluations that count, in whatever order they come."""
    digest = hashlib.sha256()
    for one in sorted(evaluations, key=lambda one: one.enquiry):
        line = [one.enquiry, one.participant, one.channel, _moment(one.at), one.rules, sorted(one.answers)]
        digest.update(f"{canonical(line)}\n".encode())
    return digest.hexdigest()


def digest_of_run(
    run: Run,
    lines: Iterable[Line],
    means: Iterable[Mean],
    decisions: Iterable[Decision],
    *,
    entry_lines: Iterable[EntryLine] = (),
    entry_decisions: Iterable[EntryDecision] = (),
    entry_codes: Mapping[int, str] = MappingProxyType({}),
) -> str:
    """Return the digest over a run with everything it froze; ``entry_codes`` are entries' by primary key."""
    content: dict[str, Any] = {
        "edition": str(run.edition),
        "number": run.number,
        "rules": run.rules.digest,
        "method": run.method,
        "input": run.input_digest,
        "evaluations": run.evaluation_count,
        "lines": sorted((_line(line) for line in lines), key=lambda line: line[:2]),
        "means": sorted(_mean(one) for one in means),
        "decisions": sorted((_decision(one) for one in decisions), key=lambda one: one[:3]),
    }
    if "juried" in run.method["name"]:
        content["scorecards"] = run.scorecard_count
        content["entry_lines"] = sorted(
            (_entry_line(one, entry_codes) for one in entry_lines), key=lambda one: one[:4]
        )
        content["entry_decisions"] = sorted(
            (_entry_decision(one) for one in entry_decisions), key=lambda one: one[:3]
        )
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _line(line: Line) -> list[Any]:
    return [
        line.measure,
        line.participant.code,
        line.participant.competition_class.code,
        line.score,
        _bound(line.low),
        _bound(line.high),
        line.enquiries,
        line.place,
        line.is_shared,
        line.class_place,
        line.class_is_shared,
        line.band,
        line.class_band,
        line.why,
        line.working,
    ]


def _bound(value: float | None) -> str | None:
    return None if value is None else f"{value:.4f}"


def _mean(one: Mean) -> list[Any]:
    return [
        one.measure,
        one.competition_class.code if one.competition_class else "",
        one.score,
        one.participants,
    ]


def _decision(one: Decision) -> list[Any]:
    return [
        one.award.code,
        one.competition_class.code if one.competition_class else "",
        one.participant.code,
        one.citation,
        one.quote,
        one.reason,
        _moment(one.decided_at),
    ]


def _entry_line(one: EntryLine, codes: Mapping[int, str]) -> list[Any]:
    return [
        one.category,
        one.division,
        codes[one.entry_id],
        one.stage,
        one.score,
        _bound(one.low),
        _bound(one.high),
        one.scorecards,
        one.place,
        one.is_shared,
        one.why,
        one.holds_in,
        one.variants,
        one.working,
    ]


def _entry_decision(one: EntryDecision) -> list[Any]:
    entry = one.entry.code if one.entry else ""
    return [one.award.code, one.level, entry, one.citation, one.reason, _moment(one.decided_at)]
