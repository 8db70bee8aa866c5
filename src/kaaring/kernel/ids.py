"""Public ids: what addresses and audit lines call a thing, so that no row number is ever shown."""

import secrets
from functools import partial

new_public_id = partial(secrets.token_hex, 6)
"""Return twelve hex digits (48 bits). Standard library only, so that migrations need nothing of ours."""
new_token = partial(secrets.token_urlsafe, 32)
"""Return a key of 256 bits for an address that opens something without an account."""
