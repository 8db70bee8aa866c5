"""Everything that can happen to results: awards decided, runs and roundings published and withdrawn."""

from kaaring.results.actions.deciding import decide_award, decide_open_awards, revoke_decision
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
    "revoke_decision",
    "revoke_entry_decision",
    "withdraw_rounding",
    "withdraw_run",
]
