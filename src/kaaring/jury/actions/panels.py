"""Panels: the jurors of certain categories, and their chair."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.text import slugify

from kaaring.audit.actions import record
from kaaring.jury.models import Juror, Panel
from kaaring.jury.rules import jurors as may
from kaaring.kernel.refused import refuse
from kaaring.kernel.text import Text, said
from kaaring.programmes.models import Category, Edition
from kaaring.programmes.queries import chain_of


class Members(NamedTuple):
    """Who judges what: codes of categories, keys of jurors, and the one among them who leads."""

    categories: Collection[str]
    jurors: Collection[int]
    chair: int | None = None


@transaction.atomic
def form_panel(edition: Edition, name: Text, members: Members, *, by: str, at: datetime) -> Panel:
    """Form a panel of jurors for categories, with one of the jurors as its chair."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    panel = Panel(edition=edition, code=_free_code(edition, name))
    _set(panel, name, members)
    _record(panel, "panel_formed", by=by, at=at)
    return panel


@transaction.atomic
def change_panel(panel_id: int, name: Text, members: Members, *, by: str, at: datetime) -> Panel:
    """Change a panel. Who reads what stays as it is until a new plan is made."""
    panel = _held(panel_id)
    _set(panel, name, members)
    _record(panel, "panel_changed", by=by, at=at)
    return panel


@transaction.atomic
def dissolve_panel(panel_id: int, *, by: str, at: datetime) -> None:
    """Dissolve a panel: the whole jury judges its categories again."""
    panel = _held(panel_id)
    record(chain_of(panel.edition), "panel_dissolved", panel.code, by=by, at=at)
    panel.delete()


def _held(panel_id: int) -> Panel:
    Edition.objects.select_for_update(of=("self",)).get(panels=panel_id)
    panels = Panel.objects.select_for_update(of=("self",))
    return panels.select_related("edition__programme").get(pk=panel_id)


def _set(panel: Panel, name: Text, members: Members) -> None:
    edition = panel.edition
    judged = list(Category.objects.filter(edition=edition, code__in=members.categories))
    jurors = list(Juror.objects.filter(edition=edition, pk__in=members.jurors))
    chair = Juror.objects.filter(edition=edition, pk=members.chair).first() if members.chair else None
    taken = Panel.objects.filter(edition=edition, categories__in=judged).exclude(pk=panel.pk).distinct()
    refuse(may.against_forming(name, judged, jurors, chair, taken=list(taken)))
    panel.name, panel.chair = {language: words for language, words in name.items() if words}, chair
    panel.save()
    panel.categories.set(judged)
    panel.jurors.set(jurors)


def _record(panel: Panel, doing: str, *, by: str, at: datetime) -> None:
    details: dict[str, Any] = {
        "categories": sorted(panel.categories.values_list("code", flat=True)),
        "jurors": sorted(panel.jurors.values_list("code", flat=True)),
        "chair": panel.chair.code if panel.chair else "",
    }
    record(chain_of(panel.edition), doing, panel.code, by=by, at=at, details=details)


def _free_code(edition: Edition, name: Text) -> str:
    """Return a code that no panel of the edition has, made of the name where it has Latin letters."""
    base = slugify(said(name))[:40] or "panel"
    taken = set(Panel.objects.filter(edition=edition).values_list("code", flat=True))
    return next(
        code for code in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if code not in taken
    )
