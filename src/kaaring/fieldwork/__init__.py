"""Enquiries and what came of them: evaluations with answers, points and comments."""
