"""Where reading stopped, and the way through the library, also after a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from window_driver import Driver, bulletin, close

from bulletin_desktop.model.records import Article
from bulletin_desktop.services import history, reading
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.reader.way import Way

Open = Callable[..., Driver]


def _long(driver: Driver) -> Article:
    return max(driver.records(), key=lambda record: record.characters)


def _read_on(driver: Driver, article: Article) -> int:
    """Read an article in a low window some way down; gives the place."""
    driver.window.resize(1200, 520)
    driver.select(article.id)
    page = driver.reader.page
    driver.until(lambda: page.verticalScrollBar().maximum() > 200)
    page.go_to(article.characters // 3)
    return page.place


def test_one_comes_back_to_where_one_stopped(driver: Driver) -> None:
    article, other = _long(driver), driver.records()[0]
    place = _read_on(driver, article)
    assert place > 0
    driver.select(other.id)
    assert driver.reader.page.place == 0
    driver.settle()
    assert reading.place_of(driver.library, article.id) == place
    driver.select(article.id)
    assert driver.reader.page.place == place


def test_the_beginning_and_the_end_are_not_kept(driver: Driver) -> None:
    article, other = _long(driver), driver.records()[0]
    _read_on(driver, article)
    driver.select(other.id)
    driver.settle()
    driver.select(article.id)
    bar = driver.reader.page.verticalScrollBar()
    bar.setValue(bar.maximum())
    driver.select(other.id)
    driver.settle()
    assert reading.place_of(driver.library, article.id) == 0
    driver.select(article.id)
    assert bar.value() == 0


def test_a_place_that_is_the_same_is_not_written_again(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    article, other = _long(driver), driver.records()[0]
    _read_on(driver, article)
    driver.select(other.id)
    driver.settle()
    written: list[object] = []
    monkeypatch.setattr(reading, "keep_place", lambda *words: written.append(words))
    for _ in range(3):
        driver.select(article.id)
        driver.select(other.id)
    driver.settle()
    assert written == []


def test_place_and_way_survive_a_restart_another_size_and_another_width(
    open_window: Open,
) -> None:
    first = open_window()
    file, article = first.library.path, _long(first)
    others = [record.id for record in first.records() if record.id != article.id][:2]
    for other in others:
        first.select(other)
    place = _read_on(first, article)
    close(first.window)
    second = open_window(file)
    second.context.settings.put(settings.SIZE, 23)
    second.window.resize(1000, 520)
    assert second.reading() == article.id
    second.until(lambda: second.reader.page.place == place)
    second.focus(second.tree)
    second.key("Alt+Left")
    assert second.reading() == others[1]
    second.key("Alt+Left")
    assert second.reading() == others[0]
    second.key("Alt+Right", "Alt+Right")
    assert second.reading() == article.id
    assert not second.reader.way.can_go_forward


def test_what_is_gone_is_left_out_of_the_way(driver: Driver, tmp_path: Path) -> None:
    kept = driver.records()[0].id
    driver.window.deeds.import_paths([bulletin(tmp_path, "new.txt", "新的一篇")])
    driver.until(lambda: any(record.heading == "新的一篇" for record in driver.records()))
    driver.settle()
    new = next(record.id for record in driver.records() if record.heading == "新的一篇")
    driver.select(kept)
    driver.select(new)
    driver.select(kept)
    driver.act(history.undo)
    driver.until(lambda: new not in [record.id for record in driver.records()])
    assert new not in driver.reader._trail.way.articles
    assert kept in driver.reader._trail.way.articles


# The way by itself


def test_a_new_way_begins_where_one_went_back_to() -> None:
    way = Way()
    for article in (1, 2, 3):
        way.add(article)
    assert way.travel(-1) == 2
    way.add(2)
    assert way.travel(1) == 3
    assert way.travel(-1) == 2
    way.add(9)
    assert way.articles == (1, 2, 9)
    assert not way.can_go_forward


def test_a_way_is_a_hundred_articles_long() -> None:
    way = Way()
    for article in range(300):
        way.add(article)
    assert way.articles == tuple(range(200, 300))
    assert Way(way.as_kept()).articles == way.articles


@pytest.mark.parametrize("kept", [(), (3,), ("a", "b"), (0, "x"), (None, 1)])
def test_what_no_way_gave_is_no_way(kept: tuple[object, ...]) -> None:
    way = Way(kept)  # type: ignore[arg-type]
    assert not way.can_go_back
    assert not way.can_go_forward
    assert way.articles == ()


def test_a_way_that_says_no_place_is_a_way_all_the_same() -> None:
    way = Way((-1, 5, 6))
    way.keep_only({6})
    assert way.as_kept() == (0, 6)


_ARTICLE = st.integers(1, 6)


@given(
    st.lists(st.one_of(_ARTICLE, st.sampled_from([-10, 10])), max_size=30),
    st.sets(_ARTICLE),
)
def test_a_way_stands_inside_itself_whatever_was_done(moves: list[int], there: set[int]) -> None:
    way = Way()
    for move in moves:
        if abs(move) == 10:
            way.travel(move // 10)
        else:
            way.add(move)
    again = Way(way.as_kept())
    assert again.as_kept() == (way.as_kept() if way.articles else (-1,))
    here = way.articles[way.as_kept()[0]] if way.articles else None
    way.keep_only(there)
    assert set(way.articles) <= there
    assert all(a != b for a, b in zip(way.articles, way.articles[1:], strict=False))
    at = way.as_kept()[0]
    assert -1 <= at < max(1, len(way.articles))
    if here in there:
        assert way.articles[at] == here
