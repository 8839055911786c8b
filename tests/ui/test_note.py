"""The note: saved by itself, whenever and however it is left, and one step however it is typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox
from window_driver import Driver, close

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import Library, browsing, history, noting

WORDS = "compare with 2007"


def _begin(driver: Driver, text: str = WORDS) -> int:
    """Start a note on the first article by keys; gives the article."""
    article = driver.records()[0].id
    driver.select(article)
    driver.focus(driver.tree)
    driver.key("N")
    driver.until(driver.tagging.note.hasFocus)
    driver.type(text)
    return article


def _note(driver: Driver, article: int) -> str:
    return browsing.note_of(driver.library, article)


def test_it_is_saved_by_itself(driver: Driver) -> None:
    article = _begin(driver)
    driver.until(lambda: _note(driver, article) == WORDS)
    assert driver.tagging.note.hasFocus()
    assert driver.tagging.note.toPlainText() == WORDS


def test_it_is_saved_when_the_keyboard_goes_elsewhere(driver: Driver) -> None:
    article = _begin(driver)
    driver.tagging.input.setFocus()
    driver.settle()
    assert _note(driver, article) == WORDS


def test_escape_saves_and_goes_back_to_the_tree(driver: Driver) -> None:
    article = _begin(driver)
    driver.key("Esc")
    driver.until(driver.tree.hasFocus)
    driver.settle()
    assert _note(driver, article) == WORDS


def test_another_article_gets_its_own_note(driver: Driver) -> None:
    article = _begin(driver)
    following = driver.records()[1].id
    driver.tree.go_article(following)
    assert driver.reading() == following
    driver.settle()
    assert _note(driver, article) == WORDS
    assert _note(driver, following) == ""
    assert driver.tagging.note.toPlainText() == ""
    driver.tree.go_article(article)
    assert driver.tagging.note.toPlainText() == WORDS


def test_it_is_saved_when_the_window_closes(driver: Driver, tmp_path: Path) -> None:
    article = _begin(driver)
    file = driver.library.path
    driver.window.close()
    with Library(file) as library:
        assert browsing.note_of(library, article) == WORDS


def test_reopened_the_note_is_there(open_window: Any) -> None:
    driver = open_window()
    article = _begin(driver)
    close(driver.window)
    again = open_window(driver.library.path)
    again.select(article)
    assert again.tagging.note.toPlainText() == WORDS


def test_typing_in_one_note_is_one_step(driver: Driver) -> None:
    before = driver.step_names()
    article = _begin(driver, "first")
    for more, whole in ((" second", "first second"), (" third", "first second third")):
        driver.until(lambda: _note(driver, article))
        driver.type(more)
        driver.until(lambda whole=whole: _note(driver, article) == whole)
    driver.settle()
    assert driver.step_names() == ["step.note", *before]


def test_undo_takes_the_note_back_and_redo_brings_it(driver: Driver) -> None:
    article = _begin(driver)
    driver.key("Esc")
    driver.settle()
    driver.key("Ctrl+Z")
    driver.settle()
    assert _note(driver, article) == ""
    assert driver.tagging.note.toPlainText() == ""
    driver.key("Ctrl+Shift+Z")
    driver.settle()
    assert _note(driver, article) == WORDS
    assert driver.tagging.note.toPlainText() == WORDS


def test_undo_in_the_field_takes_back_typing_only(driver: Driver) -> None:
    """In the field Ctrl+Z belongs to what is typed there."""
    before = driver.step_names()
    _begin(driver)
    driver.key("Ctrl+Z")
    assert driver.tagging.note.toPlainText() == ""
    assert driver.tagging.note.hasFocus()
    driver.settle()
    assert [step.code for step in history.steps(driver.library)] == before


def test_several_articles_have_no_common_note(driver: Driver) -> None:
    article = _begin(driver)
    driver.key("Esc")
    driver.settle()
    driver.select(*[record.id for record in driver.records()[:2]])
    assert not driver.tagging.note.isVisible()
    driver.focus(driver.tree)
    driver.key("N")
    assert driver.tree.hasFocus()
    assert _note(driver, article) == WORDS


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_emptied_note_is_gone(driver: Driver, text: str) -> None:
    article = _begin(driver)
    driver.key("Esc")
    driver.settle()
    driver.focus(driver.tagging.note)
    driver.tagging.note.setPlainText(text)
    driver.key("Esc")
    driver.settle()
    assert browsing.notes(driver.library) == []
    assert _note(driver, article) == ""


def _refusing(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on the disk is full."""

    def full(*_: Any, **__: Any) -> None:
        raise KnownError("library.disk_full", path="library")

    monkeypatch.setattr(noting, "set_note", full)


def test_words_that_could_not_be_saved_come_back(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = _begin(driver, "")
    with monkeypatch.context() as full:
        _refusing(full)
        driver.type(WORDS)
        driver.key("Esc")
        driver.settle()
        assert driver.window.notice.words
        driver.tree.go_step(1)
        driver.settle()
        assert driver.tagging.note.toPlainText() == ""
    driver.tree.go_article(article)
    assert driver.tagging.note.toPlainText() == WORDS
    driver.tree.go_step(1)
    driver.settle()
    assert _note(driver, article) == WORDS
    assert not driver.tagging.note.unsaved


@pytest.mark.parametrize("sure", [False, True])
def test_closing_asks_before_a_note_is_lost(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, sure: bool
) -> None:
    _begin(driver)
    buttons = QMessageBox.StandardButton
    asked: list[str] = []

    def answer(_: object, __: str, words: str) -> QMessageBox.StandardButton:
        asked.append(words)
        return buttons.Yes if sure else buttons.No

    with monkeypatch.context() as full:
        _refusing(full)
        full.setattr(QMessageBox, "question", answer)
        driver.window.close()
    assert asked == [driver.context.text("note.give_up")]
    assert driver.window.isVisible() is not sure
    if not sure:
        assert driver.tagging.note.toPlainText() == WORDS
        assert driver.window.notice.words
        driver.tagging.note.save()
        driver.settle()
        assert not driver.tagging.note.unsaved
