"""What every page of an edition shows around its content: the menu, where one is, whose colours."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaaring.programmes import queries as programmes
from kaaring.programmes.models import Edition
from kaaring.survey import queries as survey
from kaaring.web.request import SignedIn


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu."""

    name: str | Promise
    address: str
    is_here: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of the menu that belong together."""

    title: str | Promise
    items: tuple[Item, ...]


MENU: tuple[tuple[str | Promise, tuple[tuple[str | Promise, str], ...]], ...] = (
    (
        "",
        (
            (_("Home"), "edition"),
            (_("Participants"), "participants"),
            (_("Classes"), "classes"),
            (_("Questionnaire"), "questionnaire"),
            (_("Scoring"), "scoring"),
            (_("Dates"), "dates"),
        ),
    ),
    (_("Fieldwork"), ((_("Evaluations"), "evaluations"), (_("Imports"), "imports"))),
    (
        _("Results"),
        (
            (_("Standings"), "standings"),
            (_("Means"), "means"),
            (_("Rounding"), "rounding"),
            (_("Decisions"), "decisions"),
            (_("Publishing"), "runs"),
        ),
    ),
    (
        _("Edition"),
        (
            (_("Reports"), "reports"),
            (_("Rules"), "rules"),
            (_("People"), "people"),
            (_("Log"), "log"),
            (_("Look"), "look"),
        ),
    ),
)
SHORTCUTS = ("edition", "participants", "standings", "reports")


def edition_seen_by(request: SignedIn, programme: str, edition: str) -> Edition:
    """Return an edition the reader may see as organiser; for everybody else there is none (404)."""
    found = programmes.editions_seen_by(request.user).filter(programme__slug=programme, slug=edition).first()
    if found is None:
        raise Http404
    return found


def edition_changed_by(request: SignedIn, programme: str, edition: str) -> Edition:
    """Return an edition the reader may change as organiser; for everybody else there is none (404)."""
    found = (
        programmes.editions_changed_by(request.user).filter(programme__slug=programme, slug=edition).first()
    )
    if found is None:
        raise Http404
    return found


def shell(request: SignedIn, edition: Edition, here: str) -> dict[str, Any]:
    """Return the context of the shell; ``here`` is the name of the menu's line one is on."""
    arguments = (edition.programme.slug, edition.slug)
    counts = survey.counts_of(edition)

    def item(name: str | Promise, view: str) -> Item:
        return Item(name, reverse(f"organiser:{view}", args=arguments), view == here, counts.get(view))

    menu = tuple(Group(title, tuple(item(name, view) for name, view in lines)) for title, lines in MENU)
    flat = {view: name for _title, lines in MENU for name, view in lines}
    return {
        "edition": edition,
        "programme": edition.programme,
        "organiser": edition.programme.organiser,
        "menu": menu,
        "shortcuts": [item(flat[view], view) for view in SHORTCUTS],
        "may_change": programmes.may_change(request.user, edition),
    }
