"""Public ids: what addresses and audit lines call a thing, so that no row number is ever shown."""

import secrets

_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


def new_public_id() -> str:
    """Return ten letters and digits that are hard to guess and hard to misread (about 49 bits)."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))
