"""A library that is served: a real server on this machine, asked as a browser asks."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import signal
import subprocess
import sys
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

import pytest

from bulletin_desktop.services import Library, noting, tagging
from bulletin_desktop.serving import server


class Served:
    """A process that serves a library, and questions to it."""

    def __init__(self, library, folder, environment):
        self.folder = folder
        command = [sys.executable, "-m", "bulletin_desktop", "serve", "--port", "0", "--lang", "en"]
        self.process = subprocess.Popen(
            [*command, "--library", str(library)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
            env=environment | {"TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)},
        )  # fmt: skip
        self.said = self.process.stderr.readline()
        found = re.search(r"http://\S+", self.said)
        assert found, self.said + self.process.stderr.read()
        self.address = urlsplit(found[0])

    def ask(self, path, method="GET", **headers):
        connection = HTTPConnection(self.address.hostname, self.address.port, timeout=20)
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer
        finally:
            connection.close()

    def json(self, path):
        status, text, _ = self.ask(path)
        assert status == 200, text
        return json.loads(text)

    def titles(self, typed):
        path = f"/library/articles.json?_shape=objects&_search={quote(typed)}"
        return [row["title"] for row in self.json(path)["rows"]]


@pytest.fixture(scope="module")
def served(tmp_path_factory, seeded_file, child_environment):
    folder = tmp_path_factory.mktemp("served")
    file = folder / "简报.bdlib"
    shutil.copy(seeded_file, file)
    with Library(file) as library:
        tagging.tag_new(library, [1, 3], "<b>甲")
        tagging.tag_new(library, [2], "=1+1")
        noting.set_note(library, "article", 1, "公开的话\n<script>alert(1)</script>", private=False)
        noting.set_note(library, "article", 2, "私人的话", private=True)
    copies = folder / "copies"
    copies.mkdir()
    running = Served(file, copies, child_environment)
    yield running
    running.process.kill()
    running.process.communicate()


def test_a_table_for_spreadsheets_has_no_formulas(served):
    status, text, _ = served.ask("/library/themes.csv?_size=max")
    assert status == 200
    names = [row["name"] for row in csv.DictReader(io.StringIO(text))]
    assert {"<b>甲", "'=1+1"} <= set(names)


def test_the_pages_are_there_and_ask_no_other_machine(served):
    for path in ("/", "/library", "/library/articles", "/library/articles/1", "/library/by_theme"):
        status, text, answer = served.ask(path)
        assert status == 200, path
        own = f"http://{served.address.netloc}/"
        others = set(re.findall(r"https?://[^\s\"'<]+", text.replace(own, "")))
        assert others <= {"http://www.w3.org/2000/svg"}, path
        assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "简报 · 简报台" in served.ask("/")[1]
    assert served.json("/library/articles.json")["filtered_table_rows_count"] == 45


def test_the_search_box_finds_words_of_any_length(served):
    assert len(served.titles("协商")) == len(served.titles("協商")) == 12
    assert 0 < len(served.titles("工资集体协商")) < 12
    assert served.titles('"工资集体协商" 工会') != []
    assert served.titles("协商 OR (没有") == []
    assert len(served.titles("")) == 45
    assert "<mark>协商</mark>" in served.ask(f"/library/articles?_search={quote('协商')}")[1]
    raw = f"/library/articles.json?_searchmode=raw&_search={quote('协商')}"
    assert served.json(raw)["filtered_table_rows_count"] == 12


def test_facets_and_ready_questions(served):
    facets = served.json("/library/articles.json")["facet_results"]
    assert facets.keys() == {"year", "source", "section", "themes"}
    assert facets["themes"]["results"][0]["count"] == 2
    rows = served.json(f"/library/by_theme.json?_shape=objects&theme={quote('<b>甲')}")["rows"]
    assert [row["article"] for row in rows] == [1, 3]


def test_what_users_wrote_is_text(served):
    for path in ("/library/notes", "/library/notes/1", "/library/themes", "/library/articles/1"):
        text = served.ask(path)[1]
        assert "<script>alert" not in text
        assert "<b>甲" not in text
    assert "公开的话" in served.ask("/library/notes/1")[1]


def test_private_notes_are_not_there(served):
    assert [row["text"] for row in served.json("/library/notes.json?_shape=objects")["rows"]] == [
        "公开的话\n<script>alert(1)</script>"
    ]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/library/articles", 405),
        ("DELETE", "/library/articles/1", 405),
        ("GET", "/library.db", 403),
        ("GET", "/library.json?sql=select+1", 403),
        ("GET", "/library/articles.json?_where=1", 403),
        ("GET", "/library/articles_search", 403),
        ("GET", "/library/articles_search_data", 403),
        ("GET", "/-/databases.json", 404),
        ("GET", "/-/threads.json", 404),
        ("GET", "/library/settings", 404),
    ],
)
def test_what_is_shut(served, method, path, status):
    got, text, _ = served.ask(path, method)
    assert got == status
    assert str(served.folder) not in text


def test_only_this_machine_may_ask_for_a_share_of_its_own(served):
    assert served.ask("/", Host="bulletins.example")[0] == 403
    assert served.ask("/", Host="localhost:1")[0] == 200


@pytest.mark.skipif(sys.platform == "win32", reason="there Ctrl-C reaches all of a console")
def test_ctrl_c_ends_it_and_removes_the_copy(seeded_file, tmp_path, child_environment):
    for number in (signal.SIGINT, signal.SIGTERM):
        running = Served(seeded_file, tmp_path, child_environment)
        assert len(list(tmp_path.rglob("library.db"))) == 1
        running.process.send_signal(number)
        out, said = running.process.communicate(timeout=20)
        assert (running.process.returncode, out) == (130, "")
        assert said.count("\n") == 1
        assert list(tmp_path.iterdir()) == []


def test_without_the_extra_it_is_said_how_to_get_it(shell, monkeypatch):
    monkeypatch.setattr(server, "find_spec", lambda _name: None)
    assert shell("serve", code=3) == ""
    assert "bulletin-desktop[share]" in shell.err
    assert shell.err.count("\n") == 1


@pytest.mark.parametrize("port", ["-1", "65536", "x"])
def test_a_port_that_is_none_is_wrong_usage(shell, port):
    shell("serve", f"--port={port}", code=2)


def test_a_missing_library_is_said(shell, tmp_path):
    shell("serve", "--port", "0", code=3, library=tmp_path / "none.bdlib")
    assert not (tmp_path / "none.bdlib").exists()
