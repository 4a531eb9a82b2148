"""When: the instant up to which an archive is read, and the instants at which rows are recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from detente.errors import ArchiveError

AsOf = date | datetime | int | str
"""A date (to its end, UTC), an instant (UTC unless it says otherwise), ISO text of either, or an archive version."""

TICK = timedelta(milliseconds=1)


def now() -> datetime:
    """This instant in UTC, to the millisecond: Delta's statistics keep no more."""
    return floor(datetime.now(UTC))


def floor(moment: datetime) -> datetime:
    """The instant cut to the millisecond."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def after(last: datetime | None) -> datetime:
    """This instant, or the tick after `last` where clocks disagree, so that later commits are recorded later."""
    present = now()
    return present if last is None or present > last else floor(last) + TICK


def parse(as_of: AsOf) -> datetime | int:
    """An instant or a version number from whatever names one.

    Raises:
        ArchiveError: if it is neither.
    """
    if isinstance(as_of, bool):
        raise ArchiveError(f"not a date and not a version: {as_of!r}", where="as-of")
    if isinstance(as_of, int):
        return as_of
    if isinstance(as_of, datetime):
        return as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC)
    if isinstance(as_of, date):
        return datetime.combine(as_of, time.max, UTC)
    text = as_of.strip()
    if text.isdecimal():
        return int(text)
    try:
        return parse(date.fromisoformat(text) if len(text) == len("2024-01-31") else datetime.fromisoformat(text))
    except ValueError:
        raise ArchiveError(
            f"not a date and not a version: {as_of!r}",
            where="as-of",
            mend="write 2024-01-31, 2024-01-31T12:00 or a version number",
        ) from None
