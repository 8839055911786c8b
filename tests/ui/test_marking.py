"""Passages on the page: selecting by sentence, marking, edges, notes in the margin, stepping."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support import finish
from window_driver import Driver

from bulletin_desktop.model.annotations import Highlight
from bulletin_desktop.services import Library, correcting, noting, passages, reading, themes
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.reader import stretches
from bulletin_desktop.ui.reader.page_words import select_range

Open = Callable[..., Driver]
FIRST = "市总工会召开全委会议"
SECOND = "纺织厂举办技能竞赛"
TEXT = f"""工会简报
第3期
2011年5月4日

{FIRST}
　　市总工会𠮷日召开会议，帐目公开。各委员出席了会议；会议由主席主持。
　　会上讨论了“三公开”工作。{"与会人员进行了热烈的讨论，" * 40}会议结束。
{SECOND}
　　纺织厂举办技能竞赛𠮷，三百人参加。竞赛历时一天。
水泥厂公开栏里的大文章
　　水泥厂把公开栏挂在食堂门口，职工天天看得见。
"""
SENTENCES = ("市总工会𠮷日召开会议，账目全部公开。", "各委员出席了会议；", "会议由主席主持。")


@pytest.fixture
def driver(open_window: Open, tmp_path: Path) -> Driver:
    """A window on three articles with characters beyond the basic plane and a mended misprint."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with Library(tmp_path / "marks.bdlib", create=True) as library:
        finish(import_paths(library, [tmp_path / "a.txt"]))
        text = library.value("SELECT text FROM documents")
        at = text.index("帐目公开")
        correcting.amend(library, 1, at, at + 4, "账目全部公开")
        themes.add(library, "公开", key="1", colour="#2a9170")
        themes.add(library, "竞赛", key="2", colour="#de4a30")
    driver = open_window(tmp_path / "marks.bdlib", size=(1300, 700))
    # As the window wires it.
    driver.window.deeds.passages = driver.window.marking.digit
    show(driver, FIRST)
    return driver


def show(driver: Driver, title: str) -> int:
    article = next(record.id for record in driver.records() if record.heading == title)
    driver.window.going.go_to(article)
    driver.settle()
    return article


def press(driver: Driver, *keys: str) -> None:
    driver.key(*keys)
    driver.settle()


def marks(driver: Driver) -> list[Highlight]:
    return passages.highlights(driver.library, driver.reading())


def quotes(driver: Driver) -> list[str]:
    return [highlight.quote for highlight in marks(driver)]


def current(driver: Driver) -> str:
    found = driver.window.marking.current
    return found.quote if found is not None else ""


def select(driver: Driver, words: str) -> None:
    """Select words of the body, as the mouse does."""
    page = driver.reader.page
    assert page.sheet is not None
    at = page.sheet.text.body.index(words)
    page.setFocus()
    select_range(page, at, at + len(words))
    QApplication.processEvents()


def mark(driver: Driver, words: str, *digits: str) -> None:
    select(driver, words)
    press(driver, "H", *digits)


def box(driver: Driver, words: str) -> QPointF:
    """The middle of the first line of words, in the view."""
    page = driver.reader.page
    assert page.sheet is not None
    at = page.position_of(page.sheet.text.body.index(words))
    found = next(stretches.boxes(page.document(), at, at + len(words)))
    return found.center() - QPointF(0, page.verticalScrollBar().value())


def click(
    driver: Driver, where: QPointF, button: Qt.MouseButton = Qt.MouseButton.LeftButton
) -> None:
    view = driver.reader.page.viewport()
    QTest.mouseClick(view, button, Qt.KeyboardModifier.NoModifier, where.toPoint())
    QApplication.processEvents()


# By keyboard


