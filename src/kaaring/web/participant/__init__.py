"""Pages for: participant."""
