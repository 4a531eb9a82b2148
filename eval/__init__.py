"""Measures detente against gold and against outside benchmarks given by path."""
