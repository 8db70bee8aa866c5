"""The jury of a demonstration: added, invited, in panels, and its conflicts of interest looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kaaring.entries.models import Case
from kaaring.jobs.demo.juried.plans import JurorPlan
from kaaring.jobs.demonstration.accounts import BY
from kaaring.jobs.demonstration.pages import invitation_page
from kaaring.jury.actions.invitations import accept_invitation, invite_juror
from kaaring.jury.actions.jurors import add_jurors
from kaaring.jury.actions.panels import Members, form_panel
from kaaring.jury.actions.recusals import (
    confirm_recusal,
    declare_recusal,
    detect_recusals,
    dismiss_recusal,
    set_recusal,
)
from kaaring.jury.models import Juror
from kaaring.jury.queries.recusals import waiting
from kaaring.jury.spreadsheets import JurorRow
from kaaring.kernel.text import Text
from kaaring.people import actions as people
from kaaring.people.models import Organisation, User
from kaaring.programmes.models import Edition, Invitation


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What becomes of conflicts that comparing finds; the others are confirmed.

    ``dismissed`` has the reason by the juror's name, ``left_open`` the jurors whose nobody has looked at.
    """

    dismissed: Mapping[str, str]
    left_open: frozenset[str]


@dataclass
class JuryRoom:
    """The jurors of an edition, with the accounts they sign in with and how strict they are."""

    edition: Edition
    organiser: User
    accounts: Mapping[str, User]
    plans: Sequence[JurorPlan]
    panels: Mapping[str, tuple[Text, tuple[str, ...]]]
    conflicts: Conflicts
    severities: dict[int, float] = field(default_factory=dict)
    invited: list[tuple[Invitation, User]] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The language that jurors are written to in."""
        language: str = self.edition.languages[0]
        return language

    def seat(self, at: datetime) -> None:
        """Add the jurors, form the panels, and invite everybody."""
        by = self.organiser.public_id
        add_jurors(self.edition, [self._row(one) for one in self.plans], by=by, at=at)
        known = {juror.code: juror for juror in Juror.objects.filter(edition=self.edition)}
        self.severities = {known[one.code].pk: one.severity for one in self.plans}
        for code, (name, categories) in self.panels.items():
            seats = [one for one in self.plans if code in one.panels]
            chair = next(known[one.code].pk for one in seats if one.is_chair and one.panels[0] == code)
            members = Members(categories, [known[one.code].pk for one in seats], chair)
            form_panel(self.edition, name, members, by=by, at=at)
        for place, one in enumerate(self.plans):
            self._invite(one, known[one.code], at=at + timedelta(minutes=place))

    def _row(self, one: JurorPlan) -> JurorRow:
        known = tuple(category for code in one.panels for category in self.panels[code][1])
        languages = tuple(self.edition.languages)
        return JurorRow(one.code, one.name, one.email, one.organisation, languages, known)

    def _invite(self, one: JurorPlan, juror: Juror, *, at: datetime) -> None:
        person = self.accounts.get(one.account) or people.open_account(
            one.email, name=one.name, language=self.language, by=BY, at=at
        )
        invitation = invite_juror(
            juror.pk, language=self.language, link_to=invitation_page, by=self.organiser, at=at
        )
        self.invited.append((invitation, person))

    def accept(self, at: datetime) -> None:
        """Let everybody who was invited accept."""
        for place, (invitation, person) in enumerate(self.invited):
            accept_invitation(invitation.pk, by=person, at=at + timedelta(minutes=place))

    def look_at_conflicts(self, at: datetime) -> None:
        """Compare jurors with entrants, and confirm or dismiss what comparing finds."""
        by = self.organiser.public_id
        detect_recusals(self.edition, by=by, at=at)
        for found in waiting(self.edition):
            reason = self.conflicts.dismissed.get(found.juror.name)
            if reason is not None:
                dismiss_recusal(found.pk, reason=reason, by=by, at=at)
            elif found.juror.name not in self.conflicts.left_open:
                confirm_recusal(found.pk, by=by, at=at)

    def called(self, name: str) -> Juror:
        """Return the juror of a name."""
        return Juror.objects.select_related("user").get(edition=self.edition, name=name)

    def chair_of(self, category: str) -> User:
        """Return who leads the panel of a category."""
        juror = Juror.objects.select_related("user").get(
            panels_chaired__categories__code=category, edition=self.edition
        )
        assert juror.user is not None
        return juror.user


def declare(room: JuryRoom, name: str, case: Case, note: str, at: datetime) -> None:
    """Let a juror declare that the juror knows somebody in a case."""
    juror = room.called(name)
    assert juror.user is not None
    declare_recusal(juror.pk, case=case, kind="person", note=note, by=juror.user.public_id, at=at)


def set_by_organiser(room: JuryRoom, name: str, house: Organisation, note: str, at: datetime) -> None:
    """Let the organiser note that a juror works for an organisation."""
    by = room.organiser.public_id
    set_recusal(room.called(name).pk, organisation=house, kind="client", note=note, by=by, at=at)
