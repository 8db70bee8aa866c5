"""Everything that can happen to programmes and editions."""

from kaaring.programmes.actions.editions import digest_of, freeze_rules, store_rules
from kaaring.programmes.actions.invitations import LinkTo, accept_invitation, invite, withdraw_invitation
from kaaring.programmes.actions.roles import end_part, give_part

__all__ = [
    "LinkTo",
    "accept_invitation",
    "digest_of",
    "end_part",
    "freeze_rules",
    "give_part",
    "invite",
    "store_rules",
    "withdraw_invitation",
]
