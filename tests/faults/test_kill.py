"""An import that is killed at any moment leaves a sound library with whole files in it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support import finish, write_bulletins

from bulletin_desktop.library import integrity
from bulletin_desktop.services import Library, browsing, files, history
from bulletin_desktop.services.importing import import_paths

COUNT = 60  # more than one process loads alone
# Many small commits, so that a kill is likely to meet one.
CHILD = (
    "import sys; from bulletin_desktop.services import importing; importing.BATCH_SECONDS = 0.01;"
    "from bulletin_desktop.__main__ import main; sys.exit(main(sys.argv[1:]))"
)


@pytest.fixture(scope="module")
def bulletins(tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed")
    write_bulletins(folder, COUNT)
    return folder


@pytest.fixture(scope="module")
def whole(bulletins):
    """For each file by its fingerprint: its text and the number of its articles."""
    known = {}
    for path in bulletins.iterdir():
        loaded = files.load(path, path.read_bytes())
        count = sum(len(issue.articles) for issue in loaded.parsed.issues)
        known[loaded.sha256] = (loaded.decoded.text, count)
    return known


def start(file, bulletins, environment):
    command = [sys.executable, "-c", CHILD, "import", "--library", str(file), str(bulletins)]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@pytest.fixture(scope="module")
def seconds(bulletins, child_environment, tmp_path_factory):
    """How long the import takes when it is left alone."""
    begun = time.monotonic()
    file = tmp_path_factory.mktemp("whole") / "library.bdlib"
    assert start(file, bulletins, child_environment).wait(60) == 0
    return time.monotonic() - begun


def kill_at(share, seconds, bulletins, environment, folder):
    """The library after a kill at a share of the import's time, and whether the kill met it."""
    file = folder / "library.bdlib"
    child = start(file, bulletins, environment)
    time.sleep(seconds * share)
    child.send_signal(signal.SIGKILL)
    return file, child.wait(60) == -signal.SIGKILL


def check(file, whole, bulletins):
    """The library is sound, its files are whole, undo works, and the import can go on."""
    with Library(file, create=True) as library:
        assert list(integrity.problems(library)) == []
        sql = """SELECT sha256, text, trashed, (SELECT count(*) FROM articles a JOIN issues i
            ON i.id = a.issue_id WHERE i.document_id = d.id) FROM documents d"""
        found = library.rows(sql)
        for sha256, text, trashed, count in found:
            assert (text, count) == whole[sha256]
            assert not trashed
        steps = history.steps(library)
        assert [step.code for step in steps] == ["step.import"] * bool(found)
        if steps:
            assert steps[0].params == {"n": len(found)}
            history.undo(library)
            assert browsing.totals(library).articles == 0
            history.redo(library)
        finish(import_paths(library, [bulletins]))
        assert browsing.totals(library).issues == len(whole)
        assert list(integrity.problems(library)) == []
    return len(found)


@pytest.mark.parametrize("share", [0.3, 0.8])
def test_a_killed_import(share, seconds, bulletins, whole, child_environment, tmp_path):
    file, _ = kill_at(share, seconds, bulletins, child_environment, tmp_path)
    check(file, whole, bulletins)


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_a_killed_import_leaves_no_process(bulletins, child_environment, tmp_path):
    child = start(tmp_path / "library.bdlib", bulletins, child_environment)
    below = Path(f"/proc/{child.pid}/task/{child.pid}/children")
    while child.poll() is None and not (helpers := below.read_text().split()):
        time.sleep(0.005)
    child.kill()
    child.wait(60)
    (helper,) = helpers
    deadline = time.monotonic() + 20
    while is_running(helper):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_running(process):
    """Whether a process does something; one that nobody has asked for its end does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.full
def test_a_hundred_killed_imports(seconds, bulletins, whole, child_environment, tmp_path):
    met, partly = 0, 0
    for number in range(100):
        folder = tmp_path / str(number)
        folder.mkdir()
        share = 0.1 + 0.9 * number / 100
        file, killed = kill_at(share, seconds, bulletins, child_environment, folder)
        met += killed
        partly += 0 < check(file, whole, bulletins) < len(whole)
    assert met > 50
    assert partly > 10


CORRECTING = """
import itertools, sys
from pathlib import Path
from bulletin_desktop.services import Library, correcting, history
with Library(Path(sys.argv[1])) as library:
    print("ready", flush=True)
    for number in itertools.count():
        articles = correcting.layout(library, 1).articles
        parts = [part for part in articles[number % len(articles)].parts if part.role == "body"]
        start = parts[-1].start
        correcting.amend(library, 1, start, start + 2, str(number % 10))
        correcting.recut(library, 1)
        if len(parts) > 1:
            correcting.split(library, 1, start)
        elif number % len(articles):
            correcting.join(library, articles[number % len(articles)].id)
        for _ in range(number % 3):
            history.undo(library)
"""


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.5])
def test_killed_corrections_are_whole_or_not_at_all(seconds, library_file, child_environment):
    child = subprocess.Popen(
        [sys.executable, "-c", CORRECTING, str(library_file)],
        env=child_environment,
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == b"ready\n"
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        assert child.wait(60) == -signal.SIGKILL
    with Library(library_file) as library:
        assert list(integrity.problems(library)) == []
        while history.next_undo(library).code != "step.import":
            history.undo(library)
        assert list(integrity.problems(library)) == []
        assert library.value("SELECT count(*) FROM corrections") == 0
        assert browsing.totals(library).articles == 45
