"""Machinery without politics: patterns over parses, encoders, language models."""
