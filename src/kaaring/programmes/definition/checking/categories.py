"""Categories: their groups, weights, key figures and divisions, how many there are, and who can win."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _

from kaaring.programmes.definition.checking.references import all_known, same_code, unknown
from kaaring.programmes.definition.faults import Finding, Path, Severity
from kaaring.programmes.definition.schema import Category, Definition
from kaaring.programmes.definition.schema.values import plain_number


def findings(definition: Definition) -> Iterator[Finding]:
    """Yield what is wrong or odd about the categories."""
    yield from same_code([each.code for each in definition.category_groups], ("category_groups",))
    yield from same_code([each.code for each in definition.key_figures], ("key_figures",))
    yield from same_code([each.code for each in definition.categories], ("categories",))
    yield from _announced(definition)
    for position, category in enumerate(definition.categories):
        path: Path = ("categories", position)
        yield from _category(category, definition, path)
        yield from _weights(category, path)
        yield from _won(category, definition, path)


def _announced(definition: Definition) -> Iterator[Finding]:
    announced, real = definition.edition.announced_count, len(definition.categories)
    if announced is None or announced == real:
        return
    counts = {"announced": announced, "real": real}
    if announced == sum(max(len(category.divisions), 1) for category in definition.categories):
        message = _(
            "%(announced)s categories are announced, but there are %(real)s, "
            "or %(announced)s if each division counts as one"
        )
        remedy = _("announce %(real)s, or say that divisions are counted") % counts
    else:
        message = _("%(announced)s categories are announced, but there are %(real)s")
        remedy = _("correct the announcement, or add what is missing")
    path = ("edition", "announced_count")
    yield Finding(path, "announced_count", message % counts, remedy, Severity.WARNING)


def _category(category: Category, definition: Definition, path: Path) -> Iterator[Finding]:
    groups = [group.code for group in definition.category_groups]
    if category.group is not None:
        yield from unknown("group", category.group, groups, (*path, "group"))
    yield from same_code([criterion.code for criterion in category.criteria], (*path, "criteria"))
    yield from same_code([division.code for division in category.divisions], (*path, "divisions"))
    known = [figure.code for figure in definition.key_figures]
    for position, criterion in enumerate(category.criteria):
        if known:
            yield from all_known("key_figure", criterion.kpis, known, (*path, "criteria", position, "kpis"))


def _weights(category: Category, path: Path) -> Iterator[Finding]:
    weights = [criterion.weight for criterion in category.criteria]
    if all(weight is None for weight in weights):
        return
    total = sum((weight or Fraction(0) for weight in weights), Fraction(0))
    if total != 100:
        yield Finding(
            (*path, "criteria"),
            "weights",
            _("The weights of “%(code)s” add up to %(total)s, not to 100")
            % {"code": category.code, "total": plain_number(total)},
            _("change them, unless that is meant"),
            Severity.WARNING,
        )
    for position, weight in enumerate(weights):
        if not weight:
            yield Finding(
                (*path, "criteria", position),
                "weightless",
                _("“%(code)s” is marked but counts nothing") % {"code": category.criteria[position].code},
                _("give it a weight, or make it guidance of another criterion"),
                Severity.WARNING,
            )


def _won(category: Category, definition: Definition, path: Path) -> Iterator[Finding]:
    """Yield a warning for a category, or a division of one, in which nothing can be won."""
    if not any(award.by == "jury" for award in definition.awards):
        return
    awards = [award for award in definition.awards if award.category == category.code]
    if not awards:
        yield _nobody_wins((*path, "code"), category.code)
    elif all(award.division is not None for award in awards):
        given = {award.division for award in awards}
        for position, division in enumerate(category.divisions):
            if division.code not in given:
                yield _nobody_wins((*path, "divisions", position, "code"), division.code)


def _nobody_wins(path: Path, code: str) -> Finding:
    return Finding(
        path,
        "nothing_to_win",
        _("Nothing can be won in “%(code)s”") % {"code": code},
        _("add an award with “by: jury” for it"),
        Severity.WARNING,
    )
