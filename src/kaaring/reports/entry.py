"""An entry as a document for printing: for the entrant, the organiser and, perhaps without names, jurors."""

import re
from collections.abc import Iterable

from django.template.defaultfilters import filesizeformat
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kaaring.entries.content import kind_called
from kaaring.entries.models import Attachment, Entry, Figure
from kaaring.entries.queries.submitted import attachments_submitted, dossier_submitted
from kaaring.entries.rules.dossier import Dossier
from kaaring.entries.rules.record import RuleTold, rules_told
from kaaring.jury.queries.called import called
from kaaring.kernel.figures import amount, local
from kaaring.kernel.text import said
from kaaring.programmes.definition.schema import Criterion
from kaaring.programmes.definition.schema.values import plain_number
from kaaring.reports.printed.blocks import (
    Block,
    bullets,
    column,
    heading,
    in_language,
    note,
    table,
    wide,
)
from kaaring.reports.typesetting import typeset

FIGURE, PERIOD = 22, 44
"""Millimetres for a figure, and for where it comes from."""


def entry_pdf(entry: Entry, language: str, *, with_names: bool) -> bytes:
    """Return an entry as a document in a language; while its entrant corrects it, as it was submitted.

    Without names, title, parties and nominee are left out, files are numbered, and of the rules only what
    names nobody is told; what stands in the texts stands there. Protected facts are never in it.
    """
    with translation.override(language):
        data = _document(dossier_submitted(entry), attachments_submitted(entry), language, with_names)
    return typeset("entry.typ", data, called=entry.code)


def _document(dossier: Dossier, files: Iterable[Attachment], language: str, with_names: bool) -> Block:
    entry, case = dossier.entry, dossier.entry.case
    edition, category = entry.edition, said(dossier.category.name)
    head = f"{entry.code} · {category}"
    name = called(entry.code, dossier.category.name, case.title, with_names=with_names)
    return {
        "lang": language,
        "voice_lang": case.language,
        "accent": edition.programme.organiser.accent,
        "title": f"{entry.code} {name.name}",
        "organiser": edition.programme.organiser.name,
        "head": head,
        "edition": edition.title,
        "foot": edition.programme.organiser.name,
        "kicker": _kicker(dossier, category),
        "name": str(name),
        "who": _who(dossier) if with_names else _("Names are hidden in this stage of judging."),
        "state": _state(dossier),
        "blocks": _blocks(dossier, files, with_names),
    }


def _kicker(dossier: Dossier, category: str) -> str:
    divisions = {one.code: said(one.name) for one in dossier.category.divisions}
    division = divisions.get(dossier.entry.division, "")
    return " · ".join(part for part in (dossier.entry.code, category, division) if part)


def _who(dossier: Dossier) -> str:
    behind = (dossier.entry.case.organisation, *(party.organisation for party in dossier.parties))
    parties, nominee = ", ".join(dict.fromkeys(one.name for one in behind)), dossier.nominee
    if nominee is None:
        return parties
    named = f"{nominee.name}, {nominee.role}" if nominee.role else nominee.name
    return f"{parties} · {named}"


def _state(dossier: Dossier) -> str:
    entry = dossier.entry
    if entry.withdrawn_at is not None:
        return _("Withdrawn on %(day)s.") % {"day": _on_day(dossier, entry.withdrawn_at)}
    if entry.submitted_at is None:
        return _("A draft, not submitted.")
    return _("Submitted on %(day)s.") % {"day": _on_day(dossier, entry.submitted_at)}


def _on_day(dossier: Dossier, at: object) -> str:
    return date_format(local(at, dossier.entry.edition.timezone), "DATE_FORMAT")  # type: ignore[arg-type]


