"""Gauges how warm or cold a relation is."""
