"""What to call what the log names by an id: the log keeps ids, since names change and are private."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from kaaring.audit.models import AuditLine
from kaaring.entries.models import Attachment, Case, Entry, Invoice
from kaaring.jury.models import Juror, Meeting, Query, Recusal, Scorecard
from kaaring.outbox.models import Letter
from kaaring.people import queries as people
from kaaring.people.models import Organisation
from kaaring.programmes.models import Invitation

IDS = re.compile(r"\b[0-9a-f]{12}\b")
CALLED: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Entry, ("code", "case__title")),
    (Case, ("title",)),
    (Organisation, ("name",)),
    (Letter, ("to",)),
    (Scorecard, ("assignment__entry__code", "assignment__juror__name")),
    (Query, ("assignment__entry__code", "assignment__juror__name")),
    (Recusal, ("juror__name", "organisation__name", "case__title")),
    (Juror, ("name",)),
    (Invoice, ("number", "organisation__name")),
    (Meeting, ("stage__code", "category__code")),
    (Attachment, ("name",)),
    (Invitation, ("email",)),
)
"""Which fields of a thing make what people call it."""


def names_in(lines: Iterable[AuditLine]) -> dict[str, str]:
    """Return what to call people and things by the ids that lines mention; what is gone has no name."""
    wanted = {found for line in lines for said in _said(line) for found in IDS.findall(said)}
    names = people.names_of(wanted)
    for model, fields in CALLED:
        if left := wanted - names.keys():
            names |= _called(model, fields, left)
    return names


def with_names(text: str, names: Mapping[str, str]) -> str:
    """Return a text with names where ids stand that have one."""
    return IDS.sub(lambda found: names.get(found[0], found[0]), text)


def _said(line: AuditLine) -> tuple[str, str, str]:
    return line.by, line.about, json.dumps(line.details)


def _called(model: type[Model], fields: tuple[str, ...], ids: set[str]) -> dict[str, str]:
    rows: Any = model._default_manager.filter(public_id__in=ids).values_list("public_id", *fields)
    return {row[0]: ", ".join(str(part) for part in row[1:] if part) for row in rows}
