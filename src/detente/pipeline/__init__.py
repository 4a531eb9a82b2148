"""Composes the stages; knows their order and where they run."""
