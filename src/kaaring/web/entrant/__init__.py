"""Entrants' pages: their cases and entries, joint entries, invoices and feedback."""
