"""How much of an input detente takes, and decoding with the trouble named."""

from __future__ import annotations

from detente.errors import SourceError

MAX_TEXT_BYTES = 10_000_000
MAX_HTML_BYTES = 2_000_000
MAX_LINE_BYTES = 10_000_000


def checked_size(size: int, limit: int, where: str) -> None:
    """Raises SourceError where an input is empty or larger than `limit` bytes."""
    if size == 0:
        raise SourceError("is empty", where=where, mend="leave it out, or check how it was saved")
    if size > limit:
        raise SourceError(
            f"has {size:,} bytes, a document at most {limit:,}",
            where=where,
            mend="split it into its articles, or give them as JSONL",
        )


def decoded(data: bytes, where: str, encoding: str = "utf-8") -> str:
    """Text from bytes, line ends as line feeds, without a byte-order mark.

    Args:
        data: The bytes.
        where: What to call them in an error.
        encoding: The encoding to read; UTF-16 with a byte-order mark is recognised by itself.

    Raises:
        SourceError: where the bytes are binary or not in that encoding.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\x00" in data[:8192]:
        raise SourceError("is a binary file", where=where, mend="give text, HTML, PDF or JSONL")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"is not {encoding.upper()}: byte 0x{data[error.start]:02x} at {error.start}",
            where=where,
            mend="name its encoding, for example --encoding cp1252",
        ) from None
    except LookupError:
        raise SourceError(
            f"no encoding is called {encoding!r}",
            where=where,
            mend="use a name such as utf-8, cp1252, gb18030 or shift_jis",
        ) from None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise SourceError("holds nothing but white space", where=where, mend="leave it out")
    return text
