"""Tests: a folder per package; build.py makes valid things, browser/ holds journeys in Chromium."""
