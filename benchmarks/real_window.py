"""The program's own start on a library, ended when its window has been painted.

Prints how many seconds after BENCH_STARTED (the monotonic clock) that was.
"""

from __future__ import annotations

import os
import sys
import time

from bulletin_desktop import app
from bulletin_desktop.__main__ import main as start


def main(library: str) -> int:
    open_window = app._open_window

    def watched(*arguments: object) -> object:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        window = open_window(*arguments)  # type: ignore[arg-type]
        paint = type(window).paintEvent

        def painted() -> None:
            print(f"{time.monotonic() - float(os.environ['BENCH_STARTED']):.4f}", flush=True)
            window.close()
            QApplication.exit(0)

        def paint_event(self: object, event: object) -> None:
            paint(self, event)  # type: ignore[arg-type]
            QTimer.singleShot(0, painted)

        type(window).paintEvent = paint_event  # type: ignore[method-assign,assignment]
        return window

    app._open_window = watched  # type: ignore[assignment]
    return start(["--library", library])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
