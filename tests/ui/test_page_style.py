"""The page's own settings: typefaces, sizes, paper, subheads; live, the same words at the top."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontDatabase, QTextBlock, QTextFragment, QWheelEvent
from PySide6.QtWidgets import QApplication
from window_driver import Driver

from bulletin_desktop.model.records import Article
from bulletin_desktop.services import browsing, reading
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.panes.typography import Typography
from bulletin_desktop.ui.reader import typefaces
from bulletin_desktop.ui.reader.style import PageStyle, page_style
from bulletin_desktop.ui.settings import Setting
from bulletin_desktop.ui.theme import Tokens


@pytest.fixture
def long_read(driver: Driver) -> Article:
    """The window is low, so that the article that it shows is longer than the page."""
    driver.window.resize(1200, 520)
    article = max(driver.records(), key=lambda record: record.characters)
    driver.select(article.id)
    driver.until(lambda: driver.reader.page.verticalScrollBar().maximum() > 200)
    return article


def _put(driver: Driver, setting: Setting, value: Any) -> None:
    driver.context.settings.put(setting, value)
    driver.until(lambda: not driver.reader._restyling.isActive())


def _first_body_block(driver: Driver) -> QTextBlock:
    page = driver.reader.page
    return page.document().findBlock(page._body_at)


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    found, at = [], block.begin()
    while not at.atEnd():
        found.append(at.fragment())
        at += 1
    return found


def test_the_settings_make_the_style(driver: Driver) -> None:
    assert page_style(driver.context.settings) == PageStyle()
    driver.context.settings.put(settings.FACE, "kai")
    driver.context.settings.put(settings.LEADING, 2.4)
    assert page_style(driver.context.settings) == PageStyle(face="kai", leading=2.4)


def test_every_setting_takes_effect_at_once(driver: Driver, long_read: Article) -> None:
    def look() -> tuple[object, ...]:
        block = _first_body_block(driver)
        form, font = block.blockFormat(), block.charFormat().font()
        return (
            form.textIndent(), form.bottomMargin(), form.lineHeight(), form.alignment(),
            font.pixelSize(), font.families()[0], driver.reader.page.lineWrapColumnOrWidth(),
        )  # fmt: skip

    seen = {look()}
    changes = [
        (settings.INDENT, 0), (settings.SPACING, 20), (settings.LEADING, 1.5),
        (settings.JUSTIFIED, False), (settings.SIZE, 20), (settings.FACE, "hei"),
        (settings.MEASURE, 20),
    ]  # fmt: skip
    for setting, value in changes:
        _put(driver, setting, value)
        assert look() not in seen
        seen.add(look())
    block = _first_body_block(driver)
    assert block.blockFormat().textIndent() == 0
    assert block.blockFormat().lineHeight() == 20 * 1.5
    assert block.charFormat().font().pixelSize() == 20
    assert driver.reader.page.lineWrapColumnOrWidth() == 20 * 20


def test_the_same_words_stay_at_the_top(driver: Driver, long_read: Article) -> None:
    page = driver.reader.page
    page.go_to(long_read.characters // 3)
    place = page.place
    for size in (18, 24, 31, 18, 17):
        _put(driver, settings.SIZE, size)
        assert page.place == place
    for width in (1440, 900, 1200):
        driver.window.resize(width, 520)
        QApplication.processEvents()
        assert page.place == place


def test_who_scrolled_keeps_the_line_that_is_seen_first(driver: Driver, long_read: Article) -> None:
    page, body = driver.reader.page, browsing.text_of(driver.library, long_read.id).body
    page.page_down()
    place = page.place
    assert 0 < place < len(body)
    _put(driver, settings.MEASURE, 20)
    assert page.place == place
    page.verticalScrollBar().setValue(0)
    assert page.place == 0


def test_the_first_line_seen_is_where_the_place_says(driver: Driver, long_read: Article) -> None:
    page = driver.reader.page
    page.verticalScrollBar().setValue(150)
    cursor = page.cursorForPosition(QPoint(2, 20))
    cursor.movePosition(cursor.MoveOperation.StartOfLine)
    assert page._body_at + page.place == cursor.position()


# Size


def test_keys_and_actions_change_the_size(driver: Driver) -> None:
    driver.select(driver.records()[0].id)
    said: list[str] = []
    driver.context.said.connect(said.append)
    reader, kept = driver.reader, driver.context.settings
    driver.focus(reader.page)
    driver.key("Ctrl++", "Ctrl+=")
    assert kept.get(settings.SIZE) == 19
    driver.key("Ctrl+-")
    assert kept.get(settings.SIZE) == 18
    assert said == [driver.context.text("reader.size", n=n) for n in (18, 19, 18)]
    driver.key("Ctrl+0")
    assert kept.get(settings.SIZE) == settings.SIZE.default


def test_the_steps_grow_and_the_ends_hold(driver: Driver) -> None:
    kept, pages = driver.context.settings, driver.reader.pages
    kept.put(settings.SIZE, 23)
    sizes = []
    for _ in range(3):
        pages.zoom(1)
        sizes.append(kept.get(settings.SIZE))
    assert sizes == [24, 26, 28]
    pages.zoom(-3)
    assert kept.get(settings.SIZE) == 23
    pages.zoom(100)
    assert kept.get(settings.SIZE) == settings.SIZE.span[1]
    pages.zoom(-100)
    assert kept.get(settings.SIZE) == settings.SIZE.span[0]


def _wheel(driver: Driver, turn: int, keys: Qt.KeyboardModifier) -> None:
    page = driver.reader.page.viewport()
    at = QPointF(page.rect().center())
    event = QWheelEvent(
        at, page.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(page, event)


def test_the_wheel_with_ctrl_changes_the_size_and_without_it_scrolls(
    driver: Driver, long_read: Article
) -> None:
    kept, bar = driver.context.settings, driver.reader.page.verticalScrollBar()
    _wheel(driver, 120, Qt.KeyboardModifier.ControlModifier)
    assert kept.get(settings.SIZE) == 18
    for _ in range(4):
        _wheel(driver, -30, Qt.KeyboardModifier.ControlModifier)
    assert kept.get(settings.SIZE) == 17
    assert bar.value() == 0
    _wheel(driver, -120, Qt.KeyboardModifier.NoModifier)
    assert kept.get(settings.SIZE) == 17
    assert bar.value() > 0


# Paper


def test_the_paper_may_have_other_colours_than_the_window(driver: Driver) -> None:
    driver.select(driver.records()[0].id)
    page, head = driver.reader.page, driver.reader.head
    window_paper = head.grab().toImage().pixelColor(3, 3)
    for name in ("sepia", "dark"):
        _put(driver, settings.PAPER, name)
        tokens = Tokens(name)
        image = page.grab().toImage()
        for x in (3, image.width() // 2):
            assert image.pixelColor(x, 5) == tokens.colour("paper")
        ink = _first_body_block(driver).charFormat().foreground().color()
        assert ink == tokens.colour("text")
        assert head.grab().toImage().pixelColor(3, 3) == window_paper
    _put(driver, settings.PAPER, "theme")
    assert page.grab().toImage().pixelColor(3, 5) == Tokens("light").colour("paper")


# Typefaces


def test_a_face_that_is_not_installed_is_set_in_song(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFontDatabase, "hasFamily", lambda family: family == "Noto Serif CJK SC")
    typefaces.families.cache_clear()
    typefaces._found.cache_clear()
    try:
        assert typefaces.installed("fang") is None
        assert typefaces.installed("song") == "Noto Serif CJK SC"
        song = typefaces.font("song", 17)
        assert typefaces.font("fang", 17) == song
        assert typefaces.strong("kai", 17) == typefaces.strong("song", 17)
    finally:
        typefaces.families.cache_clear()
        typefaces._found.cache_clear()


def test_a_face_that_is_installed_comes_first_and_song_behind_it(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFontDatabase, "hasFamily", lambda family: family == "STKaiti")
    typefaces.families.cache_clear()
    typefaces._found.cache_clear()
    try:
        families = typefaces.font("kai", 17).families()
        assert families[:2] == ["STKaiti", typefaces.families("song")[0]]
        assert "HanaMinB" in families
        assert typefaces.strong("kai", 17).families()[0] == typefaces.families("hei")[0]
        assert not typefaces.strong("kai", 17).bold()  # Hei is strong enough, and no face is faked
    finally:
        typefaces.families.cache_clear()
        typefaces._found.cache_clear()


# Subheads


def _with_subheads(driver: Driver) -> Article:
    for record in driver.records():
        text = browsing.text_of(driver.library, record.id)
        if any(head.named and head.level < 5 for head in reading.subheads(text)):
            return record
    raise AssertionError("no article of the sample has subheads")


def test_subheads_stand_out_and_nothing_else_does(driver: Driver) -> None:
    record = _with_subheads(driver)
    text = browsing.text_of(driver.library, record.id)
    driver.select(record.id)

    def standing_out() -> list[str]:
        found, block = [], _first_body_block(driver)
        for _ in text.paragraphs:
            found += [f.text() for f in _fragments(block) if f.charFormat().font().bold()]
            block = block.next()
        return found

    wanted = [
        text.paragraphs[head.paragraph][head.start : head.end] for head in reading.subheads(text)
    ]
    assert standing_out() == wanted
    before = driver.reader.page.toPlainText()
    _put(driver, settings.SUBHEADS, False)
    assert standing_out() == []
    assert driver.reader.page.toPlainText() == before


# The panel


def test_the_panel_opens_and_goes_back_to_the_defaults(driver: Driver) -> None:
    driver.select(driver.records()[0].id)
    driver.click(driver.reader.head.typography)
    driver.until(lambda: isinstance(QApplication.activePopupWidget(), Typography))
    panel = QApplication.activePopupWidget()
    assert isinstance(panel, Typography)
    driver.context.settings.put(settings.SIZE, 30)
    driver.context.settings.put(settings.PAPER, "sepia")
    panel._forget()
    style = page_style(driver.context.settings)
    assert style == PageStyle()
    assert driver.context.settings.get(settings.PAPER) == "theme"
    panel.close()
