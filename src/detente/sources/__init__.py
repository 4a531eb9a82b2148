"""Reads inputs into documents: one reader for each medium."""
