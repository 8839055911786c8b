"""Reprints on the command line."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from reprint_samples import OTHER, STORY, write

from bulletin_desktop import __main__

Run = Callable[..., str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.bdlib"


@pytest.fixture
def run(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Runs subcommands on a library with a story that is printed twice."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    def command(*words: object, code: int = 0) -> str:
        got = __main__.main([*map(str, words), "--library", str(file)])
        out, err = capsys.readouterr()
        assert got == code, err
        return out

    first = write(tmp_path, "1", "3", ("县里的稿子", STORY), ("妈咪小屋", OTHER))
    again = (STORY[0].replace("86", "90"), STORY[2])
    command("import", first, write(tmp_path, "2", "9", ("市里的稿子", again)))
    return command


def test_groups_are_listed_beside_their_newest_article(run: Run) -> None:
    (group,) = json.loads(run("list", "reprints", "--json"))
    newest, older = group["articles"]
    assert newest == {
        "id": 3,
        "issue": 2,
        "date": "2013-05-09",
        "title": "市里的稿子",
        "source": None,
        "characters": newest["characters"],
        "share": 1.0,
        "differs": [],
    }
    assert (older["id"], older["differs"]) == (1, ["title", "length"])
    assert 0.9 < older["share"] < 1


def test_a_table_and_csv_number_the_groups(run: Run) -> None:
    head, *rows = csv.reader(io.StringIO(run("list", "reprints", "--csv").removeprefix("\ufeff")))
    assert head[:5] == ["group", "id", "issue", "date", "title"]
    assert [row[:2] for row in rows] == [["1", "3"], ["1", "1"]]
    table = run("list", "reprints").splitlines()
    assert table[0].split()[:2] == ["组", "编号"]
    assert table[2].endswith("标题、篇幅")


def test_a_library_that_was_never_looked_through_is(run: Run, file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("DELETE FROM fingerprints")
    connection.close()
    assert len(json.loads(run("list", "reprints", "--json"))) == 1


def test_two_articles_are_compared(run: Run) -> None:
    found = json.loads(run("compare", 1, 3, "--json"))
    body = json.loads(run("show", 1, "--json"))["body"]
    told = [(each["kind"], body[each["start"] : each["end"]]) for each in found["one"]]
    assert told[0] == ("changed", "86")
    assert ("only", STORY[1]) in told
    assert all(len(passage) == 3 for passage in found["passages"])
    assert run("compare", 1, 3).splitlines()[0].endswith("改动  86")
    assert run("compare", 1, 1) == "正文完全相同\n"
    run("compare", 1, 99, code=1)


def test_what_is_no_reprint_is_said_and_taken_back(run: Run) -> None:
    change = json.loads(run("reprint", "deny", 1, 3, "--json"))
    assert (change["name"], change["changed"]) == ("“县里的稿子”不是同稿", 1)
    assert json.loads(run("list", "reprints", "--json")) == []
    run("reprint", "allow", 3, 1)
    assert len(json.loads(run("list", "reprints", "--json"))) == 1
    run("undo")
    assert json.loads(run("list", "reprints", "--json")) == []
