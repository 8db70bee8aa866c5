"""Redirects: where cases are sent they must be welcome, and nobody else should take them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from kaaring.programmes.definition.checking.activities import can_all_be_met, positively_asked
from kaaring.programmes.definition.checking.walking import Placed, every_rule, outer_rules
from kaaring.programmes.definition.faults import Finding, Severity
from kaaring.programmes.definition.schema import Category, Definition
from kaaring.programmes.definition.schema.eligibility import DoesRule, NotRule, OnlyRule

SEVERAL = re.compile(
    r"\b(categories|kategorier|номинациях|номинациям|номинаций)\b|(?<=[ые]е )номинации\b", re.IGNORECASE
)
AN_EXAMPLE = re.compile(r"\b(for example|such as|e\.g\.|for eksempel|f\.eks\.|например)", re.IGNORECASE)


def findings(definition: Definition) -> Iterator[Finding]:
    """Yield what is odd about the redirects."""
    yield from _unwelcome(definition)
    yield from _promised(definition)
    yield from _also_taken(definition)


def _unwelcome(definition: Definition) -> Iterator[Finding]:
    """Yield a warning for each redirect to a category that takes other kinds of nominees only."""
    categories = {category.code: category for category in definition.categories}
    for rule, category, path in every_rule(definition):
        target = categories.get(rule.redirect or "")
        if target is not None and set(target.subject).isdisjoint(category.subject):
            yield Finding(
                (*path, "redirect"),
                "unwelcome",
                _("“%(code)s” sends cases to “%(target)s”, which takes no %(kinds)s")
                % {"code": category.code, "target": target.code, "kinds": ", ".join(category.subject)},
                _("name another category, or let “%(target)s” take them") % {"target": target.code},
                Severity.WARNING,
            )


def _promised(definition: Definition) -> Iterator[Finding]:
    """Yield a warning where a wording speaks of several categories, and all rules with it name one."""
    redirecting = [
        placed
        for placed in every_rule(definition)
        if placed.rule.redirect is not None and placed.rule.wording is not None
    ]
    for _category, rules in groupby(redirecting, key=lambda placed: placed.category.code):
        same: dict[str, list[Placed]] = {}
        for placed in rules:
            same.setdefault(str(placed.rule.wording), []).append(placed)
        for alike in same.values():
            yield from _one_for_several(alike)


def _one_for_several(alike: Sequence[Placed]) -> Iterator[Finding]:
    rule, _category, path = alike[0]
    targets = {placed.rule.redirect for placed in alike}
    for language, words in (rule.wording or {}).items():
        if len(targets) == 1 and SEVERAL.search(words) and not AN_EXAMPLE.search(words):
            yield Finding(
                (*path, "wording", language),
                "one_for_several",
                _("The wording speaks of several categories, but only “%(target)s” is there")
                % {"target": rule.redirect},
                _("speak of one category, or send cases to the others too"),
                Severity.WARNING,
            )
            return


def _also_taken(definition: Definition) -> Iterator[Finding]:
    """Yield a warning where one category sends cases on to a second that a third would take as well."""
    for placed in outer_rules(definition):
        rule = placed.rule
        if not isinstance(rule, NotRule) or not isinstance(rule.of, DoesRule | OnlyRule):
            continue
        for other in definition.categories:
            if _takes_too(other, rule.of, placed.category, rule.redirect):
                yield Finding(
                    (*placed.path, "redirect"),
                    "also_taken",
                    _("“%(code)s” sends cases to “%(target)s” that “%(other)s” takes too")
                    % {"code": placed.category.code, "target": rule.redirect, "other": other.code},
                    _("send them on from “%(other)s” as well, unless that is meant") % {"other": other.code},
                    Severity.WARNING,
                )


def _takes_too(other: Category, sent: DoesRule | OnlyRule, sender: Category, target: str | None) -> bool:
    if target is None or other.code in {sender.code, target} or other.group != sender.group:
        return False
    if set(other.subject).isdisjoint(sender.subject) or sent.field not in positively_asked(other):
        return False
    return can_all_be_met([*other.eligibility, sent], sent.field)
