"""Words the brief."""
