"""Finds matters, follows their lifecycle and links them across documents."""
