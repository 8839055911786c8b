"""The raw limit of a start: three panes of plain Qt widgets with a tree, a page and some fields.

Prints how many seconds after BENCH_STARTED (the monotonic clock) the window was painted.
"""

from __future__ import annotations

import os
import sys
import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)


class Window(QMainWindow):
    """Ends the program when it has been painted."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, self.painted)

    def painted(self) -> None:
        print(f"{time.monotonic() - float(os.environ['BENCH_STARTED']):.4f}", flush=True)
        QApplication.exit(0)


def main(text: str) -> int:
    app = QApplication([])
    window = Window()
    tree = QTreeWidget()
    for year in range(3):
        top = QTreeWidgetItem(tree, [f"{2011 - year} 年"])
        for issue in range(5):
            QTreeWidgetItem(top, [f"{issue + 1} 月"])
    tree.expandAll()
    page = QTextBrowser()
    page.setPlainText(text)
    right = QWidget()
    column = QVBoxLayout(right)
    column.addWidget(QLineEdit())
    column.addWidget(QPlainTextEdit())
    panes = QSplitter(Qt.Orientation.Horizontal)
    for pane in (tree, page, right):
        panes.addWidget(pane)
    window.setCentralWidget(panes)
    window.resize(1440, 900)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
