"""What every public page shows around its content.

Public pages are rendered from their context alone, without the request: nothing of the reader, neither
account nor cookie, can get into a page that others are served as well.
"""

from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils.functional import Promise
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

from kaaring.programmes.definition.schema import Timeline
from kaaring.programmes.models import Category, Edition


class Item(NamedTuple):
    """One line of the menu."""

    name: str | Promise
    address: str
    is_here: bool


class Alternate(NamedTuple):
    """The same page in another language, or in this one."""

    language: str
    name: str
    path: str
    address: str


MENU: tuple[tuple[str | Promise, str], ...] = (
    (_("Results"), "edition"),
    (_("Categories"), "rulebook"),
    (_("Which fit me?"), "fit"),
    (_("Vote"), "vote"),
    (_("Participants"), "participants"),
    (_("Method"), "method"),
    (_("Performances"), "questions"),
    (_("Open data"), "data"),
    (_("Archive"), "programme"),
)
ONLY_PUBLISHED = ("participants", "data")
ONLY_MEASURED, ONLY_JURIED = ("participants", "method", "questions"), ("rulebook", "fit")


def edition_at(programme: str, edition: str) -> Edition:
    """Return an edition by its address; there is none for any other (404)."""
    found = (
        Edition.objects.select_related("programme__organiser")
        .annotate(has_categories=Exists(Category.objects.filter(edition=OuterRef("pk"))))
        .filter(programme__slug=programme, slug=edition)
        .first()
    )
    if found is None:
        raise Http404
    return found


def around(
    edition: Edition, here: str, *, is_published: bool, is_measured: bool = True, is_voted: bool = False
) -> dict[str, Any]:
    """Return the shell's context for a page of an edition; ``here`` names the menu's line one is on.

    An edition that measures nothing has no participants, method and performances to show, one without a jury
    no categories. The vote is named only on pages that know that there ``is_voted`` or will be.
    """
    is_juried = _is_juried(edition)
    left_out = (() if is_published else ONLY_PUBLISHED) + (() if is_measured else ONLY_MEASURED)
    left_out += () if is_juried else ONLY_JURIED
    left_out += () if is_voted else ("vote",)

    def address(view: str) -> str:
        arguments = (
            [edition.programme.slug] if view == "programme" else [edition.programme.slug, edition.slug]
        )
        return reverse(f"public:{view}", args=arguments)

    menu = [
        Item(
            _("The edition") if view == "edition" and not is_published else name, address(view), view == here
        )
        for name, view in MENU
        if view not in left_out
    ]
    return {
        "edition": edition,
        "programme": edition.programme,
        "organiser": edition.programme.organiser,
        "timeline": Timeline.model_validate(edition.timeline),
        "is_published": is_published,
        "is_measured": is_measured,
        "is_juried": is_juried,
        "menu": menu,
    }


def _is_juried(edition: Edition) -> bool:
    """Say whether an edition has categories, which ``edition_at`` finds out along with the edition."""
    known: bool | None = getattr(edition, "has_categories", None)
    return edition.categories.exists() if known is None else known


def alternates(request: HttpRequest) -> list[Alternate]:
    """Return this page's addresses in every language."""
    here = request.get_full_path()
    paths = [(code, name, translate_url(here, code)) for code, name in settings.LANGUAGES]
    return [Alternate(code, name, path, request.build_absolute_uri(path)) for code, name, path in paths]


def shown(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    description: str,
    status: int = 200,
) -> HttpResponse:
    """Return a page made from this context and its own address; the title stands before the edition's."""
    languages = alternates(request)
    edition = context.get("edition")
    head = {
        "page_title": f"{title} · {edition.title}" if edition and title != edition.title else title,
        "page_description": description,
        "locale": to_locale(get_language() or settings.LANGUAGE_CODE),
        "canonical": request.build_absolute_uri(request.path),
        "alternates": languages,
        "other_languages": [
            (code, name, path) for code, name, path, _address in languages if code != get_language()
        ],
    }
    return HttpResponse(render_to_string(template, {**head, **context}), status=status)
