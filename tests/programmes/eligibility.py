"""Small definitions and facts for tests of eligibility."""

from collections.abc import Sequence
from typing import Any

from kaaring.programmes.definition.reading import restored
from kaaring.programmes.definition.schema import Definition
from kaaring.programmes.definition.schema.eligibility import Rule
from kaaring.programmes.eligibility import Facts, Finding, Outcome, judged, read
from kaaring.programmes.eligibility.facts import Raw

YEAR = 2026
MET, NOT_MET, CANNOT_TELL = Outcome.MET, Outcome.NOT_MET, Outcome.CANNOT_TELL

FACTS: list[dict[str, Any]] = [
    {"code": "team_size", "name": "Team size", "kind": "number", "unit": "people"},
    {"code": "seats", "name": "Seats", "kind": "number", "unit": "seats"},
    {"code": "employed_since", "name": "Employed since", "kind": "date"},
    {"code": "born_on", "name": "Date of birth", "kind": "date"},
    {"code": "secret_birthday", "name": "Birthday", "kind": "date", "protected": True},
    {"code": "opened_on", "name": "Opened", "kind": "date"},
    {
        "code": "role",
        "name": "Role",
        "kind": "choice",
        "options": [
            {"code": "agent", "name": "Agent"},
            {"code": "expert", "name": "Expert"},
            {"code": "supervisor", "name": "Supervisor"},
        ],
    },
    {
        "code": "activities",
        "name": "Activities",
        "kind": "choices",
        "options": [
            {"code": "service", "name": "Service"},
            {"code": "sales", "name": "Sales"},
            {"code": "collections", "name": "Collections"},
        ],
    },
    {
        "code": "channels",
        "name": "Channels",
        "kind": "choices",
        "options": [{"code": "voice", "name": "Voice"}, {"code": "digital", "name": "Digital"}],
    },
    {"code": "recommended", "name": "Recommended", "kind": "yes_no"},
    {"code": "won_contest", "name": "Won a contest", "kind": "yes_no"},
    {"code": "disability", "name": "Disability", "kind": "yes_no", "protected": True},
    {
        "code": "project",
        "name": "Project",
        "kind": "choice",
        "options": [{"code": "new", "name": "New"}, {"code": "merged", "name": "Merged"}, {"code": "site"}],
    },
    {"code": "client_countries", "name": "Countries of the client", "kind": "countries", "party": "client"},
]


def a_category(code: str = "best", **more: Any) -> dict[str, Any]:
    """Return a category as a file has it: for teams, judged by one criterion, unless told otherwise."""
    return {"code": code, "name": code.capitalize(), "subject": "team", "criteria": [{"code": "all"}], **more}


def a_definition(*categories: dict[str, Any], **more: Any) -> Definition:
    """Return a definition with the facts above; its entries close in December 2026."""
    return restored(
        {
            "kaaring": 1,
            "programme": {"slug": "prize", "name": "Prize"},
            "edition": {"slug": "2027", "languages": ["en"]},
            "timeline": {"entries": ["2026-10-01", "2026-12-15"]},
            "territories": {"union": ["RU", "BY", "KZ"]},
            "facts": FACTS,
            "categories": [*categories] or [a_category()],
            **more,
        }
    )


def a_rule(rule: dict[str, Any]) -> Rule:
    """Return a rule as a file has it."""
    return a_definition(a_category(eligibility=[rule])).categories[0].eligibility[0]


def facts(**raw: Raw) -> Facts:
    """Return what was answered; ``subject`` and ``parties`` mean those of the case."""
    names = {"subject": "case:subject", "parties": "case:parties"}
    reading = read({names.get(code, code): value for code, value in raw.items()}, a_definition())
    assert not reading.faults
    return reading.facts


def the_finding(rule: dict[str, Any], known: Facts, *, others: Sequence[dict[str, Any]] = ()) -> Finding:
    """Return what a rule says; ``others`` are categories that it can send to."""
    definition = a_definition(a_category(eligibility=[rule]), *others)
    return judged(definition.categories[0].eligibility[0], known, definition=definition, year=YEAR)


def outcome(rule: dict[str, Any], known: Facts) -> Outcome:
    """Return only whether a rule is met."""
    return the_finding(rule, known).outcome
