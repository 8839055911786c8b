"""The command line is a contract: every document, every exit code, in both languages."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile

import pytest
from support import write_bulletins

from bulletin_desktop import __main__, cli
from bulletin_desktop.cli.command import main
from bulletin_desktop.cli.output import plain, width
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.services import Library, browsing, checking, searching, themes

ARTICLE = [
    "id", "issue", "section", "kind", "kicker", "title", "subtitle", "author", "source",
    "date", "date_basis", "themes", "starred", "unread", "characters",
]  # fmt: skip
FIELDS = {
    "articles": ARTICLE,
    "themes": ["id", "name", "parent", "colour", "key", "aliases", "articles", "description"],
    "issues": [
        "id", "document", "title", "number", "total_number", "date", "date_basis",
        "date_evidence", "articles",
    ],
    "notes": ["article", "title", "note", "kind", "target", "private", "annotator", "at"],
    "collections": ["id", "name", "articles", "intro", "origin"],
    "sources": ["name", "articles", "units"],
    "units": ["name", "parent", "rank", "articles", "own", "aliases", "sources", "key"],
    "documents": [
        "id", "path", "sha256", "encoding", "length", "imported_at", "issues", "articles",
        "doubts", "remarks", "unplaced",
    ],
}  # fmt: skip


def test_parse_gives_the_whole_document_and_stores_nothing(shell, seeds, tmp_path):
    missing = tmp_path / "none.bdlib"
    files = shell.json("parse", seeds, library=missing)["files"]
    assert not missing.exists()
    assert len(files) == 5
    for entry in files:
        assert list(entry) == [
            "path", "encoding", "error", "warning", "text_length", "issues", "spans",
        ]  # fmt: skip
        assert (entry["encoding"], entry["error"], entry["warning"]) == ("utf-8", None, None)
        ends = [span["end"] for span in entry["spans"]]
        assert [span["start"] for span in entry["spans"]] == [0, *ends[:-1]]
        assert ends[-1] == entry["text_length"]
        articles = [article for issue in entry["issues"] for article in issue["articles"]]
        ranges = [(s["start"], s["end"]) for s in entry["spans"] if s["role"] == "article"]
        assert ranges == [(a["start"], a["end"]) for a in articles]
    assert list(entry["issues"][0]) == [
        "title", "number", "total_number", "date", "date_basis", "date_evidence", "masthead",
        "distribution", "sections", "articles",
    ]  # fmt: skip
    assert list(articles[0]) == [
        "section", "kind", "kicker", "title", "subtitle", "author", "source", "body",
        "start", "end", "omitted",
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "word"), [("zh", "不存在"), ("en", "does not exist")])
def test_parse_names_what_failed_in_the_language_asked_for(language, word, shell, seeds, tmp_path):
    given = ["parse", seeds, tmp_path / "none.txt", "--lang", language]
    files = shell.json(*given, code=1)["files"]
    failed = [entry for entry in files if entry["error"]]
    assert len(files) == 6
    assert word in failed[0]["error"]
    assert (failed[0]["issues"], failed[0]["spans"], failed[0]["text_length"]) == ([], [], 0)


def test_parse_of_an_empty_file_is_a_warning(shell, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (entry,) = shell.json("parse", tmp_path / "empty.txt")["files"]
    assert entry["warning"]
    assert (entry["error"], entry["issues"], entry["text_length"]) == (None, [], 0)


def test_parse_for_the_eye_prints_titles(shell, seeds):
    out = shell("parse", seeds)
    assert "张家港市总工会学习贯彻省工会十二大精神推进工会工作迈上新台阶" in out


def test_import_makes_a_library_and_says_what_it_did(shell, seeds, tmp_path):
    file = tmp_path / "deep" / "new.bdlib"
    told = shell.json("import", seeds, library=file)
    assert told == {
        "imported": 5, "unchanged": 0, "updated": 0, "skipped": 0, "failed": [],
        "issues": told["issues"], "articles": 45,
    }  # fmt: skip
    assert len(told["issues"]) == 5
    assert shell.json("list", "themes", library=file) == []
    assert shell.json("import", seeds, library=file)["unchanged"] == 5
    assert "未变 5" in shell("import", seeds, library=file)


def test_import_with_starter_themes(shell, seeds, tmp_path):
    file = tmp_path / "new.bdlib"
    shell("import", "--starter-themes", seeds, library=file)
    assert {theme["key"] for theme in shell.json("list", "themes", library=file)} >= {"1", "9"}


def test_import_with_a_failure_keeps_the_rest(shell, seeds, tmp_path):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01\x02\x03" * 100)
    told = shell.json("import", seeds, bad, library=tmp_path / "new.bdlib", code=1)
    assert told["imported"] == 5
    assert told["failed"] == [{"path": str(bad), "reason": told["failed"][0]["reason"]}]
    assert "文本" in told["failed"][0]["reason"]
    assert str(bad) in shell.err


@pytest.mark.parametrize("command", [
    ["list", "articles"], ["show", "1"], ["search", "工会"], ["theme", "add", "题"], ["undo"],
    ["history"], ["check"], ["star", "1"], ["export", "--all", "-o", "x.docx"],
])  # fmt: skip
def test_only_import_makes_a_library(command, shell, tmp_path):
    missing = tmp_path / "none.bdlib"
    assert shell(*command, code=3, library=missing) == ""
    assert str(missing) in shell.err
    assert "Traceback" not in shell.err
    assert not missing.exists()


@pytest.fixture(scope="module")
def filled_file(tmp_path_factory, seeded_file):
    """A library with something of everything; to be copied."""
    file = shutil.copy(seeded_file, tmp_path_factory.mktemp("filled") / "library.bdlib")
    for words in (
        ["theme", "add", "工资", "--colour", "#112233", "--key", "4", "--alias", "=薪酬"],
        ["theme", "add", "协商", "--parent", "工资"],
        ["tag", "--theme", "工资", "--theme", "协商", "3", "4"],
        ["note", "3", "=SUM(A1)"],
        ["star", "3"],
        ["collection", "add", "专题", "9", "3"],
    ):
        assert __main__.main([*words, "--library", str(file)]) == 0
    return file


@pytest.fixture
def filled(shell, filled_file):
    shutil.copy(filled_file, shell.file)
    return shell


@pytest.mark.parametrize("what", FIELDS)
def test_lists_have_the_fields_of_the_contract(what, filled):
    rows = filled.json("list", what)
    assert rows
    assert all(list(row) == FIELDS[what] for row in rows)
    table = filled("list", what).splitlines()
    assert len(table) == len(rows) + 1


def test_the_values_of_the_lists(filled):
    article = next(a for a in filled.json("list", "articles") if a["id"] == 3)
    assert (article["themes"], article["starred"]) == (["工资", "协商"], True)
    theme = filled.json("list", "themes")
    assert theme[0] == {
        "id": 1, "name": "工资", "parent": None, "colour": "#112233", "key": "4",
        "aliases": ["=薪酬"], "articles": 2, "description": "",
    }  # fmt: skip
    assert theme[1]["parent"] == "工资"
    assert filled.json("list", "collections") == [
        {"id": 1, "name": "专题", "articles": 2, "intro": None, "origin": None}
    ]
    assert filled.json("list", "notes")[0]["note"] == "=SUM(A1)"


def test_csv_opens_in_a_spreadsheet_and_runs_no_formula(filled):
    text = filled("list", "notes", "--csv")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert rows[0] == FIELDS["notes"]
    assert rows[1][2] == "'=SUM(A1)"
    themes = list(csv.reader(io.StringIO(filled("list", "themes", "--csv")[1:])))
    assert themes[1][5] == "'=薪酬"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_csv_guards_every_start_of_a_formula(start, shell):
    with Library(shell.file) as library, library.transaction():
        themes.insert(library, "题", aliases=[f"{start}1"])
    rows = list(csv.reader(io.StringIO(shell("list", "themes", "--csv")[1:])))
    assert rows[1][5] == f"'{start}1"


def test_show(filled):
    told = filled.json("show", "3")
    assert list(told) == [*ARTICLE, "body", "note"]
    assert told["note"] == "=SUM(A1)"
    assert len(told["body"]) == told["characters"]
    assert told["title"] in filled("show", "3")
    assert filled("show", "999", code=1) == ""
    assert "999" in filled.err


def test_search(shell):
    told = shell.json("search", "集体协商", "--limit", "2", "--facets")
    assert told["total"] == 8
    assert len(told["hits"]) == 2
    for hit in told["hits"]:
        assert list(hit) == ["article", "issue", "title", "source", "date", "snippet"]
        for start, end in hit["snippet"]["ranges"]:
            assert hit["snippet"]["text"][start:end] == "集体协商"
    assert list(told["facets"]) == ["themes", "sources", "sections", "years", "kinds"]
    assert "facets" not in shell.json("search", "集体协商")
    assert shell("search", "集体协商").startswith("共 8 篇")


def test_search_without_hits_is_done(shell):
    assert shell.json("search", "没有这样的词") == {"total": 0, "hits": []}


def test_search_takes_a_text_as_it_is_when_literal(shell):
    assert shell.json("search", "--literal", '"五一"')["total"] == 0
    assert shell.json("search", '"五一"')["total"] > 0
    assert shell("search", '"五一', code=2) == ""


@pytest.mark.parametrize("sort", ["date", "source"])
def test_search_sorts(sort, shell):
    hits = shell.json("search", "工会", "--sort", sort, "--limit", "1000")["hits"]
    keys = [hit[sort] for hit in hits]
    if sort == "date":
        assert keys == sorted(keys, reverse=True)
    else:
        given = [key for key in keys if key]
        assert keys == sorted(given) + [None] * (len(keys) - len(given))


def test_every_verb_tells_its_change_and_can_be_undone(shell):
    verbs = [
        ["theme", "add", "甲"], ["theme", "add", "乙", "--parent", "甲"],
        ["theme", "rename", "乙", "丙"], ["theme", "move", "丙"],
        ["tag", "--theme", "甲", "--theme", "丙", "3", "4", "3"],
        ["tag", "--theme", "甲", "--query", "集体协商"],
        ["untag", "--theme", "甲", "3"], ["theme", "merge", "丙", "甲"],
        ["note", "3", "笔记"], ["star", "3", "4"], ["star", "--off", "3"],
        ["collection", "create", "集"], ["collection", "add", "集", "3", "4"],
        ["collection", "remove", "集", "3"], ["collection", "rename", "集", "选"],
        ["collection", "delete", "选"], ["theme", "delete", "甲"],
    ]  # fmt: skip
    names = []
    for verb in verbs:
        change = shell.json(*verb)
        assert list(change) == ["step", "name", "changed"]
        assert change["changed"] > 0
        names.append(change["name"])
    told = shell.json("history")
    columns = ["step", "name", "at", "undone", "annotator"]
    assert [list(step) for step in told] == [columns] * (len(verbs) + 1)
    assert [step["name"] for step in told] == [*names[::-1], "导入 5 个文件"]
    for name in names[::-1]:
        assert shell.json("undo")["name"] == name
    assert [step["undone"] for step in shell.json("history")] == [True] * len(verbs) + [False]
    for name in names:
        assert shell.json("redo")["name"] == name
    assert shell("redo", code=1) == ""
    assert "重做" in shell.err
    assert shell("redo", "--lang", "en", code=1) == ""
    assert "nothing to redo" in shell.err


def test_a_change_of_nothing_has_no_step(shell):
    shell("star", "3")
    assert shell.json("star", "3") == {"step": None, "name": "加星标：1 篇", "changed": 0}


def test_what_is_missing_is_named_and_nothing_changes(shell):
    before = shell.json("history")
    shell("theme", "add", "题")
    for verb, word in [
        (["tag", "--theme", "无此题", "3"], "无此题"),
        (["tag", "--theme", "题", "3", "999"], "999"),
        (["collection", "remove", "无此集", "3"], "无此集"),
        (["theme", "add", "题"], "题"),
        (["theme", "add", "新", "--key", "x"], "x"),
        (["theme", "add", "新", "--colour", "red"], "red"),
        (["export", "--theme", "无此题", "-o", "x.docx"], "无此题"),
        (["export", "--articles", "999", "-o", "x.docx"], "999"),
    ]:
        assert shell(*verb, code=1) == ""
        assert word in shell.err
    assert len(shell.json("history")) == len(before) + 1


def words_of(file):
    with zipfile.ZipFile(file) as package:
        return package.read("word/document.xml").decode("utf-8")


@pytest.mark.parametrize(
    ("which", "count"),
    [
        (["--all"], 45),
        (["--theme", "工资"], 2),
        (["--collection", "专题", "--notes"], 2),
        (["--articles", "7", "5", "7"], 2),
        (["--query", "集体协商"], 8),
    ],
)
def test_export_writes_a_document(which, count, filled, tmp_path):
    file = tmp_path / "选编.docx"
    told = filled.json("export", "-o", file, *which, "--title", "我的选编", "--no-layout")
    assert told == {"file": str(file), "articles": count, "format": "docx"}
    words = words_of(file)
    assert "我的选编" in words
    assert ("SUM(A1)" in words) == ("--notes" in which)


@pytest.mark.parametrize("group", ["theme", "issue", "source", "date", "none"])
def test_export_groups(group, filled, tmp_path):
    file = tmp_path / "a.docx"
    given = ["-o", file, "--all", "--group-by", group, "--no-layout"]
    assert filled.json("export", *given)["articles"] == 45
    assert ("未归主题" in words_of(file)) == (group == "theme")


def test_export_of_nothing_and_to_nowhere(shell, tmp_path):
    assert shell("export", "-o", tmp_path / "a.docx", "--query", "没有这样的词", code=3) == ""
    assert shell("export", "-o", tmp_path / "no" / "a.docx", "--all", code=3) == ""
    assert "文件夹不存在" in shell.err
    assert list(tmp_path.glob("*.docx")) == []


def test_check(shell):
    assert shell.json("check") == {"ok": True, "problems": []}
    with Library(shell.file) as library:
        library.connection.execute("INSERT INTO recording VALUES (1, 0)")
    told = shell.json("check", code=1)
    assert told["ok"] is False
    assert [list(problem) for problem in told["problems"]] == [["what", "where", "mend"]]
    assert shell.json("check", "--repair") == {"ok": True, "problems": []}
    assert "完好" in shell("check")


@pytest.mark.parametrize(
    "arguments",
    [
        ["suggest"], ["list", "nothing"], ["list"], ["search"], ["show", "x"],
        ["parse"], ["import"], ["tag", "3"], ["tag", "--theme", "甲"], ["theme"], ["export"],
        ["tag", "--theme", "甲", "--query", "乙", "3"], ["search", "a", "--limit", "-1"],
        ["export", "--all", "--theme", "甲", "-o", "a.docx"], ["list", "articles", "--nothing"],
        ["export", "-o", "a.docx"], ["export", "--all", "-o", "a.json"],
        ["export", "--all", "-o", "a.docx", "--format", "doc"], ["history", "--lang", "fr"],
        ["merge"], ["backup"], ["highlight", "add"], ["no-such-file.txt"],
    ],
)  # fmt: skip
def test_wrong_usage_is_2_and_says_why(arguments, shell):
    assert shell(*arguments, code=2) == ""
    assert shell.err.strip()
    assert "Traceback" not in shell.err


def test_the_common_options_stand_before_or_after(library_file, capsys):
    for given in (
        ["--library", library_file, "--json", "--lang", "en", "history"],
        ["history", "--library", library_file, "--json", "--lang", "en"],
        [f"--library={library_file}", "history", "--lang=en", "--json"],
        ["--json", "history", "--lang", "en", "--library", library_file],
    ):
        assert __main__.main(list(map(str, given))) == 0
        assert json.loads(capsys.readouterr().out)[0]["name"] == "Import 5 files"


@pytest.mark.parametrize(
    "arguments",
    [[], ["--sample"], ["--library", "a.bdlib"], ["FILE"], ["--library", "a.bdlib", "FILE"]],
)
def test_without_a_subcommand_it_is_the_window(arguments, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("x")
    assert not cli.is_for([str(file) if word == "FILE" else word for word in arguments])


@pytest.mark.parametrize("arguments", [["--help"], ["list", "--help"], ["theme", "-h"]])
def test_help_is_for_the_command_line(arguments, capsys):
    assert cli.is_for(arguments)
    with pytest.raises(SystemExit) as end:
        main([*arguments, "--lang", "zh"])
    assert end.value.code == 0
    assert "用法" in capsys.readouterr().out


def test_wide_characters_align_the_table():
    assert width("工会ab，") == 8
    assert width("e\u0301") == 1
    assert plain(["甲", None, "a\nb"]) == "甲、、a b"


def test_a_full_or_closed_stdout_is_3_without_a_trace(library_file, child_environment):
    command = [sys.executable, "-m", "bulletin_desktop", "list", "articles", "--csv"]
    command += ["--library", str(library_file), "--lang", "en"]
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        run = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, env=child_environment,
            check=False,
        )  # fmt: skip
    assert run.returncode == 3
    assert run.stderr.splitlines() == ["The result cannot be written: No space left on device."]
    reading, writing = os.pipe()
    os.close(reading)
    run = subprocess.run(
        command, stdout=writing, stderr=subprocess.PIPE, text=True, env=child_environment,
        check=False,
    )  # fmt: skip
    os.close(writing)
    assert (run.returncode, run.stderr) == (3, "")


COUNT = 60


@pytest.fixture(scope="session")
def many_bulletins(tmp_path_factory):
    """More different bulletins than one process loads alone."""
    folder = tmp_path_factory.mktemp("many")
    write_bulletins(folder, COUNT)
    return folder


def test_an_interrupted_import_keeps_whole_files(many_bulletins, tmp_path, child_environment):
    file = tmp_path / "new.bdlib"
    code = (
        "import sys; from bulletin_desktop.services import importing; importing.BATCH_SECONDS = 0;"
        "from bulletin_desktop.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "import", "--json", "--lang", "en"]
    child = subprocess.Popen(
        [*command, "--library", str(file), str(many_bulletins)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=child_environment,
    )  # fmt: skip
    while child.poll() is None and not (file.exists() and stored(file)):
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    told = json.loads(out)
    assert (child.returncode, 0 < told["imported"] < COUNT) == (130, True), err
    assert "Interrupted" in err
    assert "Traceback" not in err
    with Library(file) as library:
        assert browsing.totals(library).issues == told["imported"]
        assert browsing.totals(library).articles == told["articles"]


def stored(file):
    """Whether a library has documents that were committed."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        return connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    except sqlite3.Error:
        return 0
    finally:
        connection.close()


