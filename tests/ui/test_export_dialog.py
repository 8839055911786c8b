"""The export dialog and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox
from window_driver import Driver

from bulletin_desktop.services import collections, tagging, themes
from bulletin_desktop.ui.dialogs.export_dialog import ExportDialog, file_name
from bulletin_desktop.ui.panes.export_choices import export_choices


@pytest.fixture
def dialog(driver: Driver) -> ExportDialog:
    """The dialog over a window with a collection, a used theme and one selected article."""
    ids = [record.id for record in driver.records()]
    theme = themes.all_themes(driver.library)[0]
    driver.act(lambda library: tagging.tag(library, ids[:2], [theme.id]))
    driver.act(lambda library: collections.add_articles(library, "专题", ids[4:7]))
    driver.select(ids[0])
    return _open(driver)


def _open(driver: Driver) -> ExportDialog:
    choices = export_choices(driver.context, driver.outline)
    made = ExportDialog(driver.context, choices, driver.window)
    made.show()
    return made


def _names(dialog: ExportDialog) -> list[str]:
    return [dialog._articles.itemText(row) for row in range(dialog._articles.count())]


def test_the_nearest_choice_comes_first(driver: Driver, dialog: ExportDialog) -> None:
    text, theme = driver.context.text, themes.all_themes(driver.library)[0]
    assert _names(dialog) == [
        text("export.collection", name="专题", n=3),
        text("export.selection", n=1),
        text("export.theme", name=theme.name, n=2),
        text("export.everything", n=45),
    ]
    assert dialog.order().title == "专题"
    assert dialog.order().group_by == "none"
    assert dialog.order().scope.collection is not None


def test_several_selected_articles_come_before_all(driver: Driver) -> None:
    ids = [record.id for record in driver.records()][:3]
    driver.act(lambda library: collections.add_articles(library, "专题", ids))
    driver.select(*ids)
    order = _open(driver).order()
    assert order.scope.ids == driver.outline.selected_articles()


def test_choosing_suggests_title_and_file(dialog: ExportDialog, home: Path) -> None:
    assert dialog.order().file == home / "专题.docx"
    dialog._articles.setCurrentIndex(2)
    assert dialog.order().file == home / f"{dialog.order().title}.docx"
    assert dialog.order().title == themes.all_themes(dialog._context.library)[0].name


@pytest.mark.parametrize("blank", ["", "   "])
def test_without_title_or_file_nothing_can_be_written(dialog: ExportDialog, blank: str) -> None:
    assert dialog._write.isEnabled()
    for field in (dialog._title, dialog._file):
        before = field.text()
        field.setText(blank)
        assert not dialog._write.isEnabled()
        field.setText(before)
        assert dialog._write.isEnabled()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("工会简报选编", "工会简报选编"),
        ("2011/2012 年：要闻", "2011 2012 年：要闻"),
        (' a\\b:c*d?e"f<g>h|i\x07 ', "a b c d e f g h i"),
        ("  ", "export"),
        ("长" * 200, "长" * 80),
        ("𠮷野 选编", "𠮷野 选编"),
    ],
)
def test_file_names_keep_chinese_and_lose_what_file_systems_refuse(title: str, name: str) -> None:
    assert file_name(title) == name


def test_the_suffix_is_added_where_it_is_missing(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog._file.setText(str(tmp_path / "选编.v2"))
    assert dialog.order().file == tmp_path / "选编.v2.docx"
    dialog._file.setText(str(tmp_path / "选编.DOCX"))
    assert dialog.order().file == tmp_path / "选编.DOCX"
    dialog._file.setText("~/选编")
    assert dialog.order().file == Path.home() / "选编.docx"


@pytest.mark.parametrize("sure", [True, False])
def test_a_file_that_is_there_is_replaced_only_after_a_question(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sure: bool
) -> None:
    there = tmp_path / "there.docx"
    there.write_text("old")
    asked: list[str] = []

    def question(_: object, __: str, words: str) -> QMessageBox.StandardButton:
        asked.append(words)
        return QMessageBox.StandardButton.Yes if sure else QMessageBox.StandardButton.No

    monkeypatch.setattr(QMessageBox, "question", question)
    dialog._file.setText(str(there))
    dialog._write.click()
    assert asked == [dialog._context.text("export.replace", name="there.docx")]
    assert dialog.isVisible() != sure


def test_choices_are_remembered(driver: Driver, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog._articles.setCurrentIndex(3)
    dialog._group.setCurrentIndex(dialog._group.findData("source"))
    dialog._notes.setChecked(True)
    dialog._file.setText(str(tmp_path / "选编.docx"))
    dialog._write.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    again = _open(driver)
    again._articles.setCurrentIndex(3)
    assert again._notes.isChecked()
    assert again.order().file.parent == tmp_path


def test_browsing_puts_the_chosen_file_in(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [str(tmp_path / "a"), ""]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (chosen.pop(0), ""))
    dialog._browse.click()
    assert dialog.order().file == tmp_path / "a.docx"
    dialog._browse.click()  # declined
    assert dialog.order().file == tmp_path / "a.docx"


@pytest.fixture
def order_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Answers the next export dialog: as it stands, but into this file."""

    def arm(file: Path) -> None:
        def accept(dialog: QDialog) -> QDialog.DialogCode:
            dialog._file.setText(str(file))
            return QDialog.DialogCode.Accepted

        monkeypatch.setattr(ExportDialog, "exec", accept)

    return arm


def test_an_export_is_written_and_said(
    driver: Driver, tmp_path: Path, order_to: Callable[[Path], None]
) -> None:
    records = driver.records()[4:7]
    driver.act(lambda library: collections.add_articles(library, "专题", [r.id for r in records]))
    file = tmp_path / "专题.docx"
    order_to(file)
    driver.key("Ctrl+E")
    driver.until(lambda: driver.window.notice.words)
    words = driver.context.text("export.done", n=3, file=str(file))
    assert driver.window.notice.words == words
    text = "\n".join(p.text for p in Document(str(file)).paragraphs)
    places = [text.find(record.title.split("\n")[0]) for record in records]
    assert -1 not in places
    assert places == sorted(places)


def test_a_folder_that_is_not_there_is_said_in_a_sentence(
    driver: Driver, tmp_path: Path, order_to: Callable[[Path], None]
) -> None:
    order_to(tmp_path / "nowhere" / "专题.docx")
    driver.key("Ctrl+E")
    driver.until(lambda: driver.window.notice.words)
    assert "nowhere" in driver.window.notice.words


def test_an_empty_library_has_nothing_to_export(empty_driver: Driver) -> None:
    empty_driver.key("Ctrl+E")
    words = empty_driver.context.text("export.nothing")
    assert empty_driver.window.status._said.text() == words
