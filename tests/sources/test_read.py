from __future__ import annotations

import gzip
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.model import Document, Interval, Issue
from detente.sources import Reading, read
from detente.sources.limits import MAX_TEXT_BYTES

PAGE = b"""<html><head><title>Ferry talks resume</title><meta property="article:published_time" content="2019-03-12"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ferry talks resume</h1>
<p>Officials of the two lakeshore states met on Tuesday and agreed to resume the ferry service that was halted two years ago.</p>
<p>The first boat is to sail in May, the ministry of transport said, if the harbour works are finished by then.</p>
<p>Fishing rights were not discussed, according to the chief negotiator of the northern side.</p></article></body></html>"""


def _only(*locations: str | Path, how: Reading | None = None) -> Document | Issue:
    (item,) = read(*locations, how=how or Reading())
    return item


def test_text_is_kept_as_it_is_but_for_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffFirst.\r\nSecond “line”.\r".encode())
    document = _only(tmp_path / "a.txt")
    assert isinstance(document, Document)
    assert document.text == "First.\nSecond “line”.\n"
    assert document.name == "a.txt"


def test_the_id_is_of_name_and_text_so_that_moving_changes_nothing(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("The same words.")
    one, two = read(tmp_path / "one", tmp_path / "two")
    assert one.id == two.id


BAD = {
    "empty.txt": (b"", "is empty"),
    "white.txt": (b" \n\n ", "nothing but white space"),
    "binary.txt": (b"\x7fELF\x00\x00\x01", "binary file"),
    "latin.txt": ("La réunion a échoué.".encode("latin-1"), "is not UTF-8: byte 0xe9 at 4"),
    "broken.pdf": (b"%PDF-1.7 and no more", "no PDF"),
    "bare.html": (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article"),
    "lines.jsonl": (b"", "is empty"),
    "broken.jsonl.gz": (b"no gzip", "cannot be read"),
}


@pytest.mark.parametrize("name", BAD)
def test_each_kind_of_bad_file_is_one_issue_with_file_cause_and_mend(tmp_path: Path, name: str) -> None:
    data, cause = BAD[name]
    (tmp_path / name).write_bytes(data)
    found = _only(tmp_path / name)
    assert isinstance(found, Issue)
    assert found.where.endswith(name)
    assert cause in found.what
    assert found.mend
    assert "\n" not in found.what


def test_what_is_not_there_is_said() -> None:
    found = _only("/no/such/file.txt")
    assert isinstance(found, Issue)
    assert found.what == "is not there"


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(MAX_TEXT_BYTES * 5)
    found = _only(tmp_path / "big.txt")
    assert isinstance(found, Issue)
    assert "50,000,000 bytes" in found.what


def test_the_good_ones_in_a_folder_are_kept(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "good.txt").write_text("Good words.")
    (tmp_path / "sub" / "also.md").write_text("Good words too.")
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01")
    (tmp_path / ".hidden.txt").write_text("Not read.")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    found = list(read(tmp_path))
    assert [type(item).__name__ for item in found] == ["Issue", "Document", "Document"]


def test_a_folder_does_not_lead_out_of_itself(tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("Outside.")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "inside.txt").write_text("Inside.")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "outside.txt")
    assert [item.text for item in read(tmp_path / "in") if isinstance(item, Document)] == ["Inside."]


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("La réunion.".encode("cp1252"))
    document = _only(tmp_path / "latin.txt", how=Reading(encoding="cp1252"))
    assert isinstance(document, Document)
    assert document.text == "La réunion."
    wrong = _only(tmp_path / "latin.txt", how=Reading(encoding="klingon"))
    assert isinstance(wrong, Issue)
    assert "no encoding" in wrong.what


@pytest.mark.parametrize("zipped", [False, True])
def test_jsonl_lines_are_documents_and_bad_lines_issues(tmp_path: Path, zipped: bool) -> None:
    lines = [
        json.dumps(
            {
                "id": "a-1",
                "headline": "Talks resume",
                "body": "They met.",
                "published": "1987-03-04T10:00:00",
                "dateline": "LIMA, March 4 -",
            }
        ),
        "{broken",
        "[]",
        json.dumps({"id": "a-2"}),
        json.dumps({"body": "No date.", "published": "soon"}),
        "",
    ]
    data = "\n".join(lines).encode()
    path = tmp_path / ("wire.jsonl.gz" if zipped else "wire.jsonl")
    path.write_bytes(gzip.compress(data) if zipped else data)
    first, *rest = read(path, how=Reading(fields={"text": "body", "title": "headline"}))
    assert isinstance(first, Document)
    assert first.text == "Talks resume\n\nLIMA, March 4 - They met."
    assert first.published is not None
    assert str(first.published.interval) == "1987-03-04"
    assert [item.where.rsplit(":", 1)[1] for item in rest if isinstance(item, Issue)] == ["2", "3", "4", "5"]


def test_html_gives_its_main_text_title_and_date(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    document = _only(tmp_path / "page.html")
    assert isinstance(document, Document)
    assert document.text.startswith("Ferry talks resume\n\nOfficials of the two")
    assert "Home" not in document.text
    assert document.published is not None
    assert document.published.known == "metadata"


def test_a_given_date_wins(tmp_path: Path) -> None:
    from datetime import date

    (tmp_path / "page.html").write_bytes(PAGE)
    day = Interval(start=date(2020, 1, 1), end=date(2020, 1, 1))
    document = _only(tmp_path / "page.html", how=Reading(published=day))
    assert isinstance(document, Document)
    assert document.published is not None
    assert (document.published.known, document.published.interval) == ("given", day)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys
    from types import SimpleNamespace

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"Some words.")))
    document = _only("-")
    assert isinstance(document, Document)
    assert document.text == "Some words."


