"""What a query says of articles beside their words, against the lists themselves."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import finish

from bulletin_desktop.language import query_parser
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    Library,
    browsing,
    collections,
    noting,
    search_texts,
    searching,
    tagging,
    themes,
    units,
)
from bulletin_desktop.services.importing import import_text
from bulletin_desktop.services.searching import Options, Search


def found(library, text, scope=Scope()):  # noqa: B008 - frozen
    work = Search(library, searching.parse(text), Options("date", scope)).complete()
    return set(finish(work).ids)


def those(library, fits):
    return {article.id for article in browsing.in_scope(library) if fits(article)}


@pytest.fixture
def tagged(library):
    """甲 with 乙 below it, a star, a note, a collection, and what was read."""
    parent = themes.add(library, "甲类工作", aliases=["甲"])
    assert parent.step
    above = themes.by_name(library, "甲类工作").id
    themes.add(library, "乙类工作", parent=above)
    below = themes.by_name(library, "乙类工作").id
    tagging.tag(library, [3, 4], [above])
    tagging.tag(library, [5], [below])
    tagging.star(library, [7], starred=True)
    noting.set_note(library, "article", 9, "待核对的笔记")
    collections.add_articles(library, "年鉴选编", [4, 3])
    browsing.mark_read(library, [1, 2], read=True)
    return library


def test_facts(tagged):
    every = those(tagged, lambda _: True)
    expected = {
        "主题:甲类工作": {3, 4, 5},
        "主题:=甲类工作": {3, 4},
        "theme:甲": {3, 4, 5},
        "主题:类工": {3, 4, 5},
        "主题:乙类工作": {5},
        "主题:没有": set(),
        "-主题:甲类工作": every - {3, 4, 5},
        "星标": {7},
        "-starred": every - {7},
        "有笔记": {9},
        "笔记:核对": {9},
        "note:没有": set(),
        "未读": every - {1, 2},
        "无主题": every - {3, 4, 5},
        "选编:年鉴": {3, 4},
        "主题:甲 or 星标": {3, 4, 5, 7},
        "(星标 or 有笔记) -星标": {9},
        "类型:简讯": those(tagged, lambda a: a.kind == "brief"),
        "kind:article": those(tagged, lambda a: a.kind == "article"),
        "年:2007": those(tagged, lambda a: (a.date or "").startswith("2007")),
        "日期:2008-01..2008-06": those(
            tagged, lambda a: "2008-01" <= (a.date or "")[:7] <= "2008-06"
        ),
        "年:..2008": those(tagged, lambda a: a.date is not None and a.date < "2009"),
        "日期:2009..": those(tagged, lambda a: (a.date or "") >= "2009"),
        "来源:昆山": those(tagged, lambda a: "昆山" in (a.source or "")),
        "来源:=昆山市总工会": those(tagged, lambda a: a.source == "昆山市总工会"),
        "栏目:动态": those(tagged, lambda a: "动态" in (a.section or "")),
        "section:=动态": set(),
        "标题:集体协商": those(tagged, lambda a: "集体协商" in (a.title or "")),
        "摘录:工会": set(),
    }  # fmt: skip
    assert {text: found(tagged, text) for text in expected} == expected
    # Two articles that wait for the index are asked for the same, and answer the same.
    with tagged.transaction() as connection:
        connection.execute("UPDATE articles SET parts = parts || ' ' WHERE id IN (3, 7)")
    assert tagged.value("SELECT count(*) FROM search_waiting") == 2
    assert {text: found(tagged, text) for text in expected} == expected


def test_a_source_is_found_by_the_unit_it_was_taken_for(library):
    directory = units.directory(library)
    unit = next(
        u for u in directory.units.values() if u.own and u.name not in {p.source for p in u.printed}
    )
    articles = those(library, lambda a: a.source in {p.source for p in unit.printed})
    assert articles
    assert found(library, f'来源:="{unit.name}"') >= articles
    work = Search(library, searching.parse(f'来源:="{unit.name}"'), Options(), directory)
    assert set(finish(work.complete()).ids) >= articles


def test_what_is_counted_is_what_a_term_for_it_finds(library):
    directory = units.directory(library)

    def outcome(text):
        work = Search(library, searching.parse(text), Options("date"), directory).complete()
        return finish(work)

    facets = outcome("工会").facets
    assert facets["sources"]
    terms = {"sources": "来源:=", "sections": "栏目:=", "years": "年:", "kinds": "类型:"}
    for kind, field in terms.items():
        for name, count in facets[kind].items():
            value = {"brief": "简讯", "article": "文章"}.get(name, name)
            found_by = outcome(f"工会 {field}{query_parser.value_text(value)}")
            assert len(found_by.ids) == count, (kind, name)


def test_words_of_every_field_can_be_ranked(tagged):
    text = "笔记:核对 or 标题:工会 or 作者:某 or 摘录:甲 or 正文:工会 or 正则:工.会"
    query = searching.parse(text)
    ranked = finish(searching.search(tagged, query, Options("relevance")))
    assert {hit.article.id for hit in ranked.hits} == found(tagged, text)
    noted = next(hit for hit in ranked.hits if hit.article.id == 9)
    assert noted.snippet.ranges


def test_issues_by_number_and_name(empty_library):
    for number in (3, 13):
        head = f"工会信息\n第{number}期（总第{100 + number}期）\n2011年5月6日\n\n"
        finish(import_text(empty_library, f"{head}第{number}篇标题\n\n　　正文一段。\n"))
    assert found(empty_library, "期:3") == {1}
    assert found(empty_library, "期:113") == {2}
    assert found(empty_library, "issue:第13期") == {2}
    assert found(empty_library, "期:工会信息") == {1, 2}


def test_an_author_is_found_by_the_field_for_it(library):
    with library.transaction() as connection:
        connection.execute("UPDATE articles SET author = '欧阳某某' WHERE id = 3")
    assert found(library, "作者:欧阳") == {3}
    assert found(library, "欧阳某某") == set()


def test_scopes(tagged):
    issue = browsing.by_id(tagged, 3).issue
    for scope in (
        Scope(issue=issue),
        Scope(collection=1),
        Scope(ids=(1, 3, 9)),
        Scope(year="2007"),
    ):
        inside = set(browsing.ids_in_scope(tagged, scope))
        assert found(tagged, "工会", scope) == found(tagged, "工会") & inside
        assert found(tagged, "-没有的词", scope) == inside


def test_regular_expressions(library):
    bodies = {a.id: browsing.text_of(library, a.id) for a in browsing.in_scope(library)}
    expected = {x for x, text in bodies.items() if "第十七" in text.body or "第十六" in text.body}
    assert found(library, "正则:第十[六七]") == expected
    assert found(library, "工会 -正则:第十[六七]") == found(library, "工会") - expected
    assert found(library, "regex:没有.的") == set()
    with pytest.raises(KnownError, match=r"query\.pattern"):
        searching.parse("正则:(")


def test_a_regular_expression_that_takes_for_ever_is_stopped(empty_library, monkeypatch):
    monkeypatch.setattr(search_texts, "_ONE_TEXT", 0.2)
    text = f"【简讯】\n标题写在这里\n\n　　{'甲' * 5000}乙。（市总工会）\n"
    finish(import_text(empty_library, text))
    began = time.monotonic()
    query = searching.parse('正则:"(甲+)+丙(甲*)+$"')
    result = finish(searching.search(empty_library, query))
    assert result.stopped
    assert result.hits == ()
    assert time.monotonic() - began < 60  # it would never end


def test_long_and_nested_queries(library):
    words = " ".join(f"词{n}" for n in range(3000))
    assert found(library, words) == set()
    assert found(library, " or ".join(["工会", *(f"词{n}" for n in range(300))])) == found(
        library, "工会"
    )
    assert found(library, "工会 " + " ".join(f"-词{n}" for n in range(3000))) == found(
        library, "工会"
    )
    nested = "工会"
    for n in range(9):
        nested = f"(词{n} or {nested})"
    assert found(library, nested) == found(library, "工会")
    mixed = " ".join(f"(工会 or 星标 or -词{n})" for n in range(1200))
    assert found(library, mixed) == those(library, lambda _: True)


LEAVES = st.sampled_from(
    ["工会", "协商", "会", "农民工", "标题:工会", "年:2007", "星标", "来源:总工会", "正则:职.会"]
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} or {pair[1]})"),
        inner.map(lambda one: f"-{one}" if not one.startswith("-") else one),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def shared(seeded_file, tmp_path_factory):
    import shutil

    file = shutil.copy(seeded_file, tmp_path_factory.mktemp("facts") / "library.bdlib")
    with Library(file) as library:
        tagging.star(library, [3, 8], starred=True)
        yield library, {leaf: found(library, leaf) for leaf in LEAVES.elements}


@given(text=QUERIES)
@settings(max_examples=60, deadline=None)
def test_and_or_not_are_those_of_sets(text, shared):
    library, leaves = shared
    every = those(library, lambda _: True)
    assert found(library, text) == evaluated(searching.parse(text).root, leaves, every)


def evaluated(node, leaves, every):
    """The articles that a tree stands for, from those of its leaves."""
    kind = type(node).__name__
    if kind == "Not":
        return every - evaluated(node.of, leaves, every)
    if kind in ("All", "Either"):
        parts = [evaluated(part, leaves, every) for part in node.of]
        return set.intersection(*parts) if kind == "All" else set.union(*parts)
    return next(ids for leaf, ids in leaves.items() if searching.parse(leaf).root == node)
