"""What jurors see in a stage, in words for the rulebook and for the organiser."""

from django.utils.translation import gettext as _

from kaaring.programmes.definition.schema.jury import Sees


def seen_in(sees: Sees) -> list[str]:
    """Return a sentence on names, one on one another's marks and one on the jury's scores."""
    return [
        _("Jurors see who enters.")
        if sees.names
        else _(
            "Jurors do not see who enters: names of organisations and nominees are left out, and entries are "
            "called by their codes and categories, not by their titles."
        ),
        {
            "never": _("They do not see one another's marks."),
            "when_final": _("They see the others' marks for an entry once their own are final."),
            "in_meeting": _(
                "They see one another's marks when the jury meets, and never before their own are final."
            ),
        }[sees.others],
        {
            "never": _("The jury's scores are not shown to them."),
            "when_final": _("They see the jury's score for an entry once their own marks are final."),
            "in_meeting": _("They see the jury's scores when it meets."),
        }[sees.totals],
    ]
