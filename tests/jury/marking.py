"""Builders for marking: a small jury at work, row by row, so that a test names only what matters to it."""

from datetime import timedelta
from itertools import count
from typing import Any

from kaaring.entries.models import Answer, Case, Entry
from kaaring.jury.models import Admission, Assignment, Juror, Panel, Recusal, Scorecard, Stage
from kaaring.jury.sheets import Filled, Sheet
from kaaring.people.models import Organisation, User
from kaaring.programmes.actions import store_rules
from kaaring.programmes.models import Edition
from tests.build import NOON, a_definition, a_user, an_organiser

_numbers = count(1)
OPENS, CLOSES = NOON - timedelta(days=2), NOON + timedelta(days=9)

DEFINITION = """
kaaring: 1
programme: {slug: service-awards, name: Service Awards}
edition: {slug: "2030", timezone: Europe/Oslo, languages: [en, nb]}
timeline: {judging: [2030-01-30, 2030-02-10]}
jury:
  scale: {from: 0, to: 10, step: 1, anchors: {0: Nothing shows it, 5: As is usual, 10: Outstanding}}
  jurors_per_entry: 3
  combine: {method: mean, minimum_marks: 2}
  stages:
    - {code: screening, mode: pass_fail, passes: 2, sees: {others: never, totals: never, names: false}}
    - {code: marking, mode: scorecard, sees: {others: when_final, totals: when_final}}
    - {code: ranking, mode: ranking, count: borda, sees: {others: in_meeting, totals: in_meeting}}
    - {code: sharing, mode: points, points: 10, sees: {others: never}}
    - {code: public, mode: public_vote}
categories:
  - code: centre
    name: {en: Centre of the Year, nb: Årets Kundesenter}
    subject: organisation
    criteria:
      - {code: actions, weight: 40, name: Actions, guidance: [Training and follow-up]}
      - {code: results, weight: 40, name: Results, evidence: before_after}
      - {code: other, weight: 20, name: Other matters, discretion: ceiling}
  - code: bot
    name: Chatbot of the Year
    subject: product
    criteria:
      - {code: idea, weight: 50, name: Idea}
      - {code: effect, weight: 50, name: Effect, discretion: rescaled}
"""


def a_juried_edition_of(definition: str = DEFINITION) -> Edition:
    """Return an edition by a definition, with its categories and nothing else."""
    return store_rules(
        a_definition(definition), an_organiser(), new_version_because="", by="test", at=NOON
    ).edition


def a_stage(edition: Edition, code: str = "marking", **changes: Any) -> Stage:
    """Return a stage that is open at noon."""
    return Stage.objects.create(
        **{"edition": edition, "code": code, "opens_at": OPENS, "closes_at": CLOSES} | changes
    )


def an_organisation(edition: Edition, name: str = "") -> Organisation:
    name = name or f"House {next(_numbers)}"
    return Organisation.objects.create(organiser=edition.programme.organiser, name=name, created_at=NOON)


def an_entry_of(
    edition: Edition,
    category: str = "centre",
    *,
    organisation: Organisation | None = None,
    case: dict[str, Any] | None = None,
    **changes: Any,
) -> Entry:
    """Return a submitted entry with an answer to each criterion."""
    number = next(_numbers)
    found = edition.categories.get(code=category)
    owner = organisation or an_organisation(edition)
    plain = {"title": f"Case {number}", "language": "en", "created_at": NOON, "changed_at": NOON}
    dossier = Case.objects.create(edition=edition, organisation=owner, **{**plain, **(case or {})})
    entry = Entry.objects.create(
        **{
            "edition": edition,
            "case": dossier,
            "category": found,
            "code": f"{number:03}",
            "created_at": NOON,
            "submitted_at": NOON,
        }
        | changes
    )
    for criterion in {"centre": ("actions", "results", "other"), "bot": ("idea", "effect")}[category]:
        Answer.objects.create(entry=entry, criterion=criterion, text=f"What we say about {criterion}.")
    return entry


def a_juror_of(
    edition: Edition, user: User | None = None, *, with_account: bool = True, **changes: Any
) -> Juror:
    """Return a juror, with an account unless told otherwise."""
    number = next(_numbers)
    person = (user or a_user()) if with_account else None
    plain = {"code": f"J{number}", "name": f"Juror {number}", "user": person}
    return Juror.objects.create(edition=edition, **{**plain, **changes})


def an_assignment(
    stage: Stage, entry: Entry | None = None, juror: Juror | None = None, **changes: Any
) -> Assignment:
    """Return an entry in a stage that a juror marks."""
    found = entry or an_entry_of(stage.edition)
    if stage.calibration_id != found.pk:
        Admission.objects.get_or_create(stage=stage, entry=found, defaults={"admitted_at": OPENS})
    return Assignment.objects.create(
        stage=stage, entry=found, juror=juror or a_juror_of(stage.edition), assigned_at=OPENS, **changes
    )


def a_desk(code: str = "marking", **changes: Any) -> Assignment:
    """Return an assignment in a new edition whose stage of this code is open."""
    return an_assignment(a_stage(a_juried_edition_of(), code), **changes)


def by_juror(assignment: Assignment) -> str:
    """Return how the juror of an assignment is called in the log."""
    assert assignment.juror.user is not None
    return assignment.juror.user.public_id


def a_sheet(actions: int = 8, results: int = 5, other: int = 10, share: int = 50, **changes: Any) -> Sheet:
    """Return a complete sheet for the category centre. As it stands it makes 62 of 100.

    40 · 80 + 40 · 50 + half of 20 · 100 is 6,200, divided by 100 since what is not granted is lost.
    """
    marks = {"actions": Filled(actions), "results": Filled(results), "other": Filled(other, share=share)}
    return Sheet(**{"marks": marks, **changes})


def a_conflict(assignment: Assignment, **changes: Any) -> Recusal:
    """Return a conflict of interest between the juror and the organisation of the case."""
    plain = {"kind": "employer", "source": "declared", "noted_at": NOON, "noted_by": "test"}
    if "case" not in changes:
        plain["organisation"] = assignment.entry.case.organisation  # type: ignore[assignment]
    return Recusal.objects.create(juror=assignment.juror, **{**plain, **changes})


def a_panel(edition: Edition, chair: Juror | None = None, *jurors: Juror, category: str = "centre") -> Panel:
    """Return a panel for one category."""
    panel = Panel.objects.create(
        edition=edition, code=f"panel-{next(_numbers)}", name={"en": "Panel"}, chair=chair
    )
    panel.categories.add(edition.categories.get(code=category))
    panel.jurors.add(*jurors, *([chair] if chair else []))
    return panel


def stored(assignment: Assignment) -> Scorecard:
    """Return the scorecard of an assignment as it stands in the database."""
    return Scorecard.objects.get(assignment=assignment)
