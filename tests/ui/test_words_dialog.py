"""The user's words: added, taken from the library's unknown ones, removed, undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bulletin_desktop.services import words
from bulletin_desktop.ui.dialogs.words_dialog import WordsDialog


@pytest.fixture
def dialog(driver):
    made = WordsDialog(driver.context, driver.window)
    made.show()
    made.activateWindow()
    driver.until(lambda: made.isActiveWindow() and made.candidates.count())
    yield made
    made.close()
    made.deleteLater()


def kept(driver):
    return words.all_words(driver.context.library)


def test_words_are_typed_taken_removed_and_undone(driver, dialog):
    dialog.field.setText("创模 市总")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    driver.until(lambda: dialog.list.count() == 2)
    assert kept(driver) == ["创模", "市总"]
    assert dialog.field.text() == ""
    assert not dialog.candidates.findItems("市总", Qt.MatchFlag.MatchStartsWith)

    offered = dialog.candidates.count()
    taken = dialog.candidates.currentItem().data(Qt.ItemDataRole.UserRole)
    dialog.candidates.setFocus()
    QTest.keyClick(dialog.candidates, Qt.Key.Key_Return)
    driver.until(lambda: dialog.list.count() == 3)
    assert kept(driver)[-1] == taken
    assert dialog.candidates.count() == offered - 1

    dialog.list.setFocus()
    dialog.list.setCurrentRow(0)
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    driver.until(lambda: dialog.list.count() == 2)
    assert kept(driver) == ["市总", taken]
    QTest.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    driver.until(lambda: dialog.list.count() == 3)


def test_what_is_no_word_is_said(driver, dialog):
    dialog.field.setText("词。")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    driver.until(lambda: "词。" in dialog.said.text())
    assert kept(driver) == []
    assert dialog.field.text() == "词。"
