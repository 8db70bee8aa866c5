"""Standings, the rounding, decisions, and published runs that never change."""
