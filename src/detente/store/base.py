"""What asking and writing share: where the archive is, and the view of it that is up to date."""

from __future__ import annotations

from datetime import datetime

from detente.store.lake import Lake
from detente.store.session import Engine, Session


class Base:
    """An open archive without its questions.

    Args:
        lake: The tables.
        until: The instant up to which rows are seen; None for now.
    """

    def __init__(self, lake: Lake, until: datetime | None = None) -> None:
        self._lake, self._until = lake, until
        self._lock = lake.lock  # one lock: a commit asks while it holds it
        self._session: Session | None = None
        self._engine: Engine | None = None
        self._pinned = False

    @property
    def location(self) -> str:
        """The folder, absolute, or the URL."""
        return self._lake.location

    @property
    def version(self) -> int:
        """The archive's version: that of the Delta table `documents`, which every added batch raises by one."""
        return self._lake.version("documents")

    @property
    def until(self) -> datetime | None:
        """The instant up to which this archive is read; None for now."""
        return self._until

    def __repr__(self) -> str:
        return f"<Archive {self.location}{f' as of {self._until.isoformat()}' if self._until else ''}>"

    def _view(self, *names: str) -> Session:
        with self._lock:
            view = self._session
            if self._pinned and view is not None:
                return view
            if view is None or any(self._lake.version(name) != s.version for name, s in view.snapshots.items()):
                self._engine = self._engine or self._new_engine()
                view = self._session = self._engine.session(self._until)
            view.ensure(names, self._lake.snapshot)
            return view

    def _new_engine(self) -> Engine:
        return Engine(self.location, self._lake.folders())
