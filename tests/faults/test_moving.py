"""A library is never lost: not by a kill in the midst of a move, a full disk or a missing file."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.library import integrity
from bulletin_desktop.services import Library, browsing, themes
from bulletin_desktop.services.copying import move_library

MOVE = """
import sys, time
from pathlib import Path
from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.library import copying
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services.copying import move_library

# Slow, so that a kill meets every part of it.
def slowed(act):
    def run(*given, **named):
        time.sleep(0.03)
        result = act(*given, **named)
        time.sleep(0.03)
        return result
    return run

if sys.argv[3] == "slow":
    for name in ("connect", "copy_into", "_remove_logs", "_alone", "_copy"):
        setattr(copying, name, slowed(getattr(copying, name)))
    Path.unlink, Path.replace = slowed(Path.unlink), slowed(Path.replace)
print("begun", flush=True)
try:
    move_library(Path(sys.argv[1]), Path(sys.argv[2]))
except KnownError as error:
    print(error.code, Catalogue("zh").error(error))
"""


def start(source, target, environment, speed="slow", **options):
    command = [sys.executable, "-c", MOVE, str(source), str(target), speed]
    child = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8", **options
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "begun\n"
    return child


def what_it_says(source, target, environment):
    """What a move that nothing slows prints."""
    with start(source, target, environment, "fast") as child:
        return child.stdout.read()


def sound(file):
    with Library(file) as library:
        assert list(integrity.problems(library)) == []
        assert browsing.totals(library).articles == 45
        return [theme.name for theme in themes.all_themes(library)]


def kill_a_move(share, seconds, source, target, environment):
    """The libraries that there are after a kill at a share of a move's time."""
    with start(source, target, environment) as child:
        time.sleep(seconds * share)
        child.send_signal(signal.SIGKILL)
    return [file for file in (source, target) if file.exists()]


@pytest.fixture(scope="module")
def seconds(seeded_file, tmp_path_factory, second_disk, child_environment):
    """How long a move takes when it is left alone."""
    source = Path(shutil.copy(seeded_file, tmp_path_factory.mktemp("move") / "a.bdlib"))
    with tempfile.TemporaryDirectory(dir=second_disk) as folder:
        with start(source, Path(folder) / "a.bdlib", child_environment) as child:
            begun = time.monotonic()
            assert child.wait(60) == 0
        return time.monotonic() - begun


def check_a_kill(share, seconds, library_file, other_disk, child_environment):
    target = other_disk / "moved.bdlib"
    with Library(library_file) as library:
        themes.add(library, "主题")
    found = kill_a_move(share, seconds, library_file, target, child_environment)
    assert found
    assert [sound(file) for file in found] == [["主题"]] * len(found)
    # What is there can be moved on, wherever it was left.
    move_library(found[-1], other_disk / "again.bdlib")
    assert sound(other_disk / "again.bdlib") == ["主题"]
    return len(found), target.exists()


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_killed_move_to_another_disk(share, seconds, library_file, other_disk, child_environment):
    check_a_kill(share, seconds, library_file, other_disk, child_environment)


@pytest.mark.full
def test_a_hundred_killed_moves(seconds, seeded_file, tmp_path, other_disk, child_environment):
    kinds = set()
    for number in range(100):
        here, there = tmp_path / str(number), other_disk / str(number)
        here.mkdir()
        there.mkdir()
        file = Path(shutil.copy(seeded_file, here / "a.bdlib"))
        kinds.add(check_a_kill(number / 100, seconds, file, there, child_environment)[0])
    assert kinds == {1, 2}


