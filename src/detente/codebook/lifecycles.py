"""The lifecycles of matters as state machines, from `data/lifecycles.yml`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from detente.codebook.reading import load_yaml, nearest
from detente.errors import CodebookError
from detente.model import MatterKind


class Lifecycle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The states of one kind of matter and the moves between them."""

    usual: tuple[str, ...]
    begins: tuple[str, ...]
    open: tuple[str, ...]
    moves: dict[str, tuple[str, ...]]

    @property
    def statuses(self) -> tuple[str, ...]:
        """All states, in the order of the file."""
        return tuple(self.moves)

    def allows(self, before: str | None, after: str) -> bool:
        """Whether a matter in state `before` (None: not known yet) may be in `after` next. Staying is no move."""
        if before is None:
            return after in self.begins or after in self.moves
        return after == before or after in self.moves[before]

    def is_open(self, status: str | None) -> bool:
        """Whether a matter in this state still runs; one whose state is unknown is taken to run."""
        return status is None or status in self.open


class Lifecycles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One lifecycle for each kind of matter."""

    agreement: Lifecycle
    measure: Lifecycle
    dispute: Lifecycle
    channel: Lifecycle

    def of(self, kind: MatterKind) -> Lifecycle:
        """The lifecycle of a kind of matter."""
        return {"agreement": self.agreement, "measure": self.measure, "dispute": self.dispute, "channel": self.channel}[
            kind
        ]

    @classmethod
    def load(cls, path: Path) -> Lifecycles:
        """Loads and checks `lifecycles.yml`: every state named anywhere must have its moves.

        Raises:
            CodebookError: naming file, line and what is allowed.
        """
        lifecycles, lines = load_yaml(path, cls)
        for kind in ("agreement", "measure", "dispute", "channel"):
            cycle: Lifecycle = getattr(lifecycles, kind)
            named: dict[tuple[str, ...], tuple[str, ...]] = {
                ("usual",): cycle.usual,
                ("begins",): cycle.begins,
                ("open",): cycle.open,
                **{("moves", before): after for before, after in cycle.moves.items()},
            }
            for keys, statuses in named.items():
                for status in statuses:
                    if status not in cycle.moves:
                        raise CodebookError(
                            f"{status!r} is no state of a {kind}",
                            where=f"{path}:{nearest(lines, (kind, *keys))}",
                            mend=f"allowed: {', '.join(cycle.moves)}",
                        )
        return lifecycles
