"""Cleans and annotates: marks the text, never rewrites it."""
