"""Tests: a folder per package; build.py makes valid things, browser/ holds journeys in Chromium."""

from hypothesis import settings

settings.register_profile("kaaring", settings.default, deadline=None)
settings.load_profile("kaaring")
