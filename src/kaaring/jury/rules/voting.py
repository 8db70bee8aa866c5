"""Who may vote in a stage, and when, and if not, why."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaaring.jury.models import Stage
from kaaring.jury.rules.votes import PUBLIC_VOTE
from kaaring.jury.voters import HOLDS, Choice
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition.schema.jury import Stage as StageRules


def against_voting(stage: Stage, rules: StageRules | None, *, at: datetime) -> Refused | None:
    """The public votes here while a stage is open whose rules say so."""
    if rules is None or rules.mode != PUBLIC_VOTE or rules.voting is None:
        return Refused("not_voted_here", _("This vote is not held here. Nothing is counted."))
    if at < stage.opens_at:
        return Refused(
            "stage_not_open",
            _("The vote opens on %(moment)s. Come back then.") % {"moment": _shown(stage.opens_at, stage)},
        )
    if at >= stage.closes_at:
        return Refused(
            "stage_closed",
            _("The vote closed on %(moment)s. What was not confirmed before that does not count.")
            % {"moment": _shown(stage.closes_at, stage)},
        )
    return None


def _shown(moment: datetime, stage: Stage) -> str:
    shown = date_format(local(moment, stage.edition.timezone), "DATETIME_FORMAT")
    return f"{shown} ({stage.edition.timezone})"


def against_confirming(
    choice: Choice, stage: Stage, rules: StageRules | None, *, at: datetime
) -> Refused | None:
    """A choice is confirmed while the vote is open, by a link that is not too old."""
    if refusal := against_voting(stage, rules, at=at):
        return refusal
    if at < choice.asked_at + HOLDS:
        return None
    return Refused(
        "link_expired",
        _("This link was good for two days. Choose again on the page of the vote, and a new one is sent."),
    )


def against_nothing_left(entries: int) -> Refused | None:
    """A vote is for an entry that is still in the stage."""
    if entries:
        return None
    return Refused(
        "nothing_to_vote_for",
        _("What you chose is no longer in the vote. Choose again on the page of the vote."),
    )
