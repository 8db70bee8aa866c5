"""Whether entries that are brought in fit what is stored already; everything that is wrong, cell by cell."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from kaaring.entries.rules.nominees import PERSON
from kaaring.entries.spreadsheets import EntryRow, EntrySurroundings, KnownEntry
from kaaring.kernel.tables import Fault
from kaaring.kernel.text import said
from kaaring.programmes.definition.schema import Category
from kaaring.programmes.eligibility import Facts, category_verdict, read


def examine_entries(
    rows: Iterable[EntryRow],
    known: Mapping[str, KnownEntry],
    around: EntrySurroundings,
    *,
    year: int,
    file: str,
) -> Iterator[Fault]:
    """Yield everything in which the rows do not fit the entries that are there.

    ``year`` is that of reference days without one.
    """
    for row in rows:
        stored = known.get(row.code)
        if stored is not None and not stored.says(row):
            yield from _misfits(row, stored, file)
        category = around.categories.get(row.category)
        whole = row if stored is None else row.over(stored.row)
        yield from _nobody_named(whole, file)
        if category is not None and category.divisions:
            yield from _division_misfits(whole, category, around, year=year, file=file)


def _misfits(row: EntryRow, stored: KnownEntry, file: str) -> Iterator[Fault]:
    values = {"code": row.code}
    if stored.is_withdrawn:
        what = _("The entry %(code)s was withdrawn.") % values
        yield Fault(
            file, row.row, "entry", row.code, what, _("Remove the row, or give it a code of its own.")
        )
    elif not stored.is_imported:
        what = _("The entry %(code)s was written or changed here, and says something else.") % values
        remedy = _("Remove the row, give it a code of its own, or change the entry on its page.")
        yield Fault(file, row.row, "entry", row.code, what, remedy)
    elif row.category != stored.row.category:
        what = _("The entry %(code)s is in the category “%(category)s”.")
        values["category"] = stored.row.category
        remedy = _("Correct the category, or give the row a code of its own.")
        yield Fault(file, row.row, "category", row.category, what % values, remedy)


def _nobody_named(row: EntryRow, file: str) -> Iterator[Fault]:
    """Yield a fault where a person is judged and nobody can tell who, and so nobody can ask them."""
    if row.detail("subject") == PERSON and not row.detail("nominee"):
        what = _("This is about a person, and it does not say who.")
        yield Fault(file, row.row, "nominee", "", what, _("Fill in the cell “nominee” with their name."))


def _division_misfits(
    row: EntryRow, category: Category, around: EntrySurroundings, *, year: int, file: str
) -> Iterator[Fault]:
    """Yield a fault where nobody can tell in which part of a category an entry competes."""
    if row.detail("division"):
        return
    answers = read({**row.facts, **row.protected}, around.definition).facts.answers
    verdict = category_verdict(category, Facts(answers), around.definition, year=year)
    found = verdict.divisions
    if found is None or len(found.fitting) == 1 or found.is_to_be_assigned:
        return
    what = _("It cannot be told in which division of “%(category)s” this competes. %(reason)s")
    names = ", ".join(one.code for one in category.divisions)
    remedy = _("Fill in the column “division” with one of: %(names)s.") % {"names": names}
    values = {"category": said(category.name), "reason": found.reason}
    yield Fault(file, row.row, "division", "", what % values, remedy)
