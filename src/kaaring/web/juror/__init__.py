"""Jurors' pages: what to read, the reading page with its scorecard, the meeting."""
