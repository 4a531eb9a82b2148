"""Where work runs: here, in processes of this machine, or on a Ray cluster. What the work is executors do not know."""

from __future__ import annotations

from detente.errors import UsageError
from detente.model import Executor
from detente.pipeline.executors.cell import Cell, Died
from detente.pipeline.executors.work import Outcome, Work

EXECUTORS = ("inline", "local", "ray")
"""The executors there are, by name."""


def executor(name: str, workers: int | None = None, address: str | None = None) -> Executor:
    """The executor of that name.

    Args:
        name: One of `EXECUTORS`.
        workers: How many things are done at once; as many as there are processors if None. Inline does one.
        address: For `ray`: an existing cluster's address, `auto` for the one this machine belongs to; a cluster of
            this machine alone is started if None.

    Raises:
        UsageError: for another name.
        MissingExtraError: for `ray` where Ray is not installed.
    """
    if name == "inline":
        from detente.pipeline.executors.inline import Inline

        return Inline()
    if name == "local":
        from detente.pipeline.executors.local import Local

        return Local(workers)
    if name == "ray":
        from detente.pipeline.executors.ray import Ray

        return Ray(workers, address)
    raise UsageError(f"no executor is called {name!r}", mend=f"these are: {', '.join(EXECUTORS)}")


__all__ = ["EXECUTORS", "Cell", "Died", "Outcome", "Work", "executor"]
