"""Everything that can happen to cases and entries: one module per noun."""

from kaaring.entries.actions.attachments import attach, remove_attachment, sweep_files
from kaaring.entries.actions.cases import change_case, discard_case, duplicate_case, start_case
from kaaring.entries.actions.colleagues import (
    accept_invitation,
    add_organisation,
    change_organisation,
    end_affiliation,
    invite_colleague,
    join_organisation,
    withdraw_colleague_invitation,
)
from kaaring.entries.actions.corrections import answer_correction, ask_correction
from kaaring.entries.actions.declarations import check_declaration, declare, take_declaration_back
from kaaring.entries.actions.entries import (
    allow_late,
    assign_division,
    choose_division,
    enter,
    leave_category,
    submit_entry,
    take_back,
    withdraw_entry,
    write_answer,
)
from kaaring.entries.actions.invoices import (
    credit_invoice,
    issue_invoice,
    issue_invoices,
    mark_paid,
    undo_payment,
)
from kaaring.entries.actions.leaves import give_leave, take_leave_back
from kaaring.entries.actions.merging import agree_to_merge, ask_merge, decline_merge, merge_cases
from kaaring.entries.actions.nominees import ask_consent, consent, decline, name_nominee, remove_nominee
from kaaring.entries.actions.parties import approve_part, change_part, change_role, name_party, remove_party
from kaaring.entries.actions.payments import import_payments
from kaaring.entries.actions.protected import (
    encrypt_again,
    give_protected,
    read_protected,
    remove_protected,
)
from kaaring.entries.rules.cases import CaseChanges, FigureRow
from kaaring.entries.rules.nominees import NomineeDetails

__all__ = [
    "CaseChanges",
    "FigureRow",
    "NomineeDetails",
    "accept_invitation",
    "add_organisation",
    "agree_to_merge",
    "allow_late",
    "answer_correction",
    "approve_part",
    "ask_consent",
    "ask_correction",
    "ask_merge",
    "assign_division",
    "attach",
    "change_case",
    "change_organisation",
    "change_part",
    "change_role",
    "check_declaration",
    "choose_division",
    "consent",
    "credit_invoice",
    "declare",
    "decline",
    "decline_merge",
    "discard_case",
    "duplicate_case",
    "encrypt_again",
    "end_affiliation",
    "enter",
    "give_leave",
    "give_protected",
    "import_payments",
    "invite_colleague",
    "issue_invoice",
    "issue_invoices",
    "join_organisation",
    "leave_category",
    "mark_paid",
    "merge_cases",
    "name_nominee",
    "name_party",
    "read_protected",
    "remove_attachment",
    "remove_nominee",
    "remove_party",
    "remove_protected",
    "start_case",
    "submit_entry",
    "sweep_files",
    "take_back",
    "take_declaration_back",
    "take_leave_back",
    "undo_payment",
    "withdraw_colleague_invitation",
    "withdraw_entry",
    "write_answer",
]
