"""What all tests share: libraries with the sample bulletins in them, and the rules of the house."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from support import ROOT, finish

from bulletin_desktop.services import Library
from bulletin_desktop.services.importing import ImportReport, import_paths

settings.register_profile(
    "fast",
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.register_profile(
    "full",
    max_examples=1000,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the long proofs in number")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("full" if config.getoption("--full") else "fast")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--full"):
        return
    full = [item for item in items if item.get_closest_marker("full")]
    config.hook.pytest_deselected(items=full)
    items[:] = [item for item in items if not item.get_closest_marker("full")]


@pytest.fixture(autouse=True)
def _no_logged_errors(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A test in which anything logs an error has failed."""
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    errors = [record.getMessage() for record in records if record.levelno >= logging.ERROR]
    assert errors == []


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the sample bulletins."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """A library file with the sample bulletins; to be copied, not opened."""
    file = tmp_path_factory.mktemp("seeded") / "seeded.bdlib"
    with Library(file, create=True) as library:
        report: ImportReport = finish(import_paths(library, [seeds]))
    assert report.imported == 5
    return file


@pytest.fixture
def library_file(tmp_path: Path, seeded_file: Path) -> Path:
    """A library file with the sample bulletins, of this test alone."""
    return Path(shutil.copy(seeded_file, tmp_path / "library.bdlib"))


@pytest.fixture
def library(library_file: Path) -> Iterator[Library]:
    """An open library with the sample bulletins."""
    with Library(library_file) as opened:
        yield opened


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library file with nothing in it; to be copied, not opened."""
    file = tmp_path_factory.mktemp("empty") / "empty.bdlib"
    with Library(file, create=True):
        return file


@pytest.fixture
def empty_library(tmp_path: Path, empty_file: Path) -> Iterator[Library]:
    """An open library with nothing in it."""
    with Library(Path(shutil.copy(empty_file, tmp_path))) as opened:
        yield opened


@pytest.fixture(scope="session")
def second_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | None]:
    """A folder on another disk than the tests' own, or None where there is one disk only."""
    here = tmp_path_factory.getbasetemp().stat().st_dev
    places = [Path("/dev/shm"), Path("/tmp"), Path("/var/tmp"), ROOT]
    found = [place for place in places if place.is_dir() and place.stat().st_dev != here]
    if not found:
        yield None
        return
    with tempfile.TemporaryDirectory(dir=found[0]) as folder:
        yield Path(folder)


@pytest.fixture
def other_disk(second_disk: Path | None) -> Iterator[Path]:
    """A folder of this test alone on another disk than the library's."""
    if second_disk is None:
        pytest.skip("there is one disk only")
    with tempfile.TemporaryDirectory(dir=second_disk) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def child_environment() -> dict[str, str]:
    """The environment of a child process that runs this checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture(scope="session")
def run_child(child_environment: dict[str, str]) -> Callable[..., Any]:
    """Runs the command line in a process of its own."""

    def run(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bulletin_desktop", *map(str, arguments)]
        given: dict[str, Any] = {"env": child_environment, "timeout": 120, **options}
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", check=False, **given
        )

    return run
