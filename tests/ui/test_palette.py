"""The command palette: finding, running, and giving the keyboard back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from window_driver import Driver

from bulletin_desktop.services import collections, searches
from bulletin_desktop.services.searching import Options
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.models.palette_model import ROW, Entry, Row
from bulletin_desktop.ui.widgets.palette import Palette

Open = Callable[..., Driver]
LAST = "搜索全文：{}"


@pytest.fixture
def palette(driver: Driver) -> Palette:
    """A palette over the window, open."""
    return opened(driver)


def opened(driver: Driver) -> Palette:
    driver.key("Ctrl+K")
    found = driver.window.findChild(Palette)
    driver.until(found.field.hasFocus)
    return found


def shown(palette: Palette) -> list[Row]:
    model = palette.list.rows
    return [model.index(row).data(ROW) for row in range(model.rowCount())]


def words(palette: Palette) -> list[str]:
    return [row.entry.words for row in shown(palette)]


def look_for(driver: Driver, palette: Palette, typed: str) -> list[str]:
    palette.field.setText(typed)
    driver.until(lambda: palette._answered)
    return words(palette)


def listen(driver: Driver, act: Act) -> list[Act]:
    """What an action that is run leaves, in place of what it does."""
    done: list[Act] = []
    action = driver.window.acts[act]
    action.triggered.disconnect()
    action.triggered.connect(lambda: done.append(act))
    return done


def listen_to_all(driver: Driver) -> list[Act]:
    done: list[Act] = []
    for act, action in driver.window.acts.items():
        action.triggered.connect(lambda *_, act=act: done.append(act))
    return done


def test_it_offers_every_action_but_itself(driver: Driver, palette: Palette) -> None:
    assert {row.entry.name for row in shown(palette)} == {a.name for a in Act} - {"PALETTE"}
    QAbstractItemModelTester(
        palette.list.rows, QAbstractItemModelTester.FailureReportingMode.Warning, palette
    )
    look_for(driver, palette, "daochu")
    look_for(driver, palette, "")
    assert len(shown(palette)) == len(Act) - 1


@pytest.mark.parametrize("typed", ["导出", "daochu", "dcwd", "dao chu", "DC"])
def test_an_action_is_found_by_characters_pinyin_and_initials(
    driver: Driver, palette: Palette, typed: str
) -> None:
    assert look_for(driver, palette, typed)[0] == "导出文档"


def test_what_fits_is_marked(driver: Driver, palette: Palette) -> None:
    look_for(driver, palette, "导出")
    row = shown(palette)[0]
    assert [row.entry.words[start:end] for start, end in row.ranges] == ["导出"]
    assert row.entry.hint == driver.context.text("menu.file")
    assert row.entry.keys == "Ctrl+E"


def test_english_actions_are_found_by_the_beginnings_of_their_words(open_window: Open) -> None:
    driver = open_window(language="en")
    palette = opened(driver)
    assert look_for(driver, palette, "expo")[0] == "Export a document"
    assert "Next unread article" in look_for(driver, palette, "unr")


@pytest.mark.parametrize("typed", ["导出", "daochu", "dcwd"])
def test_enter_runs_what_is_chosen_also_before_the_answer_came(
    driver: Driver, palette: Palette, typed: str
) -> None:
    done = listen(driver, Act.EXPORT)
    palette.field.setText(typed)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    driver.until(lambda: done)
    assert done == [Act.EXPORT]
    assert not palette.isVisible()


def test_what_was_run_last_comes_first_the_next_time(driver: Driver, palette: Palette) -> None:
    done = listen(driver, Act.SETTINGS)
    look_for(driver, palette, "设置")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert done
    assert driver.context.settings.get(settings.RUN) == ("SETTINGS",)
    assert words(opened(driver))[0] == "设置"


def test_an_action_moves_the_keyboard_where_it_wants(driver: Driver, palette: Palette) -> None:
    look_for(driver, palette, "加主题")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    driver.until(driver.tagging.input.hasFocus)


def test_what_cannot_be_run_comes_last_and_is_not_run(driver: Driver) -> None:
    driver.window.acts[Act.NEW_LIBRARY].setEnabled(False)
    done = listen(driver, Act.NEW_LIBRARY)
    palette = opened(driver)
    enabled = [row.entry.enabled for row in shown(palette)]
    assert enabled == sorted(enabled, reverse=True)
    assert words(palette)[0] != "新建资料库"
    look_for(driver, palette, "新建资料库")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert not done


def test_keys_go_through_the_list(palette: Palette) -> None:
    at = lambda: palette.list.currentIndex().row()  # noqa: E731
    last = palette.list.rows.rowCount() - 1
    keys = Qt.Key
    for key, row in [
        (keys.Key_Down, 1), (keys.Key_Up, 0), (keys.Key_Up, last), (keys.Key_Down, 0),
        (keys.Key_PageUp, 0), (keys.Key_PageDown, 8), (keys.Key_PageUp, 0),
    ]:  # fmt: skip
        QTest.keyClick(palette.field, key)
        assert at() == row


def test_a_click_runs(driver: Driver, palette: Palette) -> None:
    done = listen(driver, Act.EXPORT)
    look_for(driver, palette, "导出文档")
    place = palette.list.visualRect(palette.list.rows.index(0)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert done == [Act.EXPORT]


# Opening and closing


@pytest.mark.parametrize("key", ["Escape", "Ctrl+K"])
def test_leaving_gives_the_keyboard_back(driver: Driver, key: str) -> None:
    driver.focus(driver.tagging.note)
    palette = opened(driver)
    driver.key(key)
    assert not palette.isVisible()
    driver.until(driver.tagging.note.hasFocus)


def test_it_opens_from_every_text_field(driver: Driver) -> None:
    for field in (driver.window.top.search, driver.tagging.input, driver.tagging.note):
        driver.focus(field)
        palette = opened(driver)
        assert palette.isVisible()
        driver.key("Escape")
        driver.until(field.hasFocus)


def test_it_closes_where_the_keyboard_goes_elsewhere(driver: Driver, palette: Palette) -> None:
    driver.focus(driver.tagging.note)
    assert not palette.isVisible()
    assert driver.tagging.note.hasFocus()


def test_tab_stays(driver: Driver, palette: Palette) -> None:
    QTest.keyClick(palette.field, Qt.Key.Key_Tab)
    assert palette.field.hasFocus()


@pytest.mark.parametrize("width", [1440, 800])
def test_it_keeps_to_the_windows_middle(driver: Driver, palette: Palette, width: int) -> None:
    driver.window.resize(width, 600)
    driver.until(lambda: abs(2 * palette.geometry().center().x() - driver.window.width()) <= 3)
    assert driver.window.rect().contains(palette.geometry())
    assert look_for(driver, palette, "无此操作") == [LAST.format("无此操作")]


def test_alone_it_says_that_there_is_no_such_action(driver: Driver) -> None:
    palette = Palette(driver.context, driver.window, driver.window.acts)
    palette.open()
    assert look_for(driver, palette, "无此操作") == []
    assert palette.height() >= 100


# More than actions


def go_on(driver: Driver, palette: Palette, typed: str) -> list[Row]:
    """What is offered once articles were looked for too."""
    look_for(driver, palette, typed)
    driver.settle()
    return shown(palette)


def kinds(rows: list[Row]) -> list[str]:
    """The kinds of what follows the actions, each once."""
    names = [row.entry.name for row in rows if row.entry.name not in Act.__members__]
    return list(dict.fromkeys(name.partition(" ")[0] for name in names))


def test_themes_collections_searches_and_articles_follow_the_actions(driver: Driver) -> None:
    driver.act(lambda library: collections.create(library, "工资选"))
    driver.act(lambda library: searches.save(library, "工资查", "工资", Options()))
    rows = go_on(driver, opened(driver), "工资")
    assert kinds(rows) == ["theme", "collection", "search", "article"]
    assert rows[-1].entry.words == LAST.format("工资")
    articles = [row for row in rows if row.entry.name.startswith("article")]
    assert articles
    for each in articles:
        assert {each.entry.words[start:end] for start, end in each.ranges} == {"工资"}
    rows = go_on(driver, driver.window.findChild(Palette), "gz")
    first = [row.entry.name in Act.__members__ and row.entry.enabled for row in rows]
    assert first[0]
    assert first == sorted(first, reverse=True)


def choose(driver: Driver, kind: str, typed: str) -> None:
    """Run the first entry of a kind."""
    palette = opened(driver)
    rows = go_on(driver, palette, typed)
    palette.list.go(next(n for n, row in enumerate(rows) if row.entry.name.startswith(kind)))
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    driver.settle()


def test_an_article_opens(driver: Driver) -> None:
    wanted = next(a.id for a in reversed(driver.records()) if "工资" in a.heading)
    choose(driver, f"article {wanted}", "工资")
    assert driver.reading() == wanted
    assert driver.context.settings.get(settings.RUN) == ()  # no habit


def test_a_theme_is_searched_for(driver: Driver) -> None:
    theme = next(t for t in driver.context.themes().values() if "工资" in t.name)
    choose(driver, f"theme {theme.id}", "工资")
    assert driver.window.search.query_text == f"主题:{theme.name}"


def test_a_collection_is_gone_to_even_from_a_search(driver: Driver) -> None:
    driver.act(lambda library: collections.create(library, "工资选"))
    choose(driver, "search all", "工资")
    driver.until(lambda: driver.outline.searching)
    choose(driver, "collection", "工资选")
    driver.until(lambda: not driver.outline.searching)
    assert driver.tree.current_node().label == "工资选"


def test_the_last_entry_searches_all_text(driver: Driver) -> None:
    choose(driver, "search all", "协商 年:2011")
    driver.until(lambda: driver.outline.searching)
    assert driver.window.search.query_text == "协商 年:2011"


def test_what_comes_late_leaves_the_current_row_where_it_is(driver: Driver) -> None:
    palette = opened(driver)
    look_for(driver, palette, "工资")
    palette.list.go(len(shown(palette)) - 1)
    late = Row(Entry("article 7", "工资", "", "", True, lambda: None))
    palette._show_sought("工资", [late, late])
    palette._show_sought("别的", [])
    row = palette.list.currentIndex().data(ROW)
    assert row.entry.words == LAST.format("工资")
    assert palette.list.currentIndex().row() == len(shown(palette)) - 1
    assert sum(row.entry.name == "article 7" for row in shown(palette)) == 2


# Composing


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def fields(driver: Driver) -> dict[str, QLineEdit | QPlainTextEdit]:
    return {
        "search": driver.window.top.search,
        "themes": driver.tagging.input,
        "note": driver.tagging.note,
        "filter": driver.outline.findChild(QLineEdit),
    }


@pytest.mark.parametrize("name", ["palette", "search", "themes", "note", "filter"])
def test_no_key_acts_while_a_word_is_composed(driver: Driver, name: str) -> None:
    article = driver.reading()
    themes = driver.record(article).themes
    field = opened(driver).field if name == "palette" else fields(driver)[name]
    driver.focus(field)
    done = listen_to_all(driver)
    compose(field, "gong")
    for key in "jksn1/":
        QTest.keyClick(field, key)
    driver.settle()
    assert done == []
    assert driver.record(article).themes == themes
    compose(field, "", "工会")
    written = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    assert "工会" in written
    assert driver.reading() == article


def test_what_is_composed_is_looked_for_once_it_is_taken(driver: Driver, palette: Palette) -> None:
    compose(palette.field, "dao")
    assert len(shown(palette)) == len(Act) - 1
    compose(palette.field, "", "导出文")
    driver.until(lambda: palette._answered)
    assert words(palette) == ["导出文档", LAST.format("导出文")]
    assert palette.field.hasFocus()
