"""What is done with one shard: read, code each document, write, note that it is done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from detente.errors import ArchiveError
from detente.model import Coding, Issue, issue
from detente.pipeline.bulk.coder import STAGE, Budget, GuardedCoder
from detente.pipeline.bulk.plan import Shard, ShardReader
from detente.pipeline.executors import Work
from detente.sources import Reading
from detente.store.shards import ShardNote, ShardWriter, read_note


class ShardWorker:
    """Codes shards; holds the coder's process between them.

    Args:
        out: The folder of the output.
        how: How to read.
        work: What codes a document.
        budget: What a document may cost.
        again: Whether a shard that is done is done again.
    """

    def __init__(self, out: Path, how: Reading, work: Work, budget: Budget, again: bool = False) -> None:
        self._out, self._again = out, again
        self._read, self._code = ShardReader(how), GuardedCoder(work, budget)

    def __call__(self, shard: Shard) -> ShardNote:
        """The note of a shard that is done now.

        Raises:
            ArchiveError: if it cannot be written.
            SourceError: if it cannot be read any more.
        """
        done = None if self._again else read_note(self._out, shard.id)
        if done is not None:  # another worker was thought dead and was not
            return done
        writer, aside = ShardWriter(self._out), []
        for item in self._read(shard):
            if isinstance(item, Issue):
                writer.add_issue(item)
            elif item.id not in writer:
                found = self._code(item)
                trouble = _added(writer, found) if isinstance(found, Coding) else found
                if trouble is not None:
                    writer.add_issue(trouble)
                    if trouble.stage == STAGE:
                        aside.append(item.name)
        note = ShardNote(
            id=shard.id,
            inputs=shard.inputs,
            first=shard.first,
            count=shard.count,
            rows={},
            quarantined=tuple(aside),
        )
        return writer.commit(note)

    def close(self) -> None:
        """Let go of the coder's process and the open file."""
        self._read.close()
        self._code.close()


def _added(writer: ShardWriter, coding: Coding) -> Issue | None:
    try:
        writer.add(coding)
    except ArchiveError as error:  # a text that is not Unicode: the document is wrong, not the disk
        return issue("code", coding.document.name, f"{error.where}: {error.what}", document_id=coding.document.id)
    return None


def make_worker(out: str, how: bytes, work: bytes, budget: bytes, again: bool) -> ShardWorker:
    """A `ShardWorker` from plain values, wherever it is wanted."""
    return ShardWorker(
        Path(out),
        msgspec.json.decode(how, type=Reading),
        msgspec.json.decode(work, type=Work),
        msgspec.json.decode(budget, type=Budget),
        again,
    )


def shard_work(out: Path, how: Reading, work: Work, budget: Budget, again: bool) -> Work:
    """The work of coding shards."""
    parts = {"how": how, "work": work, "budget": budget}
    plain: dict[str, Any] = {name: msgspec.json.encode(part) for name, part in parts.items()}
    return Work(
        make="detente.pipeline.bulk.worker:make_worker",
        arguments={"out": str(out), "again": again, **plain},
    )
