"""The note: saved by itself, whenever and however it is left, and one step however it is typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox
from window_driver import Driver, close

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import Library, browsing, history, noting, passages
from bulletin_desktop.ui.dialogs.note_dialog import NoteDialog
from bulletin_desktop.ui.dialogs.notes_dialog import NotesDialog

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


# Private


def test_the_mark_of_a_private_note_is_kept(driver: Driver) -> None:
    article = _begin(driver, "")
    private = driver.tagging._field.private
    driver.click(private)  # before the first word
    driver.focus(driver.tagging.note)
    driver.type(WORDS)
    driver.key("Esc")
    driver.settle()
    assert noting.note(driver.library, "article", article).private
    driver.tree.go_step(1)
    assert not private.isChecked()
    driver.tree.go_article(article)
    assert private.isChecked()
    driver.click(private)
    driver.settle()
    found = noting.note(driver.library, "article", article)
    assert (found.text, found.private) == (WORDS, False)


# Links


def test_a_title_is_completed_and_its_link_opens_the_article(driver: Driver) -> None:
    article = _begin(driver, "see [[")
    other = next(r for r in driver.records() if r.heading.startswith("昆山市总推出"))
    note = driver.tagging.note
    note.insertPlainText("昆山市总推出")
    completions = driver.tagging._field._completions
    driver.until(lambda: completions._list is not None and completions._list.isVisible())
    driver.key("Return")
    assert note.toPlainText() == f"see [[{other.heading}]]"
    assert not completions._list.isVisible()
    driver.until(lambda: driver.tagging._field._links)
    driver.key("Left", "Ctrl+Return")
    assert driver.reading() == other.id
    driver.settle()
    assert _note(driver, article) == f"see [[{other.heading}]]"
    driver.tree.go_article(article)
    driver.until(lambda: driver.tagging._field._links)
    links = driver.tagging._field._list
    assert [row.stands_for for row in links.rows._rows] == [other.id]
    note.setPlainText("see [[nothing]]")
    note.save()
    driver.until(lambda: links.rows._rows[0].stands_for is None)
    assert "nothing" in links.rows._rows[0].words


# The note on something else, and all notes


def test_a_dialog_for_the_note_on_a_theme_closes_when_it_is_saved(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = next(iter(driver.context.themes()))
    dialog = NoteDialog(driver.context, driver.window, "theme", theme)
    dialog.open()
    driver.until(dialog.isActiveWindow)
    driver.type(WORDS)
    no = QMessageBox.StandardButton.No
    with monkeypatch.context() as full:
        _refusing(full)
        full.setattr(QMessageBox, "question", lambda *_: no)
        driver.key("Esc")
        driver.settle()
        assert dialog.isVisible()
    driver.key("Esc")
    driver.until(lambda: not dialog.isVisible())
    assert noting.note(driver.library, "theme", theme).text == WORDS
    dialog.deleteLater()


def test_the_list_of_notes_is_filtered_and_leads_to_what_they_are_on(driver: Driver) -> None:
    article = driver.records()[0]
    theme = next(iter(driver.context.themes()))
    driver.act(lambda library: passages.mark(library, article.id, 0, 6))
    mark = passages.highlights(driver.library, article.id)[0].id
    on = [("article", article.id), ("highlight", mark), ("issue", article.issue), ("theme", theme)]
    for kind, target in on:
        driver.act(
            lambda library, kind=kind, target=target: noting.set_note(
                library, kind, target, f"on the {kind}", private=kind == "theme"
            )
        )
    dialog = NotesDialog(driver.context, driver.window)
    dialog.show()
    driver.until(lambda: dialog.list.rows.rowCount() == 4)
    got: list[object] = []
    dialog.article_wanted.connect(lambda found: got.append(("article", found)))
    dialog.highlight_wanted.connect(lambda *found: got.append(("highlight", *found)))
    dialog.theme_wanted.connect(lambda found: got.append(("theme", found)))
    for row in sorted(dialog.list.rows._rows, key=lambda row: row.words):
        dialog.list.taken.emit(row.stands_for)
    assert got == [
        ("article", article.id), ("highlight", article.id, mark),
        ("article", _first_of(driver, article.issue)), ("theme", theme),
    ]  # fmt: skip
    dialog.privacy.setCurrentIndex(2)
    assert [row.words for row in dialog.list.rows._rows] == ["on the theme"]
    dialog.privacy.setCurrentIndex(0)
    dialog.filter.setText("THE ISSUE")
    driver.until(lambda: dialog.list.rows.rowCount() == 1)
    dialog.kind.setCurrentIndex(1)
    assert dialog.list.rows.rowCount() == 0
    assert not dialog._go.isEnabled()
    close(dialog)


def _first_of(driver: Driver, issue: int) -> int:
    found = [record for record in driver.records() if record.issue == issue]
    return min(found, key=lambda record: record.position).id
