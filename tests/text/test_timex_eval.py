"""`eval/timex.py` on small TimeML documents written here."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "eval" / "timex.py"
DOCUMENT = """<?xml version="1.0" ?>
<TimeML><DOCID>one</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2013-03-22" temporalFunction="false" functionInDocument="CREATION_TIME">March 22, 2013</TIMEX3></DCT>
<TITLE>Ministers part</TITLE>
<TEXT>
The ministers <EVENT eid="e1" class="OCCURRENCE">met</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2013-03-21">Thursday</TIMEX3> and
parted &amp; left. Trade fell in <TIMEX3 tid="t2" type="DATE" value="2012-Q3">the third quarter of 2012</TIMEX3>, after
<TIMEX3 tid="t3" type="DURATION" value="P5Y">five years</TIMEX3> of growth. They <EVENT eid="e2" class="OCCURRENCE">will</EVENT>
talk <TIMEX3 tid="t4" type="DATE" value="2013-W13">next week</TIMEX3>; they talk <TIMEX3 tid="t5" type="SET" value="P1Y">annually</TIMEX3>.
<TIMEX3 tid="t6" type="DATE" value="PRESENT_REF">Now</TIMEX3> they rest. A pact came in
<TIMEX3 tid="t7" type="DATE" value="2012-08" mod="END">late August</TIMEX3>, and a row on
<TIMEX3 tid="t8" type="TIME" value="2013-03-22TMO">Friday morning</TIMEX3>. {more}
</TEXT></TimeML>"""


@pytest.fixture(scope="module")
def timex():
    spec = importlib.util.spec_from_file_location("timex_eval", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules["timex_eval"] = module
    spec.loader.exec_module(module)
    return module


def write(folder, more=""):
    path = folder / "deep" / "one.tml"
    path.parent.mkdir()
    path.write_text(DOCUMENT.format(more=more), "utf-8")
    return path


def test_reads_offsets_and_creation_time(timex, tmp_path):
    text, created, gold = timex.read(write(tmp_path))
    assert created == "2013-03-22"
    assert [text[item.start : item.end] for item in gold] == [
        "Thursday",
        "the third quarter of 2012",
        "five years",
        "next week",
        "annually",
        "Now",
        "late August",
        "Friday morning",
    ]


def test_all_of_a_plain_document_is_found_and_exact(timex, tmp_path):
    figures = timex.score([write(tmp_path)]).figures()
    assert figures == {
        "documents": 1,
        "mentions": 8,
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "dated": 5,
        "exact": 1.0,
    }


def test_what_is_missed_wrong_or_in_excess_counts(timex, tmp_path):
    more = (
        'Once upon <TIMEX3 tid="t9" type="DATE" value="1999-01-01">the feast of the two moons</TIMEX3>. It shut '
        '<TIMEX3 tid="t10" type="DATE" value="2011-05-05">yesterday</TIMEX3>. They left on Monday.'
    )
    misses = []
    figures = timex.score([write(tmp_path, more)], misses).figures()
    assert (figures["mentions"], figures["dated"]) == (10, 7)
    assert figures["recall"] == 0.9
    assert figures["precision"] == 0.9
    assert figures["exact"] == round(5 / 7, 3)
    assert len(misses) == 3


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2013-03-21", "2013-03-21", "2013-03-21"),
        ("2013-03-21T14:30", "2013-03-21", "2013-03-21"),
        ("2013-03", "2013-03-01", "2013-03-31"),
        ("2013", "2013-01-01", "2013-12-31"),
        ("2013-Q2", "2013-04-01", "2013-06-30"),
        ("2013-W12", "2013-03-18", "2013-03-24"),
        ("2013-W12-WE", "2013-03-23", "2013-03-24"),
        ("2013-H1", "2013-01-01", "2013-06-30"),
        ("2013-SP", "2013-03-01", "2013-05-31"),
        ("199", "1990-01-01", "1999-12-31"),
    ],
)
def test_values_name_intervals(timex, value, start, end):
    (interval,) = timex.named(value)
    assert (str(interval.start), str(interval.end)) == (start, end)


@pytest.mark.parametrize(
    "value", ["P5Y", "PRESENT_REF", "XXXX-XX-XX", "2013-XX", "FUTURE_REF", "", "PXD", "2013-02-30"]
)
def test_values_that_name_none(timex, value):
    assert timex.named(value) == []


def test_command_line(timex, tmp_path, capsys):
    write(tmp_path)
    assert timex.main([str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["f1"] == 1.0
    (tmp_path / "empty").mkdir()
    assert timex.main([str(tmp_path / "empty")]) == 1
