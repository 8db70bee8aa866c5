"""Measurements: `make bench` runs them all, as ratios in one run."""
