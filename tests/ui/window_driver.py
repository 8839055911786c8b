"""Hands and eyes for a window in a test."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QEventLoop, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from bulletin_desktop.model.records import Article
from bulletin_desktop.services import browsing, history
from bulletin_desktop.ui.main_window import MainWindow
from bulletin_desktop.ui.models.nodes import TABS, Node, Tab
from bulletin_desktop.ui.panes.article_tree import ArticleTree
from bulletin_desktop.ui.widgets.chip import Chip

# The longest that a test waits for a condition; how long it really took is never looked at.
PATIENCE = 20_000
# So long it waits between two looks.
_STEP = 2


class Driver:
    """Drives a window by keys and mouse, and reads what it shows."""

    def __init__(self, window: MainWindow, qtbot: QtBot | None = None) -> None:
        self.window = window
        self.qtbot = qtbot
        self.outline = window.outline
        self.reader = window.reader
        self.tagging = window.tagging
        self.context = window._context
        self.library = self.context.library

    # Hands

    def focused(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def key(self, *keys: str) -> None:
        """Press keys where the keyboard is, each in the words of a QKeySequence."""
        for key in keys:
            QTest.keySequence(self.focused(), QKeySequence(key))

    def type(self, text: str) -> None:
        """Type ASCII where the keyboard is."""
        QTest.keyClicks(self.focused(), text)

    def click(self, widget: QWidget, where: QPoint | None = None) -> None:
        QTest.mouseClick(
            widget,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            where if where is not None else widget.rect().center(),
        )

    def focus(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.until(widget.hasFocus)

    # Waiting

    def until(self, condition: Callable[[], object]) -> None:
        wait_until(condition)

    def settle(self) -> None:
        """Wait until all that was asked of the writer and the reader has come back."""
        runner = self.context.runner
        for ask in (runner.write, lambda verb, done: runner.read("", verb, done)) * 2:
            came: list[Any] = []
            ask(lambda _: None, came.append)
            self.until(lambda came=came: came)
        QApplication.processEvents()

    def thought(self) -> None:
        """Wait until the thinker and the reader have answered."""
        runner = self.context.runner
        for ask in (runner.think, runner.read):
            came: list[Any] = []
            ask("", lambda _: None, came.append)
            self.until(lambda came=came: came)

    def act(self, verb: Callable[..., Any]) -> None:
        """Change the library as the window does, and wait until the window knows."""
        self.context.act(verb)
        self.settle()

    # Eyes

    @property
    def tree(self) -> ArticleTree:
        return self.outline.tree

    def tab(self, tab: Tab) -> ArticleTree:
        self.outline._tabs.choose(TABS.index(tab))
        return self.tree

    def index(self, *keys: str) -> QModelIndex:
        return self.tree.outline.find(keys)

    def records(self) -> list[Article]:
        return browsing.in_scope(self.library)

    def record(self, article: int) -> Article:
        return browsing.by_id(self.library, article)

    def reading(self) -> int:
        assert self.reader.article is not None
        return self.reader.article.id

    def select(self, *articles: int) -> None:
        """Select articles of the shown tree, as a click and Ctrl+clicks do."""
        model = self.tree.selectionModel()
        assert self.tree.go_article(articles[0])
        for article in articles[1:]:
            node = next(
                n for n in _all(self.tree) if n.article is not None and n.article.id == article
            )
            model.select(self.tree.outline.find(node.path()), model.SelectionFlag.Select)
        assert set(self.outline.selected_articles()) == set(articles)

    def chips(self) -> list[str]:
        """The words on the chips of the selected articles' themes."""
        return _chip_words(self.tagging._chips)

    def suggestions(self) -> list[str]:
        return _chip_words(self._suggested())

    def _suggested(self) -> Any:
        made = self.tagging.facts.suggestions
        return made.chips if made is not None else QHBoxLayout()

    def chip(self, word: str) -> Chip:
        """The chip that begins with a word."""
        return _chip(self.tagging._chips, word)

    def suggestion(self, word: str) -> Chip:
        return _chip(self._suggested(), word)

    def step_names(self) -> list[str]:
        """The codes of the history, newest first, without what was undone."""
        return [step.code for step in history.steps(self.library) if not step.undone]

    def completions(self) -> list[str]:
        """What the list under the theme input offers, once it is open."""
        field = self.tagging.input
        self.until(lambda: field._list is not None and field._list.isVisible())
        return [field._entries.item(row).text() for row in range(field._entries.rowCount())]


def wait_until(condition: Callable[[], object]) -> None:
    """Let Qt go on until a condition holds; pytest-qt's own looks five times less often."""
    end = time.monotonic() + PATIENCE / 1000
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        loop = QEventLoop()
        QTimer.singleShot(_STEP, loop.quit)
        loop.exec()


def _all(tree: ArticleTree) -> list[Node]:
    """Every node of a tree, all branches read."""
    return [node for _, node in every_row(tree.outline)]


def every_row(model: Any) -> list[tuple[QModelIndex, Node]]:
    """Every row of a tree from the top down, all branches read."""
    found: list[tuple[QModelIndex, Node]] = []

    def walk(parent: QModelIndex) -> None:
        if model.canFetchMore(parent):
            model.fetchMore(parent)
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            found.append((index, model.node(index)))
            walk(index)

    walk(QModelIndex())
    return found


def _chips(layout: Any) -> list[Chip]:
    return [layout.itemAt(at).widget() for at in range(layout.count())]


def _chip_words(layout: Any) -> list[str]:
    return [chip._word for chip in _chips(layout)]


def _chip(layout: Any, word: str) -> Chip:
    return next(chip for chip in _chips(layout) if chip._word.startswith(word))


def close(window: QWidget) -> None:
    """Close a window, if it still stands, and let Qt take it apart.

    A window that is all that is left of its library asks first; here it may go.
    """
    if shiboken6.isValid(window):
        if isinstance(window, MainWindow) and window.has_lost_file:
            with pytest.MonkeyPatch.context() as patch:
                yes = QMessageBox.StandardButton.Yes
                patch.setattr(QMessageBox, "question", lambda *_: yes)
                window.close()
        window.close()
        window.deleteLater()
    sweep()


def sweep() -> None:
    """Let Qt delete what waits for deletion."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def bulletin(folder: Path, name: str, *titles: str) -> Path:
    """A small bulletin with one article a title."""
    lines = ["工会简报", "第7期", "某市总工会办公室　　2013年5月20日", ""]
    for number, title in enumerate(titles, 1):
        lines += [title, f"　　这是第{number}篇文章的正文，说的是{title}。", ""]
    file = folder / name
    file.write_text("\n".join(lines), encoding="utf-8")
    return file