def test_a_sentence_is_selected_and_marked_by_keys_from_the_tree(driver: Driver) -> None:
    page = driver.reader.page
    driver.outline.focus_list()
    press(driver, "V")
    assert page.hasFocus()
    assert page.selected == SENTENCES[0]
    press(driver, "V")
    assert page.selected == SENTENCES[0] + SENTENCES[1]
    press(driver, "H")
    assert quotes(driver) == [SENTENCES[0] + SENTENCES[1]]
    assert current(driver) == SENTENCES[0] + SENTENCES[1]
    assert page.selected == ""
    found = marks(driver)[0]
    assert page.sheet is not None
    assert page.sheet.text.body[found.start : found.end] == found.quote
    press(driver, "V", "1")  # the next sentence, with a theme
    assert quotes(driver)[1] == current(driver) == SENTENCES[2]
    assert marks(driver)[1].themes == (1,)
    press(driver, "Ctrl+Z")
    assert len(marks(driver)) == 1
    press(driver, "Ctrl+Z")
    assert marks(driver) == []
    press(driver, "Ctrl+Shift+Z")
    assert quotes(driver) == [SENTENCES[0] + SENTENCES[1]]


def test_clauses_and_arrows_go_through_the_text(driver: Driver) -> None:
    page = driver.reader.page
    press(driver, "Shift+V")
    assert page.selected == "市总工会𠮷日召开会议，"
    press(driver, "Down")
    assert page.selected == "账目全部公开。"
    press(driver, "Up", "Up")
    assert page.selected == "市总工会𠮷日召开会议，"
    press(driver, "Shift+Left", "Shift+Left")
    assert page.selected == "市总工会𠮷日召开会"
    press(driver, "Alt+Shift+Right", "Ctrl+Shift+Right")
    assert page.selected == "总工会𠮷日召开会议，"
    press(driver, "Down")  # no whole clause any more: the page scrolls
    assert page.selected == "总工会𠮷日召开会议，"
    press(driver, "Escape")
    assert page.selected == ""


def test_without_words_it_is_said_how(driver: Driver) -> None:
    said: list[str] = []
    driver.context.said.connect(said.append)
    press(driver, "H", "Shift+H", "Shift+N")
    how, none = (driver.context.text(code) for code in ("mark.how", "mark.none"))
    assert said == [how, none, how]
    press(driver, "1")  # nothing is in hand, so that the article is meant
    assert driver.record(driver.reading()).themes == (1,)


def test_the_title_and_blanks_are_no_passage(driver: Driver) -> None:
    cursor = QTextCursor(driver.reader.page.document())
    cursor.setPosition(0)
    cursor.setPosition(len(FIRST), QTextCursor.MoveMode.KeepAnchor)
    driver.reader.page.setTextCursor(cursor)
    press(driver, "H")
    assert marks(driver) == []


# Themes on passages; the tagging pane


def test_the_tagging_pane_acts_on_the_passage(driver: Driver) -> None:
    pane, marking = driver.tagging, driver.window.marking
    mark(driver, SENTENCES[1])
    driver.until(lambda: pane._passage == SENTENCES[1])
    pane.passage_picked.emit(2)
    driver.settle()
    pane.passage_created.emit("民主")
    driver.settle()
    named = {theme.id: theme.name for theme in driver.context.themes().values()}
    assert [named[theme] for theme in marks(driver)[0].themes] == ["竞赛", "民主"]
    assert driver.record(driver.reading()).themes == ()
    select(driver, SENTENCES[2])
    driver.until(lambda: pane._passage == SENTENCES[2])
    pane.passage_created.emit("民主")
    driver.settle()
    assert len(marks(driver)) == 2
    press(driver, "2", "2")
    assert [named[theme] for theme in marks(driver)[1].themes] == ["民主"]
    pane.leave_passage()
    assert marking.current is None
    press(driver, "2")
    assert driver.record(driver.reading()).themes == (2,)


# Painting


def colours(driver: Driver, words: str) -> set[str]:
    """The colours of the first character of some words, as it is painted."""
    QApplication.processEvents()
    page = driver.reader.page
    middle = box(driver, words[:1] if len(words) == 1 else words[:2])
    image = page.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    return {
        image.pixelColor(round(x * ratio), round(y * ratio)).name()
        for x in range(int(middle.x()) - 10, int(middle.x()) + 10)
        for y in range(int(middle.y()) - 12, int(middle.y()) + 13)
    }


def test_overlapping_highlights_are_seen_and_hits_on_top(driver: Driver) -> None:
    tokens = driver.context.paper
    mark(driver, SENTENCES[0] + SENTENCES[1], "1")
    mark(driver, SENTENCES[1] + SENTENCES[2], "2")
    assert len(marks(driver)) == 2
    press(driver, "Escape")
    only, both, other = (colours(driver, words) for words in SENTENCES)
    assert "#de4a30" in both, "the second colour is a line below the words"
    assert "#de4a30" not in only
    assert len({frozenset(only), frozenset(both), frozenset(other)}) == 3
    driver.window.finding.set_finder(partial(reading.find_words, "各委员"), "各委员")
    driver.until(lambda: len(driver.window.finding.marks) == 1)
    assert tokens["hit"].lower() in colours(driver, SENTENCES[1])


