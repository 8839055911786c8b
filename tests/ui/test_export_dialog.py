"""The export dialog and what comes of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdfium2 import PdfDocument
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QInputDialog, QMessageBox, QWidget
from window_driver import Driver

from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import collections, exporting, previewing, tagging, themes
from bulletin_desktop.services.exporting import ExportReport, Parts, Printing
from bulletin_desktop.ui.dialogs import export_preview, export_print
from bulletin_desktop.ui.dialogs.export_dialog import ExportDialog, file_name
from bulletin_desktop.ui.dialogs.export_fields import fields_of, notes_of
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


def _pick(box: QComboBox, name: str) -> None:
    assert box.findData(name) >= 0
    box.setCurrentIndex(box.findData(name))


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
    assert dialog.order().choices.title == "专题"
    assert dialog.order().choices.group_by == "none"
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
    assert dialog.order().file == home / f"{dialog.order().choices.title}.docx"
    assert dialog.order().choices.title == themes.all_themes(dialog._context.library)[0].name


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


def test_the_suffix_and_folder_are_added_where_they_are_missing(
    dialog: ExportDialog, home: Path, tmp_path: Path
) -> None:
    dialog._file.setText("选编")
    assert dialog.order().file == home / "选编.docx"
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
    form = dialog._form
    _pick(form.format, "odt")
    form.template.choose("plain")
    for box, name in ((form.group, "source"), (form.notes, "comments"), (form.citations, "none")):
        _pick(box, name)
    form.highlights.setChecked(True)
    form.author.setText("研究室")
    dialog._file.setText(str(tmp_path / "选编.odt"))
    before = dialog.order()
    dialog._write.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    again = _open(driver)
    assert again.order().choices.group_by == "none"  # a collection has an order of its own
    again._articles.setCurrentIndex(3)
    assert again.order() == replace(before, file=tmp_path / f"{before.choices.title}.odt")
    assert before.choices.printing == Printing("comments", "none", True)


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
            dialog._form.measured.setChecked(False)
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


def test_what_is_for_other_programs_is_said_with_what_it_lacks(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("bulletin_desktop.ui.jobs.open_file", opened.append)
    remark = Message("exchange.leaves_passages", {"n": 2})
    for name, code in (("qdpx", "export.done"), ("qdc", "export.codebook_done")):
        report = ExportReport(tmp_path / f"a.{name}", 3, name, remarks=(remark,))
        driver.window.deeds._jobs._on_exported(report)
        first, second = driver.window.notice.words.split("\n")
        assert first == driver.context.text(code, n=3, file=str(report.file))
        assert second == driver.context.catalogue.message(remark)
        driver.window.notice._act.click()
    assert opened == [tmp_path, tmp_path]


def test_tab_goes_through_all_fields(driver: Driver, dialog: ExportDialog) -> None:
    dialog.activateWindow()
    driver.until(dialog.isActiveWindow)
    form = dialog._form
    wanted = [
        dialog._articles, form.title, form.author, form.format, form.template.names,
        form.template._more, form.group, form.notes, form.citations, form.highlights,
        form.index, form.measured, dialog._file, dialog._browse, dialog._print, dialog._cancel,
        dialog._write,
    ]  # fmt: skip
    wanted[0].setFocus()
    for field in wanted:
        assert driver.focused() is field
        driver.key("Tab")


def test_an_empty_library_has_nothing_to_export(empty_driver: Driver) -> None:
    empty_driver.key("Ctrl+E")
    words = empty_driver.context.text("export.nothing")
    assert empty_driver.window.status._said.text() == words


# What a format takes


def test_only_what_the_format_takes_is_asked(dialog: ExportDialog) -> None:
    form = dialog._form
    fields: dict[str, QWidget] = {
        "articles": dialog._articles, "title": form.title, "author": form.author,
        "template": form.template, "rows": form.rows, "group": form.group, "notes": form.notes,
        "citations": form.citations, "highlights": form.highlights, "index": form.index,
        "measured": form.measured,
        "masthead": form.masthead.name, "distribution": form.masthead.distribution,
    }  # fmt: skip
    for name in exporting.NAMES:
        _pick(form.format, name)
        shown = {key for key, field in fields.items() if field.isVisible()}
        assert shown == fields_of(name, form.template.parts())
        assert dialog.order().file.name == f"专题{exporting.ending_of(name)}"
        assert dialog._print.isVisible() == (name in ("docx", "pdf", "odt"))
        assert form.hint.isVisible() == (name in exporting.EXCHANGE)
        assert dialog._write.isEnabled()


def test_what_a_template_has_no_place_for_is_not_asked() -> None:
    cards = fields_of("docx", Parts(cards=True, index=True, distribution=True))
    assert cards == {"articles", "title", "author", "template", "notes"}
    assert notes_of("docx", Parts(cards=True)) == ("none", "printed")
    assert "masthead" in fields_of("pdf", Parts(masthead=True))
    assert "measured" not in fields_of("docx", Parts(contents=False))


def test_the_ending_of_a_file_that_the_user_named_follows_the_format(
    dialog: ExportDialog, tmp_path: Path
) -> None:
    dialog._file.setText(str(tmp_path / "我的.docx"))
    for name in ("pdf", "csl", "bundle", "docx"):
        _pick(dialog._form.format, name)
        assert dialog._file.text() == str(tmp_path / f"我的{exporting.ending_of(name)}")
    dialog._file.setText(str(tmp_path / "无尾"))
    _pick(dialog._form.format, "md")
    assert dialog.order().file == tmp_path / "无尾.md"


def test_rows_of_a_table_can_be_highlights(dialog: ExportDialog) -> None:
    _pick(dialog._form.format, "csv")
    assert dialog.order().template == ""
    _pick(dialog._form.rows, "highlights")
    assert dialog.order().template == "cards"


def test_the_masthead_is_proposed_and_remembered(driver: Driver, dialog: ExportDialog) -> None:
    form = dialog._form
    assert dialog.order().choices.masthead is None
    form.template.choose("bulletin")
    driver.until(form.masthead.date.text)
    assert dialog.order().choices.masthead.name == "专题"
    form.masthead.name.setText("工会简报")
    form.masthead.number.setText("第3期")
    form.masthead.distribution.setPlainText("报：省总\n\n 发：各区 ")
    choices = dialog.order().choices
    assert (choices.masthead.name, choices.masthead.number) == ("工会简报", "第3期")
    assert choices.distribution == ("报：省总", "发：各区")
    dialog._keep()
    again = _open(driver)
    assert again.order().choices.masthead.number == "第3期"
    assert again.order().choices.distribution == choices.distribution


def test_a_template_is_copied_and_chosen(
    dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("bulletin_desktop.ui.dialogs.export_template.open_file", opened.append)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("我的选编", True))
    dialog._form.template._copy()
    assert dialog.order().template == "我的选编"
    assert dialog._form.template.names.currentText() == "我的选编"
    assert [path.name for path in opened] == ["templates"]
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: said.append(words[-1]))
    dialog._form.template._copy()
    assert len(said) == 1
    assert "我的选编" in said[0]


def test_a_template_that_was_changed_meanwhile_is_seen_on_coming_back(
    driver: Driver, dialog: ExportDialog
) -> None:
    dialog.activateWindow()
    driver.until(dialog.isActiveWindow)
    names = dialog._form.template.names
    file = exporting.copy_template("compilation", "我的选编")
    dialog.changeEvent(QEvent(QEvent.Type.ActivationChange))
    assert names.findText("我的选编") >= 0
    file.write_text("{")
    os.utime(file, (1, 1))
    dialog.changeEvent(QEvent(QEvent.Type.ActivationChange))
    assert names.findText(driver.context.text("export.broken", name="我的选编")) >= 0


# The preview


class Pages:
    """Pages that need no laying out; tells when it is closed."""

    def __init__(self, count: int, title: str, *, whole: bool = True) -> None:
        self.count, self.title, self.whole, self.closed = count, title, whole, False

    def size(self, _: int) -> tuple[float, float]:
        return 595.0, 842.0

    def page(self, _: int, width: int) -> Any:
        assert not self.closed
        height = round(width * 842 / 595)
        return _Picture(width, height, b"\xff" * (4 * width * height))

    def close(self) -> None:
        self.closed = True


class _Picture:
    def __init__(self, width: int, height: int, data: bytes) -> None:
        self.width, self.height, self.data = width, height, data


class Layouts:
    """The previews that were asked for; while ``held`` none of them ends by itself."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.made: list[Pages] = []
        self.cancelled = 0
        self.held = False
        self.error: KnownError | None = None

    def preview(self, _: Any, __: Any, choices: Any, *___: Any) -> Any:
        self.asked.append(choices.title)
        if self.error:
            raise self.error
        while True:
            if (yield Progress(0, 0, Message("bundle.writing"))):
                self.cancelled += 1
                return None
            if not self.held:
                self.made.append(Pages(5, choices.title))
                return self.made[-1]


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> Layouts:
    made = Layouts()
    monkeypatch.setattr(export_preview, "_PAUSE", 50)
    monkeypatch.setattr(previewing, "preview", made.preview)
    return made


