"""The eyes of the tests of looks see what has no room."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from room import faults, wait_for_paint

WORDS = "words that need room"


def _label() -> QWidget:
    return QLabel(WORDS)


def _wrapped() -> QWidget:
    return QLabel(" ".join([WORDS] * 20), wordWrap=True)


def _button() -> QWidget:
    return QPushButton(WORDS)


def _combo() -> QWidget:
    made = QComboBox()
    made.addItem(WORDS)
    return made


def _spin() -> QWidget:
    return QSpinBox(suffix=WORDS)


def _line() -> QWidget:
    return QLineEdit(placeholderText=WORDS)


def _note() -> QWidget:
    made = QPlainTextEdit()
    made.setPlaceholderText(" ".join([WORDS] * 20))
    return made


def _rows() -> QWidget:
    made = QListWidget()
    made.addItem(WORDS)
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 500)
    return made


def _found(window: QWidget) -> list[str]:
    window.show()
    wait_for_paint()
    return faults(window)


@pytest.mark.parametrize("make", [_label, _wrapped, _button, _combo, _spin, _line, _note, _rows])
def test_words_with_too_little_room_are_found(window: QWidget, make: Callable[[], QWidget]) -> None:
    widget = make()
    widget.setParent(window)
    widget.setGeometry(10, 10, 500, 400)
    assert _found(window) == []
    widget.resize(60, 30)
    assert len(_found(window)) == 1


def test_words_that_stand_partly_outside_are_found(window: QWidget) -> None:
    label = QLabel(WORDS, window)
    label.move(540, 10)
    assert len(_found(window)) == 1


def test_words_in_what_scrolls_may_be_below_but_not_beside(window: QWidget) -> None:
    area = QScrollArea(window)
    area.setGeometry(0, 0, 300, 200)
    body = QWidget()
    body.resize(250, 900)
    label = QLabel(WORDS, body)
    label.move(10, 190)
    area.setWidget(body)
    assert _found(window) == []
    label.move(10, 600)
    assert _found(window) == []
    body.resize(900, 900)
    label.move(230, 20)
    assert len(_found(window)) == 1


def test_words_over_others_are_found(window: QWidget) -> None:
    labels = [QLabel(WORDS, window) for _ in range(2)]
    labels[1].move(0, 40)
    assert _found(window) == []
    labels[1].move(20, 5)
    assert len(_found(window)) == 1


def test_a_window_that_the_screen_does_not_hold_is_found(window: QWidget) -> None:
    screen = QApplication.primaryScreen().availableGeometry()
    window.resize(screen.width() + 1, 300)
    assert len(_found(window)) == 1