def test_a_click_takes_the_shortest_in_hand_and_one_elsewhere_lets_go(driver: Driver) -> None:
    mark(driver, SENTENCES[0] + SENTENCES[1])
    mark(driver, "出席了")
    press(driver, "Escape")
    assert current(driver) == ""
    click(driver, box(driver, "出席了"))
    assert current(driver) == "出席了"
    click(driver, box(driver, "召开会议"))
    assert current(driver) == SENTENCES[0] + SENTENCES[1]
    driver.window.acts[Act.COPY_CITED].trigger()
    assert SENTENCES[1] in QApplication.clipboard().text()
    click(driver, box(driver, "会上讨论了"))
    assert current(driver) == ""


def test_what_is_in_hand_or_selected_goes_into_the_trash(driver: Driver) -> None:
    for words in SENTENCES:
        mark(driver, words)
    press(driver, "Shift+H")
    assert quotes(driver) == list(SENTENCES[:2])
    select(driver, "公开。各委员")
    press(driver, "Shift+H")
    assert quotes(driver) == []
    press(driver, "Ctrl+Z")
    assert quotes(driver) == list(SENTENCES[:2])


def test_the_menu_of_the_page_offers_what_highlights_need(
    driver: Driver, pick: Callable[..., list[str]]
) -> None:
    mark(driver, SENTENCES[1])
    press(driver, "Escape")
    words = [driver.context.text(act.code) for act in (Act.MARK, Act.MARK_NOTE, Act.UNMARK)]
    offered = pick(words[-1])
    where = box(driver, SENTENCES[1])
    click(driver, where, Qt.MouseButton.RightButton)
    driver.reader.page.customContextMenuRequested.emit(where.toPoint())
    driver.settle()
    assert set(words) <= set(offered)
    assert marks(driver) == []


# Edges


def test_keys_move_the_edges_as_one_step(driver: Driver) -> None:
    mark(driver, "各委员出席")
    press(driver, "Shift+Right", "Shift+Right", "Alt+Shift+Left")
    driver.until(lambda: quotes(driver) == ["。各委员出席了会"])
    press(driver, "Ctrl+Shift+Right", "Ctrl+Z")  # undo keeps first what was moved
    driver.until(lambda: quotes(driver) == ["。各委员出席了会"])
    assert driver.step_names()[0] == "step.highlight_resize"
    press(driver, "Ctrl+Z")
    assert quotes(driver) == ["各委员出席"]


def test_the_mouse_drags_an_edge(driver: Driver) -> None:
    mark(driver, SENTENCES[1])
    view, page = driver.reader.page.viewport(), driver.reader.page
    hand = driver.window.marking.desk.marks
    assert hand.mark is not None
    edge = hand._edges(hand.mark)[1].center() - QPointF(0, page.verticalScrollBar().value())
    there = box(driver, "主席")
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=edge.toPoint())
    QTest.mouseMove(view, (there - QPointF(2, 0)).toPoint())
    assert quotes(driver) == [SENTENCES[1]]
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=there.toPoint())
    driver.settle()
    assert quotes(driver) == [SENTENCES[1] + "会议由主"]
    assert page.selected == ""


# Notes


def test_a_note_is_written_in_the_margin_and_stays_there(driver: Driver) -> None:
    select(driver, SENTENCES[1])
    press(driver, "Shift+N")
    editor = driver.window.marking.desk._editor
    assert editor is not None
    assert editor.edit.hasFocus()
    assert editor.x() > box(driver, SENTENCES[1]).x()
    driver.type("h1")  # keys are words here
    event = QInputMethodEvent("zhu", [])
    QApplication.sendEvent(editor.edit, event)
    QTest.keyClick(editor.edit, Qt.Key.Key_1)
    QTest.keyClick(editor.edit, Qt.Key.Key_H)
    event = QInputMethodEvent()
    event.setCommitString("注")
    QApplication.sendEvent(editor.edit, event)
    assert len(marks(driver)) == 1
    editor.private.click()
    press(driver, "Escape")
    assert driver.reader.page.hasFocus()
    assert editor.isHidden()
    note = noting.note(driver.library, "highlight", marks(driver)[0].id)
    assert note is not None
    assert (note.text.endswith("注"), note.text[:2], note.private) == (True, "h1", True)
    shown = driver.window.marking.desk.notes
    driver.reader.page.viewport().repaint()
    assert [placed.note.words for placed in shown._placed] == [note.text]
    click(driver, shown._placed[0].box.center())
    assert editor.edit.toPlainText() == note.text
    press(driver, "Escape", "Escape")
    assert current(driver) == ""


