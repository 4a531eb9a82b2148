"""`detente add`: read, code and link documents into the archive."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.app.cli.common import ARCHIVE, ArchiveOption, day, note, open_archive
from detente.coding import DEFAULT
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.model import Interval, Issue
    from detente.pipeline import Added


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command()(add)


def add(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH|URL|FEED|-…",
            help="Files (text, HTML, PDF, JSONL), folders, addresses of pages or feeds, or - for standard input.",
            show_default=False,
        ),
    ] = None,
    archive: ArchiveOption = ARCHIVE,
    from_: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="Load what `detente code … --out DIR` wrote.")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The publication date of all inputs, over what they say themselves."),
    ] = None,
    encoding: Annotated[str, typer.Option(help="How text files are encoded.")] = "utf-8",
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="FIELD=NAME,…", help="Names of JSONL fields: text=body,title=headline. May be repeated."
        ),
    ] = None,
    coder: Annotated[str, typer.Option(help="encoder, rules, encoder-alone or large.")] = DEFAULT,
    codebook: Annotated[Path | None, typer.Option(help="Another folder of data files than detente's own.")] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also fetch from this machine and private networks.")
    ] = False,
    seconds: Annotated[float, typer.Option(min=0.1, help="The longest that one document may take.")] = 120.0,
    memory: Annotated[int, typer.Option(min=50, metavar="MB", help="The most memory one document may take.")] = 2000,
) -> int:
    """Read, code and link documents into the archive. Safe to repeat or to kill: nothing is added twice.

    Example: detente add articles/
    """
    from detente.codebook import Codebook
    from detente.pipeline import Budget, Reading

    if not inputs and from_ is None:
        raise UsageError("nothing to add", mend="name files, folders or addresses, or --from DIR")
    how = Reading(published=interval(published), encoding=encoding, fields=fields(map_), allow_private=allow_private)
    book = Codebook.load(codebook)
    into = open_archive(archive, create=True)
    with progress_steps() as step:
        done = into.add(
            *(inputs or ()),
            coded=from_,
            how=how,
            coder=coder,
            book=book,
            progress=step,
            budget=Budget(seconds=seconds, megabytes=memory),
        )
    _report(done, into.location)
    return 1 if any(issue.level == "error" for issue in done.issues) else 0


def interval(text: str | None) -> Interval | None:
    """The stretch of days that a user's date names."""
    from detente.model import Interval

    if text is None:
        return None
    start, end = day(text), day(text, last=True)
    assert start is not None
    assert end is not None
    return Interval(start=start, end=end, precision="day" if start == end else "span")


def fields(given: Sequence[str] | None) -> dict[str, str]:
    """The names of fields that a user's `--map` gives.

    Raises:
        UsageError: for a field that documents do not have.
    """
    from detente.pipeline import FIELDS

    pairs = [pair.partition("=") for pair in ",".join(given or ()).split(",") if pair.strip()]
    for field, equals, _ in pairs:
        if not equals or field.strip() not in FIELDS:
            raise UsageError(
                f"--map does not know {field.strip()!r}",
                mend=f"fields are {', '.join(FIELDS)}: text=body,title=headline",
            )
    return {field.strip(): name.strip() for field, _, name in pairs}


def report_issues(issues: Iterable[Issue]) -> None:
    """A line on standard error for each."""
    for issue in issues:
        note(
            f"{issue.level}: {issue.where}: {issue.what}{f' ({issue.mend})' if issue.mend else ''}",
            fg="red" if issue.level == "error" else "yellow",
        )


def _report(done: Added, location: str) -> None:
    report_issues(done.issues)
    parts = [f"{len(done.new)} added"]
    if done.known:
        parts.append(f"{done.known} there already")
    failed = sum(issue.level == "error" for issue in done.issues)
    if failed:
        parts.append(f"{failed} not added")
    note(f"{', '.join(parts)} · {location}")


@contextmanager
def progress_steps() -> Iterator[Callable[[str], None]]:
    """A bar on standard error where that is a terminal, and nothing elsewhere."""
    with progress_bar("reading") as bar:
        count = 0

        def step(name: str) -> None:
            nonlocal count
            count += 1
            if bar is not None:
                bar(count, None, name)

        yield step


@contextmanager
def progress_bar(start: str) -> Iterator[Callable[[int, int | None, str], None] | None]:
    """What moves a bar on standard error, told how many of how many and what; None where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(start, total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=name[-48:])
