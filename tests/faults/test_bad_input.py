"""What users really have on their disks: each is said in a sentence, and nothing is lost."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys

import pytest
from support import break_pages, finish, turned

from bulletin_desktop.__main__ import main
from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.library import migrations
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import Library, browsing, checking, files
from bulletin_desktop.services.importing import import_paths

NEWER = len(migrations.MIGRATIONS) + 1
TEXT = "【工作动态】\n一篇文章的标题\n　　这里是文章的正文，共有一段。\n（市总工会）\n"


def sentence(code, language, **params):
    return Catalogue(language).text(code, **params)


@pytest.fixture
def command(capsys):
    """Runs the command line in this process; gives the exit code, stdout and stderr."""

    def run(*words):
        code = main([str(word) for word in words])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def import_json(command, tmp_path):
    """Imports beside a good file and gives the exit code, the document and stderr."""

    def run(*paths, language="zh"):
        good = tmp_path / "good.txt"
        good.write_text(TEXT, "utf-8")
        library = ["--library", tmp_path / "new.bdlib", "--lang", language, "--json"]
        code, told, said = command("import", *library, good, *paths)
        return code, json.loads(told), said

    return run


BAD_FILES = {
    "binary": (b"\x00\x01\x02\x03" * 100, "file.binary", {}),
    "pdf": (b"%PDF-1.4\n" + b"x" * 500, "file.damaged", {}),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(500), "file.binary", {}),
    "zip": (b"PK\x03\x04" + bytes(500), "file.archive", {}),
    "undecodable": ("工会".encode() * 50 + b"\xff\xff" + "工会".encode() * 50, None, {}),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_file_that_is_no_text(kind, language, import_json, tmp_path):
    data, code, params = BAD_FILES[kind]
    bad = tmp_path / f"{kind}.txt"
    bad.write_bytes(data)
    exit_code, told, stderr = import_json(bad, language=language)
    assert (exit_code, told["imported"]) == (1, 1)
    (failed,) = told["failed"]
    expected = (
        sentence(code, language, **params)
        if code
        else sentence("file.undecodable", language, position=300)
    )
    assert failed == {"path": str(bad), "reason": expected}
    assert expected in stderr
    assert bad.read_bytes() == data


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_file_that_is_missing_and_a_folder_without_texts(language, import_json, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.png").write_bytes(b"x")
    exit_code, told, _ = import_json(tmp_path / "none.txt", folder, language=language)
    assert (exit_code, told["imported"], told["skipped"]) == (1, 1, 1)
    assert told["failed"] == [
        {"path": str(tmp_path / "none.txt"), "reason": sentence("file.missing", language)},
        {"path": str(folder), "reason": sentence("file.folder_without_texts", language)},
    ]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", " \r\n\u3000\n".encode()])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_file_is_a_warning(data, language, import_json, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(data)
    exit_code, told, stderr = import_json(empty, language=language)
    assert (exit_code, told["imported"], told["skipped"], told["failed"]) == (0, 1, 1, [])
    assert sentence("parse.empty", language) in stderr
    with Library(tmp_path / "new.bdlib") as library:
        assert browsing.totals(library).issues == 1


def test_a_file_without_permission(run_as_user, open_folder, hand_over):
    for name in ("good.txt", "secret.txt"):
        (open_folder / name).write_text(TEXT + name, "utf-8")
        hand_over(open_folder / name)
    (open_folder / "secret.txt").chmod(0o000)
    locked = open_folder / "locked"
    locked.mkdir(mode=0o000)
    child = run_as_user(
        "import", "--library", open_folder / "new.bdlib", "--json", "--lang", "en", open_folder
    )
    assert child.stdout, child.stderr
    told = json.loads(child.stdout)
    assert (child.returncode, told["imported"]) == (1, 1), child.stderr
    reason = sentence("file.no_permission", "en")
    assert sorted(failed["path"] for failed in told["failed"]) == [
        str(locked),
        str(open_folder / "secret.txt"),
    ]
    assert {failed["reason"] for failed in told["failed"]} == {reason}


@pytest.mark.parametrize(("what", "language"), [("file", "zh"), ("folder", "en")])
def test_a_read_only_library(what, language, run_as_user, open_folder, hand_over, library_file):
    file = hand_over(shutil.copy(library_file, open_folder / "library.bdlib"))
    before = file.read_bytes()
    if what == "file":
        file.chmod(0o444)
    else:
        open_folder.chmod(0o555)
    child = run_as_user("star", "3", "--library", file, "--lang", language)
    assert (child.returncode, child.stdout) == (3, "")
    assert child.stderr.strip() == sentence("library.read_only", language, path=str(file))
    assert file.read_bytes() == before


def test_a_library_that_may_not_be_read(run_as_user, open_folder, hand_over, library_file):
    file = hand_over(shutil.copy(library_file, open_folder / "library.bdlib"))
    file.chmod(0o000)
    child = run_as_user("list", "issues", "--library", file, "--lang", "en")
    assert child.returncode == 3
    assert child.stderr.strip() == sentence("library.cannot_open", "en", path=str(file))


def test_a_library_in_a_folder_that_cannot_be_made(run_as_user, open_folder, hand_over):
    text = open_folder / "a.txt"
    text.write_text(TEXT, "utf-8")
    open_folder.chmod(0o555)
    file = open_folder / "deep" / "library.bdlib"
    child = run_as_user("import", text, "--library", file, "--lang", "en")
    assert child.returncode == 3
    assert child.stderr.strip() == sentence("library.cannot_open", "en", path=str(file))


def test_an_export_to_where_one_may_not_write(run_as_user, open_folder, hand_over, library_file):
    file = hand_over(shutil.copy(library_file, open_folder / "library.bdlib"))
    closed = open_folder / "closed"
    closed.mkdir(mode=0o555)
    target = closed / "a.docx"
    words = ("export", "--all", "--no-layout", "-o", target, "--library", file)
    child = run_as_user(*words, "--lang", "zh")
    assert child.returncode == 3
    assert child.stderr.strip() == sentence("write.not_allowed", "zh", path=str(target))
    assert list(closed.iterdir()) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_export_onto_a_folder_or_under_a_name_too_long(
    language, command, library_file, tmp_path
):
    folder = tmp_path / "folder.docx"
    folder.mkdir()
    long = tmp_path / f"{'长' * 200}.docx"
    for target, code in ((folder, "write.is_folder"), (long, "write.name_too_long")):
        words = ["--all", "--no-layout", "-o", target, "--library", library_file]
        exit_code, _, said = command("export", *words, "--lang", language)
        assert exit_code == 3
        assert said.strip() == sentence(code, language, path=str(target))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_library_is_not_imported(language, import_json, library_file):
    before = library_file.read_bytes()
    exit_code, told, _ = import_json(library_file, language=language)
    assert (exit_code, told["imported"]) == (1, 1)
    reason = sentence("file.library", language)
    assert told["failed"] == [{"path": str(library_file), "reason": reason}]
    assert library_file.read_bytes() == before


def test_a_file_that_vanishes_during_the_import(empty_library, tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(TEXT + name, "utf-8")
    work = import_paths(empty_library, [tmp_path / n for n in ("a.txt", "b.txt", "c.txt")])
    next(work)
    (tmp_path / "b.txt").unlink()
    report = finish(work)
    assert report.imported == 2
    assert [(f.path, f.reason.code) for f in report.failed] == [
        (str(tmp_path / "b.txt"), "file.missing")
    ]
    assert list(checking.problems(empty_library)) == []


def test_a_file_on_a_failing_disk(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")

    def fail(self):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(type(path), "read_bytes", fail)
    with pytest.raises(KnownError) as caught:
        files.read_bytes(path)
    assert "Input/output error" in Catalogue("zh").error(caught.value)


def test_a_text_without_any_structure_is_one_article(import_json, tmp_path):
    plain = tmp_path / "plain.txt"
    words = "今天天气很好我们去公园散步看到许多人在那里唱歌跳舞" * 40
    plain.write_text(words, "utf-8")
    exit_code, told, _ = import_json(plain)
    assert (exit_code, told["imported"], told["articles"]) == (0, 2, 2)
    with Library(tmp_path / "new.bdlib") as library:
        (article,) = [a for a in browsing.in_scope(library) if a.characters > 500]
        assert browsing.text_of(library, article.id).body.replace("\n", "") in words


@pytest.mark.parametrize("megabytes", [3, pytest.param(20, marks=pytest.mark.full)])
def test_a_text_of_many_megabytes(megabytes, import_json, tmp_path, seeds):
    large = tmp_path / "large.txt"
    texts = "\n".join(file.read_text("utf-8") for file in sorted(seeds.iterdir()))
    count = megabytes * 1_000_000 // len(texts.encode("utf-8")) + 1
    # Other characters each time: reprints of everything would be another matter.
    copies = (texts.translate(turned(97 * number)) for number in range(count))
    large.write_text("\n".join(copies), "utf-8")
    assert large.stat().st_size >= megabytes * 1_000_000
    exit_code, told, _ = import_json(large)
    assert (exit_code, told["imported"], told["failed"]) == (0, 2, [])
    with Library(tmp_path / "new.bdlib") as library:
        assert list(checking.problems(library)) == []
        text = library.value("SELECT text FROM documents ORDER BY length DESC LIMIT 1")
        assert text == large.read_text("utf-8")


def bad_library(kind, file):
    """Puts something at ``file`` that cannot serve as a library."""
    if kind == "library.is_directory":
        file.mkdir()
    elif kind == "library.not_sqlite":
        file.write_text("这是一篇文章，不是资料库。" * 100, "utf-8")
    elif kind == "library.foreign":
        connection = sqlite3.connect(file)
        connection.execute("CREATE TABLE messages (id INTEGER PRIMARY KEY)")
        connection.close()
    elif kind == "library.newer":
        with Library(file, create=True) as library:
            library.connection.execute(f"PRAGMA user_version = {NEWER}")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "kind", ["library.is_directory", "library.not_sqlite", "library.foreign", "library.newer"]
)
@pytest.mark.parametrize("verb", ["list", "import"])
def test_what_is_no_library_is_said_and_not_touched(kind, verb, language, command, seeds, tmp_path):
    file = tmp_path / "library.bdlib"
    bad_library(kind, file)
    before = file.read_bytes() if file.is_file() else None
    rest = ["issues"] if verb == "list" else [seeds]
    exit_code, told, said = command(verb, *rest, "--library", file, "--lang", language)
    assert (exit_code, told) == (3, "")
    params = {"path": str(file), "version": NEWER, "known": NEWER - 1}
    assert said.strip() == sentence(kind, language, **params)
    assert (file.read_bytes() if file.is_file() else None) == before
    assert [path.name for path in tmp_path.iterdir()] == ["library.bdlib"]


@pytest.mark.parametrize("content", [b"", b"tiny", b"SQLite format 3\0"])
def test_a_file_too_small_for_a_library(content, command, tmp_path):
    file = tmp_path / "library.bdlib"
    file.write_bytes(content)
    exit_code, _, said = command("list", "issues", "--library", file, "--lang", "en")
    assert exit_code == 3
    assert said.strip() == sentence("library.not_sqlite", "en", path=str(file))
    assert file.read_bytes() == content


HOLD = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""
IMPATIENT = (
    "import sys; from bulletin_desktop.library import connection as opening;"
    "opening.BUSY_MILLISECONDS = 50;"
    "from bulletin_desktop.__main__ import main; sys.exit(main(sys.argv[1:]))"
)


def test_a_library_locked_by_another_program(library_file, child_environment):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(library_file)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout.readline() == "held\n"
    for language in ("zh", "en"):
        command = ["star", "3", "--library", str(library_file), "--lang", language]
        child = subprocess.run(
            [sys.executable, "-c", IMPATIENT, *command],
            capture_output=True, text=True, encoding="utf-8", env=child_environment, check=False,
        )  # fmt: skip
        assert (child.returncode, child.stdout) == (3, "")
        assert child.stderr.strip() == sentence("library.locked", language, path=str(library_file))
    holder.communicate("")
    with Library(library_file) as library:
        assert not browsing.by_id(library, 3).starred
        assert list(checking.problems(library)) == []


def test_a_damaged_library_is_found_by_check(command, library_file):
    break_pages(library_file)
    exit_code, out, said = command("check", "--json", "--library", library_file, "--lang", "en")
    assert exit_code == 1, said
    told = json.loads(out)
    assert told["ok"] is False
    assert sentence("check.file", "en") in {problem["what"] for problem in told["problems"]}
