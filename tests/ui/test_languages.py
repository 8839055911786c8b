"""Both languages: every word of the window comes from the catalogue, and has room where it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from room import clipped
from window_driver import Driver

from bulletin_desktop.catalogue import Catalogue, Language
from bulletin_desktop.model.change import Message
from bulletin_desktop.services import browsing, collections, tagging, themes
from bulletin_desktop.services.files import Failure
from bulletin_desktop.services.importing import ImportReport
from bulletin_desktop.services.merging import MergeReport
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.dialogs.about_dialog import AboutDialog
from bulletin_desktop.ui.dialogs.agreement_dialog import AgreementDialog
from bulletin_desktop.ui.dialogs.bundle_dialog import BundleDialog
from bulletin_desktop.ui.dialogs.collection_dialog import CollectionDialog
from bulletin_desktop.ui.dialogs.export_dialog import ExportDialog
from bulletin_desktop.ui.dialogs.history_dialog import ArticleHistoryDialog, HistoryDialog
from bulletin_desktop.ui.dialogs.issue_facts_dialog import IssueFactsDialog
from bulletin_desktop.ui.dialogs.key_list_dialog import KeyListDialog
from bulletin_desktop.ui.dialogs.merge_dialog import MergeDialog
from bulletin_desktop.ui.dialogs.report_dialog import ReportDialog
from bulletin_desktop.ui.dialogs.settings_dialog import PAGES, SettingsDialog
from bulletin_desktop.ui.dialogs.trash_dialog import TrashDialog
from bulletin_desktop.ui.dialogs.unit_picker import UnitPicker
from bulletin_desktop.ui.dialogs.units_dialog import UnitsDialog
from bulletin_desktop.ui.errors import CrashBorder
from bulletin_desktop.ui.panes.export_choices import export_choices
from bulletin_desktop.ui.widgets.elided import ElidedButton, ElidedLabel

Open = Callable[..., Driver]
LANGUAGES: list[Language] = ["zh", "en"]
# Qt's own parts of a dialog, which Qt's own translations serve.
_QTS_OWN = re.compile(r"qt_.*|.*_qt_.*|Scroll(Left|Right)Button")
_KEY_CAPS = ("key", "cap")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Marked(Catalogue):
    """A catalogue whose sentences can be told from words that stand in the code."""

    def text(self, code: str, **params: object) -> str:
        return f"⟦{super().text(code, **params)}⟧"


def _words(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Every word that a person or a screen reader meets in a window, with its place."""
    for widget in [root, *root.findChildren(QWidget)]:
        if _QTS_OWN.match(widget.objectName()):
            continue
        found = [widget.toolTip(), widget.accessibleName(), widget.windowTitle()]
        if isinstance(widget, QLabel | QAbstractButton):
            found.append(widget.text())
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            found.append(widget.placeholderText())
        found += [action.text() for action in widget.actions()]
        yield from ((widget, word) for word in found if word.strip())


def _static(root: QWidget) -> list[str]:
    """The words that are no keys' names, no user's names, no arrows and no figures."""
    return [
        word
        for widget, word in _words(root)
        if widget.objectName() not in (*_KEY_CAPS, "switcher")
        and not re.fullmatch(r"[\W\d_]*|[A-Z]", word)
    ]


def test_every_word_of_the_empty_window_comes_from_the_catalogue(
    open_window: Open, tmp_path: Path
) -> None:
    driver = open_window(tmp_path / "new.bdlib", create=True, catalogue=Marked("zh"))
    words = _static(driver.window)
    assert len(words) > 60
    assert [word for word in words if "⟦" not in word] == []


def test_the_english_window_has_no_chinese_word_of_its_own(
    open_window: Open, tmp_path: Path
) -> None:
    driver = open_window(tmp_path / "new.bdlib", language="en", create=True)
    assert [word for word in _static(driver.window) if _CHINESE.search(word)] == []


