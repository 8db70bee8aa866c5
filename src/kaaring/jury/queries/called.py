"""What jurors call an entry in a stage: by its title, or where names are hidden by its code and category.

Titles give nominees and organisations away ("Kari Nordmann, operator"), so that a stage without names shows
none.
"""

from collections.abc import Collection
from typing import NamedTuple

from kaaring.entries.models import Case, Entry
from kaaring.entries.queries.submitted import put_titles
from kaaring.kernel.text import Text, said
from kaaring.programmes.definition import Definition


class Called(NamedTuple):
    """What an entry is called: ``name`` goes beside its code, and the whole stands alone.

    ``name`` is its title or, where ``is_title`` says no, its category.
    """

    code: str
    name: str
    is_title: bool

    def __str__(self) -> str:
        return self.name if self.is_title else f"{self.code} · {self.name}"


def called(code: str, category: Text, title: str, *, with_names: bool) -> Called:
    """Return what an entry is called in a stage that shows names, or hides them."""
    return Called(code, title, True) if with_names else Called(code, said(category), False)


def stages_with_names(definition: Definition) -> frozenset[str]:
    """Return the stages, by their codes, in which jurors see names."""
    stages = definition.jury.stages if definition.jury else ()
    return frozenset(one.code for one in stages if one.sees.names)


def cases_called(cases: Collection[Case], definition: Definition) -> dict[int, str]:
    """Return what cases are called outside a stage, by their keys.

    Where any stage hides names from jurors, it is by their entries, so that no other stage gives them away.
    """
    if not cases:
        return {}
    stages = [one for one in (definition.jury.stages if definition.jury else ()) if one.mode != "public_vote"]
    with_names = all(one.sees.names for one in stages)
    entries = list(Entry.objects.filter(case__in=cases).select_related("case", "category").order_by("code"))
    put_titles(entries)
    found: dict[int, list[str]] = {one.pk: [] for one in cases}
    for one in entries:
        known = called(one.code, one.category.name, one.case.title, with_names=with_names)
        found[one.case_id].append(str(known))
    return {case: ", ".join(dict.fromkeys(names)) for case, names in found.items()}
