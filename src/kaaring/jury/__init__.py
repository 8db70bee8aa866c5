"""Jurors, panels and recusals; who reads what; scorecards and their marks; the jury's meeting."""
