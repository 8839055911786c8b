"""A start while the program runs already, in real processes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bulletin_desktop import paths

Start = Callable[..., Any]


def test_a_second_start_hands_its_file_to_the_first(start: Start, tmp_path: Path) -> None:
    seed = next(iter(sorted(paths.seeds().glob("*.txt"))))
    first = start("receive")
    assert first.fact() == {"started": True}
    second = start("receive", seed)
    assert second.end() == 0  # no window of its own
    told = first.fact()
    assert told["issues"] == 1
    assert told["active"]
    assert first.end() == 0


def test_a_start_after_a_kill_is_the_first_again(start: Start, home: Path) -> None:
    killed = start("receive")
    assert killed.fact() == {"started": True}
    killed.kill()
    seed = next(iter(sorted(paths.seeds().glob("*.txt"))))
    again = start("first_start", seed)
    assert again.fact()["issues"] == 1
    assert again.end() == 0


def test_a_library_file_is_opened_not_imported(start: Start, home: Path, seeded_file: Path) -> None:
    child = start("first_start", seeded_file)
    assert child.fact()["articles"] == 45
    assert child.end() == 0
    own = home / "data" / "bulletin-desktop" / "library.bdlib"
    assert not own.exists()
