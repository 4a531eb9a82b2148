"""The command line. `main` is the only place that turns errors into messages and exit statuses."""

from __future__ import annotations

import os
import sys

import typer

from detente.errors import DetenteError, UsageError

DONE, FAILED, WRONG_USAGE = 0, 1, 2


def application() -> typer.Typer:
    """The commands, gathered from one module for each group."""
    from detente.app.cli import add, ask, barometer, brief, care, code, demo, forecast, importing, matters, ref, serve

    app = typer.Typer(
        name="detente",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        help="Keeps the file on relations between states: events, matters, statements and figures, each with "
        "the words that prove it.",
    )
    app.callback(invoke_without_command=True)(_root)
    for group in (add, code, importing, brief, barometer, forecast, ask, matters, care, ref, demo, serve):
        group.register(app)
    return app


def _root(version: bool = typer.Option(False, "--version", help="Print the version and stop.", is_eager=True)) -> None:
    if version:
        from detente.version import VERSION

        print(f"detente {VERSION}")
        raise typer.Exit


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and exits: 0 done, 1 failed or partly failed work, 2 wrong usage."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Runs a command and gives its exit status; errors are one line on standard error, never a traceback."""
    from typer.main import get_command

    command = get_command(application())
    try:
        status = command.main(arguments, prog_name="detente", standalone_mode=False)
    except DetenteError as error:
        typer.secho(f"error: {error}", err=True, fg="red")
        return WRONG_USAGE if isinstance(error, UsageError) else FAILED
    except BrokenPipeError:
        # The reader of our output has gone (`detente events | head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        typer.secho("stopped; what was committed is kept, and the same command goes on from there", err=True)
        return FAILED
    except Exception as error:  # typer's own usage errors print themselves
        if hasattr(error, "show") and hasattr(error, "exit_code"):
            error.show()
            return int(error.exit_code)
        if type(error).__name__ == "Abort":
            return FAILED
        raise
    return int(status) if isinstance(status, int) else DONE
