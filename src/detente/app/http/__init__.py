"""The server: who may ask, what of, and the HTTP API. It reads an archive and does nothing else."""
