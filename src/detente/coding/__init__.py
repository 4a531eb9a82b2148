"""Codes events, statements, figures and drivers."""
