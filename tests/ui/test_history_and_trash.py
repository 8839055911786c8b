"""The lists of what was done and what was deleted, and moving things to the trash by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QMessageBox
from window_driver import Driver, sweep

from bulletin_desktop.services import (
    browsing,
    collections,
    history,
    noting,
    passages,
    tagging,
    themes,
    trash,
)
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.dialogs.history_dialog import ArticleHistoryDialog, HistoryDialog
from bulletin_desktop.ui.dialogs.log_dialog import LogDialog
from bulletin_desktop.ui.dialogs.trash_dialog import TrashDialog

Show = Callable[..., LogDialog]


@pytest.fixture
def show(driver: Driver) -> Iterator[Show]:
    """Opens a list by its action."""
    opened: list[QDialog] = []

    def open_by(act: Act) -> LogDialog:
        driver.window.acts[act].trigger()
        dialog = next(reversed(driver.window.annotations._open.values()))
        assert isinstance(dialog, LogDialog)
        opened.append(dialog)
        driver.settle()
        dialog.activateWindow()
        driver.until(dialog.isActiveWindow)
        QAbstractItemModelTester(dialog.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
        return dialog

    yield open_by
    for dialog in opened:
        dialog.close()
        dialog.deleteLater()
    driver.window.annotations._open.clear()
    sweep()


def cells(dialog: LogDialog, column: int = 0) -> list[str]:
    rows = dialog.rows
    return [rows.data(rows.index(row, column)) for row in range(rows.rowCount())]


def go(driver: Driver, dialog: LogDialog, row: int, key: str = "Return") -> None:
    dialog.table.setCurrentIndex(dialog.rows.index(row, 0))
    driver.focus(dialog.table)
    driver.key(key)
    driver.settle()
    driver.settle()


def colours(dialog: LogDialog) -> list[object]:
    role, rows = Qt.ItemDataRole.ForegroundRole, dialog.rows
    return [rows.data(rows.index(row, 0), role) for row in range(rows.rowCount())]


def test_a_step_of_the_history_is_gone_to_at_once(driver: Driver, show: Show) -> None:
    theme = themes.all_themes(driver.library)[0]
    first, second = (record.id for record in driver.records()[:2])
    driver.act(lambda library: tagging.tag(library, [first], [theme.id]))
    driver.act(lambda library: tagging.tag(library, [second], [theme.id]))
    driver.act(lambda library: tagging.star(library, [first], starred=True))
    dialog = show(Act.HISTORY)
    assert isinstance(dialog, HistoryDialog)
    names = [driver.context.text(s.code, **s.params) for s in history.steps(driver.library)]
    beginning = driver.context.text("history.beginning")
    assert cells(dialog) == [*names, beginning]
    assert dialog.table.isColumnHidden(1)  # nobody has said a name
    go(driver, dialog, 2)
    assert driver.record(first).themes == (theme.id,)
    assert driver.record(second).themes == ()
    assert not driver.record(first).starred
    tokens = driver.context.tokens
    faint, here = tokens.colour("faint"), tokens.colour("accent")
    assert colours(dialog) == [faint, faint, here, None, None, None]
    assert dialog.table.currentIndex().row() == 2
    driver.click(dialog.table.viewport(), dialog.table.visualRect(dialog.rows.index(0, 0)).center())
    driver.settle()
    assert driver.record(first).starred
    driver.act(lambda library: tagging.star(library, [second], starred=True))
    driver.settle()
    assert len(cells(dialog)) == len(names) + 2  # it follows
    go(driver, dialog, len(names) + 1)
    assert browsing.totals(driver.library).articles == 0


def test_the_history_is_filtered(driver: Driver, show: Show) -> None:
    driver.act(lambda library: collections.create(library, "安全"))
    dialog = show(Act.HISTORY)
    dialog.filter.setFocus()
    dialog.filter.setText("安全")
    assert len(cells(dialog)) == 1
    dialog.filter.setText("无此")
    assert cells(dialog) == []
    driver.key("Return")
    assert dialog.table.hasFocus()
    driver.key("Return")  # nothing is there to go to
    driver.settle()
    assert driver.step_names()[0] == "step.collection_add"


def test_an_earlier_note_is_read_and_put_back(driver: Driver, show: Show) -> None:
    article = driver.reading()
    for text in ("第一稿", "第二稿"):
        driver.act(
            lambda library, text=text: noting.set_note(
                library, "article", article, text, typing=False
            )
        )
    dialog = show(Act.ARTICLE_HISTORY)
    assert isinstance(dialog, ArticleHistoryDialog)
    written = driver.context.text("event.note")
    assert cells(dialog) == [written, written, driver.context.text("event.import")]
    assert (dialog.note.toPlainText(), dialog.note.isVisible()) == ("第二稿", True)
    go(driver, dialog, 1)
    assert browsing.note_of(driver.library, article) == "第一稿"
    assert len(cells(dialog)) == 4
    go(driver, dialog, 3)
    assert not dialog.note.isVisible()
    assert not dialog.restore_button.isEnabled()


def test_things_come_back_out_of_the_trash(driver: Driver, show: Show) -> None:
    theme = themes.all_themes(driver.library)[0]
    first, second = (record.id for record in driver.records()[:2])
    driver.act(lambda library: tagging.tag(library, [second], [theme.id]))
    driver.act(lambda library: passages.mark(library, second, 0, 9))
    driver.act(lambda library: themes.delete(library, theme.id))
    driver.act(lambda library: passages.delete(library, [1]))
    driver.act(lambda library: trash.discard_articles(library, [first]))
    dialog = show(Act.TRASH)
    assert isinstance(dialog, TrashDialog)
    kinds = [driver.context.text(f"trash.kind.{k}") for k in ("article", "highlight", "theme")]
    assert cells(dialog) == kinds
    assert cells(dialog, 1)[2] == theme.name
    dialog.table.selectAll()
    driver.focus(dialog.table)
    driver.key("Return")
    driver.settle()
    assert driver.record(second).themes == (theme.id,)
    assert driver.record(first).id == first
    assert [h.id for h in passages.highlights(driver.library, second)] == [1]
    driver.settle()
    assert cells(dialog) == []
    assert dialog.said.text() == driver.context.text("trash.nothing")


@pytest.mark.parametrize("sure", [True, False])
def test_deleting_for_good_is_asked_and_spares_texts(
    driver: Driver, show: Show, monkeypatch: pytest.MonkeyPatch, sure: bool
) -> None:
    theme = themes.all_themes(driver.library)[0]
    driver.act(lambda library: themes.delete(library, theme.id))
    article = driver.records()[3].id
    driver.act(lambda library: trash.discard_articles(library, [article]))
    asked: list[str] = []
    answer = QMessageBox.StandardButton.Yes if sure else QMessageBox.StandardButton.No

    def question(_: object, __: str, words: str) -> QMessageBox.StandardButton:
        asked.append(words)
        return answer

    monkeypatch.setattr(QMessageBox, "question", question)
    dialog = show(Act.TRASH)
    assert isinstance(dialog, TrashDialog)
    go(driver, dialog, 0, "Del")  # the article stays, and that is said
    stays = driver.context.text("trash.texts_stay", n=1)
    assert (asked, dialog.said.text()) == ([], stays)
    driver.click(dialog.empty_button)
    driver.settle()
    assert asked == [f"{driver.context.text('trash.sure', n=1)}\n\n{stays}"]
    left = [entry.kind for entry in trash.trashed(driver.library)]
    assert left == (["article"] if sure else ["article", "theme"])


def test_a_name_that_is_taken_is_said_in_the_trash(driver: Driver, show: Show) -> None:
    theme = themes.all_themes(driver.library)[0]
    driver.act(lambda library: themes.delete(library, theme.id))
    driver.act(lambda library: themes.add(library, theme.name))
    dialog = show(Act.TRASH)
    go(driver, dialog, 0)
    assert theme.name in dialog.said.text()
    assert len(trash.trashed(driver.library)) == 1


def test_the_article_that_is_read_goes_and_the_next_one_is_read(driver: Driver) -> None:
    ids = [record.id for record in driver.records()]
    driver.select(ids[1])
    driver.settle()
    driver.focus(driver.tree)
    driver.key("Ctrl+Del")
    driver.settle()
    driver.settle()
    assert [entry.item for entry in trash.trashed(driver.library)] == [ids[1]]
    assert driver.reading() == ids[2]
    assert driver.outline.selected_articles() == (ids[2],)
    driver.key("Ctrl+Z")
    driver.settle()
    assert driver.record(ids[1]).id == ids[1]


def test_issues_and_articles_go_together_and_the_last_one_back(driver: Driver) -> None:
    records = driver.records()
    issues = list(dict.fromkeys(record.issue for record in records))
    single = next(r.id for r in records if r.issue == issues[0])
    driver.select(single)
    tree, model = driver.tree, driver.tree.selectionModel()
    for issue in issues[1:]:
        node = next(n for n in tree.outline.loaded() if n.key == f"issue {issue}")
        model.select(tree.outline.find(node.path()), model.SelectionFlag.Select)
    driver.window.annotations.trash_articles()
    driver.settle()
    driver.settle()
    found = trash.trashed(driver.library)
    assert [entry.item for entry in found if entry.kind == "article"] == [single]
    assert {entry.item for entry in found if entry.kind == "issue"} == set(issues[1:])
    assert driver.step_names()[0] == "step.trash"
    assert driver.record(driver.reading()).issue == issues[0]


def test_a_theme_of_the_tree_goes_itself_and_a_source_does_not(driver: Driver) -> None:
    count = browsing.totals(driver.library).articles
    theme = themes.all_themes(driver.library)[0]
    tree = driver.tab("themes")
    tree.go(driver.index(f"theme {theme.id}"))
    driver.focus(tree)
    driver.key("Ctrl+Del")
    driver.settle()
    assert [entry.kind for entry in trash.trashed(driver.library)] == ["theme"]
    driver.tab("sources").go(driver.tree.outline.index(0, 0))
    driver.focus(driver.tree)
    driver.key("Ctrl+Del")
    driver.settle()
    assert len(trash.trashed(driver.library)) == 1
    assert browsing.totals(driver.library).articles == count
