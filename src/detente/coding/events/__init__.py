"""Events by rules: frames of the lexicon over parses."""

from detente.coding.events.code import code_events

__all__ = ["code_events"]
