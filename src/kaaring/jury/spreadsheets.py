"""The spreadsheet of jurors."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from kaaring.jury.models import Juror
from kaaring.kernel.tables import Cells, Fault, Table

COLUMNS = ("juror", "name", "email")
OPTIONAL = ("organisation", "languages", "categories", "most_entries")
MOST_ENTRIES = 10_000
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class JurorRow:
    """A juror as a spreadsheet, a page or a program gives it.

    ``languages`` are those the juror reads, ``categories`` the codes of those the juror knows about; none
    means all. ``most_entries`` is how many the juror will read in a stage.
    """

    code: str
    name: str
    email: str = ""
    organisation: str = ""
    languages: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    most_entries: int | None = None


class Holder(NamedTuple):
    """Whose an address is: the juror's code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class JurorSurroundings:
    """What jurors are checked against: category codes, codes of removed jurors, and whose an address is."""

    categories: tuple[str, ...]
    removed: frozenset[str]
    addresses: Mapping[str, Holder]


def read_jurors(table: Table, around: JurorSurroundings) -> tuple[list[JurorRow], list[Fault]]:
    """Return the rows of the spreadsheet and everything that is wrong with it."""
    cells = Cells(table, required=COLUMNS, optional=OPTIONAL)
    codes: dict[str, int] = {}
    addresses: dict[str, int] = {}
    rows = []
    for _row in cells.rows():
        rows.append(_read(cells, around))
        cells.once("juror", rows[-1].code, codes)
        cells.once("email", rows[-1].email.lower(), addresses)
    return rows, cells.faults


def _read(cells: Cells, around: JurorSurroundings) -> JurorRow:
    missing = _("Correct the code, or leave the cell empty for all categories.")
    return JurorRow(
        code=_code(cells, around),
        name=cells.required("name", longest=120),
        email=_email(cells, around),
        organisation=cells.text("organisation", longest=160),
        languages=_languages(cells),
        categories=cells.several("categories", around.categories, missing=missing),
        most_entries=cells.whole_number("most_entries", least=1, most=MOST_ENTRIES),
    )


def _code(cells: Cells, around: JurorSurroundings) -> str:
    code = cells.code("juror")
    if code in around.removed:
        what = _("The juror “%(code)s” was removed from the jury.") % {"code": code}
        cells.fault("juror", code, what, _("Give somebody new a code of their own, or remove the row."))
    return code


def _email(cells: Cells, around: JurorSurroundings) -> str:
    email, code = cells.email("email"), cells.text("juror")
    other = around.addresses.get(email.lower())
    if other is not None and other.code != code:
        what = _("%(juror)s has this address already.") % {"juror": other.name}
        remedy = _("Correct the address, or use that juror's code: %(code)s.") % {"code": other.code}
        cells.fault("email", email, what, remedy)
    return email


def _languages(cells: Cells) -> tuple[str, ...]:
    languages = tuple(dict.fromkeys(cells.text("languages").split()))
    for language in languages:
        if not LANGUAGE.fullmatch(language):
            what = _("“%(value)s” is not a language code.") % {"value": language}
            cells.fault(
                "languages", language, what, _("Write codes such as nb, en or ru, with a space between.")
            )
    return languages


def juror_cells(juror: Juror) -> tuple[str, ...]:
    """Return a juror as the cells it is read from."""
    return (
        juror.code,
        juror.name,
        juror.email,
        juror.organisation_name,
        " ".join(juror.languages),
        " ".join(juror.categories),
        "" if juror.most_entries is None else str(juror.most_entries),
    )
