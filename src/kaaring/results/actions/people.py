"""Who acts, as rows remember it."""

from kaaring.people.models import User


def person(by: str) -> User | None:
    """Return the person with this public id, None where a command acts."""
    return User.objects.filter(public_id=by).first()
