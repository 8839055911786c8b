"""The right pane: chips, the theme input with its completions, suggestions."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from window_driver import Driver

from bulletin_desktop.services import collections, noting, passages, tagging, themes
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.composing import Composing

WAGES = "工资集体协商"


def _theme(driver: Driver, name: str) -> int:
    return themes.by_name(driver.library, name).id


def _ids(driver: Driver, count: int) -> list[int]:
    return [record.id for record in driver.records()[:count]]


def _carrying(driver: Driver, theme: int) -> set[int]:
    return {record.id for record in driver.records() if theme in record.themes}


# Chips


def test_chips_show_the_themes_of_the_article(driver: Driver) -> None:
    article, theme = _ids(driver, 1)[0], _theme(driver, WAGES)
    driver.select(article)
    assert driver.chips() == []
    driver.act(lambda library: tagging.tag(library, [article], [theme]))
    assert driver.chips() == [WAGES]
    assert not driver.chip(WAGES)._partly


def test_chips_of_several_articles_tell_all_from_some(driver: Driver) -> None:
    first, second, third = _ids(driver, 3)
    some, every = _theme(driver, WAGES), _theme(driver, "组织建设")
    driver.act(lambda library: tagging.tag(library, [first, third], [some]))
    driver.act(lambda library: tagging.tag(library, [first, second, third], [every]))
    driver.select(first, second, third)
    assert driver.chips() == ["组织建设", f"{WAGES} 2/3"]
    assert driver.chip(WAGES)._partly
    assert not driver.chip("组织建设")._partly
    assert driver.tagging._count.text() == driver.context.text("themes.selected", n=3)


def test_a_click_on_a_partial_chip_puts_it_on_all(driver: Driver) -> None:
    ids, theme = _ids(driver, 3), _theme(driver, WAGES)
    driver.act(lambda library: tagging.tag(library, ids[:1], [theme]))
    driver.select(*ids)
    driver.click(driver.chip(WAGES), QPoint(12, 10))
    driver.settle()
    assert _carrying(driver, theme) == set(ids)
    assert driver.chips() == [WAGES]


@pytest.mark.parametrize("by_key", [False, True])
def test_the_cross_takes_a_theme_off_all(driver: Driver, by_key: bool) -> None:
    ids, theme = _ids(driver, 3), _theme(driver, WAGES)
    driver.act(lambda library: tagging.tag(library, ids, [theme]))
    driver.select(*ids)
    chip = driver.chip(WAGES)
    if by_key:
        driver.focus(chip)
        QTest.keyClick(chip, Qt.Key.Key_Delete)
    else:
        driver.click(chip, QPoint(chip.width() - 8, 10))
    driver.settle()
    assert _carrying(driver, theme) == set()
    assert driver.chips() == []


def test_chips_and_tree_follow_an_undo(driver: Driver) -> None:
    article, theme = _ids(driver, 1)[0], _theme(driver, WAGES)
    driver.select(article)
    driver.act(lambda library: tagging.tag(library, [article], [theme]))
    driver.key("Ctrl+Z")
    driver.settle()
    assert driver.chips() == []
    assert driver.tree.current_node().article.themes == ()
    driver.key("Ctrl+Shift+Z")
    driver.settle()
    assert driver.chips() == [WAGES]
    assert driver.tree.current_node().article.themes == (theme,)


# The input


@pytest.mark.parametrize("typed", ["gzj", "gongzijiti", "jitixie"])
def test_pinyin_finds_a_theme_and_enter_takes_it(driver: Driver, typed: str) -> None:
    article, theme = _ids(driver, 1)[0], _theme(driver, WAGES)
    driver.select(article)
    driver.key("T")
    driver.type(typed)
    driver.until(lambda: driver.tagging.input._asked == typed)
    driver.thought()
    assert driver.completions()[0] == WAGES
    driver.key("Return")
    driver.until(lambda: driver.chips() == [WAGES])
    assert driver.record(article).themes == (theme,)
    assert driver.tagging.input.text() == ""


@pytest.mark.parametrize("typed", ["集体协商", "协商", "工资集"])
def test_characters_and_aliases_find_a_theme(driver: Driver, typed: str) -> None:
    driver.select(*_ids(driver, 1))
    driver.key("T")
    _commit(driver.tagging.input, typed)
    driver.thought()
    assert driver.completions()[0] == WAGES


def test_enter_before_the_answer_waits_for_it(driver: Driver) -> None:
    """Keys may come faster than completions; Enter then means what was typed last."""
    article = _ids(driver, 1)[0]
    driver.select(article)
    driver.key("T")
    driver.type("gzj")
    driver.key("Return")
    driver.until(lambda: driver.chips() == [WAGES])


def test_the_theme_goes_onto_all_selected_articles_as_one_step(driver: Driver) -> None:
    ids = _ids(driver, 4)
    driver.select(*ids)
    before = len(driver.step_names())
    driver.key("T")
    driver.type("gzj")
    driver.key("Return")
    driver.until(lambda: driver.chips() == [WAGES])
    assert _carrying(driver, _theme(driver, WAGES)) == set(ids)
    assert len(driver.step_names()) == before + 1


def test_enter_on_an_unknown_name_makes_the_theme(driver: Driver) -> None:
    ids = _ids(driver, 2)
    driver.select(*ids)
    driver.key("T")
    driver.type("Xylophone")
    driver.until(lambda: driver.tagging.input._asked == "Xylophone")
    driver.thought()
    assert driver.completions() == [driver.context.text("themes.new", name="Xylophone")]
    driver.key("Return")
    driver.until(lambda: driver.chips() == ["Xylophone"])
    assert _carrying(driver, _theme(driver, "Xylophone")) == set(ids)
    assert driver.step_names()[0] == "step.tag_new"


def test_down_chooses_another_completion(driver: Driver) -> None:
    driver.select(*_ids(driver, 1))
    driver.key("T")
    driver.type("g")
    driver.until(lambda: driver.tagging.input._asked == "g")
    driver.thought()
    offered = driver.completions()
    assert len(offered) > 2
    driver.key("Down", "Return")
    driver.until(lambda: driver.chips() == [offered[1]])


def test_a_click_on_a_completion_takes_it(driver: Driver) -> None:
    driver.select(*_ids(driver, 1))
    driver.key("T")
    driver.thought()
    offered = driver.completions()
    shown = driver.tagging.input._list
    driver.click(shown.viewport(), shown.visualRect(shown.model().index(2, 0)).center())
    driver.until(lambda: driver.chips() == [offered[2]])


def test_escape_closes_the_list_and_then_goes_back_to_the_tree(driver: Driver) -> None:
    driver.select(*_ids(driver, 1))
    driver.key("T")
    driver.type("gz")
    driver.thought()
    driver.completions()
    driver.key("Esc")
    assert not driver.tagging.input._list.isVisible()
    assert driver.tagging.input.hasFocus()
    driver.key("Esc")
    driver.until(driver.tree.hasFocus)
    assert driver.tagging.input.text() == ""


def test_the_list_goes_when_the_window_changes_its_size(driver: Driver) -> None:
    driver.select(*_ids(driver, 1))
    driver.key("T")
    driver.thought()
    driver.completions()
    driver.window.resize(1300, 850)
    driver.until(lambda: not driver.tagging.input._list.isVisible())


def test_the_completions_keep_the_rules_of_a_model(driver: Driver) -> None:
    driver.select(*_ids(driver, 1))
    entries = driver.tagging.input._entries
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    assert QAbstractItemModelTester(entries, mode, entries).model() is entries
    driver.key("T")
    for typed, offered in (("g", 3), ("gzj", 2), ("Xylophone", 1)):
        driver.tagging.input.clear()
        driver.type(typed)
        driver.until(lambda typed=typed: driver.tagging.input._asked == typed)
        driver.thought()
        assert len(driver.completions()) >= offered


def test_the_input_stays_and_offers_recent_themes_first(driver: Driver) -> None:
    driver.select(*_ids(driver, 1))
    driver.key("T")
    for typed in ("gzj", "zzjs"):
        driver.type(typed)
        driver.key("Return")
    driver.until(lambda: len(driver.chips()) == 2)
    assert driver.tagging.input.hasFocus()
    driver.key("Down")
    driver.thought()
    assert driver.completions()[:2] == ["组织建设", WAGES]
    driver.key("Esc")
    driver.type("z")  # among themes that fit as well
    driver.thought()
    assert driver.completions()[0] == "组织建设"


def test_keys_faster_than_completions_mean_what_was_typed_where_it_was_typed(
    driver: Driver,
) -> None:
    first, second = _ids(driver, 2)
    driver.select(first)
    driver.key("T")
    driver.type("gzj")
    driver.key("Return", "Esc", "J")
    driver.settle()
    assert driver.reading() == second
    assert _carrying(driver, _theme(driver, WAGES)) == {first}


def test_ctrl_enter_makes_a_child_of_the_current_theme_or_of_the_last_one(driver: Driver) -> None:
    article, wages = _ids(driver, 1)[0], _theme(driver, WAGES)
    driver.select(article)
    driver.key("T")
    driver.type("gzj")
    driver.thought()
    below = driver.context.text("themes.input.child", name="gzj", parent=WAGES)
    assert driver.completions()[-1] == below
    driver.key("Ctrl+Return")
    driver.until(lambda: driver.chips() == ["gzj"])
    assert themes.by_name(driver.library, "gzj").parent == wages
    driver.type("Quota")
    driver.key("Ctrl+Return")
    driver.until(lambda: "Quota" in driver.chips())
    assert themes.by_name(driver.library, "Quota").parent == _theme(driver, "gzj")
    driver.type("zzjs/Branch")
    driver.thought()
    assert driver.completions() == [
        driver.context.text("themes.input.child", name="Branch", parent="zzjs")
    ]


def test_ctrl_enter_makes_nothing_while_a_word_is_composed(driver: Driver) -> None:
    composing = Composing(driver.window)
    driver.select(*_ids(driver, 1))
    driver.key("T")
    driver.thought()
    _commit(driver.tagging.input, "工资")
    driver.thought()
    QApplication.sendEvent(driver.tagging.input, QInputMethodEvent("biao", []))
    driver.key("Ctrl+Return", "Down", "Return")
    driver.settle()
    assert driver.chips() == []
    _commit(driver.tagging.input, "标准")
    driver.key("Return")
    driver.until(lambda: driver.chips() == ["工资标准"])
    composing.deleteLater()


# Passages


def test_with_a_passage_shown_the_input_acts_on_it(driver: Driver) -> None:
    article, wages = _ids(driver, 1)[0], _theme(driver, WAGES)
    pane = driver.tagging
    picked: list[int] = []
    created: list[str] = []
    pane.passage_picked.disconnect()  # what marks on the page is not meant here
    pane.passage_created.disconnect()
    pane.passage_picked.connect(picked.append)
    pane.passage_created.connect(created.append)
    driver.select(article)
    pane.show_passage("通过开展集中要约行动")
    assert "通过开展集中要约行动" in pane._passage_line._words.text()
    driver.key("T")
    driver.type("gzj")
    driver.key("Return")
    driver.type("Quota")
    driver.key("Ctrl+Return")
    driver.window.deeds.repeat_theme()
    driver.settle()
    assert picked == [wages, wages]
    assert created == [f"{WAGES}/Quota"]
    assert driver.chips() == []
    driver.key("Esc")
    assert not pane._passage_line.isVisible()
    assert pane.input.hasFocus()
    driver.type("gzj")
    driver.key("Return")
    driver.until(lambda: driver.chips() == [WAGES])


def test_highlights_of_the_article_lead_to_their_places(driver: Driver) -> None:
    article, wages = _ids(driver, 1)[0], _theme(driver, WAGES)
    driver.select(article)
    driver.act(lambda library: passages.mark(library, article, 10, 20, [wages]))
    driver.act(lambda library: passages.mark(library, article, 2, 6))
    first, second = passages.highlights(driver.library, article)
    driver.until(lambda: driver.tagging.facts.highlights is not None)
    section = driver.tagging.facts.highlights
    driver.until(lambda: section.head.right.text() == "2")
    rows = section.list.rows._rows
    assert [row.words for row in rows] == [first.quote, second.quote]
    assert [row.below for row in rows] == [driver.context.text("pane.no_theme"), WAGES]
    driver.focus(section.list)
    with driver.qtbot.waitSignal(driver.tagging.highlight_wanted) as asked:
        driver.key("Down", "Return")
    assert asked.args == [article, second.id]
    driver.act(lambda library: passages.delete(library, [first.id, second.id]))
    driver.until(lambda: not section.isVisible())


def test_articles_alike_are_offered_with_their_dates(driver: Driver) -> None:
    article = next(r.id for r in driver.records() if r.heading.startswith("昆山市总推出"))
    driver.select(article)
    driver.until(lambda: driver.tagging.facts.related)
    shown = driver.tagging.facts.related.list
    QAbstractItemModelTester(shown.rows, QAbstractItemModelTester.FailureReportingMode.Warning)
    row = shown.rows._rows[0]
    assert row.beside == "2011.5"
    with driver.qtbot.waitSignal(driver.tagging.article_wanted) as asked:
        driver.click(shown.viewport(), shown.visualRect(shown.rows.index(0, 0)).center())
    assert asked.args == [row.stands_for]


# Single keys


def test_point_repeats_the_last_theme(driver: Driver) -> None:
    first, second = _ids(driver, 2)
    said: list[str] = []
    driver.context.said.connect(said.append)
    driver.select(first)
    driver.focus(driver.tree)
    driver.key(".")
    assert said == [driver.context.text("themes.none_applied")]
    driver.key("2", "J")
    driver.settle()
    driver.key(".")
    driver.until(lambda: driver.chips() == [WAGES])
    assert _carrying(driver, _theme(driver, WAGES)) == {first, second}


def test_brackets_go_through_the_articles_without_a_theme(driver: Driver) -> None:
    ids = [record.id for record in driver.records()]
    theme = _theme(driver, WAGES)
    driver.act(lambda library: tagging.tag(library, ids[1:3], [theme]))
    driver.select(ids[0])
    driver.key("N")
    driver.type("seen")
    driver.window.acts[Act.NEXT_UNTAGGED].trigger()
    driver.settle()
    assert driver.reading() == ids[3]
    assert noting.note(driver.library, "article", ids[0]).text == "seen"
    driver.focus(driver.tree)
    driver.key("[")
    assert driver.reading() == ids[0]
    driver.key("[")
    assert driver.reading() == ids[-1]
    said: list[str] = []
    driver.act(lambda library: tagging.tag(library, ids[:-1], [theme]))
    driver.context.said.connect(said.append)
    driver.key("]")
    assert driver.reading() == ids[-1]
    assert said == [driver.context.text("themes.all_tagged")]


def test_a_digit_goes_to_the_passage_first(driver: Driver) -> None:
    article, theme = _ids(driver, 1)[0], _theme(driver, WAGES)
    driver.select(article)
    driver.focus(driver.tree)
    asked: list[int] = []
    driver.window.deeds.passages = lambda found: not asked.append(found)
    driver.key("2")
    driver.settle()
    assert asked == [theme]
    assert driver.chips() == []


@pytest.mark.parametrize("key", ["1", "2", "9"])
def test_digit_keys_put_their_theme_on_and_take_it_off(driver: Driver, key: str) -> None:
    theme = next(t for t in driver.context.themes().values() if t.key == key)
    ids = _ids(driver, 2)
    driver.select(*ids)
    driver.focus(driver.tree)
    driver.key(key)
    driver.settle()
    assert _carrying(driver, theme.id) == set(ids)
    driver.key(key)
    driver.settle()
    assert _carrying(driver, theme.id) == set()


def _commit(field: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


_FIELDS = ["themes", "note", "search", "filter"]


def _field(driver: Driver, name: str) -> QWidget:
    return {
        "themes": driver.tagging.input,
        "note": driver.tagging.note,
        "search": driver.window.top.search,
        "filter": driver.outline._filter,
    }[name]


def _text(field: QWidget) -> str:
    return field.toPlainText() if hasattr(field, "toPlainText") else field.text()


@pytest.mark.parametrize("name", _FIELDS)
def test_no_single_key_fires_in_a_text_field(driver: Driver, name: str) -> None:
    field = _field(driver, name)
    driver.select(*_ids(driver, 1))
    reading, steps = driver.reading(), driver.step_names()
    driver.focus(field)
    driver.type("1jkscnt29/.][yhv")
    assert _text(field) == "1jkscnt29/.][yhv"
    assert field.hasFocus()
    driver.settle()
    assert driver.reading() == reading
    assert [s for s in driver.step_names() if s != "step.note"] == steps
    assert driver.record(reading).themes == ()
    assert not driver.record(reading).starred


@pytest.mark.parametrize("name", _FIELDS)
def test_no_single_key_fires_while_an_input_method_composes(driver: Driver, name: str) -> None:
    field = _field(driver, name)
    driver.select(*_ids(driver, 1))
    reading, steps = driver.reading(), driver.step_names()
    driver.focus(field)
    QApplication.sendEvent(field, QInputMethodEvent("gongzi", []))
    for key in (
        "1",
        "j",
        "s",
        "c",
        "/",
        ".",
        "]",
        "y",
    ):  # what an input method lets through goes to the field
        QTest.keyClicks(field, key)
        QApplication.sendEvent(field, QInputMethodEvent("gongzi", []))
    _commit(field, "工资")
    driver.settle()
    assert "工资" in _text(field)
    assert field.hasFocus()
    assert driver.reading() == reading
    assert [s for s in driver.step_names() if s != "step.note"] == steps
    assert driver.record(reading).themes == ()


def test_what_is_being_composed_is_no_theme_yet(driver: Driver) -> None:
    field = driver.tagging.input
    driver.select(*_ids(driver, 1))
    driver.key("T")
    driver.thought()
    QApplication.sendEvent(field, QInputMethodEvent("gongzi", []))
    driver.thought()
    assert field.text() == ""
    _commit(field, "工资集体")
    driver.thought()
    assert driver.completions()[0] == WAGES
    driver.key("Return")
    driver.until(lambda: driver.chips() == [WAGES])


def _takes_input_method(widget: QWidget) -> bool:
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(widget, query)
    return bool(query.value(Qt.InputMethodQuery.ImEnabled))


def test_only_text_fields_take_an_input_method(driver: Driver) -> None:
    """So single keys act in tree, reader and result list although a Chinese one is on."""
    driver.select(*_ids(driver, 1))
    for widget in (driver.tree, driver.reader.page, driver.outline.hit_list):
        assert not widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    for widget in (driver.tree, driver.reader.page):
        driver.focus(widget)
        assert not _takes_input_method(QApplication.focusWidget())
    for name in _FIELDS:
        driver.focus(_field(driver, name))
        assert _takes_input_method(QApplication.focusWidget())


# Suggestions


def _suggesting_article(driver: Driver) -> int:
    """An article for which the window suggests a theme."""
    for record in driver.records():
        if driver.context.suggester.suggest(driver.library, [record.id]):
            return record.id
    raise AssertionError("nothing is suggested for any article")


def test_a_suggestion_tells_its_reason_and_a_click_puts_it_on(driver: Driver) -> None:
    article = _suggesting_article(driver)
    driver.select(article)
    driver.until(driver.suggestions)
    best = driver.context.suggester.suggest(driver.library, [article])[0]
    name = driver.context.themes()[best.theme_id].name
    chip = driver.suggestion(name)
    for word, _ in best.evidence:
        assert word in chip.toolTip()
    driver.click(chip, QPoint(12, 10))
    driver.until(lambda: driver.chips() == [name])
    assert driver.record(article).themes == (best.theme_id,)
    driver.until(lambda: not [w for w in driver.suggestions() if w.startswith(name)])


def test_keys_accept_the_first_suggestion_and_refuse_one(driver: Driver) -> None:
    article = _suggesting_article(driver)
    driver.select(article)
    driver.until(driver.suggestions)
    first = driver.tagging.facts.first_suggestion
    driver.key("Y")
    driver.until(lambda: driver.record(article).themes == (first,))
    driver.thought()
    driver.until(driver.suggestions)
    refused = driver.tagging.facts.first_suggestion
    assert refused not in (None, first)
    chip = driver.tagging.facts.suggestions.chips.widgets()[0]
    driver.focus(chip)
    driver.key("Del")
    driver.until(lambda: driver.tagging.facts.first_suggestion != refused)
    assert driver.step_names()[0] == "step.refuse"
    assert driver.record(article).themes == (first,)


def test_suggestions_go_with_their_article(driver: Driver) -> None:
    article = _suggesting_article(driver)
    driver.select(article)
    driver.until(driver.suggestions)
    driver.key("J")
    assert driver.suggestions() == []


def test_without_a_selection_the_keys_act_on_the_article_that_is_read(driver: Driver) -> None:
    article = _ids(driver, 3)[2]
    driver.select(article)
    driver.focus(driver.tree)
    driver.outline.clear_selection()
    assert driver.outline.selected_articles() == ()
    driver.key("2", "S", "C")
    driver.settle()
    assert driver.chips() == [WAGES]
    assert _carrying(driver, _theme(driver, WAGES)) == {article}
    assert [record.id for record in driver.records() if record.starred] == [article]
    assert collections.all_collections(driver.library)[0].articles == 1


def test_an_empty_library_has_nothing_to_tag(empty_driver: Driver) -> None:
    before = empty_driver.step_names()
    assert not empty_driver.tagging.input.isVisible()
    assert empty_driver.tagging._nothing.isVisible()
    empty_driver.key("1", "S", "C", "T", "N", "J")
    empty_driver.settle()
    assert empty_driver.step_names() == before
