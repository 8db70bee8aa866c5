"""Final scorecards that were reopened or changed: by whom, when, why, and what they said before."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.jury.models import Reopening
from kaaring.jury.sheets import UNTOUCHED, Blank, Filled, Sheet, mark_at, sheet_before
from kaaring.kernel.figures import figure
from kaaring.kernel.text import said
from kaaring.programmes.definition.schema.values import plain_number


class Change(NamedTuple):
    """A final scorecard made a draft again, or changed; ``before`` is empty where that is not to be seen."""

    juror: str
    at: datetime
    by: str
    reason: str
    before: str


def change_of(kept: Reopening, blank: Blank | None) -> Change:
    """Return what was kept of a scorecard in words; without a blank, not what stood on it."""
    before = before_in_words(kept, blank) if blank else ""
    return Change(kept.scorecard.assignment.juror.name, kept.at, str(kept.by or ""), kept.reason, before)


def before_in_words(kept: Reopening, blank: Blank) -> str:
    """Return the marks, and the score they made, that stood on a scorecard before."""
    score = kept.before.get("score")
    told = "; ".join(_told(sheet_before(kept), blank)) or "–"
    if score is None:
        return told
    return _("%(marks)s: %(score)s of 100") % {"marks": told, "score": figure(Fraction(score))}


def _told(sheet: Sheet, blank: Blank) -> Iterator[str]:
    if sheet.abstained is not None:
        yield _("abstained: %(reason)s") % {"reason": sheet.abstained}
    for criterion in blank.criteria:
        filled = sheet.marks.get(criterion.code, UNTOUCHED)
        if filled != UNTOUCHED:
            yield f"{said(criterion.name)} {_marked(filled, blank)}"
    if sheet.passes is not None:
        yield _("passes") if sheet.passes else _("does not pass")
    if sheet.rank is not None:
        yield _("rank %(rank)d") % {"rank": sheet.rank}
    if sheet.points is not None:
        yield ngettext("%(count)d point", "%(count)d points", sheet.points) % {"count": sheet.points}


def _marked(filled: Filled, blank: Blank) -> str:
    if filled.steps is None:
        return _("abstained: %(reason)s") % {"reason": filled.abstained or ""}
    mark = str(plain_number(mark_at(blank.scale, filled.steps)))
    return mark if filled.share == 100 else f"{mark} ({filled.share}\u00a0%)"
