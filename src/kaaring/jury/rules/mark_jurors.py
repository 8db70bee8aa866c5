"""Whether the rows of a spreadsheet of marks say clearly whose marks they are."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from kaaring.jury.mark_rows import MarkRow, MarkSurroundings, names_told
from kaaring.kernel.tables import Fault


def examine_jurors(rows: Sequence[MarkRow], around: MarkSurroundings, *, file: str) -> Iterator[Fault]:
    """Yield everything that is wrong with the jurors of the rows: unknown, removed, or another's name."""
    alike = {_plain(code): code for code in around.jurors}
    told = names_told(rows)
    names = {**told, **around.names}
    for row in rows:
        if row.juror in around.removed:
            what = _("The juror “%(value)s” was removed from the jury.") % {"value": row.juror}
            yield Fault(file, row.row, "juror", row.juror, what, _("Remove the row, or correct the code."))
            continue
        if row.juror and row.juror not in around.jurors:
            known = alike.setdefault(_plain(row.juror), row.juror)
            yield from _unknown(row, known, is_named=around.is_on_paper or row.juror in told, file=file)
        yield from _called_otherwise(row, names, file)


def _unknown(row: MarkRow, known: str, *, is_named: bool, file: str) -> Iterator[Fault]:
    """Yield why nobody new is made known; ``known`` is a code that differs by case and spaces at most."""
    if known != row.juror:
        what = _("“%(value)s” differs from the juror “%(known)s” by case or spaces alone.")
        values = {"value": row.juror, "known": known}
        remedy = _("Write %(known)s, or give somebody new another code.") % values
        yield Fault(file, row.row, "juror", row.juror, what % values, remedy)
    elif not is_named:
        what = _("There is no juror “%(value)s” in this edition.") % {"value": row.juror}
        remedy = _(
            "Correct the code, add the juror first, or give the name in the column “juror_name” to add one."
        )
        yield Fault(file, row.row, "juror", row.juror, what, remedy)


def _called_otherwise(row: MarkRow, names: Mapping[str, str], file: str) -> Iterator[Fault]:
    name = names.get(row.juror, "")
    if not row.juror_name or not name or _plain(row.juror_name) == _plain(name):
        return
    what = _("The juror “%(code)s” is called %(name)s.") % {"code": row.juror, "name": name}
    remedy = _("Correct the code or the name, or empty this cell.")
    yield Fault(file, row.row, "juror_name", row.juror_name, what, remedy)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
