"""What may be done to jurors and panels, and if not, why."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.jury.models import Juror, Panel
from kaaring.jury.rules.stages import against_no_reason
from kaaring.jury.spreadsheets import LANGUAGE, JurorRow, JurorSurroundings
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import Text, said
from kaaring.programmes.models import Category, EditionRole

IN_A_JURY = (EditionRole.JUROR, EditionRole.JURY_CHAIR)
"""The parts that come with being a juror: they are given and end with that."""


def against_adding(row: JurorRow, around: JurorSurroundings, known: Collection[str]) -> Refused | None:
    """A juror's code names the juror alone, and so does the e-mail address."""
    if row.code in known:
        return Refused(
            "juror_known",
            _("There is a juror with the code “%(code)s” already. Choose another code.") % {"code": row.code},
        )
    return _against_what_is_said(row, around)


def against_changing(juror: Juror, row: JurorRow, around: JurorSurroundings) -> Refused | None:
    """Who was removed stays as known then; an address that an account has taken up stays."""
    if refusal := against_one_who_left(juror):
        return refusal
    if juror.user_id is not None and row.email.lower() != juror.email.lower():
        return Refused(
            "address_taken_up",
            _("%(juror)s has accepted the invitation at %(email)s, so the address stays.")
            % {"juror": juror, "email": juror.email},
        )
    return _against_what_is_said(row, around)


def _against_what_is_said(row: JurorRow, around: JurorSurroundings) -> Refused | None:
    holder = around.addresses.get(row.email.lower())
    if holder is not None and holder.code != row.code:
        return Refused(
            "address_known",
            _("%(juror)s has the address %(email)s already. Each juror needs one of their own.")
            % {"juror": holder.name, "email": row.email},
        )
    if unknown := sorted(set(row.categories) - set(around.categories)):
        return Refused(
            "unknown_category",
            _("This edition has no category called %(codes)s. Choose among its own.")
            % {"codes": ", ".join(unknown)},
        )
    if wrong := [one for one in row.languages if not LANGUAGE.fullmatch(one)]:
        return Refused(
            "unknown_language",
            _("“%(codes)s” is not a language code. Write codes such as nb, en or ru.")
            % {"codes": ", ".join(wrong)},
        )
    return None


def against_one_who_left(juror: Juror) -> Refused | None:
    """Nothing more is done with a juror who was removed."""
    if juror.removed_at is None:
        return None
    return Refused("removed_already", _("%(juror)s was removed from the jury already.") % {"juror": juror})


def against_ending_the_part(juror: Juror | None, role: str) -> Refused | None:
    """A juror's part ends with the juror, whose assignments then end as well."""
    if juror is None or role not in IN_A_JURY:
        return None
    return Refused(
        "is_a_juror",
        _("%(juror)s is in the jury. Remove the juror on the page “Jurors”, with a reason.")
        % {"juror": juror},
    )


def against_removing(juror: Juror, *, reason: str) -> Refused | None:
    """A juror is removed once, with a reason, and a panel is not left without its chair."""
    if refusal := against_one_who_left(juror) or against_no_reason(reason):
        return refusal
    panel = juror.panels_chaired.order_by("code").first()
    if panel is None:
        return None
    return Refused(
        "chairs_a_panel",
        _("%(juror)s chairs the panel “%(panel)s”. Choose another chair for it first.")
        % {"juror": juror, "panel": panel},
    )


def against_excluding(count: int, *, reason: str) -> Refused | None:
    """There are scorecards to exclude, and a reason that everybody may read."""
    if count == 0:
        return Refused("nothing_to_exclude", _("This juror has no final scorecard that counts."))
    return against_no_reason(reason)


def against_including(count: int, *, reason: str) -> Refused | None:
    """There are scorecards to count again, and a reason."""
    if count == 0:
        return Refused("nothing_to_include", _("No scorecard of this juror is excluded."))
    return against_no_reason(reason)


def against_inviting(juror: Juror, *, waiting: int) -> Refused | None:
    """Who is invited has an address, has not accepted yet, and has no conflict that nobody has looked at."""
    if refusal := against_one_who_left(juror):
        return refusal
    if juror.user_id is not None:
        return Refused("accepted_already", _("%(juror)s has accepted already.") % {"juror": juror})
    if not juror.email:
        return Refused(
            "no_address",
            _("%(juror)s has no e-mail address. Fill it in, then invite.") % {"juror": juror},
        )
    if waiting == 0:
        return None
    return Refused(
        "conflicts_wait",
        ngettext(
            "%(count)d possible conflict of interest of %(juror)s waits. Confirm or dismiss it, then invite.",
            "%(count)d possible conflicts of interest of %(juror)s wait. "
            "Confirm or dismiss them, then invite.",
            waiting,
        )
        % {"count": waiting, "juror": juror},
    )


def against_taking_up(juror: Juror | None) -> Refused | None:
    """A person is one juror in an edition."""
    if juror is None:
        return None
    return Refused(
        "juror_already",
        _("You are in this jury already, as %(juror)s. Ask the organiser to withdraw the second invitation.")
        % {"juror": juror},
    )


def against_forming(
    name: Text,
    categories: Collection[Category],
    jurors: Collection[Juror],
    chair: Juror | None,
    *,
    taken: Collection[Panel],
) -> Refused | None:
    """A panel has a name, jurors and categories that no other panel has, and is chaired by one of its own.

    ``taken`` are the other panels that judge one of the categories.
    """
    if refusal := _against_an_empty_panel(name, categories, jurors):
        return refusal
    for juror in jurors:
        if refusal := against_one_who_left(juror):
            return refusal
    if chair is not None and chair not in jurors:
        return Refused(
            "chair_outside",
            _("%(juror)s is not in the panel. The chair is one of its jurors.") % {"juror": chair},
        )
    for other in taken:
        return Refused(
            "category_taken",
            _("The panel “%(panel)s” judges one of these categories already. Each has one panel.")
            % {"panel": other},
        )
    return None


def _against_an_empty_panel(
    name: Text, categories: Collection[Category], jurors: Collection[Juror]
) -> Refused | None:
    if not said(name):
        return Refused("name_missing", _("Give the panel a name."))
    if not categories:
        return Refused("no_category", _("Choose the categories that the panel judges."))
    if not jurors:
        return Refused("no_juror", _("Choose the jurors of the panel."))
    return None
