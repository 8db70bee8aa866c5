"""Everything that can happen to programmes and editions."""

from kaaring.programmes.actions.editions import as_document, digest_of, freeze_rules, store_rules

__all__ = ["as_document", "digest_of", "freeze_rules", "store_rules"]
