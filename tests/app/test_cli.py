from __future__ import annotations

import json
import re
import shlex
import shutil
import zipfile
from pathlib import Path

import pytest
from typer.main import get_command

from detente.app.cli import application
from tests.app.conftest import DEMO, detente

ICEWS_COLUMNS = (
    "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,"
    "Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,Longitude"
)
ICEWS_ROW = (
    "7,2018-03-04,Government (Fiji),Government,Fiji,Consult,040,1,"
    "Government (Tonga),Government,Tonga,9,1,Post,Suva,,,Fiji,,"
)
ICEWS = "\n".join((ICEWS_COLUMNS, ICEWS_ROW, "")).replace(",", "\t")

COMMANDS = sorted(get_command(application()).commands)  # type: ignore[attr-defined]
DESIGNED = {
    "add",
    "brief",
    "demo",
    "doctor",
    "drivers",
    "events",
    "evaluate",
    "export",
    "figures",
    "matters",
    "ref",
    "show",
    "statements",
}


def _example(name: str) -> str:
    text = get_command(application()).commands[name].help or ""  # type: ignore[attr-defined]
    found = re.search(r"Example: (detente .+)", text)
    assert found, f"{name} has no example in its help"
    return found.group(1).strip()


def test_the_commands_of_the_design_are_there() -> None:
    assert set(COMMANDS) >= DESIGNED


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_in_each_help_runs(name: str, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    shutil.copy(next(DEMO.glob("21-*.txt")), tmp_path / "articles" / "note.txt")
    (tmp_path / "gold").mkdir()
    with zipfile.ZipFile(tmp_path / "events.2018.tab.zip", "w") as packed:
        packed.writestr("events.2018.tab", ICEWS)
    (tmp_path / "gold" / "a.txt").write_text("Japan and China agreed on Friday to resume talks on the swap.")
    (tmp_path / "gold" / "a.json").write_text(
        json.dumps(
            {
                "published": None,
                "boilerplate": [],
                "matters": [],
                "statements": [],
                "figures": [],
                "drivers": [],
                "events": [
                    {
                        "quote": "Japan and China agreed on Friday",
                        "type": "AGREE",
                        "actors": ["JPN"],
                        "recipients": ["CHN"],
                        "reciprocal": True,
                        "start": None,
                        "end": None,
                        "modality": "occurred",
                    }
                ],
            }
        )
    )
    words = shlex.split(_example(name))[1:]
    done = detente(*words, archive=tmp_path / "new" if name == "add" else archive, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert name in ("add", "code", "export", "import") or done.stdout.strip()


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help(name: str) -> None:
    command = get_command(application()).commands[name]  # type: ignore[attr-defined]
    assert command.help
    assert all(getattr(option, "help", None) for option in command.params if option.name not in ("help",))


def test_help_is_quick() -> None:
    """Within 0.3 s of processor time of what starting Python takes; elapsed time says more of a shared machine's load."""
    import resource
    import subprocess
    import sys

    def best(*command: str) -> float:
        times = []
        for _ in range(5):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, capture_output=True, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return min(times)

    assert best(sys.executable, "-m", "detente", "--help") - best(sys.executable, "-c", "pass") < 0.3


def test_rows_are_json_lines_when_piped(archive: Path) -> None:
    done = detente("events", "JPN", "CHN", archive=archive)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows
    assert all(row["evidence"] for row in rows)
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("format", ["table", "json", "jsonl", "csv"])
def test_every_format_prints(archive: Path, format: str) -> None:
    for command in ("events", "matters", "statements", "figures", "drivers"):
        done = detente(command, "JPN", "CHN", "--format", format, archive=archive)
        assert done.returncode == 0, (command, done.stderr)
        assert "\x1b" not in done.stdout


def test_a_second_add_changes_nothing(archive: Path) -> None:
    before = sorted(path.relative_to(archive) for path in archive.rglob("*.parquet") if "runs" not in path.parts)
    done = detente("add", str(next(DEMO.glob("48-*.txt"))), archive=archive)
    assert done.returncode == 0
    assert "1 there already" in done.stderr
    after = sorted(path.relative_to(archive) for path in archive.rglob("*.parquet") if "runs" not in path.parts)
    assert before == after


def test_a_bad_input_among_good_ones_is_one_line_and_exit_1(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(next(DEMO.glob("21-*.txt")), tmp_path / "in" / "good.txt")
    (tmp_path / "in" / "empty.txt").write_text("")
    (tmp_path / "in" / "french.txt").write_text(
        "Les ministres se sont rencontrés vendredi et ont convenu que l'interdiction serait levée "
        "après les pourparlers prévus le mois prochain dans la capitale."
    )
    done = detente("add", str(tmp_path / "in"), "/no/such/file", archive=tmp_path / "a")
    assert done.returncode == 1
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 4, lines
    assert "1 added, 3 not added" in lines[-1]
    assert any("empty.txt: is empty" in line for line in lines)
    assert any("another language than English (fr)" in line for line in lines)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("events", "--archive", "/no/such/archive"), 1, "there is no archive here"),
        (("barometer", "JPN"), 2, "of two parties"),
        (("barometer", "JPN", "CHN", "--by", "decade"), 2, "these are: day"),
        (("barometer", "JPN", "CHN", "--plot", "x.pdf"), 2, ".svg or .png"),
        (("barometer", "JPN", "CHN", "--source", "icews"), 2, "no source 'icews'"),
        (("barometer", "CHL", "PER"), 1, "nothing dated that weighs"),
        (("why", "JPN", "CHN"), 2, "two parties and a period"),
        (("why", "JPN", "CHN", "1999-01"), 2, "no period '1999-01'"),
        (("events", "Atlantis", "CHN"), 2, "no country or body is called 'Atlantis'"),
        (("events", "--since", "soon"), 2, "'soon' is no date"),
        (("brief", "JPN"), 2, "two parties"),
        (("ref", "types", "SANKTION"), 2, "did you mean SANCTION"),
        (("ref", "tipes"), 2, "these are: types"),
        (("show", "no-such-record"), 2, "no-such-record"),
        (("events", "--type", "sanktion"), 2, "no type is called"),
        (("events", "--modality", "maybe"), 2, "these are: occurred"),
        (("statements", "--outlook", "bad"), 2, "these are: improving"),
        (("drivers", "--direction", "helpful"), 2, "these are: helps"),
        (("matters", "JPN", "CHN", "--kind", "treaty"), 2, "these are: agreement"),
        (("frobnicate",), 2, "No such command"),
        (("add",), 2, "nothing to add"),
        (("evaluate", "/no/such/folder"), 2, "is not there"),
        (("add", "x.txt", "--map", "verb=x"), 2, "fields are"),
        (("add", "x.txt", "--coder", "oracle"), 2, "no coder is called"),
    ],
)
def test_mistakes_are_taught(archive: Path, arguments: tuple[str, ...], status: int, says: str) -> None:
    done = detente(*arguments, archive=archive)
    assert done.returncode == status, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_fields_are_mapped_by_one_list_or_by_repeated_options(tmp_path: Path) -> None:
    row = {
        "id": "a",
        "headline": "Chile recalls envoy",
        "day": "2023-11-01",
        "body": "Chile recalled its ambassador to Israel.",
    }
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), encoding="utf-8")
    for name, maps in {
        "list": ("--map", "text=body,title=headline,published=day"),
        "repeated": ("--map", "text=body", "--map", "title=headline", "--map", "published=day"),
    }.items():
        done = detente("add", str(tmp_path / "rows.jsonl"), *maps, archive=tmp_path / name)
        assert done.returncode == 0, done.stderr
        (kept,) = detente("documents", "--format", "jsonl", archive=tmp_path / name).stdout.splitlines()
        document = json.loads(kept)
        assert document["title"] == "Chile recalls envoy"
        assert document["published"]["interval"]["start"] == "2023-11-01"


