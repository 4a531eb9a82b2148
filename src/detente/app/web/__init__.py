"""The pages: rendered here, complete without a script, the address is the whole state."""
