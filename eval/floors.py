"""Measures every layer and holds the figures against `eval/floors.json`: `make eval`.

    python -m eval.floors                  print the figures; exit 1 where one is below its floor
    python -m eval.floors --update         raise floors to what was measured (never lowers one)
    python -m eval.floors --update --allow-regression   lower them too; say why in the commit

Of the bank's test part only totals are printed; nobody reads its misses.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from detente.barometer import outlook
from detente.pipeline import Archive, score_folder
from eval.forecast import backtest, panel
from eval.history import MEAN, OURS, SUM, outcome, read_turns
from eval.worlds import judged

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "eval" / "floors.json"
DEMO = ROOT / "src" / "detente" / "data" / "demo"
FOLDERS = {
    "bank dev": ROOT / "training" / "bank" / "dev",
    "bank test": ROOT / "training" / "bank" / "test",
    "gold": ROOT.parent / "shared" / "gold",
}
MARGIN = 0.005  # what rounding may cost
_FIGURES = ("precision", "recall", "f1", "date", "modality", "status", "outlook")


def measure() -> dict[str, dict[str, float]]:
    """The figures of each folder that is there, by name such as `events f1`."""
    measured: dict[str, dict[str, float]] = {}
    for name, folder in FOLDERS.items():
        if not folder.is_dir():
            print(f"{name}: not measured, {folder} is not there")
            continue
        report = score_folder(folder).report()
        measured[name] = dict(_flat(report))
    measured["barometer, demonstration set"] = history()
    measured["barometer, made-up ICEWS"] = world()
    return measured


def history() -> dict[str, float]:
    """How the barometer of the demonstration set stands to the turning points of `eval/turns.csv`."""
    with tempfile.TemporaryDirectory(prefix="detente-floors-") as place:
        archive = Archive.open(place, create=True)
        archive.add(*sorted(DEMO.glob("*.txt")))
        found = outcome(archive, read_turns(ROOT / "eval" / "turns.csv"), None)
    own, mean = found.figures(OURS), found.figures(MEAN)
    return {
        "turns covered": float(len(found.covered)),
        "sign right": own["sign right"],
        "mean z": own["mean z"],
        "mean z over mean score": own["mean z"] - mean["mean z"],
    }


def world() -> dict[str, float]:
    """The barometer of a made-up dataset: its turns, beside the other indexes, and the skill of forecasts."""
    with tempfile.TemporaryDirectory(prefix="detente-floors-") as place:
        found, _ = judged(Path(place), 0, "icews")
        archive = Archive.open(Path(place) / "icews0")
        series, _ = panel(archive, source="icews", pairs=80, least=36)
    own, mean, summed = (found.figures(name) for name in (OURS, MEAN, SUM))
    skills = {horizon: backtest(series, horizon)[0][outlook.POOLED]["skill"] for horizon in (1, 3, 6)}
    return {
        "sign right": own["sign right"],
        "mean z": own["mean z"],
        "mean z over mean score": own["mean z"] - mean["mean z"],
        "mean z over sum": own["mean z"] - summed["mean z"],
        **{f"forecast skill, {horizon} months": float(skill) for horizon, skill in skills.items()},
    }


def _flat(report: dict[str, dict[str, Any]]) -> list[tuple[str, float]]:
    rows = [
        (f"{layer} {key}", row[key])
        for layer, row in report.items()
        if layer != "documents"
        for key in _FIGURES
        if key in row
    ]
    return rows + [(key, value) for key, value in report["documents"].items() if value is not None]


def main(arguments: list[str] | None = None) -> int:
    """Prints, compares, and updates where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-regression", action="store_true")
    options = parser.parse_args(arguments)
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    measured, below = measure(), 0
    for name, figures in measured.items():
        print(f"\n{name}")
        for key, value in figures.items():
            floor = floors.get(name, {}).get(key)
            fallen = floor is not None and value < floor - MARGIN
            below += fallen
            shown = "none" if floor is None else f"{floor:.3f}"
            print(f"  {key:<24} {value:6.3f}   floor {shown}{'   BELOW' if fallen else ''}")
    if options.update:
        for name, figures in measured.items():
            for key, value in figures.items():
                old = floors.setdefault(name, {}).get(key)
                floors[name][key] = value if old is None or options.allow_regression else max(old, value)
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    elif below:
        print(f"\n{below} figures are below their floors")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
