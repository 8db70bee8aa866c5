"""The accounts of a demonstration, each one click away."""

from datetime import datetime

from kaaring.people import actions as people
from kaaring.people.models import MemberRole, User
from kaaring.programmes.models import EditionRole

ADDRESS = "demo.example"
BY = "demonstration"
ENTRANT_RU, PARTNER, JUROR_RU, CHAIR_RU = "entrant-ru", "joint-partner", "juror-ru", "jury-chair-ru"
IN_RUSSIAN = frozenset({ENTRANT_RU, JUROR_RU, CHAIR_RU})
NAMES: dict[str, str] = {
    MemberRole.OWNER: "Olga Eier",
    MemberRole.MANAGER: "Mona Leder",
    MemberRole.VIEWER: "Vidar Leser",
    MemberRole.AUDITOR: "Astrid Revisor",
    EditionRole.REVIEWER: "Reidun Kontroll",
    EditionRole.JUROR: "Jon Jury",
    EditionRole.JURY_CHAIR: "Jorunn Juryleder",
    EditionRole.SHOPPER: "Siri Observatør",
    EditionRole.ENTRANT_CONTACT: "Even Innsender",
    EditionRole.PARTICIPANT_CONTACT: "Kari Kundesenter",
    EditionRole.PRESENTER: "Petter Programleder",
    PARTNER: "Pernille Partner",
    ENTRANT_RU: "Зоя Заявкина",
    JUROR_RU: "Олег Оценщиков",
    CHAIR_RU: "Полина Председателева",
}


def address_of(role: str) -> str:
    """Return the address of a demo account."""
    return f"{role.replace('_', '-')}@{ADDRESS}"


def open_accounts(*, at: datetime) -> dict[str, User]:
    """Open the account of every role, in the order in which they are listed."""
    return {
        role: people.open_account(
            address_of(role), name=name, language="ru" if role in IN_RUSSIAN else "nb", by=BY, at=at
        )
        for role, name in NAMES.items()
    }
