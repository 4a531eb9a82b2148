"""Measures speed, as ratios in one run."""
