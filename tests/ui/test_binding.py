"""The binding itself: a release of it took a reference to None with every void call, and died."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
from PySide6.QtCore import QObject
thing = QObject()
for number in range(20_000):
    thing.setObjectName("name")
    thing.blockSignals(False)
    thing.deleteLater
    thing.setParent(None)
print("alive")
"""


def test_the_binding_survives_many_void_calls() -> None:
    """In a process of its own, for where it fails the whole process dies."""
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=120, check=False
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, "alive"), ran.stderr
