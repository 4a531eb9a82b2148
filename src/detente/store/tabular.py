"""What all answers have in common: whatever gives Arrow can be handed to a table library, none of which is required."""

from __future__ import annotations

import importlib
from typing import Any

from detente.errors import MissingExtraError


class Tabular:
    """Rows with `__arrow_c_stream__`, as data frames."""

    def to_polars(self) -> Any:
        """The rows as a `polars.DataFrame`.

        Raises:
            MissingExtraError: if Polars is not installed.
        """
        return _library("polars", "to_polars()").DataFrame(self)

    def to_pandas(self) -> Any:
        """The rows as a `pandas.DataFrame` (pandas 3).

        Raises:
            MissingExtraError: if pandas is not installed.
        """
        return _library("pandas", "to_pandas()").DataFrame.from_arrow(self)


class _MissingLibraryError(MissingExtraError):
    """A table library that detente can hand its rows to, and does without, is needed."""

    def __init__(self, library: str, needed_by: str) -> None:
        super().__init__(library, needed_by)
        self.what, self.mend = f"{needed_by} needs {library}, which is not installed", f"pip install {library}"


def _library(name: str, needed_by: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise _MissingLibraryError(name, needed_by) from error
