"""What may be done with protected answers, and by whom."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.entries.models import Case
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition import Definition
from kaaring.programmes.eligibility import read
from kaaring.programmes.eligibility.facts import Raw


def against_giving(
    facts: Mapping[str, Raw], asked: Collection[str], definition: Definition
) -> Refused | None:
    """Only what a category of the case asks for is kept, and only what can be read.

    What cannot be read is not repeated: refusals end up in logs.
    """
    if not set(facts) <= set(asked):
        return Refused(
            "fact_not_needed",
            _(
                "None of the categories that this case stands in needs that answer, so it is not kept. "
                "Load the page again."
            ),
        )
    faults = read(facts, definition).faults
    if not faults:
        return None
    return Refused(
        "facts_unreadable",
        ngettext(
            "%(count)d answer cannot be read. Correct it and save again.",
            "%(count)d answers cannot be read. Correct them and save again.",
            len(faults),
        )
        % {"count": len(faults)},
        details=tuple(fault.expected for fault in faults),
    )


def against_reading(case: Case, *, reason: str, is_allowed: bool) -> Refused | None:
    """Protected answers are read by owners and managers of the organiser who do not judge, and say why."""
    if not is_allowed:
        return Refused(
            "protected",
            _(
                "Protected answers about “%(case)s” are for owners and managers of the organiser who are not "
                "in the jury of the edition. Ask one of them."
            )
            % {"case": case},
        )
    if reason.strip():
        return None
    return Refused(
        "no_reason", _("Say why you need to read this. The reason stays in the log, with your name.")
    )
