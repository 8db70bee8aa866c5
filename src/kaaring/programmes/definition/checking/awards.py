"""Awards: what decides them must exist."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kaaring.programmes.definition.checking.references import has_no_use, same_code, unknown, unknown_measure
from kaaring.programmes.definition.faults import Finding, Path
from kaaring.programmes.definition.schema import Award, Definition

NEEDS = {"measure": "measure", "jury": "category"}
BELONGS_TO = {"measure": "measure", "among": "measure", "category": "jury", "division": "jury"}


def findings(definition: Definition) -> Iterator[Finding]:
    """Yield what is wrong about the awards."""
    yield from same_code([award.code for award in definition.awards], ("awards",))
    for position, award in enumerate(definition.awards):
        path: Path = ("awards", position)
        yield from _decided_by(award, path)
        if award.measure is not None:
            yield from _measure(award.measure, definition, (*path, "measure"))
        if award.category is not None:
            codes = [category.code for category in definition.categories]
            yield from unknown("category", award.category, codes, (*path, "category"))
            yield from _division(award, definition, (*path, "division"))


def _division(award: Award, definition: Definition, path: Path) -> Iterator[Finding]:
    for category in definition.categories:
        if award.division is not None and category.code == award.category:
            codes = [division.code for division in category.divisions]
            yield from unknown("division", award.division, codes, path)


def _measure(measure: str, definition: Definition, path: Path) -> Iterator[Finding]:
    if definition.survey is None:
        yield Finding(
            path,
            "nothing_measured",
            _("This award goes by a measure, but nothing is measured"),
            _("add “survey:”, or decide it by jury or appointment"),
        )
    else:
        yield from unknown_measure(measure, definition.survey, path)


def _decided_by(award: Award, path: Path) -> Iterator[Finding]:
    needed = NEEDS.get(award.by)
    if needed is not None and getattr(award, needed) is None:
        yield Finding(
            path,
            "missing",
            _("“%(needed)s” is missing here: “%(code)s” is decided by it")
            % {"needed": needed, "code": award.code},
            _("add “%(needed)s:” and its value") % {"needed": needed},
        )
    for name, by in BELONGS_TO.items():
        if getattr(award, name) is not None and award.by != by:
            yield has_no_use(name, f"by: {by}", path)
