"""What the organiser may ask to be corrected, and what an answer needs."""

from datetime import datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaaring.entries.models import Correction, Entry
from kaaring.entries.rules.dossier import Dossier
from kaaring.entries.rules.entries import against_a_withdrawn_entry, against_gaps
from kaaring.entries.rules.periods import announcement_of
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition

LONGEST = timedelta(days=366)
"""How long a correction may take where nobody has said when the winners are announced."""


def against_asking(entry: Entry, wanted: str, *, until: datetime, at: datetime) -> Refused | None:
    """A correction is asked of a submitted entry: what is wanted, and until when."""
    if refusal := against_a_withdrawn_entry(entry):
        return refusal
    if entry.submitted_at is None:
        return Refused(
            "not_submitted",
            _("Entry %(code)s is a draft; its entrant can change it anyway.") % {"code": entry.code},
        )
    if not wanted.strip():
        return Refused("nothing_wanted", _("Say what is to be corrected."))
    if until <= at:
        return Refused("already_over", _("Give the entrant a time that is still to come."))
    return _against_too_long(entry.edition, until=until, at=at)


def _against_too_long(edition: Edition, *, until: datetime, at: datetime) -> Refused | None:
    """A correction is done before the winners are named; where no day is set for that, within a year."""
    announced = announcement_of(edition)
    if announced is not None and until > announced:
        shown = "DATE_FORMAT" if announced.time() == time() else "DATETIME_FORMAT"
        return Refused(
            "after_the_announcement",
            _(
                "The winners are to be announced on %(moment)s. Give the entrant a time before that, or "
                "move the announcement first."
            )
            % {"moment": date_format(announced, shown)},
        )
    if announced is None and until > at + LONGEST:
        return Refused("too_long", _("That is more than a year away. Give the entrant a time within a year."))
    return None


def against_answering(
    correction: Correction | None, dossier: Dossier, *, answer: str, at: datetime
) -> Refused | None:
    """An answer says what was done, in time, and leaves an entry that is complete."""
    code = dossier.entry.code
    if refusal := against_a_withdrawn_entry(dossier.entry):
        return refusal
    if correction is None:
        return Refused("no_correction", _("No correction of entry %(code)s is asked for.") % {"code": code})
    if at >= correction.until:
        return Refused(
            "correction_over",
            _(
                "The time to correct entry %(code)s is over, and the text that was submitted holds. Ask the "
                "organiser for more time if it should change."
            )
            % {"code": code},
        )
    if not answer.strip():
        return Refused("no_answer", _("Say in a few words what you corrected, or why nothing had to be."))
    return against_gaps(dossier)
