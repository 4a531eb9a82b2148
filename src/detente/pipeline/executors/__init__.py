"""Where work runs: inline, local processes, Ray."""
