from __future__ import annotations

import errno
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from bulletin_desktop.exporting.compiled import CompiledGroup
from bulletin_desktop.exporting.docx import write_docx
from bulletin_desktop.exporting.template import load_template
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.replacing import replacing


def write(path: Path, data: bytes) -> None:
    with replacing(path) as stream:
        stream.write(data)


def test_replaces_whole_and_leaves_nothing_else(tmp_path):
    target = tmp_path / "选编.docx"
    write(target, b"first")
    write(target, b"2")
    assert target.read_bytes() == b"2"
    assert list(tmp_path.iterdir()) == [target]


def test_the_old_file_stands_until_the_end(tmp_path):
    target = tmp_path / "选编.docx"
    target.write_bytes(b"old")
    with replacing(target) as stream:
        stream.write(b"new")
        stream.flush()
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"


def test_a_failure_inside_leaves_the_old_file(tmp_path):
    target = tmp_path / "选编.docx"
    target.write_bytes(b"old")
    with pytest.raises(TypeError), replacing(target) as stream:
        stream.write("text, not bytes")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_permissions_of_old_and_new_files(tmp_path):
    old, new, plain = tmp_path / "old", tmp_path / "new", tmp_path / "plain"
    old.write_bytes(b"")
    old.chmod(0o640)
    plain.write_bytes(b"")
    write(old, b"x")
    write(new, b"x")
    assert old.stat().st_mode & 0o777 == 0o640
    assert new.stat().st_mode == plain.stat().st_mode


def test_a_link_is_followed(tmp_path):
    real, link = tmp_path / "real.docx", tmp_path / "link.docx"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_the_longest_name_works_and_a_longer_one_is_said(tmp_path):
    write(tmp_path / ("n" * 255), b"x")
    with pytest.raises(KnownError) as caught:
        write(tmp_path / ("n" * 256), b"x")
    assert caught.value.code == "write.name_too_long"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("missing/选编.docx", "write.no_folder"),
        ("file/选编.docx", "write.no_folder"),
        ("folder", "write.is_folder"),
    ],
)
def test_a_place_that_cannot_be_written(tmp_path, compilation, name, code):
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    path = tmp_path / name
    with pytest.raises(KnownError) as caught:
        next(iter(write_docx(compilation, path, load_template())))
    assert caught.value.code == code
    assert caught.value.params == {"path": str(path)}
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "folder"]


def test_a_protected_file_is_respected(tmp_path, monkeypatch):
    target = tmp_path / "选编.docx"
    target.write_bytes(b"old")
    # Told by the system's answer: an administrator may write where the mode forbids it.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(KnownError) as caught:
        write(target, b"new")
    assert caught.value.code == "write.not_allowed"
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("number", "code", "reason"),
    [
        (errno.ENOSPC, "write.disk_full", None),
        (errno.EDQUOT, "write.disk_full", None),
        (errno.EROFS, "write.not_allowed", None),
        (errno.EIO, "write.failed", "EIO"),
    ],
)
def test_what_the_system_says_on_writing(tmp_path, monkeypatch, number, code, reason):
    def fail(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(KnownError) as caught:
        write(tmp_path / "选编.docx", b"x")
    assert caught.value.code == code
    assert caught.value.params.get("reason") == reason
    assert list(tmp_path.iterdir()) == []


FULL_DISK = """
    import resource, sys
    from pathlib import Path
    from bulletin_desktop.exporting.compiled import *
    from bulletin_desktop.exporting.docx import write_docx
    from bulletin_desktop.exporting.template import load_template
    from bulletin_desktop.model.errors import KnownError

    article = CompiledArticle("题", None, None, None, None, "", ("正文",))
    labels = Labels("目录", "（{source}）", "笔记：")
    groups = (CompiledGroup("组", (article,) * 50),)
    compilation = Compilation("选编", None, None, groups, labels, Printing(measured=False))
    path = Path(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
    try:
        list(write_docx(compilation, path, load_template()))
    except KnownError as error:
        print(error.code, error.params["path"] == str(path))
"""


def test_a_full_disk_leaves_the_old_file_whole(tmp_path):
    target = tmp_path / "选编.docx"
    target.write_bytes(b"old")
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(FULL_DISK), str(target)]
    child = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert child.stdout.split() == ["write.disk_full", "True"]
    assert child.stderr == ""
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_cancel_at_any_step_leaves_the_old_file(tmp_path, compile_groups, article, steps):
    target = tmp_path / "选编.docx"
    target.write_bytes(b"old")
    many = compile_groups(CompiledGroup(None, (article(),) * 25))
    work = write_docx(many, target, load_template())
    for _ in range(steps):
        next(work)
    work.close()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_generator_never_iterated_touches_nothing(tmp_path, compilation):
    write_docx(compilation, tmp_path / "选编.docx", load_template())
    assert list(tmp_path.iterdir()) == []
