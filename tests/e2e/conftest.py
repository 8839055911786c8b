"""The real program as a process of its own, on the screen that is there, with a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class Child:
    """The program with a script that drives it; what the script tells comes as lines of JSON."""

    def __init__(self, script: str, arguments: list[str], environment: dict[str, str]) -> None:
        command = [sys.executable, str(HERE / "driven_program.py"), script, *arguments]
        self.process = subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def fact(self) -> dict[str, Any]:
        """The next thing that the script tells. A program that ends without one fails the test."""
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        return json.loads(line)

    def end(self) -> int:
        """Wait for the end; what the program wrote to stderr fails the test."""
        _, errors = self.process.communicate(timeout=60)
        assert errors == ""
        return self.process.returncode

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        self.process.kill()
        self.process.wait()
        self.close()

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            stream.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    return made


@pytest.fixture
def start(home: Path) -> Iterator[Callable[..., Child]]:
    """Starts the program with a script and arguments; at the end nothing of it runs any more."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= {"HOME": str(home), "PYTHONUTF8": "1"}
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        environment[f"XDG_{name}_HOME"] = str(home / name.lower())
    children: list[Child] = []

    def run(script: str, *arguments: object) -> Child:
        children.append(Child(script, [str(word) for word in arguments], environment))
        return children[-1]

    yield run
    for child in children:
        child.close()
