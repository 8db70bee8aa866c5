"""What entries compete for: a category, or a division of one, and how its scorecards become places."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from kaaring.jury.models import Scorecard, Stage
from kaaring.jury.queries.votes import has_votes
from kaaring.jury.sheets import criteria_to_score, scale_to_score
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import Text, said
from kaaring.programmes.definition.schema import Category, Definition, Division, Jury
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.scoring.juried import Method, Recipe


@dataclass(frozen=True, slots=True)
class EntryContest:
    """A category, or a division of it, with its recipe; ``division`` is None where the category has none."""

    category: Category
    division: Division | None
    recipe: Recipe

    @property
    def name(self) -> Text:
        """What it is called, per language."""
        if self.division is None:
            return self.category.name
        languages = dict.fromkeys((*self.category.name, *self.division.name))
        return {one: f"{said(self.category.name, one)}: {said(self.division.name, one)}" for one in languages}

    @property
    def key(self) -> tuple[str, str]:
        """Its category and division, by codes."""
        return self.category.code, self.division.code if self.division else ""


def juried(edition: Edition, known: Definition | None = None) -> tuple[Definition, Jury]:
    """Return the rules in force and the jury's part of them; refuses an edition that has no jury.

    ``known`` are those rules, where they have been read already.
    """
    definition = known or definition_in_force(edition)
    if definition.jury is None:
        raise Refused("no_jury", _("%(edition)s has no jury: its rules name none.") % {"edition": edition})
    return definition, definition.jury


def contests_in(definition: Definition) -> Iterator[EntryContest]:
    """Yield what entries compete for, in the order of the rules."""
    for category in definition.categories:
        recipe = recipe_of(definition, category)
        for division in category.divisions or (None,):
            yield EntryContest(category, division, recipe)


def recipe_of(definition: Definition, category: Category) -> Recipe:
    """Return how a category's scorecards become places, as its rules say. Equal means exactly equal."""
    jury = definition.jury
    assert jury is not None
    combine = jury.combine
    own = {f"criterion:{criterion.code}" for criterion in category.criteria}
    return Recipe(
        criteria=criteria_to_score(category),
        scale=scale_to_score(jury.scale),
        method=Method(combine.method),
        trim=combine.trim or 0,
        minimum_marks=combine.minimum_marks,
        ties=tuple(tie for tie in combine.ties if tie == "jury" or tie in own),
        shared_when_rounded_equal=False,
    )


def stage_called(edition: Edition, code: str | None, jury: Jury) -> tuple[Stage, StageRules]:
    """Return a stage with its rules: the one named, or the last in which something counts yet.

    Without anything that counts it is the first that has a period. Refuses a stage that is not known or
    that has no period yet.
    """
    rules = {one.code: one for one in jury.stages}
    if code is not None and code not in rules:
        raise Refused(
            "unknown_stage",
            _("There is no stage “%(code)s” here. Known: %(known)s.")
            % {"code": code, "known": ", ".join(rules)},
        )
    stages = {one.code: one for one in _with_something(edition) if one.code in rules}
    for one in stages.values():
        one.edition = edition
    found = stages.get(code) if code is not None else _deciding(stages, list(rules))
    if found is None:
        raise Refused(
            "stage_not_opened",
            _("No period is set for the stage yet, so nobody has marked in it. Set one under Stages first."),
        )
    return found, rules[found.code]


def _with_something(edition: Edition) -> QuerySet[Stage, Stage]:
    """Return the stages with a period, each saying whether ``something`` counts in it."""
    counted = Scorecard.objects.filter(
        assignment__stage=OuterRef("pk"), submitted_at__isnull=False, excluded_at=None
    )
    something = Exists(counted) | has_votes(OuterRef("pk"))
    return Stage.objects.filter(edition=edition).annotate(something=something)


def _deciding(stages: dict[str, Stage], order: list[str]) -> Stage | None:
    opened = [stages[code] for code in order if code in stages]
    having = (one for one in reversed(opened) if getattr(one, "something", False))
    return next(having, opened[0] if opened else None)
