"""What may be done to cases and entries, and if not, why: one module per noun."""
