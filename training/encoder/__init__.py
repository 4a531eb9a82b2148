"""Trains the encoder of events; nothing here is needed at run time."""
