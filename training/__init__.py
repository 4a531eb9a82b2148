"""The bank of annotated passages, and what is trained on it. Nothing here is needed at run time."""
