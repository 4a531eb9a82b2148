"""Small files in the real layouts, and large ones: `python -m tests.pipeline.imports gdelt FILE ROWS`. Values are made up."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from detente.codebook import Codebook

STATES = ("Japan", "China", "South Korea", "United States", "Russian Federation", "Vietnam", "India", "Germany")
CODES = ("JPN", "CHN", "KOR", "USA", "RUS", "VNM", "IND", "DEU")
CAMEO = ("036", "040", "042", "043", "046", "051", "057", "061", "111", "112", "138", "160", "173", "190", "010")
TYPES = ("CONSULT", "SUPPORT", "ACCUSE", "THREATEN", "SANCTION", "PROTEST", "COOPERATE", "MOBILIZE")


def file(dataset: str, rows: Iterable[Mapping[str, str]], width: int | None = None) -> str:
    """The text of a file of a dataset; rows name only the filled columns."""
    layout = Codebook.load().datasets[dataset]
    columns = next(c for c in layout.columns if width in (None, len(c)))
    lines = ["\t".join(columns)] if layout.header else []
    return "\n".join((*lines, *("\t".join(row.get(column, "") for column in columns) for row in rows), ""))


def made(dataset: str, count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Rows as a dataset might have them."""
    chance = random.Random(f"{dataset}{seed}")
    for number in range(count):
        a, b = chance.sample(range(len(STATES)), 2)
        day = number * 360 // count
        month, date = day // 30 + 1, day % 28 + 1
        yield {"icews": _icews, "gdelt": _gdelt, "polecat": _polecat}[dataset](
            seed * 10_000_000 + number, a, b, f"2018-{month:02}-{date:02}", chance
        )


def _icews(number: int, a: int, b: int, day: str, chance: random.Random) -> dict[str, str]:
    return {
        "Event ID": str(number),
        "Event Date": day,
        "Source Name": f"Foreign Affairs ({STATES[a]})",
        "Source Sectors": "Executive,Foreign Ministry,Government",
        "Source Country": STATES[a],
        "Event Text": "Make an act of some kind that is told here",
        "CAMEO Code": chance.choice(CAMEO),
        "Intensity": "1.0",
        "Target Name": f"Citizen ({STATES[b]})",
        "Target Sectors": "General Population / Civilian / Social,Social",
        "Target Country": STATES[b],
        "Story ID": str(chance.randrange(10**8)),
        "Sentence Number": str(chance.randrange(1, 7)),
        "Publisher": f"Agency {chance.randrange(300)}",
        "City": "NA",
        "District": "NA",
        "Province": "NA",
        "Country": STATES[b],
        "Latitude": f"{chance.uniform(-60, 60):.4f}",
        "Longitude": f"{chance.uniform(-180, 180):.3f}",
    }


def _gdelt(number: int, a: int, b: int, day: str, chance: random.Random) -> dict[str, str]:
    code, plain = chance.choice(CAMEO), day.replace("-", "")
    return {
        "GLOBALEVENTID": str(number),
        "SQLDATE": plain,
        "MonthYear": plain[:6],
        "Year": plain[:4],
        "FractionDate": f"{plain[:4]}.{chance.randrange(9999):04}",
        "Actor1Code": f"{CODES[a]}GOV",
        "Actor1Name": STATES[a].upper(),
        "Actor1CountryCode": CODES[a],
        "Actor1Type1Code": "GOV",
        "Actor2Code": CODES[b],
        "Actor2Name": STATES[b].upper(),
        "Actor2CountryCode": CODES[b],
        "IsRootEvent": "1",
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": str(chance.randrange(1, 5)),
        "GoldsteinScale": "3.4",
        "NumMentions": str(chance.randrange(1, 20)),
        "NumSources": "1",
        "NumArticles": str(chance.randrange(1, 20)),
        "AvgTone": f"{chance.uniform(-9, 9):.12f}",
        "Actor1Geo_Type": "4",
        "Actor1Geo_FullName": f"Capital, Capital, {STATES[a]}",
        "Actor1Geo_Lat": "35.685",
        "Actor1Geo_Long": "139.751",
        "ActionGeo_Type": "4",
        "ActionGeo_FullName": f"Capital, Capital, {STATES[b]}",
        "ActionGeo_Lat": "39.9289",
        "ActionGeo_Long": "116.388",
        "DATEADDED": f"{plain}001500",
        "SOURCEURL": f"https://www.paper{chance.randrange(4000)}.example/world/{chance.randrange(10**12)}/a-story.html",
    }


def _polecat(number: int, a: int, b: int, day: str, chance: random.Random) -> dict[str, str]:
    return {
        "Event ID": f"{CODES[a]}{number}",
        "Event Date": day,
        "Event Type": chance.choice(TYPES),
        "Event Mode": "None",
        "Intensity": "1.0",
        "Contexts": chance.choice(("diplomatic", "economic;legal", "military", "None")),
        "Actor Name": f"Ministry of {STATES[a]}",
        "Actor Country": CODES[a],
        "Primary Actor Sector": "GOV",
        "Recipient Name": STATES[b],
        "Recipient Country": CODES[b],
        "Primary Recipient Sector": "None",
        "Placename": STATES[b],
        "Country": CODES[b],
        "Source": f"Agency {chance.randrange(300)}",
        "Publication Date": day,
        "Language": "English",
        "Version": "NGEC_coder-Vers001",
    }


def write(dataset: str, path: Path, count: int, seed: int = 1) -> Path:
    """A file of so many made-up rows."""
    path.write_text(file(dataset, made(dataset, count, seed)), "utf-8")
    return path


if __name__ == "__main__":
    write(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
