"""What tests call directly; fixtures stand in conftest.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def finish(work: Any) -> Any:
    """The result of long work, carried to its end."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
