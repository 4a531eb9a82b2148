"""Ray Core actors: one for each worker, so that what the work holds is loaded once. Ray moves no data.

https://docs.ray.io/en/latest/ray-core/fault_tolerance/actors.html: an actor that dies is replaced by a new one here,
rather than by Ray's own restarts, because Ray counts no attempts of one item and would try a deadly one for ever.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Any

from detente.errors import DetenteError, EngineError, MissingExtraError
from detente.pipeline.executors.work import ATTEMPTS, Outcome, Work, described, raised, told

ANSWER_SECONDS = 20.0
"""How long a cluster may take to answer at all."""

STORE_BYTES = 100_000_000
"""Ray's object store on this machine: items and outcomes are small."""


class Worker:
    """The actor: makes the work's function when first asked, and then keeps it."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._function: Any = None

    def do(self, item: Any) -> tuple[str, Any]:
        """How it went and what came of it; never an exception, so that a death is the only one."""
        try:
            if self._function is None:
                self._function = self._work.start()
            return "done", self._function(item)
        except DetenteError as error:
            return "refused", told(error)
        except Exception as error:
            return "failed", described(error)


class Ray:
    """Runs work on a Ray cluster.

    Args:
        workers: How many actors; as many as the cluster has processors if None.
        address: An existing cluster's address; None uses the one this process is connected to, or starts one of this
            machine alone and ends it afterwards.

    Raises:
        MissingExtraError: if Ray is not installed.
    """

    def __init__(self, workers: int | None = None, address: str | None = None) -> None:
        if find_spec("ray") is None:
            raise MissingExtraError("ray", "--executor ray")
        self.workers, self._address = workers or 0, address

    def map(self, work: Work, items: Iterable[Any]) -> Iterator[Outcome]:
        """Outcomes, as they come. Items are taken only as workers are free.

        Raises:
            DetenteError: what the work raised on purpose; nothing more is done then.
            EngineError: if the cluster cannot be reached.
        """
        import ray

        mine = not ray.is_initialized()
        if mine:
            self._connect()
        try:
            self.workers = self.workers or max(1, int(_resources().get("CPU", 1)))
            yield from _Crew(work, iter(items), self.workers).outcomes()
        finally:
            if mine:
                ray.shutdown()

    def _connect(self) -> None:
        if self._address and self._address != "auto":
            _knock(self._address)
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing leaves the machine
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        import ray

        own: dict[str, Any] = {"num_cpus": self.workers or None, "object_store_memory": STORE_BYTES}
        try:
            ray.init(
                address=self._address or "local",
                include_dashboard=None if self._address else False,
                log_to_driver=False,
                logging_level=logging.ERROR,
                **({} if self._address else own),
            )
        except (ConnectionError, RuntimeError, ValueError, TimeoutError) as error:
            raise _unreached(self._address, error) from error


def _knock(address: str) -> None:
    """Whether anything answers there; Ray itself tries for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=ANSWER_SECONDS).close()
    except (OSError, ValueError) as error:
        raise _unreached(address, error) from error


def _unreached(address: str | None, error: Exception) -> EngineError:
    return EngineError(
        f"no Ray cluster can be reached: {described(error)}",
        where=address,
        mend="`ray status` says more; leave --address out to use this machine alone",
    )


def _resources() -> dict[str, float]:
    import ray

    found: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
    return found


class _Crew:
    """The actors, and which of them is at what."""

    def __init__(self, work: Work, items: Iterator[Any], workers: int) -> None:
        import ray

        self._ray, self._work, self._items, self._workers = ray, work, items, workers
        self._actor: Any = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Worker)
        self._actors: list[Any] = []
        self._busy: dict[Any, tuple[Any, Any, int]] = {}  # future: actor, item, which attempt

    def outcomes(self) -> Iterator[Outcome]:
        """Outcomes as they come. No actor is left on the cluster, however this ends."""
        try:
            yield from self._outcomes()
        finally:
            for actor in list(self._actors):
                self._dismiss(actor)

    def _outcomes(self) -> Iterator[Outcome]:
        for item in self._items:
            self._give(self._hire(), item)
            if len(self._busy) == self._workers:
                break
        while self._busy:
            ready, _ = self._ray.wait(list(self._busy), num_returns=1)
            for future in ready:
                actor, item, turn = self._busy.pop(future)
                outcome = self._outcome(future, actor, item, turn)
                if outcome is None:
                    continue
                lost, found = outcome
                following = next(self._items, self)
                if following is not self:
                    self._give(self._hire() if lost else actor, following)
                elif not lost:
                    self._dismiss(actor)  # its place may be the only one left for an item that is tried again
                yield found

    def _hire(self) -> Any:
        actor = self._actor.remote(self._work)
        self._actors.append(actor)
        return actor

    def _dismiss(self, actor: Any) -> None:
        self._actors.remove(actor)
        self._ray.kill(actor)

    def _give(self, actor: Any, item: Any, turn: int = 1) -> None:
        self._busy[actor.do.remote(item)] = (actor, item, turn)

    def _outcome(self, future: Any, actor: Any, item: Any, turn: int) -> tuple[bool, Outcome] | None:
        """Whether the actor is lost and what became of the item; None where it is tried again."""
        try:
            kind, value = self._ray.get(future)
        except self._ray.exceptions.RayError as error:
            self._dismiss(actor)
            if turn < ATTEMPTS:
                self._give(self._hire(), item, turn + 1)
                return None
            return True, Outcome(item=item, lost=described(error))
        if kind == "refused":
            raise raised(value)
        if kind == "failed":
            return False, Outcome(item=item, lost=value)
        return False, Outcome(item=item, result=value)
