"""Storing the rules of an edition: creating it, changing it, freezing it."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from kaaring.audit.actions import record
from kaaring.kernel.refused import refuse
from kaaring.people.models import Organiser
from kaaring.programmes import rules as may
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition import document as document_of
from kaaring.programmes.models import Award, Category, Edition, Programme, Rules
from kaaring.programmes.queries import chain_of


def digest_of(document: dict[str, Any]) -> str:
    """Return the SHA-256 of what freezes, in its order: all but the dates and what is called illustrative."""
    frozen = {key: value for key, value in document.items() if key != "timeline"}
    frozen["edition"] = {key: value for key, value in document["edition"].items() if key != "illustrative"}
    return hashlib.sha256(json.dumps(frozen, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def store_rules(
    definition: Definition, organiser: Organiser, *, new_version_because: str, by: str, at: datetime
) -> Rules:
    """Create or update an edition and return the version of its rules that is in force now.

    The dates may always move. Rules that are not frozen are replaced; frozen ones stay, and a new version
    is made only where ``new_version_because`` gives a reason.
    """
    document = document_of(definition)
    edition = _store_edition(definition, organiser, document, at=at)
    newest = Rules.objects.select_for_update().filter(edition=edition).order_by("-number").first()
    if newest is not None and newest.digest == digest_of(document):
        Rules.objects.filter(pk=newest.pk).update(document=document)
        newest.document = document
        details = {"timeline": edition.timeline}
        record(chain_of(edition), "dates_changed", str(edition), by=by, at=at, details=details)
        return newest
    refuse(may.against_changing_rules(newest, definition, because=new_version_because))
    rules = _store_version(edition, newest, document, because=new_version_because, by=by, at=at)
    _store_categories(edition, definition)
    _store_awards(edition, definition)
    record(
        chain_of(edition),
        "rules_stored",
        str(rules),
        by=by,
        at=at,
        why=new_version_because,
        details={"version": rules.number, "digest": rules.digest},
    )
    return rules


def _store_edition(
    definition: Definition, organiser: Organiser, document: dict[str, Any], *, at: datetime
) -> Edition:
    programme, _created = Programme.objects.get_or_create(
        slug=definition.programme.slug, defaults={"organiser": organiser, "name": definition.programme.name}
    )
    refuse(may.against_storing_for(programme, organiser))
    if programme.name != definition.programme.name:
        programme.name = definition.programme.name
        programme.save(update_fields=["name"])
    edition, _made = Edition.objects.update_or_create(
        programme=programme,
        slug=definition.edition.slug,
        defaults={
            "timezone": definition.edition.timezone,
            "languages": list(definition.edition.languages),
            "timeline": document["timeline"],
            "illustrative": definition.edition.illustrative or {},
        },
        create_defaults={
            "timezone": definition.edition.timezone,
            "languages": list(definition.edition.languages),
            "timeline": document["timeline"],
            "illustrative": definition.edition.illustrative or {},
            "created_at": at,
        },
    )
    return edition


def _store_version(
    edition: Edition, newest: Rules | None, document: dict[str, Any], *, because: str, by: str, at: datetime
) -> Rules:
    values: dict[str, Any] = {
        "document": document,
        "digest": digest_of(document),
        "loaded_at": at,
        "loaded_by": by,
        "reason": because,
    }
    if newest is not None and newest.frozen_at is None:
        values["reason"] = because or newest.reason
        for name, value in values.items():
            setattr(newest, name, value)
        newest.save(update_fields=list(values))
        return newest
    return Rules.objects.create(edition=edition, number=newest.number + 1 if newest else 1, **values)


def _store_categories(edition: Edition, definition: Definition) -> None:
    gone = Category.objects.filter(edition=edition).exclude(
        code__in=[one.code for one in definition.categories]
    )
    for category in gone:
        try:
            category.delete()
        except ProtectedError:
            refuse(may.against_removing_a_category_in_use(category))
    for position, defined in enumerate(definition.categories):
        Category.objects.update_or_create(
            edition=edition,
            code=defined.code,
            defaults={"name": defined.name, "group": defined.group or "", "position": position},
        )


def _store_awards(edition: Edition, definition: Definition) -> None:
    gone = Award.objects.filter(edition=edition).exclude(code__in=[award.code for award in definition.awards])
    refuse(may.against_removing_awards(gone))
    gone.delete()
    for position, award in enumerate(definition.awards):
        Award.objects.update_or_create(
            edition=edition,
            code=award.code,
            defaults={
                "name": award.name,
                "by": award.by,
                "measure": award.measure or "",
                "among": award.among or Award.Among.ALL,
                "category": award.category or "",
                "division": award.division or "",
                "position": position,
            },
        )


def freeze_rules(rules: Rules, *, by: str, at: datetime, why: str = "") -> None:
    """Freeze a version of the rules, inside the transaction of what freezes it; a frozen one stays.

    ``why`` says what froze it, where that is not the first evaluation.
    """
    if Rules.objects.filter(pk=rules.pk, frozen_at__isnull=True).update(frozen_at=at):
        record(
            chain_of(rules.edition),
            "rules_frozen",
            str(rules),
            by=by,
            at=at,
            why=why or _("The first evaluation has arrived."),
            details={"digest": rules.digest},
        )