def test_as_of_reads_the_archive_as_it_was(tmp_path: Path) -> None:
    for name in ("21", "48"):
        detente("add", str(next(DEMO.glob(f"{name}-*.txt"))), archive=tmp_path / "a")

    def count(*more: str) -> int:
        return len(detente("documents", *more, archive=tmp_path / "a").stdout.splitlines())

    assert count() == 2
    assert count("--as-of", "1") == 1


def test_the_brief_is_cited_throughout(archive: Path) -> None:
    page = detente("brief", "JPN", "CHN", archive=archive).stdout
    lines = [line for line in page.split("## Citations")[0].splitlines() if line.strip().startswith("- ")]
    assert len(lines) > 20
    assert all(re.search(r"\[\d+\]$", line) for line in lines)


def test_a_brief_as_a_page_holds_the_barometer_and_its_numbers(archive: Path, tmp_path: Path) -> None:
    page = detente("brief", "JPN", "CHN", "--format", "html", archive=archive).stdout
    detente("barometer", "JPN", "CHN", "--plot", "out.svg", archive=archive, cwd=tmp_path)
    drawn = (tmp_path / "out.svg").read_text()
    level = re.findall(r'<path d="[^"]+" class="level"/>', drawn)
    assert level
    assert all(path in page for path in level)
    assert page.count('<table class="dt-data">') == 1


def test_the_barometer_is_a_table_rows_or_a_picture(archive: Path, tmp_path: Path) -> None:
    done = detente("barometer", "JPN", "CHN", "--by", "year", "--since", "2012", archive=archive)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["period"] for row in rows] == [str(year) for year in range(2012, 2012 + len(rows))]
    assert all(row["source"] == "encoder" for row in rows)
    assert "of which" in done.stderr
    table = detente("barometer", "JPN", "CHN", "--format", "table", archive=archive).stdout
    assert "90 % band" in table
    drawn = detente("barometer", "JPN", "CHN", "--plot", "out.svg", archive=archive, cwd=tmp_path)
    assert drawn.returncode == 0, drawn.stderr
    assert (tmp_path / "out.svg").read_text().startswith("<svg")
    several = ("--compare", "CHN-JPN", "--plot", "two.png")
    assert detente("barometer", "JPN", "CHN", *several, archive=archive, cwd=tmp_path).returncode == 0
    assert (tmp_path / "two.png").read_bytes().startswith(b"\x89PNG")


def test_why_lists_what_adds_up(archive: Path) -> None:
    done = detente("why", "JPN", "CHN", "2023-08", archive=archive)
    causes = [json.loads(line) for line in done.stdout.splitlines()]
    (month,) = [
        row
        for row in map(json.loads, detente("barometer", "JPN", "CHN", archive=archive).stdout.splitlines())
        if row["period"] == "2023-08"
    ]
    assert sum(cause["points"] for cause in causes) == pytest.approx(month["tone"], abs=1e-6)
    assert "2023-08: tone" in done.stderr
