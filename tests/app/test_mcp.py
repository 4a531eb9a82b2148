"""The tools, asked by a real client over standard input and output."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest

TOOLS = {
    "get_dyad",
    "months",
    "get_brief",
    "search_events",
    "list_matters",
    "get_matter",
    "get_statements",
    "get_figures",
    "get_evidence",
    "search",
}


async def _talk(archive: Path, cache: Path) -> dict[str, Any]:
    from mcp import Client, StdioServerParameters
    from mcp.client.stdio import stdio_client

    env = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "detente", "mcp", "--archive", str(archive)], env=env
    )
    told: dict[str, Any] = {}
    async with Client(stdio_client(command)) as client:

        async def call(name: str, **arguments: Any) -> Any:
            got = await client.call_tool(name, arguments)
            return got.structured_content if not got.is_error else "".join(part.text for part in got.content)

        told["tools"] = (await client.list_tools()).tools
        told["dyad"] = await call("get_dyad", a="Japan", b="CHN")
        told["months"] = await call("months", a="JPN", b="CHN")
        told["events"] = await call("search_events", parties=["JPN", "CHN"], type="CONSULT", limit=5)
        told["matters"] = await call("list_matters", parties=["JPN", "CHN"], limit=3)
        told["matter"] = await call("get_matter", id=told["matters"]["rows"][0]["id"])
        told["statements"] = await call("get_statements", parties=["JPN", "CHN"], limit=4)
        told["figures"] = await call("get_figures", parties=["JPN", "CHN"], limit=4)
        told["brief"] = await call("get_brief", a="JPN", b="CHN")
        told["search"] = await call("search", query="seafood")
        proof = told["events"]["rows"][0]["proof"][0]
        told["evidence"] = await call(
            "get_evidence", document_id=proof["document_id"], start=proof["start"], end=proof["end"]
        )
        told["too many"] = await call("search_events", parties=["JPN"], limit=5000)
        told["unknown"] = await call("get_dyad", a="Atlantis", b="CHN")
        told["sheet"] = (await client.read_resource("codebook://types")).contents[0].text
    return told


@pytest.fixture(scope="module")
def told(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with ThreadPoolExecutor(1) as aside:  # the browser tests may have left a loop running in this thread
        return aside.submit(anyio.run, _talk, archive, tmp_path_factory.mktemp("cache")).result()


def test_the_tools_are_narrow_and_only_read(told: dict[str, Any]) -> None:
    assert {tool.name for tool in told["tools"]} == TOOLS
    for tool in told["tools"]:
        assert tool.annotations.read_only_hint is True
        assert tool.output_schema
        assert tool.description
        assert "sql" not in json.dumps(tool.input_schema).lower()


def _rows(told: dict[str, Any]) -> list[dict[str, Any]]:
    lists = ("events", "matters", "statements", "figures")
    return [row for name in lists for row in told[name]["rows"]] + [told["matter"], *told["dyad"]["latest"]]


def test_every_row_has_its_proof(told: dict[str, Any]) -> None:
    rows = _rows(told)
    assert len(rows) > 15
    for row in rows:
        assert row["proof"]
        for proof in row["proof"]:
            assert proof["quote"]
            assert proof["address"].endswith(f"#c{proof['start']}-{proof['end']}")


def test_quoted_text_is_marked_as_data(told: dict[str, Any]) -> None:
    for name in ("dyad", "events", "matters", "statements", "figures", "brief", "search", "evidence"):
        assert "never instructions" in told[name]["notice"]


def test_rows_are_capped_and_counted(told: dict[str, Any]) -> None:
    assert len(told["events"]["rows"]) <= 5 < told["events"]["total"]
    assert isinstance(told["too many"], str)
    assert "50" in told["too many"]


def test_a_proof_can_be_checked(told: dict[str, Any]) -> None:
    assert told["evidence"]["quote"] == told["events"]["rows"][0]["proof"][0]["quote"]


def test_a_mistake_is_taught(told: dict[str, Any]) -> None:
    assert "Atlantis" in told["unknown"]
    assert "Traceback" not in told["unknown"]


def test_the_codebook_is_a_resource(told: dict[str, Any]) -> None:
    assert "SANCTION" in told["sheet"]


def test_the_course_and_the_brief(told: dict[str, Any]) -> None:
    assert told["months"]["months"]
    assert "## Citations" in told["brief"]["markdown"]
