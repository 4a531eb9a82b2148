"""Patterns over parses."""