def test_progress_goes_to_stderr_and_json_alone_to_stdout(run_child, seeds, tmp_path):
    run = run_child("import", "--json", "--library", tmp_path / "new.bdlib", seeds)
    assert json.loads(run.stdout)["imported"] == 5
    assert run.stderr == ""


def test_progress_rewrites_one_line_of_a_terminal(many_bulletins, tmp_path, child_environment):
    terminal, other_end = os.openpty()
    command = [sys.executable, "-m", "bulletin_desktop", "import", "--json", "--lang", "en"]
    with subprocess.Popen(
        [*command, "--library", str(tmp_path / "new.bdlib"), str(many_bulletins)],
        stdout=subprocess.PIPE, stderr=other_end, env=child_environment,
    ) as child:  # fmt: skip
        out, _ = child.communicate(timeout=60)
    os.close(other_end)
    said = os.read(terminal, 1_000_000).decode("utf-8")
    os.close(terminal)
    assert child.returncode == 0
    assert json.loads(out)["imported"] == COUNT
    assert f"/{COUNT} Importing " in said
    assert said.count("\r\033[K") > 1


def test_a_search_that_is_interrupted_gives_nothing(shell, monkeypatch):
    def interrupted(library, query, options, limit):
        os.kill(os.getpid(), signal.SIGINT)
        answer = yield Progress(0, 0, Message("search.progress"))
        assert answer is True
        return searching.Found((), 0, {})

    monkeypatch.setattr(searching, "search", interrupted)
    before = signal.getsignal(signal.SIGINT)
    assert shell("search", "工会", "--json", code=130) == ""
    assert "中断" in shell.err
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_interruption_breaks_the_work_off(shell, monkeypatch):
    def stubborn(library, query, options, limit):
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGINT)
            yield Progress(0, 0, Message("search.progress"))
        raise AssertionError("not reached")

    monkeypatch.setattr(searching, "search", stubborn)
    assert shell("search", "工会", code=130) == ""


