"""Two articles side by side."""

from __future__ import annotations

from pathlib import Path

from window_driver import Driver, bulletin

from bulletin_desktop.services import history
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.panes.beside_pane import BesidePane


def _pin(driver: Driver, number: int) -> BesidePane:
    driver.select(driver.records()[number].id)
    driver.reader.toggle_beside()
    beside = driver.reader.pages.beside
    assert beside is not None
    return beside


def test_the_second_page_stays_while_one_reads_on(driver: Driver) -> None:
    ids = [record.id for record in driver.records()]
    beside = _pin(driver, 2)
    words = beside.page.toPlainText()
    driver.focus(driver.tree)
    driver.key("J")
    assert driver.reading() == ids[3]
    assert beside.article == ids[2]
    assert beside.page.toPlainText() == words
    assert beside._title.text() == driver.records()[2].heading
    assert beside.isVisible()
    assert abs(beside.width() - driver.reader.page.width()) < 4


def test_the_same_key_closes_it(driver: Driver) -> None:
    driver.select(driver.records()[2].id)
    driver.focus(driver.tree)
    driver.key("B")
    assert driver.reader.pages.beside is not None
    driver.key("B")
    assert driver.reader.pages.beside is None


def test_its_button_closes_it_and_the_keyboard_goes_back_to_the_page(driver: Driver) -> None:
    beside = _pin(driver, 2)
    driver.focus(beside.page)
    driver.click(beside._close)
    assert driver.reader.pages.beside is None
    driver.until(driver.reader.page.hasFocus)


def test_the_pages_swap_with_their_places(driver: Driver) -> None:
    driver.window.resize(1300, 480)
    order = sorted(driver.records(), key=lambda record: -record.characters)
    first, second = order[0].id, order[1].id
    driver.select(first)
    driver.reader.page.go_to(300)
    place = driver.reader.page.place
    assert place > 0
    driver.reader.toggle_beside()
    driver.select(second)
    driver.reader.page.go_to(200)
    other = driver.reader.page.place
    beside = driver.reader.pages.beside
    assert beside is not None
    assert beside.page.place == place
    driver.click(beside._swap)
    assert driver.reading() == first
    assert driver.reader.page.place == place
    assert beside.article == second
    assert beside.page.place == other
    assert driver.outline.selected_articles() == (first,)


def test_two_places_of_one_article_swap_too(driver: Driver) -> None:
    driver.window.resize(1300, 480)
    article = max(driver.records(), key=lambda record: record.characters).id
    driver.select(article)
    driver.reader.page.go_to(300)
    place = driver.reader.page.place
    driver.reader.toggle_beside()
    driver.reader.page.go_to(600)
    other = driver.reader.page.place
    beside = driver.reader.pages.beside
    assert beside is not None
    assert 0 < place < other
    driver.click(beside._swap)
    assert driver.reader.page.place == place
    assert beside.page.place == other


def test_the_second_page_follows_the_settings(driver: Driver) -> None:
    beside = _pin(driver, 2)
    driver.context.settings.put(settings.SIZE, 22)
    driver.until(lambda: beside.page.document().defaultFont().pixelSize() == 22)


def test_a_second_page_whose_article_is_gone_closes(driver: Driver, tmp_path: Path) -> None:
    driver.window.deeds.import_paths([bulletin(tmp_path, "new.txt", "新的一篇")])
    driver.until(lambda: any(record.heading == "新的一篇" for record in driver.records()))
    driver.settle()
    records = driver.records()
    new = next(number for number, record in enumerate(records) if record.heading == "新的一篇")
    _pin(driver, new)
    driver.select(next(record.id for record in records if record.heading != "新的一篇"))
    driver.act(history.undo)
    driver.until(lambda: driver.reader.pages.beside is None)
    assert driver.reader.article is not None


def test_a_narrow_window_has_room_for_both(driver: Driver) -> None:
    driver.window.resize(driver.window.minimumSizeHint().width(), 700)
    beside = _pin(driver, 2)
    for page in (driver.reader.page, beside.page):
        assert page.viewportMargins().left() + page.lineWrapColumnOrWidth() <= page.width()


def test_space_pages_where_the_keyboard_is(driver: Driver) -> None:
    driver.window.resize(1300, 480)
    number, _ = max(enumerate(driver.records()), key=lambda pair: pair[1].characters)
    beside = _pin(driver, number)
    driver.focus(beside.page)
    driver.key("Space")
    assert beside.page.verticalScrollBar().value() > 0
    assert driver.reader.page.verticalScrollBar().value() == 0
    assert driver.reading() == beside.article
