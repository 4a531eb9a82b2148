"""Forecasts from an archive: the monthly tones of its pairs, as known month by month, and where they may go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
import numpy as np

from detente import store
from detente.barometer import outlook, periods
from detente.barometer.prospects import prospects
from detente.barometer.spread import Floats, Spread
from detente.barometer.tone import points
from detente.codebook import Codebook
from detente.codebook.parties import party_code
from detente.errors import ArchiveError, UsageError
from detente.model import Forecast, Prospect
from detente.pipeline.gauging import Barometer, Gauged

LONGEST = 24
"""Months; further ahead nothing was measured."""


def log_ratios(barometer: Barometer) -> Floats:
    """The tones of a barometer as log-ratios by month, NaN where nothing was recorded."""
    tones = np.array([np.nan if reading.tone is None else reading.tone for reading in barometer], dtype=np.float64)
    return 2 * np.arctanh(np.clip(tones / 100.0, -0.9999, 0.9999))


class Foreseeing(Gauged):
    """An archive that can say where a relation may go."""

    def forecast(
        self,
        one: str,
        other: str,
        *,
        horizons: Sequence[int] = (1, 3, 6),
        source: str | None = None,
        until: date | None = None,
        book: Codebook | None = None,
    ) -> store.Rows[Forecast]:
        """Distributions of the tone of a pair some months ahead, by the advised method and by naive ones.

        The advised method learns from all pairs that the same source tells of; where they have too little past, it is
        the last 36 months of the pair itself, and no row is called `ridge`.

        Args:
            one: A code or name.
            other: Another.
            horizons: Months ahead.
            source: Whose events; needed only where there are several.
            until: Forecast from the month of this day, as if nothing later were known.
            book: The codebook.

        Returns:
            A row for each horizon and method, the advised first.

        Raises:
            UsageError: for an unknown party or source, or a horizon that is no number of months.
            ArchiveError: if too few months of the pair are known.
        """
        for horizon in horizons:
            if not 1 <= horizon <= LONGEST:
                raise UsageError(f"{horizon} is no horizon", mend=f"months ahead, 1 to {LONGEST}: horizons=(1, 3, 6)")
        own = self.barometer(one, other, live=True, until=until, source=source, book=book)
        series = log_ratios(own)
        months = len(outlook.known(series))
        if months < outlook.LEAST_KNOWN:
            raise ArchiveError(
                f"{own[0].dyad if len(own) else 'this pair'} has {months} known months by {own.source}; "
                f"a forecast needs {outlook.LEAST_KNOWN}",
                where=self.location,
                mend="add more documents, or import a dataset: detente import icews FILE",
            )
        panel = self._panel(own.source, until, book)
        rows = [
            row
            for horizon in dict.fromkeys(horizons)
            for row in _rows(own, series, horizon, outlook.forecast(series, horizon, outlook.fit(panel, horizon)))
        ]
        return store.Rows(Forecast, rows)

    def prospects(
        self,
        one: str,
        other: str,
        *,
        days: int = 30,
        source: str | None = None,
        until: date | None = None,
        book: Codebook | None = None,
    ) -> store.Rows[Prospect]:
        """What one may do to the other in the days to come: a chance for each type of event, with events that say so.

        Args:
            one: Who would act; a code or name.
            other: Who would be acted upon.
            days: How far ahead.
            source: Whose events; needed only where there are several.
            until: Look ahead from the day after this one, as if nothing later were known; the last on record if None.
            book: The codebook.

        Returns:
            A row for each type that has been seen at all, the likeliest first.

        Raises:
            UsageError: for an unknown party or source, or where several sources need a choice.
            ArchiveError: if too little has happened to learn chances from.
        """
        own = book or Codebook.load()
        actor, recipient = (party_code(party, own.actors) for party in (one, other))
        rows = self.acts(source=source, until=until)
        sources = sorted({row[0] for row in rows})
        if len(sources) > 1:
            told = ", ".join(sources)
            raise UsageError(f"there are several sources: {told}", mend=f"choose one: source={sources[0]!r}")
        acts = prospects([row[1:] for row in rows], actor, recipient, days=days, until=until)
        if acts is None:
            raise ArchiveError(
                f"too little has happened on record{f' by {source}' if source else ''} to learn chances from",
                where=self.location,
                mend="add more documents, or import a dataset: detente import icews FILE",
            )
        return store.Rows(Prospect, [msgspec.structs.replace(act, source=sources[0]) for act in acts])

    def _panel(self, source: str, until: date | None, book: Codebook | None) -> list[Floats]:
        """The series of all pairs of a source; none reaches past the month of `until`."""
        return [log_ratios(each) for each in self.barometers(live=True, until=until, source=source, book=book)]


def _rows(own: Barometer, series: Floats, horizon: int, found: dict[str, Spread]) -> list[Forecast]:
    last = own[len(own) - 1]
    start = last.start
    for _ in range(horizon):
        start = periods.following(start, "month")
    usual = float(outlook.known(series)[-12:].mean())
    return [
        Forecast(
            dyad=last.dyad,
            source=own.source,
            origin=last.period,
            horizon=horizon,
            period=periods.named(start, "month"),
            start=start,
            method=method,
            advised=method == outlook.POOLED,
            mean=float(points(spread.values) @ spread.chances),
            **{
                name: float(points(np.array(spread.quantile(chance))))
                for name, chance in (("low", 0.05), ("lower", 0.25), ("middle", 0.5), ("upper", 0.75), ("high", 0.95))
            },
            usual=float(points(np.array(usual))),
            warmer=1 - spread.below(usual),
            known=len(outlook.known(series)),
        )
        for method, spread in found.items()
    ]
