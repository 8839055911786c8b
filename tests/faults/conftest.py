"""Folders that an ordinary user can reach, and children that run as one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

NOBODY = 65534
# As for that user: a home that is not there, and no other that may not be looked into.
NOWHERE = {f"XDG_{name}_HOME": "/nonexistent" for name in ("DATA", "CONFIG", "CACHE", "STATE")}


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter, owned by the user that ``run_as_user`` runs as."""
    folder = Path(tempfile.mkdtemp(prefix="bulletins-"))
    folder.chmod(0o755)
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    yield folder
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def hand_over() -> Callable[[Path], Path]:
    """Gives a file or folder to the user that ``run_as_user`` runs as."""

    def give(path: Path) -> Path:
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)
        return path

    return give


# Everything is loaded first: the ordinary user may not reach where the interpreter stands.
AS_USER = """
import contextlib, importlib, io, os, pkgutil, sys
import docx, sqlite_utils, encodings.gb18030, encodings.idna
import bulletin_desktop
from bulletin_desktop.catalogue import Catalogue
for module in pkgutil.walk_packages(bulletin_desktop.__path__, "bulletin_desktop."):
    if not module.name.startswith(("bulletin_desktop.ui", "bulletin_desktop.app")):
        importlib.import_module(module.name)
from bulletin_desktop import paths
from bulletin_desktop.__main__ import main
with contextlib.redirect_stdout(io.StringIO()):
    main(["parse", "--lang", "zh", str(paths.seeds())])
Catalogue("en")
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def run_as_user(child_environment: dict[str, str]) -> Callable[..., Any]:
    """Runs the command line as an ordinary user: root may do what permissions forbid."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", AS_USER, *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=60,
            env={**child_environment, "HOME": "/nonexistent", **NOWHERE},
        )

    return run
