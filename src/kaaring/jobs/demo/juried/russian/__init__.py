"""The Russian edition, in Russian."""
