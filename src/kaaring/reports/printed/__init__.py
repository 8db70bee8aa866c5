"""A report as the template draws it: chapters of blocks, every word and figure ready in one language."""
