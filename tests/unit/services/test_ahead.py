"""Loading ahead in a process: the same comes in, whatever becomes of the process."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from reprint_samples import OTHER, STORY, write
from support import finish

from bulletin_desktop.library import integrity
from bulletin_desktop.services import Library, ahead, browsing, files
from bulletin_desktop.services.importing import ImportReport, import_paths

FILES = 12
needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="no process can be stopped")


@pytest.fixture
def bulletins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Texts for which a process is started, among other files, of which some cannot be read."""
    monkeypatch.setattr(ahead, "_MANY", 3)
    folder = tmp_path / "bulletins"
    folder.mkdir()
    for number in range(1, FILES + 1):
        story = STORY if number % 3 else OTHER
        write(folder, f"{number}", f"{number}", (f"第{number}篇报道", story), ("又一篇", OTHER))
    (folder / "2b.txt").write_bytes((folder / "2.txt").read_bytes())  # the same again
    (folder / "4b.txt").write_text((folder / "5.txt").read_text("utf-8"), "gb18030")
    (folder / "5b.txt").write_bytes(b"\x00\x01\x02" * 50)
    (folder / "5c.pdf").write_bytes(b"%PDF-1.4 no more of it")
    (folder / "6b.txt").write_text("")
    (folder / "7b.html").write_text("<html><p>一个标题</p><p>　　一段正文。</p></html>", "utf-8")
    return folder


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that loading ahead has started; they are gone when the test ends."""
    processes: list[subprocess.Popen[bytes]] = []

    class Watched(ahead._Process):
        def __init__(self) -> None:
            super().__init__()
            processes.append(self._process)

    monkeypatch.setattr(ahead, "_Process", Watched)
    yield processes
    assert all(process.poll() is not None for process in processes)


def told(report: ImportReport) -> object:
    """What a report says, but for the step of the history."""
    return [
        getattr(report, name)
        for name in ImportReport.__dataclass_fields__
        if name not in ("change", "stopped")
    ]


def content(library: Library) -> object:
    return [
        library.rows("SELECT id, path, sha256, encoding, text, remarks FROM documents ORDER BY id"),
        library.rows("SELECT * FROM layouts ORDER BY id"),
        library.rows("SELECT * FROM issues ORDER BY id"),
        library.rows("SELECT * FROM sections ORDER BY id"),
        library.rows("SELECT * FROM articles ORDER BY id"),
        library.rows("SELECT * FROM fingerprints ORDER BY article_id"),
        library.rows("SELECT * FROM reprints ORDER BY article_id, other_id"),
    ]


@pytest.fixture
def wanted(
    tmp_path: Path, bulletins: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[object, object]:
    """What comes in without a process."""
    with (
        monkeypatch.context() as patch,
        Library(tmp_path / "plain.bdlib", create=True) as library,
    ):
        patch.setattr(ahead, "_MANY", 10**9)
        report = finish(import_paths(library, [bulletins]))
        assert (report.imported, len(report.failed)) == (FILES + 2, 2)
        return told(report), content(library)


@pytest.mark.parametrize("most", [2, 80])
@pytest.mark.parametrize("with_prints", [False, True])
def test_the_same_comes_in(
    empty_library: Library,
    bulletins: Path,
    wanted: object,
    started: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    with_prints: bool,
) -> None:
    monkeypatch.setattr(ahead, "_AHEAD", most)
    monkeypatch.setattr(ahead, "_MANY", min(3, most))
    if with_prints:
        monkeypatch.setattr(ahead, "_is_late", lambda _: True)
    report = finish(import_paths(empty_library, [bulletins]))
    assert (told(report), content(empty_library)) == wanted
    assert len(started) == 1


def test_few_files_start_no_process(
    empty_library: Library, bulletins: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    finish(import_paths(empty_library, [bulletins / "1.txt", bulletins / "2.txt"]))
    finish(import_paths(empty_library, [bulletins]))
    assert len(started) == 1
    assert finish(import_paths(empty_library, [bulletins])).unchanged == FILES + 3
    assert len(started) == 1


@needs_signals
def test_a_process_that_dies_takes_nothing_with_it(
    empty_library: Library,
    bulletins: Path,
    wanted: object,
    started: list[subprocess.Popen[bytes]],
) -> None:
    work = import_paths(empty_library, [bulletins])
    while not started:
        next(work)
    started[0].kill()
    report = finish(work)
    assert (told(report), content(empty_library)) == wanted
    assert len(started) == 1


def test_a_process_that_does_not_start_is_no_loss(
    empty_library: Library,
    bulletins: Path,
    wanted: tuple[object, object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(*arguments: str) -> list[str]:
        return [str(bulletins / "no-such-program"), *arguments]

    monkeypatch.setattr("bulletin_desktop.children.this_program", nothing)
    finish(import_paths(empty_library, [bulletins]))
    assert content(empty_library) == wanted[1]


@needs_signals
def test_of_a_process_that_hangs_one_file_is_given_up(
    empty_library: Library,
    bulletins: Path,
    started: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ahead, "_SECONDS", 0.2)
    monkeypatch.setattr(ahead._Process, "ask", stopping(started, ahead._Process.ask))
    report = finish(import_paths(empty_library, [bulletins]))
    first = report.failed[0]
    assert (Path(first.path).name, first.reason.code) == ("1.txt", "file.takes_too_long")
    assert report.imported == FILES + 1
    assert list(integrity.problems(empty_library)) == []


def stopping(started, ask):
    """Asks a process that was stopped before."""

    def stopped(self, *given):
        os.kill(started[0].pid, signal.SIGSTOP)
        ask(self, *given)

    return stopped


@needs_signals
@pytest.mark.parametrize("ending", ["cancel", "close"])
def test_an_import_that_waits_for_the_process_can_be_ended(
    empty_library: Library,
    bulletins: Path,
    started: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
) -> None:
    monkeypatch.setattr(ahead._Process, "ask", stopping(started, ahead._Process.ask))
    work = import_paths(empty_library, [bulletins])
    while not started:
        next(work)
    next(work)  # it waits
    if ending == "close":
        work.close()
    else:
        with pytest.raises(StopIteration) as end:
            work.send(True)
        assert end.value.value.cancelled
    assert started[0].poll() is not None
    assert browsing.totals(empty_library).articles == 0


@pytest.mark.parametrize("changes", [False, True])
def test_a_file_that_changed_meanwhile_is_loaded_by_others(
    bulletins: Path, monkeypatch: pytest.MonkeyPatch, changes: bool
) -> None:
    monkeypatch.setattr(ahead, "_MANY", 1)
    file = bulletins / "1.txt"
    data = file.read_bytes()

    def is_new(sha256: str) -> bool:
        assert sha256 == files.fingerprint(data)
        if changes:
            file.write_text("别的标题\n　　别的正文。\n", "utf-8")
        return True

    with closing(ahead.Ahead([files.Input(file)])) as work:
        work.look(is_new, {})
        found = finish(work.loading(str(file), files.fingerprint(data), None))
    assert found == (None if changes else files.load(str(file), data))


@pytest.mark.parametrize("busy", [False, True])
def test_the_process_ends_when_nobody_is_left_to_answer(
    child_environment: dict[str, str], tmp_path: Path, busy: bool
) -> None:
    command = [sys.executable, "-m", "bulletin_desktop", ahead.OPTION]
    child = subprocess.Popen(
        command, env=child_environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with child:
        assert child.stdin is not None
        if busy:
            file = tmp_path / "long.txt"
            file.write_text("　　很长的一段话，说个没完。\n" * 1_000_000, "utf-8")
            child.stdin.write(ahead._framed((files.Input(file), None, False)))
        child.stdin.close()
        assert child.wait(20) == 0
        assert child.stdout is not None
        assert child.stdout.read() == b""


def test_the_process_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    file = tmp_path / "5b.txt"
    file.write_bytes(b"\x00\x01\x02" * 50)
    loaded, error = ahead._loaded(files.Input(file), None, True)
    assert (loaded, error.code) == (None, "file.binary")
    assert pickle.loads(ahead._framed((loaded, error))[8:]) == (loaded, error)
    assert ahead._loaded(files.Input(tmp_path / "gone.txt"), None, True) == (None, None)
