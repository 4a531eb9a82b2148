"""Made-up event datasets with known turns: `python -m eval.worlds [icews|gdelt|polecat] [WORLDS]`.

Rules, none of them fitted to our readings or to a list of history:

- Three pairs over fifteen years. A pair has a size, and the shares of acts that real pairs have: most is talk.
- Volume grows (threefold for ICEWS and POLECAT, eightfold for GDELT), jumps where a year's sources change, and doubles
  or trebles for a month now and then for reasons outside the relation (games, disasters): what was done stays.
- Turns. A crisis multiplies words against by 2 to 5 and deeds against by 3 to 8, brings more talk than ever in its
  first months and less cooperation; it ends after 3 to 30 months, half of them by a thaw that a historian would list. A
  freeze halves what the two do together. A thaw multiplies talk and agreements for two months; quarrels grow fewer.
- Anniversaries of a war bring armed acts of today each August in one pair.
- The historian dates a turn by its month, a month late one time in four, and tolerates one.
- Reports: ICEWS tells an act once or twice, POLECAT likewise, GDELT some five times, more often in a crisis.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from detente.pipeline import Archive
from eval.history import INDEXES, OURS, Known, Outcome, outcome
from tests.pipeline.imports import file

MONTHS, FIRST = 180, 2005
PAIRS = (("Japan", "JPN", "China", "CHN"), ("Japan", "JPN", "South Korea", "KOR"), ("Vietnam", "VNM", "India", "IND"))
# Shares of acts in a usual month, with the CAMEO code and the PLOVER type that datasets would write.
ACTS = {
    "talk": (0.50, ("036", "040", "042", "043"), "CONSULT"),
    "praise": (0.16, ("051", "050"), "SUPPORT"),
    "agree": (0.10, ("057", "030"), "AGREE"),
    "work": (0.03, ("061", "062"), "COOPERATE"),
    "ask": (0.03, ("020",), "REQUEST"),
    "accuse": (0.11, ("111", "112"), "ACCUSE"),
    "reject": (0.03, ("120", "125"), "REJECT"),
    "threaten": (0.01, ("138", "130"), "THREATEN"),
    "punish": (0.02, ("160", "163"), "SANCTION"),
    "show": (0.01, ("150", "152"), "MOBILIZE"),
}
WORDS, DEEDS, CALM = ("accuse", "reject", "threaten"), ("punish", "show"), ("talk", "praise", "agree", "work")
GROWTH = {"icews": 3.0, "gdelt": 8.0, "polecat": 3.0}
REPORTS = {"icews": 1.15, "gdelt": 5.0, "polecat": 1.2}


@dataclass
class Course:
    """What happens to a pair: factors on each act by month, factors on reports, and what a historian lists."""

    size: float
    factor: dict[str, npt.NDArray[np.float64]] = field(
        default_factory=lambda: {act: np.ones(MONTHS + 60) for act in ACTS}
    )
    noise: npt.NDArray[np.float64] = field(default_factory=lambda: np.ones(MONTHS + 60))
    turns: list[tuple[int, int]] = field(default_factory=list)

    def change(self, acts: tuple[str, ...], at: int, until: int, by: float) -> None:
        """Multiplies acts over some months."""
        for act in acts:
            self.factor[act][at:until] *= by


def course(rng: np.random.Generator, size: float) -> Course:
    """Turns one after another, a year or more of calm between them."""
    found, at = Course(size), int(rng.integers(10, 24))
    while at < MONTHS - 6:
        kind = rng.choice(["crisis", "freeze", "thaw"], p=[0.45, 0.15, 0.4])
        length = int(rng.integers(3, 31))
        end = at + length
        if kind == "crisis":
            found.turns.append((at, -1))
            found.change(WORDS, at, end, rng.uniform(2, 5))
            found.change(DEEDS, at, end, rng.uniform(3, 8))
            found.change(("talk",), at, at + 2, rng.uniform(1.2, 2.0))
            found.change(("work", "agree"), at, end, rng.uniform(0.3, 0.9))
            found.noise[at : at + 3] *= rng.uniform(1.5, 3.0)
            if rng.random() < 0.5:
                found.turns.append((end, 1))
                found.change(("talk", "agree"), end, end + 2, rng.uniform(1.3, 2.2))
        elif kind == "freeze":
            found.turns.append((at, -1))
            found.change(CALM, at, end, rng.uniform(0.35, 0.6))
            found.change(WORDS, at, end, rng.uniform(1.0, 1.5))
        else:
            found.turns.append((at, 1))
            found.change(("talk", "agree", "praise"), at, at + 2, rng.uniform(1.4, 2.5))
            found.change(("agree", "work", "praise"), at + 2, end, rng.uniform(1.1, 1.5))
            found.change((*WORDS, *DEEDS), at, end, rng.uniform(0.3, 0.7))
        at = end + int(rng.integers(12, 24))
    return found


def volume(rng: np.random.Generator, dataset: str) -> npt.NDArray[np.float64]:
    """How much a dataset tells of everything by month, 1 on average over the first year."""
    grown = GROWTH[dataset] ** (np.arange(MONTHS) / MONTHS)
    sources = np.repeat(rng.lognormal(0, 0.15, MONTHS // 12), 12)
    found: npt.NDArray[np.float64] = grown * sources * rng.gamma(12, 1 / 12, MONTHS)
    return found


def rows(seed: int, dataset: str) -> tuple[list[dict[str, str]], list[Known]]:
    """The rows of a world and its turns."""
    rng = np.random.default_rng([seed, len(dataset)])
    told, known = volume(rng, dataset), []
    made: list[dict[str, str]] = []
    for number, pair in enumerate(PAIRS):
        path = course(rng, float(rng.uniform(10, 30)))
        bursts = np.where(rng.random(MONTHS) < 0.04, rng.uniform(2, 3, MONTHS), 1.0)
        for month in range(MONTHS):
            seen = path.size * told[month] * bursts[month] * rng.gamma(8, 1 / 8)
            for act, (share, codes, type) in ACTS.items():
                for _ in range(rng.poisson(seen * share * path.factor[act][month])):
                    made += _told(rng, dataset, pair, month, (str(rng.choice(codes)), type), path.noise[month])
            if number == 0 and month % 12 == 7:
                for _ in range(rng.poisson(1.5 * told[month])):
                    made += _told(rng, dataset, pair, month, ("190", "ASSAULT"), 1.0)
        ends = sorted((pair[1], pair[3]))
        for at, sign in path.turns:
            late = at + int(rng.random() < 0.25)
            if late < MONTHS:
                known.append(Known((ends[0], ends[1]), date(FIRST + late // 12, late % 12 + 1, 1), sign, 1))
    for number, row in enumerate(made):
        row[_ID[dataset]] = str(number + 1)
    return made, known


_ID = {"icews": "Event ID", "gdelt": "GLOBALEVENTID", "polecat": "Event ID"}


def _told(
    rng: np.random.Generator, dataset: str, pair: tuple[str, ...], month: int, act: tuple[str, str], noise: float
) -> Iterator[dict[str, str]]:
    """The reports of one act."""
    day = date(FIRST + month // 12, month % 12 + 1, int(rng.integers(1, 29)))
    sides = (pair[:2], pair[2:]) if rng.random() < 0.5 else (pair[2:], pair[:2])
    for _ in range(1 + rng.poisson((REPORTS[dataset] - 1) * noise)):
        publisher = f"Agency {rng.integers(1, 40)}"
        (one, a), (other, b) = sides
        if dataset == "icews":
            yield {"Event Date": day.isoformat(), "Source Name": one, "Source Country": one, "CAMEO Code": act[0],
                   "Target Name": other, "Target Country": other, "Publisher": publisher}  # fmt: skip
        elif dataset == "gdelt":
            yield {"SQLDATE": f"{day:%Y%m%d}", "Actor1Name": one, "Actor1CountryCode": a, "Actor2Name": other,
                   "Actor2CountryCode": b, "EventCode": act[0], "NumArticles": "5",
                   "SOURCEURL": f"https://{publisher[7:]}.example/a", "DATEADDED": f"{day:%Y%m%d}001500"}  # fmt: skip
        else:
            yield {"Event Date": day.isoformat(), "Event Type": act[1], "Actor Name": one, "Actor Country": a,
                   "Recipient Name": other, "Recipient Country": b, "Source": publisher}  # fmt: skip


def judged(folder: Path, seed: int, dataset: str) -> tuple[Outcome, list[Known]]:
    """A world imported as a user would, and how the indexes stand to its turns."""
    made, known = rows(seed, dataset)
    path = folder / f"{dataset}{seed}.txt"
    path.write_text(file(dataset, made), "utf-8")
    archive = Archive.open(folder / f"{dataset}{seed}", create=True)
    archive.import_dataset(dataset, path)
    return outcome(archive, known, dataset), known


def main() -> None:
    """Prints the figures of all worlds, and those of turns for the worse and for the better."""
    datasets, worlds = sys.argv[1:2] or list(GROWTH), int((sys.argv[2:3] or ["4"])[0])
    for dataset in datasets:
        z: dict[str, list[tuple[int, float]]] = {name: [] for name in INDEXES}
        changed, false = dict.fromkeys(INDEXES, 0.0), dict.fromkeys(INDEXES, 0)
        for seed in range(worlds):
            with tempfile.TemporaryDirectory() as place:
                found, known = judged(Path(place), seed, dataset)
            # `outcome` groups turns by pair; `rows` lists them in that order.
            for name in INDEXES:
                z[name] += [(known[i].sign, found.verdicts[name][i].jump or 0.0) for i in found.covered]
                changed[name] += found.figures(name)["change points"]
                false[name] += found.false[name]
        print(f"{dataset}, {worlds} worlds, {len(z[OURS])} turns covered")
        for name in INDEXES:
            all_z = np.array([value for _, value in z[name]])
            worse, better = (np.mean([v for s, v in z[name] if s == sign]) for sign in (-1, 1))
            print(
                f"  {name:<14} sign right {(all_z > 0).mean():.2f}  z > 1 {(all_z > 1).mean():.2f}"
                f"  mean z {all_z.mean():.2f}"
                f"  worse {worse:.2f}  better {better:.2f}  change points {changed[name]:.0f}  false {false[name]}"
            )


if __name__ == "__main__":
    main()
