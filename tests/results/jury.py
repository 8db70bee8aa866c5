"""A jury's work small enough to calculate by hand: marks from 0 to 10, an idea weighs 60 and its effect 40.

A juror's score is therefore 6 · idea + 4 · effect: 8 and 5 make 68.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from kaaring.entries.models import Case, Entry
from kaaring.jury.actions.scorecards import submit_scorecard
from kaaring.jury.models import Admission, Assignment, Ballot, Juror, Scorecard, Stage
from kaaring.jury.sheets import Filled, Sheet
from kaaring.programmes.models import Award, Edition
from kaaring.results.actions.juried import decide_entries
from kaaring.survey.actions import store_definition
from tests.build import NOON, a_definition, an_organiser
from tests.juried import an_organisation
from tests.jury.marking import OPENS, a_juror_of, a_stage

DEFINITION = """
kaaring: 1
programme: {slug: service-awards, name: Service Awards}
edition: {slug: "2030", timezone: Europe/Oslo, languages: [en, nb]}
timeline: {judging: [2030-01-30, 2030-02-10]}
jury:
  scale: {from: 0, to: 10, step: 1}
  jurors_per_entry: 3
  combine: COMBINE
  levels: [gold, silver, highly_commended]
  stages: STAGES
categories:
  - code: idea
    name: {en: Idea of the Year, nb: Årets idé}
    subject: project
    criteria:
      - {code: idea, weight: 60, name: Idea}
      - {code: effect, weight: 40, name: Effect, discretion: DISCRETION}
  - code: centre
    name: Centre of the Year
    subject: organisation
    divisions:
      - {code: small, name: Small, rule: {rule: size, what: seats, max: 50}}
      - {code: large, name: Large, rule: {rule: size, what: seats, min: 51}}
    criteria:
      - {code: idea, weight: 60, name: Idea}
      - {code: effect, weight: 40, name: Effect}
facts: [{code: seats, name: Seats, kind: number, unit: seats}]
terms: [{code: seats, name: seats}]
awards:
  - {code: best-idea, name: {en: Best idea, nb: Beste idé}, by: jury, category: idea}
  - {code: best-small, name: Best small centre, by: jury, category: centre, division: small}
  - {code: best-large, name: Best large centre, by: jury, category: centre, division: large}
"""
ONE_STAGE = "[{code: marking, name: Marking, mode: scorecard}]"


def a_judged_edition(
    *,
    combine: str = "{method: mean, minimum_marks: 1}",
    stages: str = ONE_STAGE,
    discretion: str = "fixed",
    slug: str = "service-awards",
    awards: bool = True,
) -> Edition:
    """An edition by these rules, with nothing else in it."""
    text = DEFINITION.replace("COMBINE", combine).replace("STAGES", stages)
    text = text.replace("DISCRETION", discretion).replace("slug: service-awards", f"slug: {slug}")
    if not awards:
        text = text[: text.index("awards:\n")]
    rules = store_definition(a_definition(text), an_organiser(), by="test", at=NOON)
    return Edition.objects.select_related("programme__organiser").get(pk=rules.edition_id)


type Given = int | str | tuple[int, int] | None


def an_idea(
    stage: Stage, code: str, *scores: tuple[int, int], jurors: Sequence[Juror] = (), **changes: Any
) -> Entry:
    """An entry in a stage, marked by as many jurors as there are pairs of marks for idea and effect."""
    entry = in_stage(stage, code, **changes)
    for juror, (idea, effect) in zip(jurors or jury_of(stage.edition, len(scores)), scores, strict=False):
        marked(stage, entry, juror, idea=idea, effect=effect)
    return entry


def in_stage(stage: Stage, code: str, category: str = "idea", **changes: Any) -> Entry:
    """A submitted entry that is in a stage."""
    edition = stage.edition
    case = Case.objects.create(
        edition=edition,
        organisation=an_organisation(edition.programme.organiser, f"House of {code}"),
        title=f"Case {code}",
        language="en",
        created_at=NOON,
        changed_at=NOON,
    )
    plain = {"category": edition.categories.get(code=category), "created_at": NOON, "submitted_at": NOON}
    entry = Entry.objects.create(edition=edition, case=case, code=code, **{**plain, **changes})
    Admission.objects.create(stage=stage, entry=entry, admitted_at=OPENS)
    return entry


def jury_of(edition: Edition, size: int) -> list[Juror]:
    """The first jurors of an edition, made where they are missing."""
    while Juror.objects.filter(edition=edition).count() < size:
        a_juror_of(edition)
    return list(Juror.objects.filter(edition=edition).order_by("pk")[:size])


def marked(stage: Stage, entry: Entry, juror: Juror, **given: Given) -> Scorecard:
    """A final scorecard: a mark, a mark with the share it may count, or why the juror abstains."""
    return filled_in(stage, entry, juror, marks={code: _filled(one) for code, one in given.items()})


def _filled(one: Given) -> Filled:
    if isinstance(one, tuple):
        return Filled(one[0], share=one[1])
    return Filled(abstained=one) if isinstance(one, str) else Filled(one)


def filled_in(stage: Stage, entry: Entry, juror: Juror, **sheet: Any) -> Scorecard:
    """A final scorecard with whatever the stage's mode asks for."""
    assignment = Assignment.objects.create(stage=stage, entry=entry, juror=juror, assigned_at=OPENS)
    assert juror.user is not None
    return submit_scorecard(assignment.pk, Sheet(**sheet), version=0, by=juror.user.public_id, at=NOON)


def votes(stage: Stage, counts: Mapping[Entry, int]) -> None:
    """The public's votes."""
    Ballot.objects.bulk_create(
        Ballot(stage=stage, entry=entry, votes=count, entered_at=NOON, entered_by="test")
        for entry, count in counts.items()
    )


def a_blended_edition(*, combine: str) -> Edition:
    """An edition that a stage of marks and the public decide by 80 to 20, with one entry in both."""
    edition = a_judged_edition(
        stages="[{code: final, name: The hall, mode: scorecard, weight: 80},"
        " {code: people, name: The people, mode: public_vote, weight: 20}]",
        combine=combine,
        awards=False,
    )
    final, people = a_stage(edition, "final"), a_stage(edition, "people")
    entry = an_idea(final, "A", (8, 8))
    people.admissions.create(entry=entry, admitted_at=NOON)
    votes(people, {entry: 3})
    return edition


def a_stage_with(*scores: tuple[str, Sequence[tuple[int, int]]], **rules: Any) -> Stage:
    """An open stage of a new edition with ideas and their marks."""
    stage = a_stage(a_judged_edition(**rules))
    for code, own in scores:
        an_idea(stage, code, *own)
    return stage


def an_award(edition: Edition, code: str = "best-idea") -> Award:
    """One of the jury's awards."""
    return Award.objects.select_related("edition__programme").get(edition=edition, code=code)


def decide_for(entry: Entry, level: str = "winner", award: str = "best-idea", reason: str = "") -> None:
    """The jury gives an award to an entry."""
    wanted = an_award(entry.edition, award)
    decide_entries(wanted, [(entry, level)], citation={"en": "Well done."}, reason=reason, by="test", at=NOON)
