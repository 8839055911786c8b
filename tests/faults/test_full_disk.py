"""A disk that fills up during an import or an export: what was there stays whole."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys

import pytest
from support import finish, write_bulletins

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.library import integrity, migrations
from bulletin_desktop.services import Library, browsing
from bulletin_desktop.services.importing import import_paths

# What SQLite itself needs beside a library that is open, and less than the document takes.
SHARED_MEMORY = 32 * 1024
COUNT = 80  # files: more than any of the disks here has room for
SAID = ("library.disk_full", "library.io_error")


@pytest.fixture(scope="module")
def bulletins(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    write_bulletins(folder, COUNT)
    return folder


def limit_files(size):
    """For a child: no file may grow beyond so many bytes, as on a disk that is full."""

    def apply():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return apply


def sentences(language, file):
    return {Catalogue(language).text(code, path=str(file)) for code in SAID}


def check_after_a_full_disk(file, bulletins):
    """The library is sound, and with room again the import comes to its end."""
    with Library(file) as library:
        assert list(integrity.problems(library)) == []
        finish(import_paths(library, [bulletins]))
        assert browsing.totals(library).issues == COUNT
        assert list(integrity.problems(library)) == []


@pytest.mark.parametrize(("kilobytes", "language"), [(300, "zh"), (1500, "en")])
def test_a_full_disk_during_an_import(kilobytes, language, run_child, library_file, bulletins):
    child = run_child(
        "import", bulletins, "--library", library_file, "--json", "--lang", language,
        preexec_fn=limit_files(kilobytes * 1024),
    )  # fmt: skip
    assert child.returncode == 3, child.stderr
    assert set(child.stderr.splitlines()) <= sentences(language, library_file)
    told = json.loads(child.stdout)
    assert told["imported"] + len(told["failed"]) == COUNT
    with Library(library_file) as library:
        assert browsing.totals(library).issues == told["imported"] + 5
        assert list(integrity.problems(library)) == []
        finish(import_paths(library, [bulletins]))
        assert browsing.totals(library).issues == COUNT + 5


def test_a_full_disk_while_a_library_is_made(run_child, bulletins, tmp_path):
    file = tmp_path / "new.bdlib"
    child = run_child(
        "import", bulletins, "--library", file, "--lang", "en",
        preexec_fn=limit_files(40 * 1024),
    )  # fmt: skip
    assert (child.returncode, child.stdout) == (3, "")
    assert child.stderr.strip() in sentences("en", file)
    with Library(file, create=True) as library:
        assert list(integrity.problems(library)) == []
    check_after_a_full_disk(file, bulletins)


def test_a_full_disk_during_an_export(run_child, library_file, tmp_path):
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")
    child = run_child(
        "export", "--all", "--no-layout", "-o", target, "--library", library_file,
        "--lang", "zh", preexec_fn=limit_files(SHARED_MEMORY + 1024),
    )  # fmt: skip
    assert (child.returncode, child.stdout) == (3, "")
    said = Catalogue("zh").text("write.disk_full", path=str(target))
    assert child.stderr.strip() == said
    assert target.read_bytes() == b"old"
    assert not list(tmp_path.glob(".*"))


MIGRATING = """
import sys
from bulletin_desktop.library import migrations
migrations.MIGRATIONS.append(lambda db: db.table("later").create({"id": int}, pk="id"))
from bulletin_desktop.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_full_disk_during_the_backup_before_a_migration(library_file, child_environment):
    command = ["list", "issues", "--library", str(library_file), "--lang", "en"]
    child = subprocess.run(
        [sys.executable, "-c", MIGRATING, *command],
        capture_output=True, text=True, encoding="utf-8", env=child_environment, check=False,
        preexec_fn=limit_files(library_file.stat().st_size // 2),
    )  # fmt: skip
    assert (child.returncode, child.stdout) == (3, "")
    assert child.stderr.strip() in sentences("en", library_file)
    assert [path.name for path in library_file.parent.glob("*backup*")] == []
    with Library(library_file) as library:
        assert library.value("PRAGMA user_version") == len(migrations.MIGRATIONS)
        assert list(integrity.problems(library)) == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of two megabytes, or None where this user may mount none."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    mounted = (
        os.geteuid() == 0
        and shutil.which("mount") is not None
        and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )
    if not mounted:
        pytest.skip("no disk may be mounted here; the limit on file sizes proves the same")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_small_disk_fills_up(small_disk, run_child, bulletins, tmp_path):
    file = small_disk / "library.bdlib"
    child = run_child("import", bulletins, "--library", file, "--json", "--lang", "en")
    assert child.returncode == 3, child.stderr
    assert set(child.stderr.splitlines()) <= sentences("en", file)
    told = json.loads(child.stdout)
    assert told["imported"] + len(told["failed"]) == COUNT
    target = small_disk / "a.docx"
    free = os.statvfs(small_disk)
    small_disk.joinpath("filler").write_bytes(bytes(free.f_bavail * free.f_frsize))
    # The write-ahead log may still hold what did not fit into the file.
    for path in small_disk.glob("library.bdlib*"):
        shutil.copy(path, tmp_path)
    copy = tmp_path / "library.bdlib"
    with Library(copy) as library:
        assert list(integrity.problems(library)) == []
        assert browsing.totals(library).issues == told["imported"]
        finish(import_paths(library, [bulletins]))
    words = ("export", "--all", "--no-layout", "-o", target, "--library", copy)
    child = run_child(*words, "--lang", "en")
    assert child.returncode == 3
    # Where the machine is slow, progress is told before.
    assert child.stderr.splitlines()[-1] == Catalogue("en").text(
        "write.disk_full", path=str(target)
    )
    assert not target.exists()
    small_disk.joinpath("filler").unlink()
    with Library(file) as library:
        assert list(integrity.problems(library)) == []
