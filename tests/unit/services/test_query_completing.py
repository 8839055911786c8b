"""Completing a query: names of fields and flags, and the values that a library has."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import finish

from bulletin_desktop.language import query_parser
from bulletin_desktop.services import Library, collections, importing, searching, themes, units
from bulletin_desktop.services.query_completing import Completer, Offer


@pytest.fixture
def library(seeded_file: Path, tmp_path: Path) -> Iterator[Library]:
    with Library(Path(shutil.copy(seeded_file, tmp_path / "completed.bdlib"))) as opened:
        themes.add_starter(opened)
        yield opened


def _offers(library: Library, text: str, cursor: int | None = None) -> list[Offer]:
    at = len(text) if cursor is None else cursor
    return Completer("zh", units.directory(library)).offers(library, text, at)


def _words(library: Library, text: str) -> list[str]:
    return [offer.words for offer in _offers(library, text)]


def _done(text: str, offer: Offer) -> str:
    return text[: offer.start] + offer.typed + text[offer.end :]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("主", "主题"), ("zt", "主题"), ("zhuti", "主题"), ("laiy", "来源"), ("the", "主题"),
     ("标签", "主题"), ("星", "星标"), ("wd", "未读"), ("-来", "来源"), ("工资 来", "来源")],
)  # fmt: skip
def test_names_are_found_by_characters_and_sounds(library: Library, typed: str, name: str) -> None:
    assert name in _words(library, typed)


@pytest.mark.parametrize("typed", ["", "工资", "工会 ", "z", "协商会议", '"主', "主题歌", "题"])
def test_plain_words_are_left_alone(library: Library, typed: str) -> None:
    assert _offers(library, typed) == []


def test_a_name_is_written_with_its_colon_and_in_the_window_s_language(library: Library) -> None:
    [offer] = _offers(library, "工资 -来")
    assert _done("工资 -来", offer) == "工资 -来源:"
    assert offer.about == "source"
    assert not offer.meant
    [english] = Completer("en").offers(library, "laiyuan", 7)
    assert english.typed == "source:"


def test_themes_come_with_their_colours(library: Library) -> None:
    text = "主题:mzgl"
    offer = _offers(library, text)[0]
    theme = next(t for t in themes.all_themes(library) if t.name == "民主管理")
    assert (offer.words, offer.colour) == (theme.name, theme.colour)
    assert offer.meant  # what was typed is no part of the name
    assert _done(text, offer) == "主题:民主管理"
    assert not _offers(library, "主题:管理")[0].meant


def test_values_in_the_midst_of_a_query_are_written_in_their_place(library: Library) -> None:
    text = "主题:=民 工资"
    offer = next(x for x in _offers(library, text, 5) if x.words == "民主管理")
    assert _done(text, offer) == "主题:=民主管理 工资"


@pytest.mark.parametrize("field", ["主题", "来源", "栏目", "年", "日期", "类型", "选编"])
def test_each_value_makes_a_query_that_can_be_read(library: Library, field: str) -> None:
    collections.create(library, "重点 材料")
    offers = _offers(library, f"{field}:")
    assert offers
    for offer in offers:
        [token] = query_parser.parse(_done(f"{field}:", offer)).tokens
        assert token.value == offer.words


def test_sources_are_the_units_and_what_is_printed(library: Library) -> None:
    words = _words(library, "来源:昆山")
    assert "昆山市总工会" in words
    assert all("昆山" in word for word in words)
    query = searching.parse("来源:昆山市总工会")
    outcome = finish(searching.Search(library, query).complete())
    assert len(outcome.ids) > 0


def test_issues_are_called_by_title_and_number(empty_library: Library, tmp_path: Path) -> None:
    words = "工会简报\n第7期\n某市总工会办公室　　2013年5月20日\n\n一个标题\n　　这是正文。\n"
    file = tmp_path / "一期.txt"
    file.write_text(words, encoding="utf-8")
    finish(importing.import_paths(empty_library, [file]))
    [offer] = _offers(empty_library, "期:7")
    assert offer.words == "工会简报第7期"
    query = searching.parse(_done("期:7", offer))
    assert len(finish(searching.Search(empty_library, query).complete()).ids) == 1


def test_kinds_and_years(library: Library) -> None:
    assert _words(library, "类型:") == ["文章", "简讯"]
    years = _words(library, "年:")
    assert years == sorted(years, reverse=True)
    assert years


@pytest.mark.parametrize("text", ["主题:民主管理", "类型:简讯", "标题:", "正则:", "笔记:工"])
def test_nothing_is_offered_where_it_is_all_there_or_cannot_be_known(
    library: Library, text: str
) -> None:
    assert _offers(library, text) == []
