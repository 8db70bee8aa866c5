"""Everything that can happen to results: awards decided; runs, roundings and feedback let out, withdrawn."""

from kaaring.results.actions.deciding import decide_award, decide_open_awards, revoke_decision
from kaaring.results.actions.feedback import release_feedback, withdraw_feedback
from kaaring.results.actions.juried import decide_entries, decide_nobody, revoke_entry_decision
from kaaring.results.actions.publishing import publish_run, withdraw_run
from kaaring.results.actions.roundings import publish_rounding, withdraw_rounding

__all__ = [
    "decide_award",
    "decide_entries",
    "decide_nobody",
    "decide_open_awards",
    "publish_rounding",
    "publish_run",
    "release_feedback",
    "revoke_decision",
    "revoke_entry_decision",
    "withdraw_feedback",
    "withdraw_rounding",
    "withdraw_run",
]