def _is_told(dialog: ExportDialog, page: int) -> bool:
    words = dialog._context.text("export.page", page=page, pages=5)
    return dialog._preview._count.text() == words


def test_pages_are_laid_out_once_after_a_burst_of_changes(
    layouts: Layouts, driver: Driver, dialog: ExportDialog
) -> None:
    for title in ("一", "二", "三"):
        dialog._title.setText(title)
    driver.until(lambda: _is_told(dialog, 1))
    assert layouts.asked == ["三"]


def test_pages_are_turned_by_keys_and_buttons(
    layouts: Layouts, driver: Driver, dialog: ExportDialog
) -> None:
    preview = dialog._preview
    driver.until(lambda: _is_told(dialog, 1))
    assert not preview._back.isEnabled()
    preview._on.click()
    driver.until(lambda: _is_told(dialog, 2))
    QTest.keyClick(preview._area, Qt.Key.Key_End)
    driver.until(lambda: _is_told(dialog, 5))
    assert not preview._on.isEnabled()
    QTest.keyClick(preview._area, Qt.Key.Key_PageUp)
    driver.until(lambda: _is_told(dialog, 4))
    dialog._title.setText("另一个")  # and the page stays
    driver.until(lambda: len(layouts.made) == 2 and layouts.made[0].closed)
    assert _is_told(dialog, 4)