def test_bytes_that_are_no_text_are_wrong_usage(shell):
    for verb in (["theme", "add", "\udcb9"], ["tag", "--theme", "\udcb9", "3"]):
        assert shell(*verb, code=2) == ""
        assert "UTF-8" in shell.err


def test_numbers_beyond_all_bounds(shell):
    huge = "9" * 30
    assert shell.json("search", "工会", "--limit", huge)["total"] == 45
    assert shell("show", huge, code=1) == ""
    assert shell("star", huge, code=1) == ""


def test_a_query_that_finds_nothing_tags_nothing(shell):
    shell("theme", "add", "题")
    told = shell.json("tag", "--theme", "题", "--query", "没有这样的词")
    assert (told["step"], told["changed"]) == (None, 0)


def test_two_imports_of_the_same_files_at_once(many_bulletins, tmp_path, child_environment):
    file = tmp_path / "new.bdlib"
    command = [sys.executable, "-m", "bulletin_desktop", "import", "--json", str(many_bulletins)]
    children = [
        subprocess.Popen(
            [*command, "--library", str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=child_environment, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    told = [(*child.communicate(timeout=60), child.returncode) for child in children]
    assert [code for _, _, code in told] == [0, 0], told
    counts = [json.loads(out) for out, _, _ in told]
    assert sum(count["imported"] for count in counts) == COUNT
    assert sum(count["unchanged"] for count in counts) == COUNT
    with Library(file) as library:
        assert browsing.totals(library).issues == COUNT
        assert list(checking.problems(library)) == []


@pytest.mark.parametrize(
    ("which", "title"),
    [
        (["--collection", "专题"], "专题"),
        (["--theme", "工资"], "工资选编"),
        (["--query", "集体协商"], "集体协商选编"),
        (["--all"], "简报选编"),
    ],
)
def test_a_document_has_a_title_of_what_is_in_it(which, title, filled, tmp_path):
    filled("export", "-o", tmp_path / "a.docx", *which, "--no-layout")
    assert f">{title}<" in words_of(tmp_path / "a.docx")


def test_the_window_gets_what_is_not_for_the_command_line(monkeypatch):
    class Window:
        given = None

        @classmethod
        def run(cls, arguments):
            cls.given = arguments
            return 7

    monkeypatch.setitem(sys.modules, "bulletin_desktop.app", Window)
    assert __main__.main(["--sample", "--library", "a.bdlib"]) == 7
    assert Window.given == ["--sample", "--library", "a.bdlib"]
