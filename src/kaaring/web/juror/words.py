"""How long something takes or is left, in words."""

from datetime import datetime, timedelta
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def time_left(until: datetime, at: datetime) -> str:
    """Say how long is left: days, from two days on; then hours; at last minutes."""
    left = until - at
    if left <= timedelta(0):
        return _("closed")
    if left >= 2 * DAY:
        days = left // DAY
        return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}
    if left >= 2 * HOUR:
        hours = left // HOUR
        return ngettext("%(count)d hour left", "%(count)d hours left", hours) % {"count": hours}
    minutes = max(1, ceil(left / timedelta(minutes=1)))
    return ngettext("%(count)d minute left", "%(count)d minutes left", minutes) % {"count": minutes}


def duration(minutes: int) -> str:
    """Say how long reading takes: 40 min, 4 h, 4 h 50 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
