"""The build, and the proofs on what was built: long, so only with --full."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support import ROOT

pytestmark = [
    pytest.mark.full,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(sys.platform != "linux", reason="packaging/build.sh is for Linux"),
]


@pytest.fixture(scope="module")
def built() -> Path:
    """dist/, with what the one script builds."""
    subprocess.run(["sh", "packaging/build.sh"], cwd=ROOT, check=True)
    return ROOT / "dist"


@pytest.fixture
def home(tmp_path) -> dict[str, str]:
    """An environment that names a home and no Python."""
    return {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


def test_the_built_program_works_in_a_folder_of_any_name(built, home, tmp_path):
    folder = tmp_path / "我的 程序"
    shutil.copytree(built / "bulletin-desktop", folder, symlinks=True)

    def run(*words: str) -> str:
        return subprocess.run(
            [folder / "bulletin-desktop", *words],
            env=home, cwd=tmp_path, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip

    run("--library", "w.bdlib", "import", "--starter-themes", str(folder / "_internal" / "seeds"))
    run("--library", "w.bdlib", "tag", "--theme", "集体协商", "--query", "工资集体协商")
    run("--library", "w.bdlib", "export", "--all", "-o", "w.docx")
    run("--library", "w.bdlib", "check")
    assert (tmp_path / "w.docx").read_bytes()[:2] == b"PK"


def test_the_built_program_paints_its_window(built, home, tmp_path, library_file):
    subprocess.run(
        ["sh", "packaging/build.sh", "--only", "benchmarks/real_window.py", "real_window"],
        cwd=ROOT, check=True,
    )  # fmt: skip
    screen = {name: os.environ[name] for name in ("DISPLAY", "XAUTHORITY") if name in os.environ}
    done = subprocess.run(
        [ROOT / "build" / "real_window" / "real_window", library_file],
        env=home | screen | {"BENCH_STARTED": str(time.monotonic())},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stderr == ""
    assert float(done.stdout) > 0


def test_it_works_installed_and_unpacked_on_a_machine_without_python(built, tmp_path):
    if os.getuid() != 0 or shutil.which("debootstrap") is None:
        pytest.skip("needs root and debootstrap")
    subprocess.run(["sh", "packaging/smoke.sh", str(tmp_path)], cwd=ROOT, check=True)
