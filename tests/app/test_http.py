"""The server as an ASGI application: its gate, its forms, its lists, and what it does beside a writer."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from detente.app.http.server import create_app
from detente.app.http.settings import Settings, checked
from detente.charts import css
from detente.codebook import Codebook
from detente.errors import UsageError
from detente.pipeline import Archive
from tests.app.browser.hostile import coding
from tests.app.conftest import detente

HOME = "http://127.0.0.1:8765"
BOOK = Codebook.load()


@pytest.fixture(scope="module", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def client(archive: Path) -> TestClient:
    return TestClient(create_app(Archive.open(archive), BOOK), base_url=HOME)


def _matter(client: TestClient) -> str:
    return client.get("/dyads/CHN-JPN.json").json()["matters"][0]["id"]


PAGES = ("/", "/dyads/CHN-JPN", "/dyads/CHN-JPN/brief", "/actors/JPN", "/documents", "/search?q=seafood", "/codebook",
         "/codebook/lifecycles", "/status", *(f"/dyads/CHN-JPN/{part}" for part in ("events", "matters", "statements", "figures", "drivers")))  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_three_forms_and_strict_headers(client: TestClient, page: str) -> None:
    stem, _, query = page.partition("?")
    for form, kind in (("", "text/html"), (".json", "application/json"), (".csv", "text/csv")):
        address = ("/index" if stem == "/" and form else stem) + form + (f"?{query}" if query else "")
        got = client.get(address)
        assert got.status_code == 200, (address, got.text[:300])
        assert got.headers["content-type"].startswith(kind)
        assert "default-src 'none'" in got.headers["content-security-policy"]
        assert "unsafe" not in got.headers["content-security-policy"]
        assert got.headers["x-content-type-options"] == "nosniff"
        if form == ".json":
            json.loads(got.text)
        elif not form:
            assert "http-equiv" not in got.text
            assert "<h1" in got.text
            assert " style=" not in got.text


def test_refused_are_other_hosts_methods_bodies_and_long_addresses(client: TestClient) -> None:
    for status, got in (
        (400, client.get("/", headers={"host": "evil.example"})),
        (400, client.get("/", headers={"host": "127.0.0.1.evil.example:8765"})),
        (405, client.post("/api/v1/events", json={})),
        (405, client.delete("/")),
        (413, client.request("GET", "/", content=b"x" * 10)),
        (414, client.get("/search?q=" + "a" * 5000)),
    ):
        assert got.status_code == status
        assert got.headers["content-type"] == "application/problem+json"
        assert got.json()["type"].startswith("urn:detente:problem:")
    assert client.get("/", headers={"host": "localhost:1"}).status_code == 200


def test_a_head_has_no_body(client: TestClient) -> None:
    got = client.head("/")
    assert got.status_code == 200
    assert got.content == b""


@pytest.mark.parametrize(
    ("address", "token", "hosts", "says"),
    [
        ("0.0.0.0", None, (), "other machines"),
        ("192.0.2.7", None, (), "other machines"),
        ("0.0.0.0", "0123456789abcdef", (), "--allow-host"),
        ("127.0.0.1", "short", (), "too short"),
        ("nowhere", None, (), "no address"),
    ],
)
def test_unsafe_settings_are_refused(address: str, token: str | None, hosts: tuple[str, ...], says: str) -> None:
    with pytest.raises(UsageError) as error:
        checked(address, 1, token, hosts)
    assert says in str(error.value)


def test_the_command_refuses_another_address_without_a_token(archive: Path) -> None:
    done = detente("serve", "--check", "--address", "0.0.0.0", archive=archive)
    assert done.returncode == 2
    assert "--token" in done.stderr


def test_a_token_must_be_shown(archive: Path) -> None:
    token = "correct horse battery"
    settings = Settings(address="192.0.2.7", token=token)
    client = TestClient(create_app(Archive.open(archive), BOOK, settings), base_url="http://192.0.2.7:8765")
    assert client.get("/").status_code == 401
    assert "Basic" in client.get("/").headers["www-authenticate"]
    assert client.get("/", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/", headers={"authorization": f"Bearer {token}"}).status_code == 200
    basic = base64.b64encode(f"me:{token}".encode()).decode()
    assert client.get("/", headers={"authorization": f"Basic {basic}"}).status_code == 200


def test_errors_are_pages_for_people_and_problems_for_programs(client: TestClient) -> None:
    page = client.get("/dyads/CHN-Atlantis")
    assert page.status_code == 404
    assert "<h1>" in page.text
    told = client.get("/dyads/CHN-Atlantis.json").json()
    assert told["status"] == 404
    assert "Atlantis" in told["detail"]
    for address, status in (
        ("/api/v1/events?type=SANKTION", 422),
        ("/api/v1/events?verb=x", 422),
        ("/api/v1/events?since=soon", 422),
        ("/api/v1/events?cursor=nonsense", 404),
        ("/api/v1/events?party=Atlantis", 404),
        ("/api/v1/nothing", 404),
        ("/api/v1/matters/ffff", 404),
        ("/api/v1/documents/ffff", 404),
    ):
        got = client.get(address)
        assert (got.status_code, got.headers["content-type"]) == (status, "application/problem+json"), address


def test_lists_come_in_stretches_that_add_up(client: TestClient) -> None:
    whole = client.get("/api/v1/events?party=JPN&party=CHN&limit=500").json()["items"]
    ids, address = [], "/api/v1/events?party=JPN&party=CHN&limit=7"
    while address:
        got = client.get(address).json()
        ids += [row["id"] for row in got["items"]]
        address = got["next"]
    assert ids == [row["id"] for row in whole]
    assert len(ids) > 20


def test_an_answer_known_is_304(client: TestClient) -> None:
    first = client.get("/api/v1/relations")
    again = client.get("/api/v1/relations", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    other = client.get("/api/v1/relations?limit=1", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_new_data_shows_without_restart_and_cursors_keep_their_snapshot(tmp_path: Path) -> None:
    writer = Archive.open(tmp_path / "a", create=True)
    writer.append([coding("script"), coding("link")])
    client = TestClient(create_app(Archive.open(tmp_path / "a"), BOOK, Settings(look=0.0)), base_url=HOME)
    first = client.get("/api/v1/documents?limit=1").json()
    assert client.get("/search.json?q=display").json()["found"]["hits"] == []
    writer.append([coding("styles")])
    deadline = time.monotonic() + 20
    while len(client.get("/api/v1/documents").json()["items"]) < 3:
        assert time.monotonic() < deadline
    second = client.get(first["next"]).json()
    assert second["snapshot"] == first["snapshot"]
    assert second["next"] is None
    assert client.get("/api/v1/documents").json()["snapshot"] != first["snapshot"]
    assert len(client.get("/search.json?q=display").json()["found"]["hits"]) == 1


def test_csv_is_safe_in_a_spreadsheet() -> None:
    from detente.app.tables import csv_text

    (row,) = csv.DictReader(io.StringIO(csv_text([{"a": "=1+1", "b": -2, "c": "plain"}], spreadsheet=True)))
    assert row == {"a": "'=1+1", "b": "-2", "c": "plain"}


def test_evidence_links_lead_to_marks(client: TestClient) -> None:
    import re

    page = client.get("/dyads/CHN-JPN/events").text
    links = re.findall(r'href="(/documents/\w+)#(c\d+-\d+)"', page)
    assert len(links) > 5
    for address, mark in links[:12]:
        assert f'id="{mark}"' in client.get(address).text


def test_a_matter_is_found_by_the_id_of_any_telling(client: TestClient) -> None:
    matter = client.get(f"/api/v1/matters/{_matter(client)}").json()
    for member in matter["members"]:
        assert client.get(f"/api/v1/matters/{member}").json()["id"] == matter["id"]


def test_the_description_names_every_resource(client: TestClient) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert {"/api/v1/events", "/api/v1/matters/{matter_id}", "/api/v1/brief"} <= set(told["paths"])
    assert "evidence" in told["components"]["schemas"]["Event"]["properties"]


def test_the_barometer_is_one_picture_on_page_and_in_brief_and_its_data_are_in_the_api(client: TestClient) -> None:
    told = client.get("/api/v1/barometer?party=JPN&party=CHN").json()
    assert told["dyad"] == "CHN-JPN"
    assert told["readings"]
    dyad, brief = client.get("/dyads/CHN-JPN").text, client.get("/dyads/CHN-JPN/brief").text
    drawn = re.compile(r'<svg xmlns="[^"]+"[^>]*class="dt-chart".*?</svg>', re.DOTALL)
    picture = drawn.search(dyad)
    assert picture is not None
    assert picture.group() == drawn.search(brief).group()  # type: ignore[union-attr]
    assert "<style" not in picture.group()
    assert dyad.count('<th scope="row">') >= len(told["readings"])
    for turn in told["turns"]:
        assert f"<strong>{turn['period']}</strong>" in dyad
    assert client.get("/dyads/CHN-JPN.json").json()["barometer"]["turns"] == told["turns"]
    sheet = re.search(r"/static/\w+/charts\.css", dyad)
    assert sheet is not None
    assert client.get(sheet.group()).text == css()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/barometer?party=JPN", 422),
        ("/api/v1/barometer?party=JPN&party=JPN", 422),
        ("/api/v1/barometer?party=FJI&party=PER", 404),
        ("/api/v1/barometer?party=JPN&party=CHN&source=icews", 404),
        ("/dyads/CHN-JPN?source=icews", 404),
    ],
)
def test_a_barometer_that_is_not_there_is_told_of(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_a_server_as_of_a_version_shows_what_was_known_then(tmp_path: Path) -> None:
    for name in ("script", "bidi"):
        Archive.open(tmp_path / "a", create=True).append([coding(name)])
    then, now = (
        TestClient(create_app(Archive.open(tmp_path / "a", as_of=as_of), BOOK, Settings(look=0.0)), base_url=HOME)
        for as_of in (1, None)
    )
    assert len(now.get("/api/v1/documents").json()["items"]) == 2
    (only,) = then.get("/api/v1/documents").json()["items"]
    Archive.open(tmp_path / "a").append([coding("link")])
    deadline = time.monotonic() + 20
    while len(now.get("/api/v1/documents").json()["items"]) < 3:
        assert time.monotonic() < deadline
    assert [one["id"] for one in then.get("/api/v1/documents").json()["items"]] == [only["id"]]
    assert then.get("/dyads/TON-VUT.json").json()["totals"]["events"] == 1
    done = detente("serve", "--check", "--as-of", "1", archive=tmp_path / "a")
    assert done.returncode == 0
    assert "ready to serve" in done.stdout
