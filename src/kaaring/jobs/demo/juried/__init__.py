"""Juried editions of the demonstration, as plans: invented houses, people and texts, from a seed."""