@pytest.fixture
def mounted(tmp_path):
    """Makes a disk of so many kilobytes, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(kilobytes):
        command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
        if (
            os.geteuid() != 0
            or shutil.which("mount") is None
            or subprocess.run(command, capture_output=True, check=False).returncode != 0
        ):
            pytest.skip("no disk may be mounted here")
        return folder

    yield mount
    subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=False)


def said(code, **params):
    return f"{code} {Catalogue('zh').text(code, **params)}\n"


def test_a_move_to_a_full_disk(library_file, mounted, child_environment):
    disk = mounted(128)  # less than the library takes
    target = disk / "a.bdlib"
    said_so = what_it_says(library_file, target, child_environment)
    assert said_so == said("write.disk_full", path=str(target))
    assert list(disk.iterdir()) == []
    assert sound(library_file) == []


HOLD = """
import sys
from pathlib import Path
from bulletin_desktop.library.store import Library
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import themes
from bulletin_desktop.services.copying import copy_library
with Library(Path(sys.argv[1])) as library:
    themes.add(library, "之前")
    print("open", flush=True)
    for line in sys.stdin:
        try:
            if line.startswith("copy"):
                for _ in copy_library(library, Path(sys.argv[2])):
                    pass
            else:
                themes.add(library, line.strip())
            print("done", flush=True)
        except KnownError as error:
            print(error.code, flush=True)
"""


class Holder:
    """Another program that has a library open."""

    def __init__(self, file, copy, environment):
        self._child = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(file), str(copy)], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        assert self._child.stdout.readline() == "open\n"

    @property
    def running(self):
        return self._child.returncode is None

    def ask(self, words):
        self._child.stdin.write(f"{words}\n")
        self._child.stdin.flush()
        return self._child.stdout.readline().strip()

    def end(self):
        """Let it close the library."""
        with self._child:
            self._child.stdin.close()
        assert self._child.returncode == 0


@pytest.fixture
def hold(child_environment, tmp_path):
    holders = []

    def start_holder(file):
        holders.append(Holder(file, tmp_path / "copy.bdlib", child_environment))
        return holders[-1]

    yield start_holder
    for holder in holders:
        if holder.running:
            holder.end()


def test_a_library_that_another_program_has_open_is_not_moved(
    library_file, other_disk, hold, child_environment
):
    holder = hold(library_file)
    for target in (other_disk / "a.bdlib", library_file.with_name("b.bdlib")):
        said_so = what_it_says(library_file, target, child_environment)
        assert said_so == said("library.locked", path=str(library_file))
        assert not target.exists()
    assert holder.ask("之后") == "done"
    holder.end()
    assert sound(library_file) == ["之前", "之后"]


def test_a_deleted_library_is_saved_by_the_program_that_has_it_open(library_file, hold, tmp_path):
    holder = hold(library_file)
    library_file.unlink()
    assert holder.ask("之后") == "library.vanished"
    assert holder.ask("copy") == "done"
    assert holder.ask("还是不行") == "library.vanished"
    holder.end()
    assert sound(tmp_path / "copy.bdlib") == ["之前"]


def test_a_library_that_is_replaced_is_not_harmed(library_file, seeded_file, hold, tmp_path):
    holder = hold(library_file)
    (tmp_path / "new").write_bytes(seeded_file.read_bytes())
    (tmp_path / "new").replace(library_file)
    for ending in ("-wal", "-shm"):
        Path(f"{library_file}{ending}").unlink()
    with Library(library_file) as library:
        themes.add(library, "新的")
        assert holder.ask("旧的") == "library.vanished"
        holder.end()
        themes.add(library, "更新")
    assert sound(library_file) == ["新的", "更新"]


def test_a_disk_that_is_taken_away(mounted, hold, tmp_path):
    disk = mounted(4096)
    file = disk / "a.bdlib"
    with Library(file, create=True):
        pass
    holder = hold(file)
    # As when a stick is pulled out: what stands below the folder is another disk.
    subprocess.run(["umount", "--lazy", str(disk)], check=True)
    assert holder.ask("之后") == "library.vanished"
    assert holder.ask("copy") == "done"
    holder.end()
    with Library(tmp_path / "copy.bdlib") as library:
        assert [theme.name for theme in themes.all_themes(library)] == ["之前"]
