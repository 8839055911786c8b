"""The hits of a search in the article that is read: marked, gone through, on to other articles."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from support import finish
from window_driver import Driver

from bulletin_desktop.model.records import Article, ArticleText, Erratum
from bulletin_desktop.services import Library, reading
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.reader.hits import HitMarks, hits_in, parts_of
from bulletin_desktop.ui.reader.page import Sheet
from bulletin_desktop.ui.reader.page_view import PageView
from bulletin_desktop.ui.reader.positions import utf16_range, utf16_ranges
from bulletin_desktop.ui.reader.style import PageStyle
from bulletin_desktop.ui.theme import Tokens

Open = Callable[..., Driver]
WORD = "灯塔"
FINDER = partial(reading.find_words, WORD)
_FILLER = "　　" + "各级组织认真学习，统一思想，提高认识，增强自觉。" * 12
_TITLES = ("第一篇讲灯塔的文章", "第二篇讲海的文章", "第三篇讲船的文章")


@pytest.fixture
def lights(open_window: Open, tmp_path: Path) -> Driver:
    """A low window on three long articles that tell of 灯塔, one of them in its title too."""
    with Library(tmp_path / "lights.bdlib", create=True) as library:
        finish(import_paths(library, [_bulletin(tmp_path)]))
    driver = open_window(tmp_path / "lights.bdlib", size=(1200, 520))
    driver.settle()
    return driver


def _bulletin(folder: Path, times: int = 1) -> Path:
    lines = ["工会简报", "第7期", "某市总工会办公室　　2013年5月20日", ""]
    for title in _TITLES:
        told = f"　　海边立着一座{WORD}，守着港口。"
        lines += [title, *([_FILLER] * 3 + [told] + [_FILLER] * 3 + [told]) * times, ""]
    file = folder / "lights.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def _search(driver: Driver) -> None:
    """Search for the word, and have its hits marked."""
    driver.window.search.focus()
    driver.window.top.search.setText(WORD)
    driver.until(lambda: driver.outline.searching and driver.outline.hit_list.hits.rowCount() == 3)
    driver.settle()
    driver.window.finding.set_finder(FINDER, WORD)


def _marks(driver: Driver) -> HitMarks:
    return driver.window.finding.marks


def _row(driver: Driver, title: str) -> int:
    """The article of this title, made the current row of the result list."""
    article = next(record.id for record in driver.records() if record.heading == title)
    assert driver.outline.hit_list.go_article(article)
    assert driver.reading() == article
    return driver.outline.hit_list.currentIndex().row()


def _shown_words(page: PageView, start: int, end: int) -> str:
    cursor = QTextCursor(page.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def _colours(page: PageView, position: int) -> set[str]:
    """The colours of the first character after a position, as it is painted."""
    cursor = QTextCursor(page.document())
    cursor.setPosition(position)
    box = page.cursorRect(cursor)
    image = page.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    return {
        image.pixelColor(round(x * ratio), round(y * ratio)).name().upper()
        for x in range(box.left() + 3, box.left() + 10)
        for y in range(box.top() + 2, box.bottom() - 2)
    }


# Where hits are


def _sheet(**fields: str) -> Sheet:
    whole = {"kicker": None, "title": None, "subtitle": None, "source": None, **fields}
    body = whole.pop("body", "")
    article = Article(
        1, 1, None, 0, "article", whole["kicker"], whole["title"], whole["subtitle"], None,
        whole["source"], None, None, len(body), False, False, (),
    )  # fmt: skip
    paragraphs = tuple(body.split("\n"))
    return Sheet(ArticleText(article, None, None, None, paragraphs, ""), "灯塔不算")


@pytest.fixture
def page(qtbot: object) -> PageView:
    made = PageView(PageStyle())
    qtbot.addWidget(made)  # type: ignore[attr-defined]
    made.resize(420, 400)
    return made


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"title": "灯塔", "body": "甲灯塔乙\n灯塔，灯塔"}, 4),
        (
            {"kicker": "灯塔引题", "title": "两行\n有灯塔", "subtitle": "灯塔\n灯塔"},
            4,
        ),
        ({"title": "𠮷灯塔", "body": "𠮷𠮷灯塔𠮷\n😀灯塔", "source": "𠮷灯塔社"}, 4),
        ({"body": "灯塔", "source": "灯塔"}, 2),
        ({"body": "", "source": "灯塔"}, 1),
        ({"title": "无", "body": "灯 塔"}, 0),
    ],
)
def test_hits_lie_on_the_words_of_the_page(
    page: PageView, fields: dict[str, str], count: int
) -> None:
    page.show_sheet(_sheet(**fields), Tokens("light"))
    hits = hits_in(parts_of(page), FINDER)
    assert [_shown_words(page, *hit) for hit in hits] == [WORD] * count
    assert hits == sorted(hits)


def test_hits_that_overlap_are_one_and_empty_ones_none(page: PageView) -> None:
    page.show_sheet(_sheet(body="一二三四五六"), Tokens("light"))
    hits = hits_in(parts_of(page), lambda *_: [(3, 5), (0, 2), (1, 3), (4, 4)])
    assert [_shown_words(page, *hit) for hit in hits] == ["一二三", "四五"]


def test_words_are_found_whatever_their_case_and_width() -> None:
    text = "ＧＤＰ增长，gdp增速；Gdp"
    assert [text[a:b] for a, b in reading.find_words("gDp", text)] == ["ＧＤＰ", "gdp", "Gdp"]
    assert reading.find_words("aa", "aaaaa") == [(0, 2), (2, 4)]
    assert reading.find_words("", "aaa") == []


@given(st.text(st.sampled_from("工会𠮷😀 a"), max_size=30), st.data())
def test_many_ranges_are_converted_as_each_by_itself(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    ranges = list(zip(cuts[::2], cuts[1::2], strict=False))
    each = [utf16_range(text, *found) for found in ranges]
    assert utf16_ranges(text, ranges) == [(at, at + length) for at, length in each]


# Marks


@pytest.mark.parametrize("style", ["light", "dark", "sepia"])
def test_hits_have_a_ground_and_the_current_one_another(
    page: PageView, qtbot: object, style: str
) -> None:
    tokens = Tokens(style)
    page.show_sheet(_sheet(title="无", body="甲灯塔乙，灯塔", source="灯塔"), tokens)
    page.show()
    qtbot.waitExposed(page)  # type: ignore[attr-defined]
    marks = HitMarks(page)
    marks.show(hits_in(parts_of(page), FINDER))
    marks.go(1)
    grounds = [
        {name for name in ("hit", "hit_now") if tokens[name].upper() in _colours(page, start)}
        for start, _ in hits_in(parts_of(page), FINDER)
    ]
    assert grounds == [{"hit"}, {"hit_now"}, {"hit"}]
    marks.show(())
    assert tokens["hit"].upper() not in _colours(page, page.body_at + 1)


def test_a_hit_that_is_broken_has_its_ground_on_both_lines(page: PageView, qtbot: object) -> None:
    tokens = Tokens("light")
    page.show_sheet(_sheet(title="无", body="甲" * 60), tokens)
    page.show()
    qtbot.waitExposed(page)  # type: ignore[attr-defined]
    layout = page.document().findBlock(page.body_at).layout()
    broken = page.body_at + layout.lineAt(1).textStart()
    HitMarks(page).show([(broken - 1, broken + 1)])
    for position, marked in ((broken - 2, False), (broken - 1, True), (broken, True)):
        assert (tokens["hit"] in _colours(page, position)) is marked


def test_marks_follow_size_paper_and_width(lights: Driver) -> None:
    _search(lights)
    _row(lights, _TITLES[1])
    page = lights.reader.page
    start = _marks(lights)._starts[0]
    lights.context.settings.put(settings.SIZE, 23)
    lights.context.settings.put(settings.PAPER, "dark")
    lights.window.resize(1000, 520)
    lights.until(lambda: page._style.size == 23)
    page.look_at(start)
    lights.until(lambda: Tokens("dark")["hit_now"] in _colours(page, start))
    assert _shown_words(page, start, _marks(lights)._ends[0]) == WORD


# Going through


def test_an_article_of_the_list_opens_at_its_first_hit(lights: Driver) -> None:
    _search(lights)
    _row(lights, _TITLES[1])
    page, marks = lights.reader.page, _marks(lights)
    assert (len(marks), marks.current) == (2, 0)
    assert page.verticalScrollBar().value() > 0
    assert page.sees(marks._starts[0])
    assert lights.reader.foot.hits.text() == lights.context.text("hits.at", n=1, total=2)
    assert lights.reader.foot.hits.isVisible()


def test_with_a_hit_in_its_title_it_opens_at_the_top(lights: Driver) -> None:
    _search(lights)
    _row(lights, _TITLES[0])
    assert (len(_marks(lights)), _marks(lights).current) == (3, 0)
    assert lights.reader.page.verticalScrollBar().value() == 0


def test_a_look_at_hits_leaves_the_place_of_reading(lights: Driver) -> None:
    first, second = (record for record in lights.records() if record.heading in _TITLES[:2])
    lights.select(second.id)
    page = lights.reader.page
    page.go_to(600)
    place = page.place
    assert place > 0
    lights.select(first.id)
    _search(lights)
    _row(lights, _TITLES[1])
    lights.key("F3")
    assert _marks(lights).current == 1
    _row(lights, _TITLES[2])
    lights.settle()
    assert reading.place_of(lights.library, second.id) == place
    _row(lights, _TITLES[1])
    page.verticalScrollBar().setValue(250)  # now one reads here
    _row(lights, _TITLES[2])
    lights.settle()
    assert 0 < reading.place_of(lights.library, second.id) < place


def test_keys_go_through_the_hits_and_on_to_the_next_article_and_back(lights: Driver) -> None:
    _search(lights)
    hits = lights.outline.hit_list.hits
    order = [hits.hit(row).article.id for row in range(hits.rowCount())]
    totals = {record.id: 3 if record.heading == _TITLES[0] else 2 for record in lights.records()}
    walk = [(article, number) for article in order for number in range(totals[article])]
    lights.outline.hit_list.go(0)
    lights.focus(lights.reader.page)

    def here() -> tuple[int, int | None]:
        return lights.reading(), _marks(lights).current

    passed = [here()]
    for key in ["F3", "Ctrl+G"] * len(walk):
        lights.key(key)
        passed.append(here())
        assert lights.reader.page.sees(_marks(lights)._starts[_marks(lights).current])
    assert passed == walk + [walk[-1]] * (len(passed) - len(walk))
    back = [here()]
    for key in ["Shift+F3", "Ctrl+Shift+G"] * len(walk):
        lights.key(key)
        back.append(here())
    assert back == walk[::-1] + [walk[0]] * (len(back) - len(walk))


def test_at_the_end_of_all_results_it_is_said(lights: Driver) -> None:
    _search(lights)
    said: list[str] = []
    lights.context.said.connect(said.append)
    lights.outline.hit_list.go(2)
    lights.window.finding.step(1)
    lights.window.finding.step(1)
    lights.outline.hit_list.go(0)
    lights.window.finding.step(-1)
    text = lights.context.text
    assert said == [text("hits.no_next"), text("hits.no_previous")]


def test_an_article_that_was_read_before_the_search_is_gone_through_once(lights: Driver) -> None:
    first = next(record for record in lights.records() if record.heading == _TITLES[2])
    lights.select(first.id)
    _search(lights)
    lights.focus(lights.reader.page)
    assert _marks(lights).current is None
    assert lights.reader.page.verticalScrollBar().value() == 0  # who reads is not carried off
    row = lights.outline.hit_list.hits.row_of(first.id)
    assert row > 0
    lights.key("F3", "F3", "Shift+F3", "Shift+F3")
    assert lights.outline.hit_list.currentIndex().row() == row - 1
    assert _marks(lights).current == len(_marks(lights)) - 1


def test_who_clicks_the_article_that_is_read_comes_to_its_first_hit(lights: Driver) -> None:
    second = next(record for record in lights.records() if record.heading == _TITLES[1])
    lights.select(second.id)
    _search(lights)
    assert _marks(lights).current is None
    _row(lights, _TITLES[1])
    assert _marks(lights).current == 0


def test_the_end_of_the_search_takes_the_marks_away(lights: Driver) -> None:
    _search(lights)
    _row(lights, _TITLES[1])
    lights.window.finding.set_finder(None)
    assert len(_marks(lights)) == 0
    assert not lights.reader.foot.hits.isVisible()
    lights.outline.step(1)
    assert len(_marks(lights)) == 0


def test_a_long_article_is_looked_through_off_the_gui_thread(
    open_window: Open, tmp_path: Path
) -> None:
    with Library(tmp_path / "long.bdlib", create=True) as library:
        finish(import_paths(library, [_bulletin(tmp_path, 40)]))
    driver = open_window(tmp_path / "long.bdlib")
    _search(driver)
    _row(driver, _TITLES[0])
    marks = _marks(driver)
    driver.window.finding.step(1)  # there are no hits yet to go to
    assert (len(marks), driver.reader.article.heading) == (0, _TITLES[0])
    driver.until(lambda: len(marks))
    assert (len(marks), marks.current) == (81, 0)
    _row(driver, _TITLES[1])
    _row(driver, _TITLES[2])  # before the hits of the article before have come
    driver.until(lambda: len(marks))
    driver.thought()
    assert (len(marks), marks.current) == (80, 0)
    assert _shown_words(driver.reader.page, marks._starts[79], marks._ends[79]) == WORD


def test_a_mended_misprint_is_found_as_it_is_read(page: PageView) -> None:
    sheet = _sheet(title="无", body="海边立着一座灯塔")
    mended = sheet.text._replace(errata=(Erratum(6, 8, "打塔"),))
    page.show_sheet(sheet._replace(text=mended), Tokens("light"))
    hits = hits_in(parts_of(page), FINDER)
    assert [_shown_words(page, *hit) for hit in hits] == [WORD]
