"""The middle pane: the text as it stands, the way through the library, what counts as read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QToolButton
from window_driver import Driver

from bulletin_desktop.model.records import Article, ArticleText
from bulletin_desktop.services import browsing
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.reader.page import JOINER, Sheet, new_document, set_sheet
from bulletin_desktop.ui.reader.page_view import PageView
from bulletin_desktop.ui.reader.style import PageStyle
from bulletin_desktop.ui.theme import Tokens


def _blocks(document: QTextDocument) -> list[str]:
    block, found = document.begin(), []
    while block.isValid():
        found.append(block.text())
        block = block.next()
    return found


def _spaced(text: str) -> str:
    """A text with the spaces of the original where the page must not break its line."""
    return text.replace("\u00a0", " ")


def _parts(text: ArticleText) -> tuple[list[str], list[str]]:
    """What stands before the line of facts, and after it."""
    article = text.article
    head = [article.kicker] if article.kicker else []
    head += article.title.split("\n") if article.title else []
    if article.subtitle:
        head += f"——{article.subtitle}".split("\n")
    source = [f"（{article.source}）"] if article.source else []
    return head, [*text.paragraphs, *source]


def test_every_article_of_the_sample_stands_verbatim_on_its_page(driver: Driver) -> None:
    for record in driver.records():
        assert driver.tree.go_article(record.id)
        head, body = _parts(browsing.text_of(driver.library, record.id))
        blocks = _blocks(driver.reader.page.document())
        assert blocks[: len(head)] == head
        assert [_spaced(block) for block in blocks[len(head) + 1 :]] == body
        facts = blocks[len(head)].replace(JOINER, "")
        assert driver.context.text("reader.minutes", n=1)[-2:] in facts
        if record.source:
            assert record.source in facts


def _article(**fields: Any) -> Article:
    given_ = {
        "id": 1, "issue": 1, "section": None, "position": 0, "kind": "article", "kicker": None,
        "title": None, "subtitle": None, "author": None, "source": None, "date": None,
        "date_basis": None, "characters": 0, "starred": False, "unread": False, "themes": (),
    }  # fmt: skip
    return Article(**{**given_, **fields})


def _text(paragraphs: list[str], **fields: Any) -> ArticleText:
    return ArticleText(_article(**fields), None, None, None, tuple(paragraphs), "")


def test_a_page_has_kicker_title_lines_subtitle_facts_body_source(qapp: object) -> None:
    text = _text(
        ["第一段。", "第二段。"],
        kicker="引题", title="标题上\n标题下", subtitle="副题", source="昆山市总工会",
    )  # fmt: skip
    document = new_document()
    set_sheet(document, Sheet(text, "facts"), Tokens("light"), PageStyle())
    blocks = [block.replace(JOINER, "") for block in _blocks(document)]
    assert blocks == [
        "引题", "标题上", "标题下", "——副题", "facts", "第一段。", "第二段。", "（昆山市总工会）"
    ]  # fmt: skip


_AWKWARD = [
    "重点工作 ，积极（ 见附件 ）",
    "a\u2060b",
    "不\u00a0断\u00a0行",
    "𠮷野家𪚥",
    "a\u2028b",
    "\u3000\u3000缩进",
    "tab\there",
    "😀",
]


def _paragraph() -> st.SearchStrategy[str]:
    """What can stand in a paragraph: anything but what ends a line, or what no text may hold."""
    letters = st.characters(
        exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\u2029"
    )
    return st.text(st.one_of(letters, st.sampled_from("工\u00a0𠮷😀\t")), min_size=1)


@given(st.lists(_paragraph(), min_size=1, max_size=5))
def test_no_character_is_changed_on_the_page(qapp: object, paragraphs: list[str]) -> None:
    document = new_document()
    set_sheet(document, Sheet(_text(paragraphs), "facts"), Tokens("light"), PageStyle())
    shown = _blocks(document)[1:]
    assert [_spaced(block) for block in shown] == [_spaced(words) for words in paragraphs]


@pytest.mark.parametrize("paragraph", _AWKWARD)
def test_what_is_copied_is_what_stands_there(qapp: object, paragraph: str) -> None:
    page = PageView(PageStyle())
    page.show_sheet(Sheet(_text([paragraph, "下一段"]), "facts"), Tokens("light"))
    page.selectAll()
    assert page.createMimeDataFromSelection().text() == f"facts\n{paragraph}\n下一段"
    page.deleteLater()


def test_copying_an_article_by_keys_gives_its_text(driver: Driver) -> None:
    record = driver.records()[0]
    driver.select(record.id)
    text = browsing.text_of(driver.library, record.id)
    page = driver.reader.page
    driver.focus(page)
    driver.key("Ctrl+A", "Ctrl+C")
    copied = QGuiApplication.clipboard().text()
    shown = [_spaced(block.replace(JOINER, "")) for block in _blocks(page.document())]
    assert _spaced(copied).split("\n") == shown
    assert text.body in copied
    QGuiApplication.clipboard().clear()


# The way through the library


def test_j_and_k_read_the_neighbours(driver: Driver) -> None:
    order = [record.id for record in driver.records()]
    driver.select(order[0])
    driver.focus(driver.tree)
    driver.key("J", "J", "J")
    assert driver.reading() == order[3]
    driver.key("K")
    assert driver.reading() == order[2]
    assert driver.outline.selected_articles() == (order[2],)


def test_the_ends_hold(driver: Driver) -> None:
    order = [record.id for record in driver.records()]
    driver.select(order[0])
    driver.focus(driver.tree)
    driver.key("K")
    assert driver.reading() == order[0]
    assert not driver.reader.foot.previous.isEnabled()
    driver.select(order[-1])
    driver.key("J")
    assert driver.reading() == order[-1]
    assert not driver.reader.foot.following.isEnabled()


def test_the_neighbours_are_named_and_a_click_goes_there(driver: Driver) -> None:
    first, second, third = driver.records()[:3]
    driver.select(second.id)
    assert driver.reader.foot.previous.toolTip() == first.heading
    assert driver.reader.foot.following.toolTip() == third.heading
    driver.click(driver.reader.foot.following)
    assert driver.reading() == third.id
    driver.click(driver.reader.foot.previous)
    assert driver.reading() == second.id


def test_back_and_forward_follow_the_way_that_was_read(driver: Driver) -> None:
    ids = [record.id for record in driver.records()]
    way = [ids[4], ids[30], ids[12]]
    for article in way:
        driver.select(article)
    driver.focus(driver.tree)
    driver.key("Alt+Left")
    assert driver.reading() == way[1]
    driver.key("Alt+Left")
    assert driver.reading() == way[0]
    assert driver.outline.selected_articles() == (way[0],)
    driver.key("Alt+Right")
    assert driver.reading() == way[1]
    driver.select(ids[7])  # a new way from here
    assert not driver.reader.way.can_go_forward
    driver.key("Alt+Left")
    assert driver.reading() == way[1]


def test_back_works_from_another_tab_where_the_article_is_not_in_the_tree(driver: Driver) -> None:
    first, second = (record.id for record in driver.records()[:2])
    driver.select(first)
    driver.select(second)
    driver.tab("collections")
    driver.window.acts[Act.BACK].trigger()
    assert driver.reading() == first


def test_space_pages_and_then_goes_on(driver: Driver) -> None:
    longest = max(driver.records()[:-1], key=lambda record: record.characters)
    order = [record.id for record in driver.records()]
    driver.window.resize(1000, 500)
    driver.select(longest.id)
    page = driver.reader.page
    driver.focus(page)
    bar = page.verticalScrollBar()
    driver.until(lambda: bar.maximum() > bar.pageStep())
    seen = [bar.value()]
    while driver.reading() == longest.id:
        driver.key("Space")
        seen.append(bar.value())
        assert len(seen) < 100
    assert len(seen) > 3
    assert seen[:-1] == sorted(seen[:-1])
    assert driver.reading() == order[order.index(longest.id) + 1]
    assert bar.value() == 0


def test_an_article_counts_as_read_after_a_while(driver: Driver) -> None:
    article = driver.records()[3].id
    driver.select(article)
    assert driver.record(article).unread
    driver.until(lambda: not driver.record(article).unread)
    driver.settle()
    assert not driver.tree.current_node().unread
    assert driver.step_names()[0] != "step.read"


def test_articles_that_were_only_passed_stay_unread(driver: Driver) -> None:
    order = [record.id for record in driver.records()]
    driver.select(order[0])
    driver.focus(driver.tree)
    driver.key("J", "J", "J")
    driver.until(lambda: not driver.record(order[3]).unread)
    assert all(driver.record(article).unread for article in order[1:3])


def test_the_crumbs_say_where_one_stands(driver: Driver) -> None:
    record = next(record for record in driver.records() if record.section)
    driver.select(record.id)
    crumbs = driver.reader.head.crumbs.text()
    assert record.section in crumbs
    assert driver.context.text("reader.position", n=record.position + 1) in crumbs


def test_an_article_that_is_gone_is_said_so(driver: Driver, tmp_path: Path) -> None:
    driver.reader.show_article(999_999)
    assert "999" in driver.window.notice.words


# What the head shows and does


def test_the_star_is_set_and_shown_in_the_head(driver: Driver) -> None:
    article = driver.records()[0].id
    driver.select(article)
    star = driver.reader.head.star
    words = star.accessibleName()
    driver.click(star)
    driver.until(lambda: driver.record(article).starred)
    driver.until(lambda: star.accessibleName() != words)
    driver.click(star)
    driver.until(lambda: not driver.record(article).starred)
    driver.until(lambda: star.accessibleName() == words)


def test_the_star_in_the_head_is_that_of_the_shown_article(driver: Driver) -> None:
    first, second = (record.id for record in driver.records()[:2])
    driver.select(first, second)
    shown = driver.reading()
    driver.click(driver.reader.head.star)
    driver.until(lambda: driver.record(shown).starred)
    assert sum(driver.record(article).starred for article in (first, second)) == 1


def test_an_article_is_marked_unread_again_and_stays_so(driver: Driver) -> None:
    article = driver.records()[3].id
    driver.select(article)
    driver.until(lambda: not driver.record(article).unread)
    driver.settle()
    driver.reader.toggle_read()
    driver.until(lambda: driver.record(article).unread)
    driver.settle()
    assert not driver.reader._read.isActive()
    driver.reader.toggle_read()
    driver.until(lambda: not driver.record(article).unread)


def test_the_head_names_its_buttons_with_the_keys_in_force(driver: Driver) -> None:
    driver.select(driver.records()[0].id)
    head = driver.reader.head
    assert "(O)" in head.outline.toolTip()
    driver.context.settings.put(settings.KEYS, ("Ctrl+J",), "OUTLINE")
    assert "(Ctrl+J)" in head.outline.toolTip()
    buttons = head.findChildren(QToolButton)
    assert len(buttons) == 5
    assert all(button.accessibleName() for button in buttons)


def test_reading_mode_leaves_nothing_but_the_page(driver: Driver) -> None:
    driver.select(driver.records()[0].id)
    reader = driver.reader
    reader.set_reading_mode(True)
    reader.show_article(driver.records()[1].id)
    assert reader.page.isVisible()
    assert not reader.head.isVisible()
    assert not reader.foot.isVisible()
    reader.set_reading_mode(False)
    assert reader.head.isVisible()
    assert reader.foot.isVisible()


def test_home_end_and_page_keys_scroll(driver: Driver) -> None:
    driver.window.resize(1000, 500)
    driver.select(max(driver.records(), key=lambda record: record.characters).id)
    page = driver.reader.page
    bar = page.verticalScrollBar()
    driver.focus(page)
    driver.key("PgDown")
    assert bar.value() > 0
    driver.key("End")
    assert bar.value() == bar.maximum()
    driver.key("Home")
    assert bar.value() == 0