def test_what_is_out_of_date_is_cancelled_and_never_shown(
    layouts: Layouts, driver: Driver, dialog: ExportDialog
) -> None:
    layouts.held = True
    driver.until(lambda: layouts.asked)
    dialog._title.setText("新题")
    driver.until(lambda: layouts.cancelled == 1)
    layouts.held = False
    driver.until(lambda: _is_told(dialog, 1))
    assert [pages.title for pages in layouts.made] == ["新题"]


def test_closing_while_a_preview_runs_ends_it(
    layouts: Layouts, driver: Driver, dialog: ExportDialog
) -> None:
    layouts.held = True
    driver.until(lambda: layouts.asked)
    dialog.reject()
    driver.until(lambda: layouts.cancelled == 1)


def test_pages_are_given_back_at_the_end(
    layouts: Layouts, driver: Driver, dialog: ExportDialog
) -> None:
    driver.until(lambda: _is_told(dialog, 1))
    dialog.reject()
    driver.until(lambda: layouts.made[0].closed)


def test_an_error_stands_where_the_pages_would(
    layouts: Layouts, driver: Driver, dialog: ExportDialog
) -> None:
    layouts.error = KnownError("export.nothing")
    driver.until(lambda: dialog._preview._words.text() == driver.context.text("export.nothing"))
    assert dialog._preview._words.isVisible()
    _pick(dialog._form.format, "qdpx")
    assert dialog._preview._words.text() == driver.context.text("export.no_preview")


def test_where_there_is_little_room_the_form_has_it_and_nothing_is_laid_out(
    layouts: Layouts, driver: Driver, dialog: ExportDialog
) -> None:
    dialog.resize(760, 600)
    assert not dialog._preview.isVisible()
    dialog._title.setText("窄")
    assert not dialog._preview._timer.isActive()
    dialog.resize(1100, 700)
    driver.until(lambda: _is_told(dialog, 1))
    assert layouts.asked == ["窄"]


def test_a_text_shows_how_it_begins(driver: Driver, dialog: ExportDialog) -> None:
    title = driver.records()[4].title
    assert title
    preview = dialog._preview
    for name in ("md", "html", "xlsx"):
        _pick(dialog._form.format, name)
        shown = preview._web if name == "html" else preview._text
        driver.until(shown.isVisible)
        driver.until(lambda here=shown: title.split("\n")[0] in here.toPlainText())


def test_printing_goes_page_by_page(
    layouts: Layouts, driver: Driver, dialog: ExportDialog, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    class Asked(export_print.QPrintDialog):
        def exec(self) -> QDialog.DialogCode:
            self.printer().setOutputFileName(str(file))
            self.printer().setFromTo(2, 4)
            return QDialog.DialogCode.Accepted

    file = tmp_path / "printed.pdf"
    monkeypatch.setattr(export_print, "QPrintDialog", Asked)
    dialog._print.click()
    assert not dialog._write.isEnabled()
    driver.until(lambda: dialog._printer is None)
    assert dialog._write.isEnabled()
    with PdfDocument(file) as printed:
        assert [tuple(map(round, printed.get_page_size(k))) for k in range(len(printed))] == [
            (595, 842)
        ] * 3


def test_printing_can_be_stopped(layouts: Layouts, driver: Driver, dialog: ExportDialog) -> None:
    layouts.held = True
    dialog._print.click()
    driver.until(lambda: layouts.asked)
    dialog._print.click()
    driver.until(lambda: layouts.cancelled)
    assert dialog._printer is None
    assert dialog._print.text() == driver.context.text("export.print")
