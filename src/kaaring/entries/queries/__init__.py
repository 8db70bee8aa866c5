"""Reads of cases and entries: one module per noun."""

from kaaring.entries.queries.access import (
    cases_seen_by,
    cases_written_by,
    colleagues_in,
    entries_seen_by,
    entries_written_by,
    organisations_of,
    parts_of,
)
from kaaring.entries.queries.attachments import attachments_of, attachments_seen_by
from kaaring.entries.queries.dossiers import dossier_of, dossiers_of, facts_of
from kaaring.entries.queries.invoices import (
    Unsent,
    fee_of,
    invoices_of,
    invoices_seen_by,
    state_of,
    totals_of,
    unsent_in,
)
from kaaring.entries.queries.nominees import entries_without_consent, nominee_at
from kaaring.entries.queries.protected import (
    in_words,
    may_read_protected,
    protected_facts_of,
    protected_questions,
    told_of,
)
from kaaring.entries.queries.twins import Twins, twins_in, twins_of

__all__ = [
    "Twins",
    "Unsent",
    "attachments_of",
    "attachments_seen_by",
    "cases_seen_by",
    "cases_written_by",
    "colleagues_in",
    "dossier_of",
    "dossiers_of",
    "entries_seen_by",
    "entries_without_consent",
    "entries_written_by",
    "facts_of",
    "fee_of",
    "in_words",
    "invoices_of",
    "invoices_seen_by",
    "may_read_protected",
    "nominee_at",
    "organisations_of",
    "parts_of",
    "protected_facts_of",
    "protected_questions",
    "state_of",
    "told_of",
    "totals_of",
    "twins_in",
    "twins_of",
    "unsent_in",
]
