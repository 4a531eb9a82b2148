"""Reads inputs into documents: one reader for each medium."""

from detente.sources.read import SUFFIXES, Reading, files_in, read

__all__ = ["SUFFIXES", "Reading", "files_in", "read"]
