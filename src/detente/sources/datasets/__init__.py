"""Reads event datasets: one file for each."""
