"""Accounts, organisers, and who belongs to them."""
