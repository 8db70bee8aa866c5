"""The spreadsheet of planned enquiries."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from kaaring.fieldwork.models import Enquiry
from kaaring.fieldwork.spreadsheets.examining import participant_misfits, unknown_shopper
from kaaring.fieldwork.spreadsheets.rows import EnquiryRow
from kaaring.fieldwork.spreadsheets.surroundings import Surroundings
from kaaring.kernel.tables import Cells, Fault, Table

COLUMNS = ("enquiry", "participant", "channel", "shopper", "scenario", "window_from", "window_to")


def read_enquiries(table: Table, around: Surroundings) -> tuple[list[EnquiryRow], list[Fault]]:
    """Return the rows of the spreadsheet and what is wrong with their shape."""
    cells = Cells(table, required=COLUMNS)
    seen: dict[str, int] = {}
    rows = []
    for _row in cells.rows():
        rows.append(_read(cells))
        cells.once("enquiry", rows[-1].code, seen)
    return rows, cells.faults


def _read(cells: Cells) -> EnquiryRow:
    return EnquiryRow(
        code=cells.required("enquiry", longest=60),
        participant=cells.text("participant"),
        channel=cells.text("channel"),
        shopper=cells.text("shopper"),
        scenario=cells.text("scenario", longest=60),
        window_from=cells.day("window_from"),
        window_to=cells.day("window_to"),
        row=cells.number,
    )


def examine_enquiries(rows: Iterable[EnquiryRow], around: Surroundings, *, file: str) -> Iterator[Fault]:
    """Yield everything in which the rows do not fit the edition."""
    for row in rows:
        yield from participant_misfits(row, around, file)
        if row.shopper and row.shopper not in around.shoppers:
            yield unknown_shopper(row, file)
        if row.window_from and row.window_to and row.window_to < row.window_from:
            what = _("The window ends before it begins.")
            yield Fault(
                file, row.row, "window_to", row.window_to.isoformat(), what, _("Correct one of the dates.")
            )
        known = around.enquiries.get(row.code)
        if (
            known
            and known.is_evaluated
            and (known.participant, known.channel) != (row.participant, row.channel)
        ):
            what = _("%(enquiry)s has been evaluated with %(participant)s on %(channel)s.")
            values = {"enquiry": row.code, "participant": known.participant, "channel": known.channel}
            remedy = _("Keep these, or give the enquiry another code.")
            yield Fault(file, row.row, "enquiry", row.code, what % values, remedy)


def enquiry_cells(enquiry: Enquiry) -> tuple[str, ...]:
    """Return a planned enquiry as the cells it is read from."""
    return (
        enquiry.code,
        enquiry.participant.code,
        enquiry.channel,
        enquiry.shopper.code if enquiry.shopper else "",
        enquiry.scenario,
        enquiry.window_from.isoformat() if enquiry.window_from else "",
        enquiry.window_to.isoformat() if enquiry.window_to else "",
    )
