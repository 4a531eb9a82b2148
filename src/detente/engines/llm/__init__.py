"""Prompts to typed replies, with a cache."""
