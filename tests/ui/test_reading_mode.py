"""Reading mode: nothing but the page, and the window as it was before."""

from __future__ import annotations

import pytest
from window_driver import Driver, close

from bulletin_desktop.services import Library
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.context import Context
from bulletin_desktop.ui.main_window import MainWindow


@pytest.fixture
def reading(driver: Driver) -> Driver:
    driver.select(driver.records()[0].id)
    driver.key("F11")
    driver.until(lambda: driver.window.mode.on)
    return driver


def test_it_leaves_the_page_alone_and_brings_all_back(reading: Driver) -> None:
    window = reading.window
    around = (window.top, window.outline, window.tagging, window.status, window.reader.head)
    assert window.isFullScreen()
    assert not any(part.isVisible() for part in around)
    reading.key("Esc")
    assert not window.mode.on
    assert all(part.isVisible() for part in around)
    assert not window.isFullScreen()


def test_escape_closes_the_palette_before_it_ends_reading_mode(reading: Driver) -> None:
    reading.key("Ctrl+K")
    palette = reading.window.companions._palette
    assert palette is not None
    reading.until(palette.field.hasFocus)
    reading.key("Esc")
    assert not palette.isVisible()
    assert reading.window.mode.on
    reading.until(reading.reader.page.hasFocus)
    reading.key("Esc")
    assert not reading.window.mode.on


def test_a_field_that_is_wanted_ends_it(reading: Driver) -> None:
    reading.window.acts[Act.SEARCH].trigger()
    assert not reading.window.mode.on
    reading.until(reading.window.top.search.hasFocus)


def test_closed_in_reading_mode_the_window_comes_back_in_its_old_size(driver: Driver) -> None:
    driver.window.resize(1111, 777)
    driver.select(driver.records()[0].id)
    driver.key("F11")
    driver.window.resize(1600, 1000)  # as a desktop does, which takes it back only later
    file, context = driver.library.path, driver.context
    close(driver.window)
    again = MainWindow(Context(Library(file), context.catalogue, context.tokens))
    assert (again.width(), again.height()) == (1111, 777)
    assert not again.isFullScreen()
    close(again)
