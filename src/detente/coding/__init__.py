"""Codes events, statements, figures and drivers."""

DEFAULT = "encoder"
"""The coder that is used where none is named; `detente.pipeline.process.CODERS` has them all."""
