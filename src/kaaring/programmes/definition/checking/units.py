"""Units: what is counted in one must not be compared with what is counted in another."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kaaring.programmes.definition.checking.walking import every_rule, sizes
from kaaring.programmes.definition.faults import Finding, Severity
from kaaring.programmes.definition.schema import Definition
from kaaring.programmes.definition.schema.eligibility import SizeRule


def findings(definition: Definition) -> Iterator[Finding]:
    """Yield a warning where sizes in different units meet."""
    yield from _sent_on(definition)
    if not definition.facts:
        yield from _mixed(definition)


def _sent_on(definition: Definition) -> Iterator[Finding]:
    """Yield a warning for each size rule that sends cases to where another unit counts."""
    categories = {category.code: category for category in definition.categories}
    for rule, category, path in every_rule(definition):
        target = categories.get(rule.redirect or "")
        if not isinstance(rule, SizeRule) or rule.unit is None or target is None:
            continue
        units = {size.unit for size in sizes(target) if size.unit is not None}
        if units and rule.unit not in units:
            yield Finding(
                (*path, "redirect"),
                "other_unit",
                _("“%(code)s” counts %(unit)s, but “%(target)s”, to which it sends others, counts %(other)s")
                % {
                    "code": category.code,
                    "unit": rule.unit,
                    "target": target.code,
                    "other": ", ".join(sorted(units)),
                },
                _("tell entrants that the two are not the same, or count the same in both"),
                Severity.WARNING,
            )


def _mixed(definition: Definition) -> Iterator[Finding]:
    """Yield a warning for each size counted in another unit than where it was first spoken of."""
    first: dict[str, str] = {}
    for rule, _category, path in every_rule(definition):
        if not isinstance(rule, SizeRule) or rule.unit is None:
            continue
        if first.setdefault(rule.what, rule.unit) != rule.unit:
            yield Finding(
                (*path, "unit"),
                "mixed_units",
                _("“%(what)s” is counted in %(unit)s here, but in %(other)s before")
                % {"what": rule.what, "unit": rule.unit, "other": first[rule.what]},
                _("count it the same everywhere, or call one of them something else"),
                Severity.WARNING,
            )