def _blocks(dossier: Dossier, files: Iterable[Attachment], with_names: bool) -> list[Block]:
    return [
        *_under(_("Summary of the case"), _voice(dossier.entry.case.summary)),
        *_under(_("The entry, criterion by criterion"), _answers(dossier)),
        *_figures(dossier.figures),
        *_under(_("The parties about their parts"), _parts(dossier) if with_names else ()),
        *_attachments(files, with_names),
        *_rules(dossier, with_names),
    ]


def _under(title: str, blocks: Iterable[Block]) -> list[Block]:
    found = list(blocks)
    return [heading(title), *found] if found else []


def _voice(text: str) -> list[Block]:
    """Return what people wrote as paragraphs of lines; nothing where nothing is written."""
    paragraphs = [part.split("\n") for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())]
    return [{"kind": "voice", "paragraphs": paragraphs}] if text.strip() else []


def _answers(dossier: Dossier) -> Iterable[Block]:
    for criterion in dossier.category.criteria:
        answer = dossier.answers.get(criterion.code)
        yield {"kind": "under", "text": _criterion(criterion)}
        yield from _voice(answer.text if answer else "") or [note(_("Nothing is said about this."))]


def _criterion(criterion: Criterion) -> str:
    if criterion.weight is None:
        return said(criterion.name)
    words = {"criterion": said(criterion.name), "weight": plain_number(criterion.weight)}
    return _("%(criterion)s (%(weight)s %%)") % words


def _figures(figures: Iterable[Figure]) -> list[Block]:
    rows = [
        (
            {"main": one.name, "below": one.definition} if one.definition else one.name,
            _measured(one.before is not None, amount(one.before), one.unit),
            _measured(one.after is not None, amount(one.after), one.unit),
            {
                "main": ". ".join(part for part in (one.period, one.source) if part) or "–",
                "below": _("can be documented") if one.is_documented else _("estimate"),
            },
        )
        for one in figures
    ]
    columns = (
        wide(_("Key figure")),
        column(pgettext("key figure", "Before"), FIGURE),
        column(pgettext("key figure", "After"), FIGURE),
        column(_("Period and source"), PERIOD, shows="text"),
    )
    return _under(_("Key figures"), [table(columns, rows)] if rows else ())


def _measured(is_told: bool, shown: str, unit: str) -> str:
    return f"{shown} {unit}" if is_told and unit else shown


def _parts(dossier: Dossier) -> Iterable[Block]:
    for party in dossier.parties:
        if party.text.strip():
            yield {"kind": "under", "text": party.organisation.name}
            yield from _voice(party.text)


def _attachments(files: Iterable[Attachment], with_names: bool) -> list[Block]:
    items = [_file(number, one, with_names) for number, one in enumerate(files, start=1)]
    return _under(_("Attachments"), [bullets(items)] if items else ())


def _file(number: int, file: Attachment, with_names: bool) -> str:
    kind = kind_called(file.content_type)
    words = {
        "file": file.name if with_names else _("Attachment %(number)d") % {"number": number},
        "kind": kind.ending.removeprefix(".").upper() if kind else file.content_type,
        "size": filesizeformat(file.size),
    }
    return _("%(file)s (%(kind)s, %(size)s)") % words


def _rules(dossier: Dossier, with_names: bool) -> list[Block]:
    """Return what the rules said when it was submitted; of a draft, what they say now."""
    entry = dossier.entry
    record = entry.eligibility if entry.submitted_at is not None else dossier.record
    told = rules_told(record, with_names=with_names)
    rules = {"kind": "rules", "items": [_rule(one) for one in told]}
    return _under(_("What the rules say"), [rules] if told else ())


def _rule(told: RuleTold) -> Block:
    outcomes = {"met": _("Met"), "not_met": _("Not met")}
    reason, wording = (in_language(text) if text else "" for text in (told.reason, told.wording))
    if told.of:
        reason = _("One of these is enough:")
    return {
        "outcome": outcomes.get(told.outcome, _("Cannot be told")),
        "reason": reason or wording,
        "wording": wording if reason else "",
        "of": [_rule(one) for one in told.of],
    }
