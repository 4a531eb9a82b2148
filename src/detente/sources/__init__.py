"""Reads inputs into documents: one reader for each medium."""

from detente.sources.read import SUFFIXES, Reading, dated, files_in, is_lines, read

__all__ = ["SUFFIXES", "Reading", "dated", "files_in", "is_lines", "read"]