def test_the_english_window_keeps_chinese_to_what_the_bulletins_say(open_window: Open) -> None:
    driver = open_window(language="en")
    article = driver.records()[0].id
    driver.act(lambda library: collections.add_articles(library, "Set", [article]))
    driver.select(article)
    data = (ElidedButton, ElidedLabel)
    chinese = {
        word
        for widget, word in _words(driver.window)
        if _CHINESE.search(word) and not isinstance(widget, data)
    }
    names = {theme.name for theme in driver.context.themes().values()}
    assert {word for word in chinese if not any(name in word for name in names)} == set()


# Room for the words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1440, 1000, 0])
@pytest.mark.parametrize("empty", [False, True])
def test_no_word_of_the_window_is_cut(
    open_window: Open, tmp_path: Path, language: Language, width: int, empty: bool
) -> None:
    file = tmp_path / "new.bdlib" if empty else None
    driver = open_window(file, language=language, create=empty)
    driver.window.resize(width or driver.window.minimumSizeHint().width(), 800)
    QApplication.processEvents()
    assert driver.window.width() <= max(width, driver.window.minimumSizeHint().width())
    assert clipped(driver.window) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tagging_pane_has_room_for_several_articles(
    open_window: Open, language: Language
) -> None:
    driver = open_window(language=language)
    ids = [record.id for record in driver.records()][:3]
    every = [theme.id for theme in themes.all_themes(driver.library)]
    driver.act(lambda library: tagging.tag(library, ids[:2], every))
    driver.select(*ids)
    driver.window.resize(driver.window.minimumSizeHint().width(), 800)
    driver.window.status.say("")  # what was done to twelve themes at once is longer than any room
    QApplication.processEvents()
    assert clipped(driver.window) == []
    pane = driver.tagging
    for word in driver.chips():
        chip = driver.chip(word)
        assert chip.mapTo(pane, chip.rect().topRight()).x() <= pane.width(), word


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_sentences_of_the_notice_have_room(open_window: Open, language: Language) -> None:
    driver = open_window(language=language)
    driver.window.resize(driver.window.minimumSizeHint().width(), 800)
    driver.window.notice.show_words("很长的句子 long words " * 30, "Open", lambda: None)
    QApplication.processEvents()
    assert clipped(driver.window) == []


# Dialogs


def _export(driver: Driver) -> QDialog:
    return ExportDialog(
        driver.context, export_choices(driver.context, driver.outline), driver.window
    )


def _report(driver: Driver) -> QDialog:
    problems = [Failure(f"/a/{n}.txt", Message("file.missing")) for n in range(30)]
    return ReportDialog(
        driver.context, driver.context.text("import.failed", n=30), problems, driver.window
    )


def _settings(page: str) -> Callable[[Driver], QDialog]:
    return lambda driver: SettingsDialog(driver.context, driver.window, page)


def _key_list(driver: Driver) -> QDialog:
    return KeyListDialog(driver.context, driver.window.acts, driver.window)


def _about(driver: Driver) -> QDialog:
    return AboutDialog(driver.context, driver.window)


def _facts(driver: Driver) -> QDialog:
    issue = browsing.issues(driver.library)[0]
    assert issue.date_basis == "inferred"
    return IssueFactsDialog(driver.context, issue, driver.window)


def _units(driver: Driver) -> QDialog:
    return UnitsDialog(driver.context, driver.window)


def _pick_unit(driver: Driver) -> QDialog:
    title = driver.context.text("action.move_unit")
    return UnitPicker(driver.context, title, driver.window, top=True)


def _history(driver: Driver) -> QDialog:
    return HistoryDialog(driver.context, driver.window)


def _article_history(driver: Driver) -> QDialog:
    return ArticleHistoryDialog(driver.context, driver.window, driver.records()[0])


def _trash(driver: Driver) -> QDialog:
    return TrashDialog(driver.context, driver.window)


def _agreement(driver: Driver) -> QDialog:
    dialog = AgreementDialog(driver.context, driver.window)
    driver.context.runner.stop_reading("agreement")
    return dialog


def _merged(driver: Driver) -> QDialog:
    told = Message("merge.conflict.colour", {"theme": "⟦甲⟧"})
    added = dict.fromkeys(("themes", "tags", "highlights", "notes"), 12)
    report = MergeReport("⟦乙⟧", added, 3, [told] * 20, [], 4)
    return MergeDialog(driver.context, report, driver.window)