class _Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        feed = f"<rss version='2.0'><channel><title>t</title><item><link>{base}/page</link></item></channel></rss>"
        bodies = {
            "/page": (200, "text/html", PAGE),
            "/feed": (200, "application/rss+xml", feed.encode()),
            "/bomb": (200, "text/html", gzip.compress(b"<p>x</p>" * 2_000_000)),
            "/text": (200, "text/plain", b"Plain words."),
            "/evil": (200, "application/rss+xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><rss></rss>"),
        }
        status, kind, body = bodies.get(self.path, (404, "text/html", b"gone"))
        if self.path == "/loop":
            self.send_response(302)
            self.send_header("location", "/loop")
            self.end_headers()
            return
        self.send_response(status)
        self.send_header("content-type", kind)
        if self.path == "/bomb":
            self.send_header("content-encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_addresses_of_pages_texts_and_feeds(site: str) -> None:
    how = Reading(allow_private=True)
    for path, start in (("/page", "Ferry talks"), ("/feed", "Ferry talks"), ("/text", "Plain words.")):
        document = _only(site + path, how=how)
        assert isinstance(document, Document), document
        assert document.text.startswith(start)


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("/none", "answered 404"),
        ("/bomb", "sends more than"),
        ("/loop", "redirects more than"),
        ("/evil", "feed without entries"),
    ],
)
def test_addresses_that_do_not_serve(site: str, path: str, cause: str) -> None:
    found = _only(site + path, how=Reading(allow_private=True))
    assert isinstance(found, Issue)
    assert cause in found.what


@pytest.mark.parametrize("address", ["ftp://example.org/a", "file:///etc/passwd"])
def test_other_kinds_of_address_are_refused(address: str) -> None:
    found = _only(address)
    assert isinstance(found, Issue)
    assert "kind that is not read" in found.what


def test_this_machine_is_not_fetched_from_unasked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    found = _only(site + "/page")
    assert isinstance(found, Issue)
    assert "not a public address" in found.what
