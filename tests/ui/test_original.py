"""The original: the source text with the article marked, its folder, and copying with citation."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QLabel
from window_driver import Driver

from bulletin_desktop.services import browsing, reading
from bulletin_desktop.ui.dialogs.original_dialog import OriginalDialog

_TITLES = ("甲市总召开推进会", "乙市总开展𠮷庆活动", "丙市总慰问一线职工")


@pytest.fixture
def imported(driver: Driver, tmp_path: Path) -> Path:
    """A file with carriage returns and a rare character, whose second article is shown."""
    lines = ["工会简报", "第7期", "某市总工会办公室　　2013年5月20日", ""]
    for title in _TITLES:
        lines += [title, f"　　{title}的正文，“很好”。", f"　　{title}的第二段。", ""]
    file = tmp_path / "folder" / "bulletin.txt"
    file.parent.mkdir()
    file.write_bytes("\r\n".join(lines).encode())
    driver.window.deeds.import_paths([file])
    driver.until(lambda: any(record.heading == _TITLES[1] for record in driver.records()))
    driver.settle()
    driver.select(next(r.id for r in driver.records() if r.heading == _TITLES[1]))
    return file


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders that were opened."""
    found: list[str] = []

    def take(url: QUrl) -> bool:
        found.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return found


def _dialog(driver: Driver) -> OriginalDialog:
    driver.reader.show_original()
    driver.until(lambda: driver.window.findChildren(OriginalDialog))
    return driver.window.findChildren(OriginalDialog)[0]


def test_the_article_is_marked_in_the_whole_text(driver: Driver, imported: Path) -> None:
    dialog = _dialog(driver)
    (mark,) = dialog._text.extraSelections()
    marked = mark.cursor.selectedText().replace("\u2029", "\n")
    assert marked.startswith(_TITLES[1])
    assert marked.rstrip().endswith(f"{_TITLES[1]}的第二段。")
    assert dialog._text.toPlainText() == imported.read_bytes().decode().replace("\r\n", "\n")
    assert dialog._text.isReadOnly()
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert str(imported) in words
    assert "UTF-8" in words
    assert imported.name in dialog.windowTitle()
    dialog.close()


def test_a_dialog_that_comes_back_to_sight_stays_where_one_read(driver: Driver) -> None:
    driver.select(driver.records()[5].id)
    dialog = _dialog(driver)
    driver.until(dialog.isVisible)
    bar = dialog._text.verticalScrollBar()
    bar.setValue(bar.maximum())
    dialog.hide()
    dialog.show()
    assert bar.value() == bar.maximum()
    dialog.close()


def test_the_dialog_begins_at_the_article(driver: Driver) -> None:
    last = driver.records()[5]
    driver.select(last.id)
    dialog = _dialog(driver)
    driver.until(dialog.isVisible)
    view = dialog._text
    start = dialog._span.selectionStart()
    shown = view.cursorForPosition(view.viewport().rect().topLeft()).position()
    end = view.cursorForPosition(view.viewport().rect().bottomRight()).position()
    assert shown <= start <= end
    dialog.close()


def test_the_marked_words_are_copied_as_the_file_has_them(driver: Driver, imported: Path) -> None:
    dialog = _dialog(driver)
    dialog.copy()
    copied = QGuiApplication.clipboard().text()
    assert copied.replace("\r\n", "\n").startswith(f"{_TITLES[1]}\n　　{_TITLES[1]}的正文")
    cursor = QTextCursor(dialog._text.document())
    cursor.movePosition(cursor.MoveOperation.EndOfBlock, cursor.MoveMode.KeepAnchor)
    dialog._text.setTextCursor(cursor)
    dialog.copy()
    assert QGuiApplication.clipboard().text() == "工会简报"
    dialog.close()
    QGuiApplication.clipboard().clear()


def test_the_folder_is_opened(driver: Driver, imported: Path, opened: list[str]) -> None:
    driver.reader.open_folder()
    driver.until(lambda: opened)
    assert opened == [str(imported.parent)]


def test_a_file_that_is_gone_is_said_so_and_the_nearest_folder_opened(
    driver: Driver, imported: Path, opened: list[str]
) -> None:
    imported.unlink()
    imported.parent.rmdir()
    said: list[str] = []
    driver.context.said.connect(said.append)
    dialog = _dialog(driver)
    gone = driver.context.text("original.gone")
    assert gone in [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    driver.click(dialog._folder)
    driver.until(lambda: opened)
    assert opened == [str(imported.parent.parent)]
    assert imported.name in said[-1]
    dialog.close()


def test_a_folder_that_cannot_be_opened_is_said_so(
    driver: Driver, imported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    said: list[str] = []
    driver.context.said.connect(said.append)
    driver.reader.open_folder()
    driver.until(lambda: any(str(imported.parent) in words for words in said))


# Copying with the citation


def test_the_article_is_copied_with_its_citation(driver: Driver, imported: Path) -> None:
    text = browsing.text_of(driver.library, driver.reading())
    driver.reader.copy_cited()
    copied = QGuiApplication.clipboard().text()
    assert copied == reading.quotation(text.body, text, driver.context.catalogue)
    assert "第7期" in copied
    assert "‘很好’" in copied
    QGuiApplication.clipboard().clear()


def test_the_selection_is_copied_with_its_citation(driver: Driver, imported: Path) -> None:
    page, said = driver.reader.page, []
    driver.context.said.connect(said.append)
    cursor = QTextCursor(page.document())
    cursor.setPosition(page._body_at)
    cursor.movePosition(cursor.MoveOperation.Right, cursor.MoveMode.KeepAnchor, 5)
    page.setTextCursor(cursor)
    driver.reader.copy_cited()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("“乙市总开展”（")
    assert _TITLES[1] in copied
    assert said == [driver.context.text("reader.copied_words")]
    QGuiApplication.clipboard().clear()
