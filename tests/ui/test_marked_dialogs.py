"""The list of highlights and the rules: by keys alone, following what is done elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from window_driver import wait_until

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.library import passages as rows
from bulletin_desktop.services import Library, browsing, history, passages, rules, themes
from bulletin_desktop.ui import theme
from bulletin_desktop.ui.context import Context
from bulletin_desktop.ui.dialogs.highlights_dialog import HighlightsDialog
from bulletin_desktop.ui.dialogs.rules_dialog import RulesDialog
from bulletin_desktop.ui.models.highlights_model import CHIPS, COLUMNS, HighlightsModel
from bulletin_desktop.ui.models.rules_model import GETS, RulesModel


class Bench:
    """A dialog over a window of its own, driven by keys."""

    def __init__(self, context: Context, qtbot: QtBot) -> None:
        self.context, self.qtbot = context, qtbot
        self.library = context.library
        self.window = QWidget()

    def open(self, dialog: Any) -> Any:
        QAbstractItemModelTester(
            dialog.rows, QAbstractItemModelTester.FailureReportingMode.Warning, dialog
        )
        dialog.show()
        dialog.activateWindow()
        self.until(dialog.isActiveWindow)
        return dialog

    def until(self, condition: Callable[[], object]) -> None:
        wait_until(condition)

    def key(self, widget: QWidget, *keys: str) -> None:
        widget.setFocus()
        for key in keys:
            QTest.keySequence(widget, QKeySequence(key))

    def act(self, verb: Callable[[Library], Any]) -> None:
        came: list[int] = []
        self.context.act(verb, lambda: came.append(1))
        self.until(lambda: came)

    def steps(self) -> list[str]:
        return [s.code for s in history.steps(self.library) if not s.undone]


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot, tmp_path: Path, themed_file: Path) -> Iterator[Bench]:
    file = Path(shutil.copy(themed_file, tmp_path / "bench.bdlib"))
    theme.apply(theme.Tokens("light"))
    made = Bench(Context(Library(file), Catalogue("zh"), theme.Tokens("light")), qtbot)
    yield made
    for window in QApplication.topLevelWidgets():
        window.close()
    made.context.close()
    made.window.deleteLater()


# Highlights


@pytest.fixture
def marked(bench: Bench) -> Bench:
    """Five passages: the third has a note, the fourth lost its place, the last has no theme."""
    known = [found.id for found in themes.all_themes(bench.library)]
    themes.move(bench.library, known[1], known[0])
    for place, article in enumerate(browsing.in_scope(bench.library)[:30:6]):
        chosen = [[known[2]], [known[1], known[3]], [known[0]], [known[2]], []][place]
        words = browsing.text_of(bench.library, article.id).body.index("。")
        passages.mark(
            bench.library, article.id, 0, words, chosen, "与上月核对" if place == 2 else ""
        )
    with bench.library.transaction():
        lost = rows.laid_of(bench.library, 4)
        rows.move(bench.library, 4, lost._replace(placed=False))
    return bench


def opened(bench: Bench) -> HighlightsDialog:
    dialog: HighlightsDialog = bench.open(HighlightsDialog(bench.context, bench.window))
    bench.until(lambda: dialog._listed and dialog.rows.rowCount() == len(dialog._listed))
    return dialog


def ids(dialog: HighlightsDialog) -> list[int]:
    shown = range(dialog.rows.rowCount())
    return [dialog.rows.passage(row).highlight.id for row in shown]


def test_the_list_is_narrowed_by_theme_with_those_below_source_year_note_place_and_words(
    marked: Bench,
) -> None:
    dialog = opened(marked)
    everything = ids(dialog)
    assert sorted(everything) == [1, 2, 3, 4, 5]
    first = next(iter(marked.context.themes().values()))

    def narrowed(box: Any, value: object) -> list[int]:
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
        marked.until(lambda: ids(dialog) != everything)
        found = ids(dialog)
        box.setCurrentIndex(0)
        box.activated.emit(0)
        marked.until(lambda: ids(dialog) == everything)
        return found

    assert sorted(narrowed(dialog.themes, first.id)) == [2, 3]
    assert narrowed(dialog.themes, 0) == [5]
    article = dialog.rows.passage(everything.index(1)).article
    assert article is not None
    assert 1 in narrowed(dialog.sources, article.source)
    assert 1 in narrowed(dialog.years, (article.date or "")[:4])
    assert narrowed(dialog.states, "noted") == [3]
    assert narrowed(dialog.states, "unplaced") == [4]
    assert not dialog.annotators.isVisible()
    dialog.filter.setText("上月 核对")
    marked.until(lambda: ids(dialog) == [3])
    dialog.filter.setText("没有这样的词")
    marked.until(lambda: ids(dialog) == [])
    assert "没有符合" in dialog.table.empty_words


def test_the_list_is_sorted_by_date_theme_and_source(marked: Bench) -> None:
    dialog = opened(marked)
    header = dialog.table.horizontalHeader()
    newest = ids(dialog)

    def dates() -> list[str]:
        found = [dialog.rows.passage(row).article for row in range(dialog.rows.rowCount())]
        return [each.date or "" for each in found if each]

    assert dates() == sorted(dates(), reverse=True)
    header.setSortIndicator(COLUMNS.index("date"), Qt.SortOrder.AscendingOrder)
    marked.until(lambda: ids(dialog) == newest[::-1])
    header.setSortIndicator(COLUMNS.index("themes"), Qt.SortOrder.AscendingOrder)
    marked.until(lambda: ids(dialog)[-1] == 5)
    names = [dialog.rows.index(row, 0).data(CHIPS)[:1] for row in range(4)]
    tree = [themes.by_id(marked.library, each).name for each in (1, 2, 3)]
    assert [name[0][0] for name in names] == [tree[0], tree[1], tree[2], tree[2]]
    header.setSortIndicator(COLUMNS.index("source"), Qt.SortOrder.AscendingOrder)
    column = COLUMNS.index("source")

    def sources() -> list[str]:
        return [dialog.rows.index(row, column).data() for row in range(5)]

    marked.until(lambda: sources() == sorted(sources()))


def test_keys_cite_put_themes_delete_and_go_there(marked: Bench) -> None:
    dialog = opened(marked)
    wanted: list[tuple[int, int]] = []
    dialog.wanted.connect(lambda *where: wanted.append(where))
    table = dialog.table
    table.selectRow(ids(dialog).index(1))
    marked.key(table, "Return")
    assert wanted == [(passages.by_id(marked.library, 1).article, 1)]
    marked.key(table, "Ctrl+A", "Ctrl+C")
    marked.until(lambda: "5 条引文" in dialog.count.text())
    copied = QGuiApplication.clipboard().text().splitlines()
    quotes = [passages.by_id(marked.library, each).quote for each in ids(dialog)]
    assert [line[1:5] for line in copied] == [quote[:4] for quote in quotes]
    digit = next(each for each in marked.context.themes().values() if each.key == "5")
    marked.key(table, "5")
    marked.until(lambda: marked.steps()[0] == "step.highlight_theme")
    assert all(digit.id in passages.by_id(marked.library, x).themes for x in range(1, 6))
    marked.until(lambda: not dialog._stale.isActive() and dialog.rows.rowCount() == 5)
    table.clearSelection()
    table.selectRow(ids(dialog).index(3))
    marked.key(table, "T")
    assert dialog.focusWidget() is dialog.input
    QTest.keyClicks(dialog.input, "quite new")
    marked.key(dialog.input, "Return")
    marked.until(lambda: themes.find(marked.library, "quite new"))
    made = themes.by_name(marked.library, "quite new").id
    assert passages.by_id(marked.library, 3).themes[-1] == made
    marked.until(lambda: not dialog._stale.isActive() and dialog.rows.row_of(3) >= 0)
    table.clearSelection()
    table.selectRow(dialog.rows.row_of(3))
    marked.key(table, "Del")
    marked.until(lambda: sorted(ids(dialog)) == [1, 2, 4, 5])
    marked.key(table, "Ctrl+Z")
    marked.until(lambda: sorted(ids(dialog)) == [1, 2, 3, 4, 5])


def test_the_list_follows_what_is_done_elsewhere_until_it_is_closed(marked: Bench) -> None:
    dialog = opened(marked)
    marked.act(lambda library: passages.delete(library, [2]))
    marked.until(lambda: sorted(ids(dialog)) == [1, 3, 4, 5])
    dialog.close()
    marked.act(lambda library: passages.delete(library, [3]))
    assert not dialog._stale.isActive()


def test_an_empty_list_says_how_to_make_a_highlight(bench: Bench) -> None:
    dialog = bench.open(HighlightsDialog(bench.context, bench.window))
    bench.until(lambda: dialog.table.empty_words)
    assert "按 H" in dialog.table.empty_words
    assert not any(button.isEnabled() for button, _, _ in dialog._deeds.values())
    bench.key(dialog.table, "Return", "Ctrl+C", "Del", "5")
    assert bench.steps()[0] == "step.starter_themes"


def test_the_columns_tell_the_facts_and_the_lost_ones(marked: Bench) -> None:
    dialog = opened(marked)
    model: HighlightsModel = dialog.rows
    row = model.row_of(4)
    assert model.index(row, 0).data().startswith("〔未定位〕")
    assert "找不到" in model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(len(COLUMNS))]
    assert heads == ["摘录", "主题", "文章", "来源", "日期", "批注"]
    assert model.index(model.row_of(3), COLUMNS.index("note")).data() == "与上月核对"
    dialog.grab()


# Rules


def ruled(bench: Bench, query: str = "") -> RulesDialog:
    dialog: RulesDialog = bench.open(RulesDialog(bench.context, bench.window, query))
    return dialog


def gets(dialog: RulesDialog) -> list[str]:
    model: RulesModel = dialog.rows
    return [model.index(row, GETS).data() for row in range(model.rowCount())]


def test_a_rule_is_made_of_the_typed_query_previewed_and_applied_by_keys(bench: Bench) -> None:
    dialog = ruled(bench, "集体协商")
    assert dialog.focusWidget() is dialog.query
    first = next(iter(bench.context.themes().values()))
    bench.until(lambda: "8 篇将加上" in dialog.preview.words.text())
    assert first.name in dialog.preview.words.text()
    bench.key(dialog.query, "Return")
    bench.until(lambda: gets(dialog) == ["加 8 篇，共搜到 8 篇"])
    assert dialog.query.text() == ""
    (rule,) = rules.all_rules(bench.library)
    assert (rule.theme, rule.query, rule.at_import) == (first.id, "集体协商", False)
    bench.key(dialog.table, "Ctrl+A", "Space")
    bench.until(lambda: rules.all_rules(bench.library)[0].at_import)
    bench.until(dialog.apply.isEnabled)
    assert len(dialog.preview.shown.toPlainText().splitlines()) == 8
    bench.key(dialog.table, "Ctrl+Return")
    bench.until(lambda: bench.steps()[0] == "step.rule_apply")
    bench.until(lambda: gets(dialog) == ["加 0 篇，共搜到 8 篇"])
    bench.key(dialog.table, "Ctrl+Z")
    bench.until(lambda: gets(dialog) == ["加 8 篇，共搜到 8 篇"])


def test_a_rule_is_changed_deleted_and_its_faults_are_said(bench: Bench) -> None:
    bench.act(lambda library: rules.add(library, 1, "集体协商"))
    bench.act(lambda library: rules.add(library, 2, "工资"))
    dialog = ruled(bench)
    bench.until(lambda: "…" not in gets(dialog))
    dialog.table.select([0])
    bench.key(dialog.table, "F2")
    assert (dialog.query.text(), dialog.keep.text()) == ("集体协商", "保存修改")
    bench.key(dialog.query, "Escape")
    assert (dialog.isVisible(), dialog.query.text()) == (True, "")
    bench.key(dialog.table, "Return")
    dialog.query.setText('"没有写完')
    bench.key(dialog.query, "Return")
    bench.until(lambda: "引号" in dialog.preview.words.text())
    dialog.query.setText("竞赛")
    bench.key(dialog.query, "Return")
    bench.until(lambda: rules.all_rules(bench.library)[0].query == "竞赛")
    bench.until(lambda: "…" not in gets(dialog))
    bench.key(dialog.table, "Ctrl+A")
    assert len(dialog.preview.shown.toPlainText().splitlines()) == 2
    bench.key(dialog.table, "Del")
    bench.until(lambda: dialog.rows.rowCount() == 0)
    assert not dialog.apply.isEnabled()


def test_a_rule_whose_theme_is_missing_cannot_be_applied(bench: Bench) -> None:
    known = themes.all_themes(bench.library)
    bench.act(lambda library: rules.add(library, 1, f"-主题:{known[3].name}"))
    bench.act(lambda library: themes.delete(library, known[3].id))
    dialog = ruled(bench)
    bench.until(lambda: gets(dialog) == ["不能执行"])
    dialog.table.select([0])
    assert known[3].name in dialog.preview.words.text()
    assert not dialog.apply.isEnabled()


def test_closing_while_rules_are_applied_is_clean(bench: Bench) -> None:
    bench.act(lambda library: rules.add(library, 1, "工会"))
    dialog = ruled(bench)
    bench.until(lambda: "…" not in gets(dialog))
    dialog.table.select([0])
    dialog._apply()
    dialog.close()
    bench.act(lambda library: themes.add(library, "之后"))
    assert bench.steps()[0] == "step.theme_add"