def _bundle(driver: Driver) -> QDialog:
    choices = export_choices(driver.context, driver.outline)
    return BundleDialog(driver.context, choices, driver.window)


def _arranged(driver: Driver) -> QDialog:
    ids = [record.id for record in driver.records()]
    driver.act(lambda library: collections.add_articles(library, "集", ids[:3]))
    dialog = CollectionDialog(driver.context, 1, driver.window)
    driver.until(dialog.windowTitle)
    dialog.table.clearSelection()  # so that no article's first sentence is proposed
    return dialog


_DIALOGS = {
    "arranged": _arranged,
    "history": _history,
    "article history": _article_history,
    "trash": _trash,
    "agreement": _agreement,
    "merged": _merged,
    "bundle": _bundle,
    "units": _units,
    "unit": _pick_unit,
    "facts": _facts,
    "export": _export,
    "report": _report,
    "keys": _key_list,
    "about": _about,
    **{page: _settings(page) for page in PAGES if page != "keys"},
    "changing keys": _settings("keys"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", _DIALOGS)
def test_every_dialog_opens_in_every_language(
    open_window: Open, language: Language, name: str
) -> None:
    driver = open_window(language=language, catalogue=Marked(language))
    dialog = _DIALOGS[name](driver)
    dialog.show()
    driver.until(dialog.isVisible)
    words = _static(dialog)
    assert len(words) >= 3
    assert [word for word in words if "⟦" not in word] == []
    assert clipped(dialog) == []
    for box in dialog.findChildren(QComboBox):
        if box.objectName() == "templates":
            continue  # their files say what they are called
        assert all("⟦" in box.itemText(row) for row in range(box.count()))


def _answer_boxes(seen: list[tuple[str, list[str], list[str]]]) -> QTimer:
    """Closes whatever modal dialog stands, after noting its title, words and what is cut."""
    timer = QTimer(interval=5)

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QDialog):
            words = [label.text() for label in box.findChildren(QLabel) if label.text()]
            seen.append((box.windowTitle(), words, clipped(box)))
            box.reject()

    timer.timeout.connect(look)
    timer.start()
    return timer


def _new_collection(driver: Driver) -> None:
    driver.window.deeds.new_collection()


def _rename(driver: Driver) -> None:
    tree = driver.tab("themes")
    tree.go(tree.outline.index(0, 0))
    driver.window.acts[Act.RENAME].trigger()


def _delete(driver: Driver) -> None:
    theme = themes.all_themes(driver.library)[0].id
    driver.act(lambda library: themes.delete(library, theme))
    TrashDialog(driver.context, driver.window)._empty()


def _save_search(driver: Driver) -> None:
    driver.window.search.open("协商")
    driver.window.acts[Act.SAVE_SEARCH].trigger()


def _crash(driver: Driver) -> None:
    border = CrashBorder(driver.context.catalogue)
    border._show("Traceback")


def _replace(driver: Driver) -> None:
    dialog = _export(driver)
    there = Path.home() / "there.docx"
    there.write_text("old")
    dialog._file.setText(str(there))
    dialog._confirm()


def _report_button(driver: Driver) -> None:
    failed = [Failure(f"/a/{n}.txt", Message("file.missing")) for n in range(3)]
    driver.window.jobs._on_imported(ImportReport(failed=failed))
    driver.window.notice._act.click()


_BOXES = [_new_collection, _rename, _delete, _save_search, _crash, _replace, _report_button]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ask", _BOXES)
def test_every_question_opens_in_every_language(
    open_window: Open, real_dialogs: None, language: Language, ask: Callable[[Driver], None]
) -> None:
    driver = open_window(language=language, catalogue=Marked(language))
    seen: list[tuple[str, list[str], list[str]]] = []
    timer = _answer_boxes(seen)
    try:
        ask(driver)
    finally:
        timer.stop()
    assert len(seen) == 1
    title, words, clipped = seen[0]
    assert "⟦" in title
    assert words
    assert all("⟦" in word for word in words)
    assert clipped == []
