"""`detente code`: bulk coding to Parquet, without an archive."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.app.cli.add import fields, interval, progress_bar, report_issues
from detente.app.cli.common import note
from detente.coding import DEFAULT

if TYPE_CHECKING:
    from detente.pipeline.bulk import Coded, Step


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command()(code)


def code(
    inputs: Annotated[
        list[str], typer.Argument(metavar="PATH…", help="Files and folders: text, HTML, PDF, JSONL, also gzipped.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the Parquet files go.")],
    executor: Annotated[
        str, typer.Option(help="Where it runs: inline (one process), local (a pool of processes) or ray (a cluster).")
    ] = "local",
    workers: Annotated[
        int | None, typer.Option(min=1, help="How many shards at once; as many as there are processors unless said.")
    ] = None,
    address: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="With --executor ray: an existing cluster, or auto.")
    ] = None,
    shard_size: Annotated[int, typer.Option(min=1, help="Documents in a shard, about.")] = 500,
    seconds: Annotated[float, typer.Option(min=0.1, help="The longest that one document may take.")] = 120.0,
    memory: Annotated[int, typer.Option(min=50, metavar="MB", help="The most memory one document may take.")] = 2000,
    again: Annotated[
        bool, typer.Option("--again", help="Also code anew the shards that hold documents set aside.")
    ] = False,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="The publication date of all inputs, over what they say.")
    ] = None,
    encoding: Annotated[str, typer.Option(help="How text files are encoded.")] = "utf-8",
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=NAME,…", help="Names of JSONL fields: text=body,title=headline."),
    ] = None,
    coder: Annotated[str, typer.Option(help="encoder, rules, encoder-alone or large.")] = DEFAULT,
    codebook: Annotated[Path | None, typer.Option(help="Another folder of data files than detente's own.")] = None,
) -> int:
    """Code many documents into Parquet files by year, without an archive. After a kill the same command goes on.

    `detente add --from DIR` loads the result into an archive.

    Example: detente code articles/ --out coded --executor local --workers 2
    """
    from detente.pipeline import Reading
    from detente.pipeline.bulk import Budget, Bulk, code_bulk
    from detente.pipeline.executors import executor as executor_named

    bulk = Bulk(
        how=Reading(published=interval(published), encoding=encoding, fields=fields(map_)),
        coder=coder,
        codebook=codebook,
        budget=Budget(seconds=seconds, megabytes=memory),
        size=shard_size,
        again=again,
    )
    where = executor_named(executor, workers, address)
    with _steps() as step:
        done = code_bulk(inputs, out, where, bulk, step)
    _report(done, out)
    return 0 if done.well else 1


def _report(done: Coded, out: Path) -> None:
    report_issues(done.issues)
    for name in done.quarantined:
        note(f"set aside: {name}", fg="yellow")
    parts = [f"{done.rows.get('documents', 0):,} documents, {done.rows.get('events', 0):,} events"]
    parts.append(f"{done.done} shards coded" + (f", {done.before} there already" if done.before else ""))
    if done.rows.get("issues"):
        parts.append(f"{done.rows['issues']:,} issues (in {out}/issues)")
    if done.quarantined:
        parts.append(f"{len(done.quarantined)} documents set aside")
    if done.lost:
        parts.append(f"{done.lost} shards not coded")
    if done.dropped:
        parts.append(f"{done.dropped} outdated shards dropped")
    note(" · ".join((*parts, str(out))))


@contextmanager
def _steps() -> Iterator[Callable[[Step], None]]:
    """A bar on a terminal; elsewhere a line for each shard that is safe, which a log can keep."""
    with progress_bar("coding") as bar:

        def step(told: Step) -> None:
            if bar is not None:
                bar(told.done, told.total, told.note.inputs[0] if told.note else "lost")
            elif told.note is not None and "DETENTE_QUIET" not in os.environ:
                note(f"{told.done}/{told.total} {told.note.id} {told.note.rows.get('documents', 0)} documents")

        yield step
