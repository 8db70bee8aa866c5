"""Pages for: organiser."""
