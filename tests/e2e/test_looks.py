"""Every state of the window at every scale: no word is cut, covered or off the screen.

Where ``BULLETIN_PICTURES`` names a folder, the pictures go there, for people to look at.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from support import ROOT

from bulletin_desktop.services import Library, themes

HERE = Path(__file__).resolve().parent
LOOKS = ("light", "dark", "sepia")
# A picture of the whole window has many more; one that is all of one colour has one.
FEWEST_COLOURS = 20


class Case(NamedTuple):
    """A process on a screen of its own: its scale, and the screen's real pixels."""

    scale: str
    screen: str
    language: str
    look: str
    way: str = "states"

    @property
    def name(self) -> str:
        return "-".join(self)


COLOURS = Case("1", "1600x1000", "zh", "light", "colours")
# 1920×1080 at 200 % is the least that a screen really has: 960×540.
CASES = [
    Case("1", "1440x900", "en", "light"),
    Case("1.5", "2880x1800", "zh", "dark"),
    Case("2", "1920x1080", "en", "sepia"),
]
MORE_CASES = [
    Case(scale, screen, language, look)
    for scale, screen in (
        ("1", "1920x1080"),
        ("1.25", "1920x1080"),
        ("1.5", "1920x1080"),
        ("1.75", "2560x1440"),
        ("2", "3840x2160"),
        ("3", "3840x2160"),
    )
    for language, look in (("zh", "sepia"), ("en", "dark"))
]


@contextmanager
def _screen(size: str) -> Iterator[str]:
    """A screen of this size; gives the name under which programs find it."""
    came, sent = os.pipe()
    command = ["Xvfb", "-displayfd", str(sent), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[sent], stderr=subprocess.DEVNULL)
    os.close(sent)
    with os.fdopen(came) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb does not start"
    yield f":{number}"
    server.terminate()
    server.wait()


def _home(folder: Path, file: Path) -> dict[str, str]:
    """The environment of a process with a home of its own, in which the library stands."""
    shutil.copy(file, folder / "library.bdlib")
    made = {"HOME": str(folder), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        made[f"XDG_{name}_HOME"] = str(folder / name.lower())
    return made


def _pictures(case: Case) -> list[str]:
    """The folder for a process's pictures, if anybody wants them."""
    if "BULLETIN_PICTURES" not in os.environ:
        return []
    folder = Path(os.environ["BULLETIN_PICTURES"]) / case.name
    folder.mkdir(parents=True, exist_ok=True)
    return [str(folder)]


class Viewing:
    """A process that looks at all states, and what it tells."""

    def __init__(self, case: Case, home: Path, environment: dict[str, str], display: str) -> None:
        script = [sys.executable, str(HERE / "looks_program.py"), case.way]
        words = [str(home / "library.bdlib"), case.language, case.look, *_pictures(case)]
        found = os.pathsep.join(map(str, (ROOT, ROOT / "tests", ROOT / "tests" / "ui")))
        scaled = {"QT_SCALE_FACTOR": case.scale, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self.process = subprocess.Popen(
            [*script, *words],
            env={**os.environ, **environment, **scaled, "PYTHONPATH": found},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._told: list[dict[str, Any]] | None = None

    def told(self) -> list[dict[str, Any]]:
        """What was seen of each state. What the program wrote to stderr fails the test."""
        if self._told is None:
            lines, errors = self.process.communicate()
            assert errors == ""
            assert self.process.returncode == 0
            self._told = [json.loads(line) for line in lines.splitlines()]
        return self._told


@pytest.fixture(scope="module")
def themed_library(tmp_path_factory: pytest.TempPathFactory, seeded_file: Path) -> Path:
    file = tmp_path_factory.mktemp("looks") / "library.bdlib"
    shutil.copy(seeded_file, file)
    with Library(file) as library:
        themes.add_starter(library)
    return file


@contextmanager
def _viewing(case: Case, home: Path, file: Path) -> Iterator[Viewing]:
    with _screen(case.screen) as display:
        viewing = Viewing(case, home, _home(home, file), display)
        try:
            yield viewing
        finally:
            viewing.process.kill()
            viewing.process.communicate()


@pytest.fixture(scope="module")
def viewings(
    tmp_path_factory: pytest.TempPathFactory, themed_library: Path
) -> Iterator[dict[Case, Viewing]]:
    """All that is always looked at, at the same time."""
    with ExitStack() as stack:
        yield {
            case: stack.enter_context(
                _viewing(case, tmp_path_factory.mktemp("home"), themed_library)
            )
            for case in (*CASES, COLOURS)
        }


def _check(viewing: Viewing) -> None:
    told = viewing.told()
    assert len(told) > 40
    assert {t["state"]: t["faults"] for t in told if t["faults"]} == {}
    assert [t["state"] for t in told if t["colours"] < FEWEST_COLOURS] == []
    by_mark: dict[str, list[str]] = {}
    for t in told:
        by_mark.setdefault(t["mark"], []).append(t["state"])
    assert [same for same in by_mark.values() if len(same) > 1] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_word_has_room_in_every_state(case: Case, viewings: dict[Case, Viewing]) -> None:
    _check(viewings[case])


@pytest.mark.full
@pytest.mark.parametrize("case", MORE_CASES, ids=lambda case: case.name)
def test_every_word_has_room_at_every_scale(
    case: Case, tmp_path: Path, themed_library: Path
) -> None:
    with _viewing(case, tmp_path, themed_library) as viewing:
        _check(viewing)


def test_colours_change_live_and_leave_nothing_behind(viewings: dict[Case, Viewing]) -> None:
    marks = {told["state"]: told["mark"] for told in viewings[COLOURS].told()}
    for place in ("window", "dialog"):
        began = [marks[f"began {look} {place}"] for look in LOOKS]
        assert len(set(began)) == 3
        assert [marks[f"changed {look} {place}"] for look in LOOKS] == began
        assert [marks[f"followed {look} {place}"] for look in LOOKS[:2]] == began[:2]
