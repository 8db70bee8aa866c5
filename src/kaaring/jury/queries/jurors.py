"""Jurors and their panels."""

from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from kaaring.jury.models import Attendance, Juror, Panel
from kaaring.jury.rules.jurors import IN_A_JURY
from kaaring.jury.spreadsheets import Holder, JurorSurroundings
from kaaring.people.models import User
from kaaring.programmes.models import Category, Edition, Invitation


def jurors_of(edition: Edition) -> QuerySet[Juror]:
    """Return the jurors of an edition by name, those who were removed left out."""
    found = Juror.objects.filter(edition=edition, removed_at=None)
    return found.select_related("organisation", "user", "edition__programme__organiser").order_by(
        "name", "pk"
    )


def removed_from(edition: Edition) -> QuerySet[Juror]:
    """Return the jurors who were removed from an edition, the last one first."""
    found = Juror.objects.filter(edition=edition, removed_at__isnull=False)
    return found.select_related("organisation", "user").order_by("-removed_at", "name")


def without_panel(edition: Edition) -> QuerySet[Juror]:
    """Return the jurors in no panel, where panels judge every category: no plan gives them an entry."""
    panels = Panel.objects.filter(edition=edition)
    judged_by_all = Category.objects.filter(edition=edition, panels=None)
    return jurors_of(edition).filter(Exists(panels), ~Exists(judged_by_all), panels=None)


def was_invited(juror: Juror) -> bool:
    """Say whether a juror has been invited at the address, and the invitation was not withdrawn."""
    sent = Invitation.objects.filter(edition=juror.edition_id, role__in=IN_A_JURY, withdrawn_at=None)
    return juror.email != "" and sent.filter(email__iexact=juror.email).exists()


def juror_of(user: User | AnonymousUser, edition: Edition) -> Juror | None:
    """Return the juror that a person is in an edition, None for everybody else."""
    return juries_of(user).filter(edition=edition).first()


def juries_of(user: User | AnonymousUser) -> QuerySet[Juror]:
    """Return the juror that a person is in each edition in which the person is one."""
    found = Juror.objects.filter(removed_at=None).select_related("edition__programme__organiser", "user")
    return found.filter(user=user) if user.is_authenticated else found.none()


def panels_of(edition: Edition) -> QuerySet[Panel]:
    """Return the panels of an edition with their jurors, chairs and categories."""
    found = Panel.objects.filter(edition=edition).select_related("chair", "edition__programme")
    return found.prefetch_related("jurors", "categories").order_by("code")


def panels_chaired_by(user: User | AnonymousUser, edition: Edition) -> QuerySet[Panel]:
    """Return the panels of an edition that a person chairs."""
    return panels_of(edition).filter(chair__in=juries_of(user).values("pk"))


def categories_chaired_by(user: User | AnonymousUser, edition: Edition) -> QuerySet[Category]:
    """Return the categories whose panels a person chairs."""
    chaired = panels_chaired_by(user, edition).values("pk")
    return Category.objects.filter(edition=edition, panels__in=chaired).distinct()


def is_chair(juror: Juror) -> bool:
    """Say whether a juror chairs a panel."""
    return juror.panels_chaired.exists()


class Duties(NamedTuple):
    """What a juror does beside marking."""

    is_chair: bool
    meets: bool


def duties_of(juror: Juror) -> Duties:
    """Say whether a juror chairs a panel, and whether the juror has been to a meeting, in one query."""
    chaired = Exists(Panel.objects.filter(chair=OuterRef("pk")))
    attended = Exists(Attendance.objects.filter(juror=OuterRef("pk")))
    return Duties(*Juror.objects.filter(pk=juror.pk).values_list(chaired, attended).get())


def surroundings_of(edition: Edition) -> JurorSurroundings:
    """Return what jurors of an edition are checked against."""
    known = list(Juror.objects.filter(edition=edition).only("code", "name", "email", "removed_at"))
    return JurorSurroundings(
        categories=tuple(Category.objects.filter(edition=edition).values_list("code", flat=True)),
        removed=frozenset(one.code for one in known if one.removed_at is not None),
        addresses={
            one.email.lower(): Holder(one.code, one.name)
            for one in known
            if one.email and one.removed_at is None
        },
    )