def test_notes_stand_at_their_lines_and_none_over_another(driver: Driver) -> None:
    for words in ("市总工会", "日召开会议", "各委员"):
        mark(driver, words)
    ids = [highlight.id for highlight in marks(driver)]
    for highlight in ids:
        driver.act(
            lambda library, highlight=highlight: noting.set_note(
                library, "highlight", highlight, "与去年的数字核对，再问研究室。" * 3
            )
        )
    notes, page = driver.window.marking.desk.notes, driver.reader.page
    page.viewport().repaint()
    boxes = [placed.box for placed in notes._placed]
    assert len(boxes) == 3
    assert all(one.bottom() < two.top() for one, two in pairwise(boxes))
    assert boxes[0].left() > page.lineWrapColumnOrWidth()
    assert boxes[-1].right() <= page.viewport().width()
    driver.window.resize(900, 700)  # no room for words any more
    driver.until(lambda: page.viewport().width() - page.lineWrapColumnOrWidth() < 60)
    page.viewport().repaint()
    signs = [placed for placed in notes._placed if not placed.lines]
    assert len(signs) == 3
    assert all(sign.box.right() <= page.viewport().width() for sign in signs)
    click(driver, signs[1].box.center() - QPointF(0, page.verticalScrollBar().value()))
    assert current(driver) == "日召开会议"


# Going


def test_stepping_goes_through_the_article_and_the_library(driver: Driver) -> None:
    mark(driver, SENTENCES[0])
    mark(driver, "会议结束")
    second = show(driver, SECOND)
    mark(driver, "竞赛历时一天")
    first = show(driver, FIRST)
    driver.reader.page.go_to(0)
    driver.outline.focus_list()
    said: list[str] = []
    driver.context.said.connect(said.append)
    seen = []
    for key in ("Ctrl+Down", "Ctrl+Down", "Ctrl+Down", "Ctrl+Down", "Ctrl+Up"):
        press(driver, key)
        driver.settle()
        seen.append((driver.reading(), current(driver)))
    assert seen == [
        (first, SENTENCES[0]), (first, "会议结束"), (second, "竞赛历时一天"),
        (second, "竞赛历时一天"), (first, "会议结束"),
    ]  # fmt: skip
    assert said == [driver.context.text("mark.no_next")]
    page, hand = driver.reader.page, driver.window.marking.desk.marks
    assert hand.mark is not None
    assert page.sees(hand.mark.start)


def test_the_list_leads_to_a_highlight(driver: Driver) -> None:
    mark(driver, "会议结束")
    wanted = marks(driver)[0]
    show(driver, SECOND)
    assert wanted.article is not None
    driver.window.marking.go_to(wanted.article, wanted.id)
    driver.settle()
    assert (driver.reading(), current(driver)) == (wanted.article, "会议结束")


def test_a_highlight_without_a_place_is_not_painted(driver: Driver) -> None:
    mark(driver, SENTENCES[1])
    lost = marks(driver)[0]._replace(placed=False, start=0, end=0)
    driver.window.marking.desk.show([lost])
    assert driver.window.marking.desk.marks.by_id(lost.id) is None


def test_highlights_stay_on_their_words_in_another_size_and_width(driver: Driver) -> None:
    mark(driver, "会议结束", "1")
    found = driver.window.marking.desk.marks
    driver.window.resize(1000, 600)
    press(driver, "Ctrl++", "Ctrl++")
    QApplication.processEvents()
    assert found.mark is not None
    page = driver.reader.page
    page.look_at(found.mark.start)
    assert found.under(box(driver, "会议结束")) == found.mark
