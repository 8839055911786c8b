"""Reading from the library that nobody waits for any more ends in the midst of a query."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from window_driver import PATIENCE

from bulletin_desktop.services import Library
from bulletin_desktop.ui.runner import Runner

# It counts for longer than any test is waited for.
_ENDLESS = """WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
    SELECT count(*) FROM n WHERE x < 0"""


@pytest.fixture
def runner(library: Library, qtbot: QtBot) -> Iterator[Runner]:
    made = Runner(library.path)
    yield made
    made.close()


class _Outcome:
    """What came back of a job, and whether the query was begun."""

    def __init__(self) -> None:
        self.begun = False
        self.came: list[Any] = []

    def count(self, library: Library) -> None:
        self.begun = True
        library.value(_ENDLESS)


def _begin(runner: Runner, qtbot: QtBot, key: str) -> _Outcome:
    outcome = _Outcome()
    runner.read(key, outcome.count, outcome.came.append, outcome.came.append)
    qtbot.waitUntil(lambda: outcome.begun, timeout=PATIENCE)
    return outcome


def _answer(runner: Runner, qtbot: QtBot, key: str) -> None:
    came: list[int] = []
    runner.read(key, lambda library: library.value("SELECT 7"), came.append)
    qtbot.waitUntil(lambda: came == [7], timeout=PATIENCE)


def test_newer_reading_with_the_same_key_takes_the_place_of_older(
    runner: Runner, qtbot: QtBot
) -> None:
    older = _begin(runner, qtbot, "search")
    _answer(runner, qtbot, "search")
    assert older.came == []


def test_reading_can_be_stopped(runner: Runner, qtbot: QtBot) -> None:
    older = _begin(runner, qtbot, "search")
    runner.stop_reading("others")  # that is not the one
    runner.stop_reading("search")
    _answer(runner, qtbot, "others")
    assert older.came == []


def test_the_end_does_not_wait_for_a_query(runner: Runner, qtbot: QtBot) -> None:
    older = _begin(runner, qtbot, "search")
    runner.close()
    assert older.came == []


class _Owner(QLabel):
    def take(self, _number: int, words: str) -> None:
        self.setText(words)


def test_what_is_gone_gets_no_result(runner: Runner, qtbot: QtBot) -> None:
    owner = _Owner()
    runner.read("words", lambda _: "too late", owner.setText)
    runner.read("own words", lambda _: "too late", partial(owner.take, 1))
    delete(owner)
    _answer(runner, qtbot, "others")
