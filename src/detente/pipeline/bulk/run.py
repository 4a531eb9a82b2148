"""A run of bulk coding: plan, hand the shards that are not done to an executor, keep the manifest."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from detente.codebook import Codebook
from detente.coding import DEFAULT
from detente.errors import UsageError
from detente.model import Executor, Issue, Record, issue
from detente.pipeline.bulk.coder import Budget, coding_work
from detente.pipeline.bulk.plan import SIZE, Shard, plan, reading_key
from detente.pipeline.bulk.worker import shard_work
from detente.pipeline.executors import Work
from detente.pipeline.process import coder_named
from detente.sources import Reading
from detente.store.files import sweep_parts
from detente.store.shards import NOTES, ShardNote, drop, notes, read_note, write_json
from detente.store.trouble import guarded
from detente.version import VERSION

MANIFEST = "_manifest.json"


class Bulk(Record, frozen=True, kw_only=True):
    """How to code in bulk.

    `again` codes shards that hold documents set aside once more; `work` is what codes a document, made from `coder` and
    `codebook` if None.
    """

    how: Reading = msgspec.field(default_factory=Reading)
    coder: str = DEFAULT
    codebook: Path | None = None
    budget: Budget = msgspec.field(default_factory=Budget)
    size: int = SIZE
    again: bool = False
    work: Work | None = None


class Coded(Record, frozen=True, kw_only=True):
    """What a run did: shards coded now, done before, and lost; rows by layer of all of them; the trouble met."""

    done: int
    before: int
    lost: int
    rows: dict[str, int]
    quarantined: tuple[str, ...]
    issues: tuple[Issue, ...]
    dropped: int
    manifest: Path

    @property
    def well(self) -> bool:
        """Whether all was coded."""
        return not self.lost and not self.quarantined and not self.issues


class Step(Record, frozen=True, kw_only=True):
    """Told after each shard: how many of how many are done, and the shard's note (None where it was lost)."""

    done: int
    total: int
    note: ShardNote | None


def code_bulk(
    inputs: Sequence[str | Path],
    out: Path,
    executor: Executor,
    bulk: Bulk = Bulk(),  # noqa: B008 (frozen)
    progress: Callable[[Step], None] | None = None,
) -> Coded:
    """Codes files and folders into Parquet. Safe to repeat and to kill: what is done is not done again.

    Args:
        inputs: Files and folders; the workers must see them, and `out`, under the same names.
        out: The folder for the output.
        executor: Where it runs.
        bulk: How.
        progress: Called after each shard, when it is safe on the disk.

    Raises:
        UsageError: for an input that is no file, or a folder that holds something else.
        ArchiveError: if the output cannot be written; what is done so far stays.
    """
    started, config = datetime.now(UTC), configuration(bulk)
    _take(out)
    shards, issues = _planned(inputs, config, bulk.size)
    finished = {shard.id: note for shard in shards if (note := read_note(out, shard.id)) is not None}
    if bulk.again:
        finished = {name: note for name, note in finished.items() if not note.quarantined}
    todo = [shard for shard in shards if shard.id not in finished]
    before = len(finished)
    facts = _facts(bulk, executor, inputs, config, started)
    write_json(out / MANIFEST, {**facts, "complete": False, "ended": None, "shards": len(shards)})
    work = shard_work(out, bulk.how, bulk.work or coding_work(bulk.coder, bulk.codebook), bulk.budget, bulk.again)
    lost = []
    try:
        for outcome in executor.map(work, todo) if todo else ():
            shard: Shard = outcome.item
            if outcome.lost is None:
                finished[shard.id] = outcome.result
            else:
                lost.append(_lost(shard, outcome.lost))
            if progress:
                progress(Step(done=len(finished), total=len(shards), note=outcome.result))
    finally:  # where one worker's trouble ends the run, the others are killed, maybe while they write
        sweep_parts(out)
    dropped = 0 if lost else _drop_stale(out, shards)
    coded = Coded(
        done=len(finished) - before,
        before=before,
        lost=len(lost),
        rows=_sums(finished.values()),
        quarantined=tuple(name for shard in shards if shard.id in finished for name in finished[shard.id].quarantined),
        issues=(*issues, *lost),
        dropped=dropped,
        manifest=out / MANIFEST,
    )
    write_json(out / MANIFEST, {**facts, **_results(coded, shards, facts)})
    return coded


def _take(out: Path) -> None:
    """Make the folder ours: new, empty, or of a run before."""
    with guarded(str(out)):
        out.mkdir(parents=True, exist_ok=True)
        if not (out / NOTES).is_dir() and any(path.name != MANIFEST for path in out.iterdir()):
            raise UsageError("holds something else", where=str(out), mend="name an empty or a new folder with --out")
        (out / NOTES).mkdir(exist_ok=True)
        sweep_parts(out)


def configuration(bulk: Bulk) -> str:
    """What decides the output beside the input, as text: it goes into each shard's id.

    Raises:
        UsageError: where there is no coder of that name.
        CodebookError: where the codebook is wrong.
    """
    book = Codebook.load(bulk.codebook)
    coder = coder_named(bulk.coder)
    version = getattr(coder, "version", VERSION)
    made = bulk.work.make if bulk.work else ""
    return "|".join((VERSION, bulk.coder, str(version), made, _digest(book.folder), reading_key(bulk.how)))


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _planned(inputs: Sequence[str | Path], config: str, size: int) -> tuple[list[Shard], list[Issue]]:
    shards: dict[str, Shard] = {}
    issues = []
    for item in plan(inputs, config, size):
        if isinstance(item, Issue):
            issues.append(item)
        else:
            shards[item.id] = item
    return list(shards.values()), issues


def _lost(shard: Shard, why: str) -> Issue:
    where = shard.inputs[0] if len(shard.inputs) == 1 else f"{shard.inputs[0]} … {shard.inputs[-1]}"
    lines = f"lines {shard.first} to {shard.first + shard.count - 1}" if shard.lines else f"{shard.count} files"
    return issue("bulk", where, f"{lines} were not coded: {why}", mend="the same command tries them again")


def _drop_stale(out: Path, shards: Sequence[Shard]) -> int:
    """Delete shards of these inputs as they were, or as they were coded, before."""
    wanted, inputs = {shard.id for shard in shards}, {path for shard in shards for path in shard.inputs}
    stale = [note for note in notes(out) if note.id not in wanted and inputs.intersection(note.inputs)]
    for note in stale:
        drop(out, note)
    return len(stale)


def _sums(found: Any) -> dict[str, int]:
    rows: dict[str, int] = {}
    for note in found:
        for name, count in note.rows.items():
            rows[name] = rows.get(name, 0) + count
    return rows


def _facts(
    bulk: Bulk, executor: Executor, inputs: Sequence[str | Path], config: str, started: datetime
) -> dict[str, Any]:
    return {
        "detente": VERSION,
        "coder": bulk.coder,
        "configuration": config,
        "inputs": [str(path) for path in inputs],
        "shard_size": bulk.size,
        "budget": msgspec.to_builtins(bulk.budget),
        "executor": type(executor).__name__.lower(),
        "workers": executor.workers or None,
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "started": started.isoformat(timespec="seconds"),
    }


def _results(coded: Coded, shards: Sequence[Shard], facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "complete": not coded.lost,
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "shards": len(shards),
        "coded_now": coded.done,
        "coded_before": coded.before,
        "lost": coded.lost,
        "rows": coded.rows,
        "quarantined": list(coded.quarantined),
        "issues": [msgspec.to_builtins(found) for found in coded.issues],
    }
