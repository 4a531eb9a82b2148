"""What an executor is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import msgspec

from detente import errors
from detente.errors import DetenteError
from detente.model import Record

ATTEMPTS = 5
"""How often an item is tried whose worker is killed or whose node is lost."""


class Work(Record, frozen=True, kw_only=True):
    """Something to be done with each item, named so that any process can make it for itself.

    `make` is `module:function`; called once in each worker with `arguments`, it gives the function that is called with
    each item. What that function holds (a model, an open file) lives as long as the worker.
    """

    make: str
    arguments: Mapping[str, Any] = msgspec.field(default_factory=dict)

    def start(self) -> Callable[[Any], Any]:
        """The function that does it, made in this process."""
        module, _, name = self.make.partition(":")
        made: Callable[[Any], Any] = getattr(import_module(module), name)(**self.arguments)
        return made


class Outcome(Record, frozen=True, kw_only=True):
    """What became of an item: its result, or why there is none."""

    item: Any
    result: Any = None
    lost: str | None = None


Told = tuple[str, str, str | None, str | None]


def told(error: DetenteError) -> Told:
    """An error as plain values, for the way from one process to another."""
    return type(error).__name__, error.what, error.where, error.mend


def raised(values: Told) -> DetenteError:
    """The error that `told` took apart."""
    name, what, where, mend = values
    kind: Any = getattr(errors, name, DetenteError)
    return (DetenteError if kind is errors.MissingExtraError else kind)(what, where=where, mend=mend)


def described(error: Exception) -> str:
    """An unforeseen exception in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


def close(function: Any) -> None:
    """Let go of what a worker's function holds, where it can."""
    end = getattr(function, "close", None)
    if end is not None:
        end()
