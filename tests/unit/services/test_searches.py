"""Saved searches: kept, changed, undone, frozen, and what they find at each moment."""

from __future__ import annotations

import pytest
from support import finish

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    browsing,
    collections,
    history,
    searches,
    searching,
    tagging,
    themes,
)
from bulletin_desktop.services.searching import Options

PLAIN = Options()


def saved(library, name="协商", text="协商", options=PLAIN):
    searches.save(library, name, text, options)
    return searches.by_name(library, name)


def hits(library, search):
    return finish(searches.hits_of(library, search))


def test_a_search_is_kept_with_its_options_but_for_the_scope(library):
    options = Options("source", Scope(issue=1), searching.spelled(years=True, spaces=True))
    change = searches.save(library, "  年份  相同 ", " 2008年 ", options)
    assert (change.name.code, change.topics) == ("step.search_save", {"searches"})
    [kept] = searches.all_searches(library)
    assert (kept.name, kept.query) == ("年份 相同", "2008年")
    assert kept.options == options._replace(scope=Scope())
    assert searches.find(library, "年份  相同") == kept == searches.by_id(library, kept.id)


def test_what_was_kept_by_another_version_can_be_read(library):
    saved(library)
    with library.transaction() as connection:
        kept = '{"sort": "colour", "years": true, "moods": 3}'
        connection.execute("UPDATE searches SET options = ?", [kept])
    assert searches.all_searches(library)[0].options == Options(
        spelling=searching.spelled(years=True)
    )


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        (" ", "协商", "search.empty_name"),
        ("字" * 61, "协商", "search.long_name"),
        ("协商", "工资", "search.exists"),
        ("空的", '  "" ', "search.no_query"),
        ("错的", "(协商", "query.open_group"),
    ],
)
def test_what_cannot_be_kept_is_said_and_leaves_nothing(library, name, text, code):
    kept = saved(library)
    with pytest.raises(KnownError) as caught:
        searches.save(library, name, text, PLAIN)
    assert caught.value.code == code
    assert searches.all_searches(library) == [kept]


def test_renaming_replacing_and_deleting_can_be_undone(library):
    first = saved(library)
    searches.rename(library, first.id, "集体协商")
    searches.replace(library, first.id, "集体协商", Options("date"))
    changed = searches.by_name(library, "集体协商")
    assert (changed.id, changed.query, changed.options.sort) == (first.id, "集体协商", "date")
    searches.delete(library, first.id)
    assert searches.all_searches(library) == []
    codes = []
    while searches.find(library, "协商") != first:
        change = history.undo(library)
        assert change.topics - {"trash"} == {"searches"}
        codes.append(change.name.code)
    assert codes == ["step.search_delete", "step.search_replace", "step.search_rename"]
    history.undo(library)
    assert searches.all_searches(library) == []
    for _ in range(3):
        history.redo(library)
    assert searches.all_searches(library) == [changed]


def test_a_name_that_another_search_has_is_not_given(library):
    first, other = saved(library), saved(library, "工资", "工资")
    with pytest.raises(KnownError, match=r"^search\.exists"):
        searches.rename(library, other.id, first.name)
    assert searches.rename(library, other.id, other.name).step is None
    assert searches.replace(library, other.id, " 工资 ", PLAIN).step is None


@pytest.mark.parametrize(
    "verb",
    [
        searches.by_id,
        searches.delete,
        lambda library, gone: searches.rename(library, gone, "新"),
        lambda library, gone: searches.replace(library, gone, "新", PLAIN),
        lambda library, gone: searches.freeze(library, gone, [1]),
    ],
)
def test_a_search_that_is_gone_is_told(library, verb):
    with pytest.raises(KnownError, match=r"^search\.missing"):
        verb(library, 77)
    with pytest.raises(KnownError, match=r"^search\.missing"):
        searches.by_name(library, "没有")


def test_a_smart_collection_is_always_what_fits(library):
    theme = themes.by_id(library, themes.add(library, "协商").step and 1)
    search = saved(library, "带主题", f"主题:{theme.name}")
    assert hits(library, search) == []
    ids = browsing.ids_in_scope(library, Scope())[:3]
    tagging.tag(library, ids, [theme.id])
    assert hits(library, search) == ids
    assert finish(searches.count_of(library, search)) == 3


def test_hits_come_in_the_order_of_the_search(library):
    by_source = hits(library, saved(library, options=Options("source")))
    by_date = hits(library, saved(library, "按日期", "协商", Options("date")))
    assert sorted(by_source) == sorted(by_date)
    sources = [browsing.by_id(library, article).source or "\uffff" for article in by_source]
    assert sources == sorted(sources)
    assert by_date == [x for x in browsing.ids_in_scope(library, Scope()) if x in set(by_source)]


def test_a_query_that_cannot_be_read_any_more_has_no_count(library):
    search = saved(library)._replace(query="(协商")
    assert finish(searches.count_of(library, search)) is None
    assert searches.altered_by(search) == frozenset()


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("协商", {"notes"}),
        ("标题:协商", set()),
        ("年:2008", set()),
        ("主题:帮扶", {"themes", "tags"}),
        ("-无主题 标题:协商", {"tags"}),
        ("星标 未读 标题:协商", {"tags", "reading"}),
        ("来源:昆山", {"units"}),
        ("选编:我的 正文:协商", {"collections"}),
        ("有笔记 正文:协商", {"notes"}),
    ],
)
def test_what_can_alter_the_hits(library, text, topics):
    search = searches.SavedSearch(1, "x", text, PLAIN)
    assert searches.altered_by(search) == topics | {"documents"}


def test_freezing_makes_a_collection_in_the_order_of_the_hits(library):
    search = saved(library, options=Options("source"))
    ids = hits(library, search)
    collections.create(library, search.name)
    change = searches.freeze(library, search.id, [*ids, 99_999])
    assert change.name.params == {"name": "协商 2", "n": len(ids)}
    made = collections.by_name(library, "协商 2")
    assert browsing.ids_in_scope(library, Scope(collection=made.id)) == ids
    history.undo(library)
    assert [c.name for c in collections.all_collections(library)] == ["协商"]


def test_nothing_is_frozen_where_nothing_is_found(library):
    search = saved(library)
    with pytest.raises(KnownError, match=r"^search\.nothing"):
        searches.freeze(library, search.id, [99_999])
    assert collections.all_collections(library) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("协商", "协商 2"),
        ('标题:"工资 协商" 年:2008', "工资 协商 2008"),
        ("(帮扶 或 困难) -学校 未读 类型:简讯", "帮扶 困难"),
        ("未读", "未读"),
        ("(没有 写完", "(没有 写完"),
        ("长" * 30, "长" * 24 + "…"),
        ("转型升级 或 扶贫帮困 或 困难职工 或 大局", "转型升级 扶贫帮困 困难职工"),
        (" ", ""),
    ],
)
def test_a_name_is_proposed(library, text, name):
    saved(library)
    assert searches.proposed_name(library, text) == name


@pytest.mark.parametrize(
    ("language", "query"), [("zh", '主题:"工资 协商"'), ("en", 'theme:"工资 协商"')]
)
def test_the_query_of_a_theme(language, query):
    assert searches.query_of_theme("工资 协商", language) == query
