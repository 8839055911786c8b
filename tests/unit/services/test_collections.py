"""Collections that are compiled: headings, order, extents, counts, and what a search finds anew."""

from __future__ import annotations

import pytest
from support import finish

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.library.history_of import events
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    browsing,
    collection_list,
    collections,
    exporting,
    passages,
    searches,
    tagging,
    themes,
)
from bulletin_desktop.services.compiling import Choices, compile_articles
from bulletin_desktop.services.searching import Options

ZH = Catalogue("zh")


@pytest.fixture
def listed(library):
    """A library with a collection: 3, 4, a heading, 5, 12, a subheading, 20."""
    collections.add_articles(library, "集", [3, 4, 5, 12, 20])
    collections.add_heading(library, 1, " 上编 ", before=3)
    collections.add_heading(library, 1, "一节", 2, before=5)
    return library


def shown(library):
    """Articles by id and headings by their words."""
    return [item.article or item.text for item in collections.items(library, 1)]


def gathered(library):
    return finish(collection_list.gather(library, 1, ZH))


def test_headings_stand_between_articles_which_keep_their_order(listed):
    assert shown(listed) == [3, 4, "上编", 5, 12, "一节", 20]
    assert browsing.ids_in_scope(listed, Scope(collection=1)) == [3, 4, 5, 12, 20]
    assert collections.by_id(listed, 1).articles == 5
    collections.add_articles(listed, "集", [9, 4])
    collections.add_heading(listed, 1, "附录")
    assert shown(listed) == [3, 4, "上编", 5, 12, "一节", 20, 9, "附录"]
    collections.set_heading(listed, 6, "中编", 2)
    assert [(x.text, x.level) for x in collections.items(listed, 1) if not x.article] == [
        ("中编", 2), ("一节", 2), ("附录", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("moved", "before", "order"),
    [
        ([5, 1], None, [4, "上编", 5, 12, "一节", 3, 20]),
        ([6, 3], 1, ["上编", 5, 3, 4, 12, "一节", 20]),
        ([1, 2], 2, [3, 4, "上编", 5, 12, "一节", 20]),
        ([2, 6], 6, [3, 4, "上编", 5, 12, "一节", 20]),
        ([7], 4, [3, 4, "上编", 5, "一节", 12, 20]),
    ],
)
def test_items_move_together_in_their_order(listed, moved, before, order):
    collections.move_items(listed, 1, moved, before)
    assert shown(listed) == order


def test_articles_move_among_headings(listed):
    ids = {item.article: item.id for item in collections.items(listed, 1)}
    collections.move_items(listed, 1, [ids[20], ids[3]], before=ids[12])
    assert shown(listed) == [4, "上编", 5, 3, 20, 12, "一节"]
    collections.remove_articles(listed, 1, [3, 5])
    collections.remove_items(listed, 1, [7, 2])
    assert shown(listed) == ["上编", 20, 12]


def test_sorting_keeps_the_headings_and_what_has_no_key_last(listed):
    collections.add_articles(listed, "集", [30, 40])
    collections.remove_items(listed, 1, [7])
    before = {x.id: x for x in browsing.in_scope(listed, Scope(collection=1))}
    head, behind = [3, 4], [5, 12, 20, 30, 40]
    for by in ("date", "source", "title"):
        for descending in (False, True):
            collections.sort(listed, 1, by, descending=descending)
            found = shown(listed)
            assert found[2] == "上编"
            assert (sorted(found[:2]), sorted(found[3:])) == (head, behind)
            keys = [
                before[x].heading if by == "title" else getattr(before[x], by) for x in found[3:]
            ]
            having = [key for key in keys if key]
            assert keys[: len(having)] == sorted(having, reverse=descending)
    for name in ("甲", "乙"):
        themes.add(listed, name)
    tagging.tag(listed, [20, 12], [2])
    tagging.tag(listed, [30, 12], [1])
    collections.sort(listed, 1, "theme")
    assert set(shown(listed)[3:5]) == {12, 30}
    assert shown(listed)[5] == 20


def test_what_is_printed_is_counted(listed):
    passages.mark(listed, 3, 0, 8, [])
    passages.mark(listed, 3, 30, 34, [])
    collections.set_extent(listed, [1, 2, 6], "excerpt")
    collections.set_summary(listed, 3, " 两行\n一句。 ")
    collections.set_extent(listed, [4], "summary")
    rows = gathered(listed)
    assert [row.item.extent for row in rows if row.article] == [
        "excerpt", "excerpt", "summary", "summary", "full",
    ]  # fmt: skip
    assert [row.excerpts for row in rows if row.article] == [2, 0, 0, 0, 0]
    compiled = finish(compile_articles(listed, Scope(collection=1), Choices("集", "none"), ZH))
    printed = [len(x.text) for g in compiled.groups for x in g.articles]
    assert [row.characters for row in rows if row.article] == printed
    assert printed[1:3] == [0, len("两行 一句。")]
    assert printed[3] == len(collection_list.proposed_summary(listed, 12)) > 0
    assert collection_list.figures(rows) == (5, sum(printed))
    collections.set_summary(listed, 3, "")
    assert gathered(listed)[3].characters == len(collection_list.proposed_summary(listed, 5))


def test_pages_are_about_those_of_the_document(listed, tmp_path):
    few = finish(collection_list.pages(listed, 1, ZH))
    collections.add_articles(listed, "集", browsing.ids_in_scope(listed, Scope()))
    many = finish(collection_list.pages(listed, 1, ZH))
    assert 3 <= few < many
    collections.create(listed, "空")
    assert finish(collection_list.pages(listed, 2, ZH)) == 0
    with pytest.raises(KnownError, match=r"export.nothing"):
        finish(
            exporting.export(
                listed, Scope(collection=2), tmp_path / "空.docx", Choices("空", "none"), ZH
            )
        )


def test_a_copy_of_a_search_takes_in_what_it_finds_now(library):
    searches.save(library, "培训", "培训", Options("date"))
    search = searches.find(library, "培训").id
    hits = finish(searches.hits_of(library, searches.by_id(library, search)))
    searches.freeze(library, search, hits[2:])
    assert collections.by_id(library, 1).origin == "培训"
    new = finish(collection_list.new_hits(library, 1))
    assert sorted(new) == sorted(hits[:2])
    collections.add_articles(library, "培训", new)
    assert [item.article for item in collections.items(library, 1)] == [*hits[2:], *new]
    assert finish(collection_list.new_hits(library, 1)) == []
    collections.create(library, "手选")
    assert finish(collection_list.new_hits(library, 2)) == []


def test_the_history_of_an_article_tells_of_lists_but_not_of_places_and_headings(listed):
    collections.move_items(listed, 1, [1], before=None)
    collections.set_extent(listed, [1], "excerpt")
    assert [x.told.code for x in events(listed, 3)] == ["event.collect", "event.import"]


@pytest.mark.parametrize(
    ("verb", "code"),
    [
        (lambda given: collections.items(given, 9), "collection.missing"),
        (lambda given: collections.add_heading(given, 9, "编"), "collection.missing"),
        (lambda given: collections.add_heading(given, 1, " \n"), "collection.empty_heading"),
        (lambda given: collections.add_heading(given, 1, "长" * 201), "collection.long_heading"),
        (lambda given: collections.set_heading(given, 1, "编", 1), "collection.no_heading"),
        (lambda given: collections.set_heading(given, 99, "编", 1), "collection.no_item"),
        (lambda given: collections.set_summary(given, 6, "一句。"), "collection.no_article"),
        (lambda given: collections.set_extent(given, [1, 99], "full"), "collection.no_item"),
        (lambda given: collections.set_extent(given, [], "full"), "collection.no_item"),
        (lambda given: collections.remove_items(given, 2, [1]), "collection.no_item"),
        (lambda given: collections.move_items(given, 2, [1], None), "collection.no_item"),
        (lambda given: collections.set_intro(given, 9, "引言"), "collection.missing"),
        (lambda given: collections.sort(given, 9, "date"), "collection.missing"),
    ],
)
def test_what_cannot_be_done_is_said(listed, verb, code):
    collections.create(listed, "二")
    before = shown(listed)
    with pytest.raises(KnownError, match=code):
        verb(listed)
    assert shown(listed) == before
