"""The spreadsheet of mystery shoppers."""

import re

from django.utils.translation import gettext as _

from kaaring.fieldwork.models import Shopper
from kaaring.fieldwork.spreadsheets.rows import ShopperRow
from kaaring.fieldwork.spreadsheets.surroundings import Surroundings
from kaaring.kernel.tables import Cells, Fault, Table

COLUMNS = ("shopper", "name", "email")
OPTIONAL = ("languages", "max_per_week", "conflicts")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


def read_shoppers(table: Table, around: Surroundings) -> tuple[list[ShopperRow], list[Fault]]:
    """Return the rows of the spreadsheet and everything that is wrong with it."""
    cells = Cells(table, required=COLUMNS, optional=OPTIONAL)
    seen: dict[str, int] = {}
    rows = []
    for _row in cells.rows():
        rows.append(_read(cells, around))
        cells.once("shopper", rows[-1].code, seen)
    return rows, cells.faults


def _read(cells: Cells, around: Surroundings) -> ShopperRow:
    missing = _("Correct the code, or import the participant first.")
    return ShopperRow(
        code=cells.required("shopper", longest=60),
        name=cells.required("name", longest=120),
        email=cells.email("email"),
        languages=_languages(cells),
        max_per_week=cells.whole_number("max_per_week", least=1),
        conflicts=cells.several("conflicts", around.participants, missing=missing),
    )


def _languages(cells: Cells) -> tuple[str, ...]:
    languages = tuple(dict.fromkeys(cells.text("languages").split()))
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            what = _("“%(value)s” is not a language code.") % {"value": language}
            cells.fault(
                "languages", language, what, _("Write codes such as nb, en or ru, with a space between.")
            )
    return languages


def shopper_cells(shopper: Shopper) -> tuple[str, ...]:
    """Return a shopper as the cells it is read from."""
    return (
        shopper.code,
        shopper.name,
        shopper.email,
        " ".join(shopper.languages),
        "" if shopper.max_per_week is None else str(shopper.max_per_week),
        " ".join(sorted(participant.code for participant in shopper.conflicts.all())),
    )
