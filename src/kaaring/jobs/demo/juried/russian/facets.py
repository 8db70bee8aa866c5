"""Which passage answers which criterion of the Russian edition."""

from collections.abc import Mapping

from kaaring.jobs.demo.juried.parts import Passage, Slot
from kaaring.jobs.demo.juried.russian import (
    centres,
    episodes,
    more_episodes,
    people,
    projects,
    staff,
    teams,
)

FACETS: Mapping[str, str] = {
    "aims": "why",
    "alignment": "people",
    "approach": "how",
    "benefit": "good",
    "change": "customer",
    "channels": "how",
    "communication": "people",
    "conduct": "how",
    "cooperation": "people",
    "culture": "people",
    "description": "how",
    "ease": "customer",
    "effect": "good",
    "effectiveness": "figures",
    "efficiency": "figures",
    "examples": "good",
    "experience": "customer",
    "factors": "why",
    "feedback": "customer",
    "figures": "figures",
    "first_line": "people",
    "influence": "new",
    "integration": "people",
    "lasting": "learn",
    "learning": "learn",
    "measuring": "figures",
    "methods": "new",
    "need": "why",
    "novelty": "new",
    "overview": "how",
    "plans": "learn",
    "reasons": "why",
    "relevance": "learn",
    "results": "figures",
    "return": "figures",
    "scheme": "how",
    "sources": "customer",
    "strategy": "why",
    "structure": "how",
    "success": "figures",
    "team": "people",
    "tools": "new",
    "trust": "people",
    "value": "new",
    "vision": "why",
}
"""What a criterion of a project's category asks for."""

OWN: Mapping[tuple[str, str], str] = {
    ("technology", "effect"): "customer",
    ("technology", "results"): "good",
    ("omnichannel", "reasons"): "why",
    ("omnichannel", "results"): "figures",
    ("cooperation", "tools"): "how",
    ("employee-voice", "effect"): "figures",
}
"""Where a category means something else by a criterion."""

GROUPS: Mapping[str, tuple[Mapping[str, Passage], Mapping[str, Slot]]] = {
    "teams": (teams.TEAM, episodes.TEAM),
    "individuals": (people.PERSON, more_episodes.PERSON),
    "corporate": (centres.CENTRE, more_episodes.CENTRE),
}


def passage_for(group: str, category: str, criterion: str) -> tuple[str, Passage]:
    """Return which passage answers a criterion, and what it is called."""
    if category == "employer":
        return criterion, _with(staff.STAFF[criterion], more_episodes.STAFF[criterion])
    if group in GROUPS:
        told, happened = GROUPS[group]
        return criterion, _with(told[criterion], happened[criterion])
    facet = OWN.get((category, criterion), FACETS.get(criterion, "good"))
    return facet, _with(projects.PROJECT[facet], episodes.PROJECT[facet])


def _with(passage: Passage, happened: Slot) -> Passage:
    return (*passage[:-1], happened, passage[-1])
