"""Every error that detente raises on purpose, as one tree.

    DetenteError                 anything a user can act on; never shown as a traceback
    ├── UsageError               the call or command line is wrong (exit status 2)
    │   └── ChoiceError          a word is not one of those that may stand there: lists them
    ├── CodebookError            a file of the codebook is wrong: names file, line and what is allowed
    ├── SourceError              an input could not be read: names the input, the cause and the mend
    ├── ArchiveError             the archive could not be opened, read or written
    │   ├── ArchiveMissingError  there is no archive where one was named
    │   └── NoReadingError       nothing is recorded that a barometer could be read from
    ├── EngineError              a model or an endpoint did not answer as it must
    └── MissingExtraError        an optional dependency is needed: names the extra that brings it

Trouble found in data is not an error but an `Issue` (`detente.model.Issue`): a row, not an exception.
"""

from __future__ import annotations


class DetenteError(Exception):
    """Base of all errors of detente.

    Args:
        what: What was wrong, in one line.
        where: The file, table or argument concerned, if there is one.
        mend: What the user can do about it, if it is known.
    """

    def __init__(self, what: str, *, where: str | None = None, mend: str | None = None) -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(what)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head} ({self.mend})" if self.mend else head


class UsageError(DetenteError):
    """The call or the command line is wrong."""


class ChoiceError(UsageError):
    """A word is not one of those that may stand there."""


class CodebookError(DetenteError):
    """A file of the codebook does not say what it must."""


class SourceError(DetenteError):
    """An input could not be read."""


class ArchiveError(DetenteError):
    """The archive could not be opened, read or written."""


class ArchiveMissingError(ArchiveError):
    """There is no archive where one was named."""


class NoReadingError(ArchiveError):
    """Nothing is recorded that a barometer could be read from."""


class EngineError(DetenteError):
    """A model or an endpoint did not answer as it must."""


class MissingExtraError(DetenteError):
    """An optional dependency is needed.

    Args:
        extra: The extra of the package that brings it.
        needed_by: The command or function that needs it.
    """

    def __init__(self, extra: str, needed_by: str) -> None:
        self.extra = extra
        super().__init__(
            f"{needed_by} needs the extra '{extra}', which is not installed",
            mend=f"pip install 'detente[{extra}]'",
        )
