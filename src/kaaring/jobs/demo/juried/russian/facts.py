"""What the rules of the Russian edition ask about projects, teams and people, answered."""

from collections.abc import Mapping, Sequence

from kaaring.jobs.demo.dice import Dice
from kaaring.jobs.demo.juried.russian.nominees import Nomination
from kaaring.jobs.demo.juried.russian.teams_entered import Team
from kaaring.programmes.eligibility.facts import Raw

ROLES: Mapping[str, tuple[str, str]] = {
    "technology": ("client", "vendor"),
    "outsourcing": ("outsourcer", "client"),
    "insight": ("client", "provider"),
}
"""In which roles the house that enters and its partner stand behind a case."""

RECOMMENDED = "eligibility/3/of/2"
"""The key of the head's recommendation in “Agent of the Year”."""

SERVICE: Mapping[str, tuple[str, ...]] = {
    "automation": ("robots",),
    "self-service": ("self_service",),
    "digital": ("digital_agents",),
}
DUTIES = {
    "operations-manager": ["operations", "planning"],
    "quality-manager": ["quality"],
    "people-manager": ["people"],
    "head": ["strategy", "operations"],
}
AGENTS = frozenset({"agent", "para-agent"})


def facts_of_a_project(categories: Sequence[str], dice: Dice) -> dict[str, Raw]:
    """Return who serves whom, and where, as far as the categories ask for it."""
    served = [code for category in categories for code in SERVICE.get(category, ())]
    facts: dict[str, Raw] = {}
    if served:
        facts["service"] = served
    if "technology" in categories:
        facts["client_countries"] = ["RU"] if dice(3) else ["RU", "KZ"]
    if "outbound" in categories:
        facts["direction"] = ["outbound"]
    if "new-centre" in categories:
        facts["project_kind"] = "new_centre"
    return facts


def facts_of_a_team(one: Team) -> dict[str, Raw]:
    """Return how large a team is, what it does, and through which channels."""
    return {
        "team_size": one.size,
        "activities": list(one.activities),
        "channels": ["digital"] if one.is_digital else ["voice", "digital"],
    }


def facts_of_a_person(one: Nomination, place: int, *, is_recommended: bool) -> dict[str, Raw]:
    """Return position and duties, and what is asked of agents alone."""
    facts: dict[str, Raw] = {"role": one.role_code}
    if one.category in DUTIES:
        facts["duties"] = DUTIES[one.category]
    if one.category == "salesperson":
        facts["activities"] = ["sales"]
    if one.category in AGENTS:
        facts["activities"] = ["service"]
        facts["employed_since"] = f"20{18 + place % 5}-{1 + place % 12:02}-01"
        facts["selection"] = [] if is_recommended else [("qualified", "contest")[place % 2]]
    if is_recommended:
        facts["recommended"] = "yes"
    return facts


def protected_of(one: Nomination, place: int) -> dict[str, str]:
    """Return what is kept encrypted: when agents were born, and the disability that one category needs."""
    if one.category not in AGENTS:
        return {}
    born = {"born_on": f"19{80 + place}-{1 + place % 9:02}-{10 + place:02}"}
    return {**born, "disability": "yes"} if one.category == "para-agent" else born
