"""What the window remembers, and how it takes on other colours."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication
from window_driver import Driver, close

from bulletin_desktop.services import Library, tagging, themes
from bulletin_desktop.services.libraries import open_library
from bulletin_desktop.ui import settings, theme
from bulletin_desktop.ui.context import Context
from bulletin_desktop.ui.main_window import MainWindow
from bulletin_desktop.ui.settings import Settings

Open = Callable[..., Driver]


def test_geometry_splitter_and_article_are_remembered(open_window: Open) -> None:
    driver = open_window(size=(1200, 800))
    driver.window._splitter.setSizes([400, 500, 300])
    sizes = driver.window._splitter.sizes()
    article = driver.records()[17].id
    driver.select(article)
    file = driver.library.path
    close(driver.window)
    again = open_window(file, size=(1200, 800))
    assert again.window._splitter.sizes() == sizes
    assert again.reading() == article
    assert again.outline.selected_articles() == (article,)


def test_the_size_comes_back(open_window: Open, tmp_path: Path) -> None:
    driver = open_window(size=(1111, 777))
    context, file = driver.context, driver.library.path
    close(driver.window)
    window = MainWindow(Context(Library(file), context.catalogue, context.tokens))
    assert (window.width(), window.height()) == (1111, 777)
    close(window)


def test_a_window_that_was_larger_than_the_screen_fits_with_its_frame(
    open_window: Open,
) -> None:
    driver = open_window(size=(1111, 777))
    screen = driver.window.screen().availableSize()
    driver.window.resize(screen * 2)
    context, file = driver.context, driver.library.path
    close(driver.window)
    window = MainWindow(Context(Library(file), context.catalogue, context.tokens))
    assert window.width() < screen.width()
    assert window.height() <= screen.height() - 24
    close(window)


@pytest.mark.parametrize(("language", "narrow"), [("zh_CN", False), ("en", True)])
def test_quotes_are_narrow_where_the_words_are_latin(
    qapp: object, language: str, narrow: bool
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        assert theme.sans(13).isFeatureSet(QFont.Tag("pwid")) == narrow
        assert not theme.serif(13).isFeatureSet(QFont.Tag("pwid"))
    finally:
        QLocale.setDefault(before)


def test_each_library_has_its_own_last_article(open_window: Open, tmp_path: Path) -> None:
    driver = open_window()
    driver.select(driver.records()[17].id)
    close(driver.window)
    other = open_window(tmp_path / "other.bdlib", create=True)
    assert other.reader.article is None


def test_a_last_article_that_is_gone_opens_the_first(open_window: Open, tmp_path: Path) -> None:
    driver = open_window()
    first = driver.records()[0].id
    file = driver.library.path
    close(driver.window)
    Settings().put(settings.LAST_ARTICLE, 999_999, str(file))
    again = open_window(file)
    assert again.reading() == first


@pytest.mark.parametrize(("before", "after"), [("light", "dark"), ("dark", "light")])
def test_the_window_takes_on_other_colours(open_window: Open, before: str, after: str) -> None:
    driver = open_window(style=before)
    article = driver.records()[0].id
    driver.select(article)
    theme.apply(theme.Tokens(after))
    driver.window.restyle(theme.Tokens(after))
    tokens = theme.Tokens(after)
    assert driver.context.tokens.name == after
    page = QApplication.palette().color(QPalette.ColorRole.Base)
    assert page == tokens.colour("paper")
    block = driver.reader.page.document().lastBlock()
    inks = [block.begin().fragment().charFormat().foreground().color()]
    assert inks[0] in (tokens.colour("muted"), tokens.colour("text"))
    shot = driver.reader.grab().toImage()
    assert shot.pixelColor(4, shot.height() // 2) == tokens.colour("paper")


@pytest.mark.parametrize("style", ["light", "dark", "sepia"])
def test_every_token_is_a_colour_in_every_theme(style: str, qapp: object) -> None:
    tokens = theme.Tokens(style)
    assert all(tokens.colour(name).isValid() for name in tokens._values)
    assert "@" not in theme.style_sheet(tokens)


def test_a_closed_window_begins_no_work(driver: Driver) -> None:
    close(driver.window)  # its background work may be asked for by a timer that is late
    before = threading.active_count()
    driver.context.runner.think("", lambda _: None, lambda _: None)
    driver.context.runner.write(lambda _: None)
    assert threading.active_count() == before


def test_a_closed_window_that_is_activated_late_asks_its_library_nothing(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.window.close()
    monkeypatch.setattr(driver.window, "isActiveWindow", lambda: True)
    QApplication.sendEvent(driver.window, QEvent(QEvent.Type.ActivationChange))


def test_what_another_program_did_is_shown_on_coming_back(driver: Driver) -> None:
    article = driver.records()[0].id
    driver.select(article)
    with open_library(driver.library.path) as other:
        themes.add(other, "别处新建")
        tagging.tag(other, [article], [themes.by_name(other, "别处新建").id])
    driver.window.activateWindow()
    driver.until(driver.window.isActiveWindow)
    QApplication.sendEvent(driver.window, QEvent(QEvent.Type.ActivationChange))
    assert "别处新建" in driver.chips()
    assert driver.reading() == article
