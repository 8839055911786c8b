"""Two people in the window: names, merging, bundles, agreement."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from support import finish
from window_driver import Driver

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    Library,
    annotators,
    browsing,
    bundles,
    history,
    merging,
    noting,
    tagging,
    themes,
)
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.dialogs.agreement_dialog import AgreementDialog
from bulletin_desktop.ui.dialogs.bundle_dialog import BundleDialog
from bulletin_desktop.ui.dialogs.merge_dialog import MergeDialog


@pytest.fixture
def other(tmp_path: Path, seeded_file: Path) -> Path:
    """Another annotator's library of the same bulletins."""
    file = tmp_path / "李四.bdlib"
    shutil.copy(seeded_file, file)
    with Library(file) as library:
        annotators.set_name(library, "李四")
        tagging.tag_new(library, [1, 2, 3], "另一主题")
        noting.set_note(library, "article", 1, "李四的笔记")
    return file


def _choose(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(file), ""))


def test_a_merge_is_done_told_and_taken_back(
    driver: Driver, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(monkeypatch, other)
    driver.window.acts[Act.MERGE].trigger()
    driver.qtbot.waitUntil(lambda: "已并入李四的标注" in driver.window.notice.words)
    driver.qtbot.waitUntil(lambda: "并入李四的标注" in driver.window.acts[Act.UNDO].text())
    assert themes.find(driver.library, "另一主题") is not None
    driver.window.acts[Act.UNDO].trigger()
    driver.qtbot.waitUntil(lambda: themes.find(driver.library, "另一主题") is None)


def test_what_differs_is_reported_and_missing_articles_can_be_brought(
    empty_driver: Driver, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver, reports = empty_driver, []

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, MergeDialog)
        reports.append((dialog.on.isVisibleTo(dialog), dialog.told.toPlainText()))
        return MergeDialog.ON

    monkeypatch.setattr(QDialog, "exec", answer)
    _choose(monkeypatch, other)
    driver.window.acts[Act.MERGE].trigger()
    driver.qtbot.waitUntil(lambda: "已并入李四的标注" in driver.window.notice.words)
    [(offered, told)] = reports
    assert offered
    assert told.count("本库没有文章") == 3
    assert browsing.note_of(driver.library, 1) == "李四的笔记"


def test_a_file_that_is_none_is_told_in_a_sentence(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "项目.qdpx"
    file.write_text("x", "utf-8")
    _choose(monkeypatch, file)
    driver.window.acts[Act.MERGE].trigger()
    driver.qtbot.waitUntil(lambda: "不是能并入的文件" in driver.window.notice.words)


def test_what_of_another_program_has_no_place_is_told(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, told = tmp_path / "项目.qde", []
    file.write_text(
        """<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="NVivo"><CodeBook><Codes>
        <Code guid="1" name="甲" isCodable="true"/></Codes></CodeBook><Cases><Case guid="2"
        name="王师傅"/></Cases><Sources><PictureSource guid="3" name="照片"/></Sources>
        </Project>""",
        "utf-8",
    )

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, MergeDialog)
        told.append(dialog.told.toPlainText())
        return MergeDialog.DialogCode.Accepted

    monkeypatch.setattr(QDialog, "exec", answer)
    _choose(monkeypatch, file)
    driver.window.acts[Act.MERGE].trigger()
    driver.qtbot.waitUntil(lambda: bool(told))
    assert "王师傅" in told[0]
    assert "照片" in told[0]
    assert themes.find(driver.library, "甲") is not None


def test_a_bundle_is_written_of_all_articles_or_the_selected_ones(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.context.settings.put(settings.ANNOTATOR, "张三")
    driver.qtbot.waitUntil(lambda: annotators.name(driver.library) == "张三")
    offered: list[list[str]] = []

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, BundleDialog)
        assert Path(dialog._file.text()).name == "张三的标注.bundle.zip"
        box = dialog._articles
        offered.append([box.itemText(row) for row in range(box.count())])
        dialog._file.setText(str(tmp_path / "给李四"))
        dialog._confirm()
        return dialog.result()

    monkeypatch.setattr(QDialog, "exec", answer)
    driver.window.acts[Act.EXPORT_BUNDLE].trigger()
    file = tmp_path / "给李四.bundle.zip"
    driver.qtbot.waitUntil(lambda: str(file) in driver.window.notice.words)
    assert offered[0][0] == driver.context.text("export.everything", n=45)
    bundle = finish(bundles.read(file))
    assert (bundle.annotator, len(bundle.articles)) == ("张三", 45)


def test_the_name_of_the_settings_signs_what_is_done(
    driver: Driver, open_window: object, tmp_path: Path
) -> None:
    driver.context.settings.put(settings.ANNOTATOR, "张三")
    driver.qtbot.waitUntil(lambda: annotators.name(driver.library) == "张三")
    driver.context.act(lambda library: themes.add(library, "新主题"))
    driver.qtbot.waitUntil(lambda: history.steps(driver.library)[0].annotator == "张三")
    driver.context.settings.put(settings.ANNOTATOR, "")
    driver.qtbot.waitUntil(lambda: annotators.name(driver.library) == "")
    with Library(driver.window.library_path) as library:
        annotators.set_name(library, "别处的人")
    driver.window.annotations.sign()  # nobody has said a name here, so that one stays
    driver.context.runner.finish_writing()
    assert annotators.name(driver.library) == "别处的人"


def test_the_table_of_agreement_is_shown_copied_and_saved(
    driver: Driver, other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = AgreementDialog(driver.context, driver.window)
    driver.qtbot.addWidget(dialog)
    dialog.show()
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    QAbstractItemModelTester(dialog.rows, mode, dialog.rows)
    assert dialog.empty.isVisible()
    assert not dialog.copy_button.isEnabled()
    annotators.set_name(driver.library, "张三")
    driver.context.announce(tagging.tag_new(driver.library, [2, 3, 4], "另一主题"))
    driver.context.announce(finish(merging.merge(driver.library, other)).change)
    driver.qtbot.waitUntil(lambda: dialog.rows.rowCount() > 2)
    assert (dialog.first.currentData(), dialog.second.currentData()) == ("张三", "李四")
    articles = len(browsing.in_scope(driver.library, Scope(issue=1)))
    wanted = ("另一主题", str(articles), "2", "1", "1", str(articles - 4), "80.0%", "0.52")
    assert dialog.rows.lines[1] == wanted
    dialog.second.setCurrentIndex(dialog.second.findData("张三"))
    dialog.second.activated.emit(0)
    driver.qtbot.waitUntil(lambda: dialog.rows.lines[1][6] == "100.0%")
    dialog.copy_button.click()
    assert QApplication.clipboard().text().count("\n") == dialog.rows.rowCount()
    _choose(monkeypatch, tmp_path / "表")
    dialog.save_button.click()
    driver.qtbot.waitUntil((tmp_path / "表.csv").exists)
    with (tmp_path / "表.csv").open(encoding="utf-8-sig", newline="") as stream:
        table = list(csv.reader(stream))
    assert table[0][0] == "主题"
    assert table[-1][0] == "合计"
    dialog.close()
