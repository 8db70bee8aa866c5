"""A juried edition to measure: 1,000 entries × 5 scorecards × 3 criteria, 300 jurors, written into tables."""

import random
import time
from datetime import UTC, datetime, timedelta
from importlib import resources

from django.db import connection

from kaaring.entries.models import Answer, Case, Entry
from kaaring.jury.models import Admission, Assignment, Juror, Mark, Scorecard, Stage
from kaaring.jury.sheets import Blank, Filled, Sheet, blank_of, worked_score
from kaaring.people.models import MemberRole, Membership, Organisation, Organiser, User
from kaaring.programmes.definition import Definition, read
from kaaring.programmes.models import Category, Edition
from kaaring.survey.actions import store_definition

ENTRIES, CARDS, JURORS = 1_000, 5, 300
STAGE = "shortlist"
AT = datetime.now(UTC)


def a_judged_edition(entries: int = ENTRIES) -> tuple[Edition, User]:
    """Make an edition under a new organiser, fully marked; return it with the organiser's owner."""
    definition, slug = _definition(), f"bench-{time.time_ns()}"
    organiser = Organiser.objects.create(slug=slug, name="Bench")
    owner = User.objects.create_user(f"{slug}@example.org", name="Owner")
    Membership.objects.create(organiser=organiser, user=owner, role=MemberRole.OWNER)
    edition = store_definition(definition, organiser, by="bench", at=AT).edition
    stage = Stage.objects.create(
        edition=edition, code=STAGE, opens_at=AT - timedelta(days=9), closes_at=AT + timedelta(days=9)
    )
    made = _entries(edition, organiser, definition, entries)
    Admission.objects.bulk_create(Admission(stage=stage, entry=entry, admitted_at=AT) for entry in made)
    _mark(stage, definition, made, _jurors(edition))
    _tell_planner()
    return edition, owner


def _definition() -> Definition:
    file = resources.files("kaaring.programmes.definitions") / "kundeservice-awards.yaml"
    definition = read(file.read_text(encoding="utf-8"), file=file.name).definition
    assert definition is not None
    programme = definition.programme.model_copy(update={"slug": f"bench-{time.time_ns()}"})
    return definition.model_copy(update={"programme": programme})


def _entries(edition: Edition, organiser: Organiser, definition: Definition, count: int) -> list[Entry]:
    houses = Organisation.objects.bulk_create(
        Organisation(organiser=organiser, name=f"House {number}", created_at=AT)
        for number in range(count // 2)
    )
    cases = Case.objects.bulk_create(
        Case(
            edition=edition,
            organisation=houses[number % len(houses)],
            title=f"How we answered call number {number} before it came",
            language="nb",
            created_at=AT,
            changed_at=AT,
        )
        for number in range(count)
    )
    three = [one.code for one in definition.categories if len(one.criteria) == 3]
    categories = list(Category.objects.filter(edition=edition, code__in=three))
    entries = Entry.objects.bulk_create(
        Entry(
            edition=edition,
            case=case,
            category=categories[number % len(categories)],
            code=f"{number + 1:04}",
            created_at=AT,
            submitted_at=AT,
        )
        for number, case in enumerate(cases)
    )
    criteria = {one.code: [criterion.code for criterion in one.criteria] for one in definition.categories}
    Answer.objects.bulk_create(
        Answer(entry=entry, criterion=code, text="We measured, changed and measured again. " * 12)
        for entry in entries
        for code in criteria[entry.category.code]
    )
    return entries


def _jurors(edition: Edition) -> list[Juror]:
    return Juror.objects.bulk_create(
        Juror(edition=edition, code=f"J{number:03}", name=f"Juror {number}") for number in range(JURORS)
    )


def _mark(stage: Stage, definition: Definition, entries: list[Entry], jurors: list[Juror]) -> None:
    dice = random.Random(27)
    assignments = Assignment.objects.bulk_create(
        Assignment(stage=stage, entry=entry, juror=juror, assigned_at=AT)
        for entry in entries
        for juror in dice.sample(jurors, CARDS)
    )
    blanks = {one.code: blank_of(definition, STAGE, one.code) for one in definition.categories}
    sheets = [_sheet(blanks[one.entry.category.code], dice) for one in assignments]
    cards = Scorecard.objects.bulk_create(
        _card(assignment, sheet, blanks[assignment.entry.category.code])
        for assignment, sheet in zip(assignments, sheets, strict=True)
    )
    Mark.objects.bulk_create(
        Mark(scorecard=card, criterion=code, steps=one.steps)
        for card, sheet in zip(cards, sheets, strict=True)
        for code, one in sheet.marks.items()
    )


def _sheet(blank: Blank, dice: random.Random) -> Sheet:
    marks = (min(10, max(0, round(dice.gauss(6.5, 1.8)))) for _criterion in blank.criteria)
    return Sheet({one.code: Filled(mark) for one, mark in zip(blank.criteria, marks, strict=True)})


def _card(assignment: Assignment, sheet: Sheet, blank: Blank) -> Scorecard:
    worked = worked_score(sheet, blank)
    assert worked is not None
    above, below = worked.score.as_integer_ratio()
    return Scorecard(
        assignment=assignment,
        started_at=AT,
        changed_at=AT,
        submitted_at=AT,
        score_of=above,
        score_in=below,
    )


def _tell_planner() -> None:
    """Let the database count what has come, as it does by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
