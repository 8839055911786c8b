"""The trash: what is in it is nowhere else, and comes back as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from reprint_samples import STORY, write
from support import finish

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.library import integrity
from bulletin_desktop.library.schema import TRACKED
from bulletin_desktop.library.store import Library
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    browsing,
    collections,
    concordance,
    correcting,
    exporting,
    highlight_list,
    history,
    indexing,
    like,
    noting,
    passages,
    reading,
    reprints,
    rules,
    searches,
    searching,
    tagging,
    themes,
    trash,
    units,
)
from bulletin_desktop.services.completing import titled
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.services.query_completing import Completer
from bulletin_desktop.services.searching import Options
from bulletin_desktop.services.suggesting import Suggester

QUERIES = (
    "工会",
    "集体协商",
    "主题:甲",
    "是:有笔记",
    "摘录:工会",
    "笔记:记",
    "是:有摘录",
    "是:无主题",
)
SUGGESTER = Suggester()


def content(library):
    """What is in the library, but for what its trash and its history say."""
    return {
        table: sorted(library.rows(f"SELECT {', '.join(columns)} FROM {table}"), key=repr)
        for table, columns in TRACKED.items()
        if table != "trash"
    }


def sound(library):
    return list(integrity.problems(library)) == []


def entry(library, kind):
    """The newest thing of a kind in the trash."""
    return next(found.id for found in trash.trashed(library) if found.kind == kind)


@pytest.fixture(scope="module")
def worked_file(seeded_file, tmp_path_factory):
    """A library with themes, notes, highlights and collections, and with reprints."""
    folder = tmp_path_factory.mktemp("worked")
    file = Path(shutil.copy(seeded_file, folder / "worked.bdlib"))
    with Library(file) as library:
        for name, day in (("71", "12"), ("72", "19"), ("73", "26")):
            finish(import_paths(library, [write(folder, name, day, (f"推进会{name}", STORY))]))
        finish(reprints.compare_new(library))
        themes.add(library, "甲", key="1", aliases=["子"])
        themes.add(library, "乙", parent=1)
        themes.add(library, "丙", parent=2)
        tagging.tag(library, [3, 4, 12, 20, 46], [1])
        tagging.tag(library, [4, 13], [2])
        tagging.star(library, [3, 12], starred=True)
        collections.add_articles(library, "集", [5, 4, 3, 12])
        noting.set_note(library, "article", 3, "记一")
        noting.set_note(library, "article", 20, "记二")
        for issue in (1, 2):
            noting.set_note(library, "issue", issue, f"期记{issue}")
        noting.set_note(library, "theme", 1, "题记")
        for article in (3, 4, 12):
            passages.mark(library, article, 5, 20, [1, 2])
        noting.set_note(library, "highlight", 1, "批注")
        indexing.settle(library)
    return file


@pytest.fixture
def worked_on(worked_file, tmp_path):
    with Library(Path(shutil.copy(worked_file, tmp_path / "worked.bdlib"))) as library:
        yield library


def _of_articles(library):
    records = browsing.in_scope(library)
    start = [None, *(record.id for record in records)]
    return {
        "articles": records,
        "ids": browsing.ids_in_scope(library, Scope()),
        "of themes": [browsing.ids_in_scope(library, Scope(theme=theme)) for theme in (1, 2)],
        "of the collection": browsing.in_scope(library, Scope(collection=1)),
        "years": browsing.years_in(library, Scope()),
        "issues": [browsing.issues(library), browsing.issues_in(library, Scope())],
        "sections": browsing.sections_in(library, Scope()),
        "sources": browsing.sources_in(library),
        "documents": browsing.documents(library),
        "totals": browsing.totals(library),
        "unread": [reading.next_unread(library, article) for article in start],
        "untagged": [reading.next_untagged(library, article) for article in start],
        "reprints": [reprints.groups(library), reprints.of_article(library, 47)],
    }


def _of_words(library):
    suggester = SUGGESTER
    suggester.load()
    found = [
        finish(searching.search(library, searching.parse(query), Options("date"), None))
        for query in QUERIES
    ]
    places = finish(concordance.Concordance(searching.parse("工会")).more(library, 1000))
    directory = units.directory(library)
    return {
        "found": [(hits.hits, hits.total, hits.facets) for hits in found],
        "matching": finish(searching.matching(library, "工会")),
        "places": places.lines,
        "completions": Completer("zh").offers(library, "来源:市", 4),
        "titles": titled(library, "工会", 50),
        "alike": like.articles_like(library, 7, suggester.segmenter).ids,
        "suggested": [
            (each.theme_id, [reason.articles for reason in each.reasons])
            for each in suggester.suggest(library, [7])
        ],
        "units": (directory.counts, directory.all()),
    }


def _of_annotations(library):
    return {
        "themes": themes.all_themes(library),
        "collections": collections.all_collections(library),
        "notes": browsing.notes(library),
        "highlights": passages.listed(library),
        "listed": highlight_list.gather(library),
    }


def everything(library):
    """What the services tell of a library."""
    return _of_articles(library) | _of_words(library) | _of_annotations(library)


# Rows of tables that name an article, and the issue in its document.
_OF_ARTICLE = (
    "article_themes", "taggings", "stars", "notes", "collection_items", "reading", "places",
)  # fmt: skip
_DERIVED = ("fingerprints", "fingerprint_numbers", "reprints")


def destroy(library, articles, issue):
    """Take articles and an issue out of a library as if they had never been in it."""
    ids = [*articles, *browsing.ids_in_scope(library, Scope(issue=issue))]
    which = f"IN ({', '.join(map(str, ids))})"
    run = library.connection.execute
    marks = f"highlight_id IN (SELECT id FROM highlights WHERE article_id {which})"
    run("PRAGMA foreign_keys = OFF")
    for table in ("notes", "highlight_themes"):
        run(f"DELETE FROM {table} WHERE {marks}")
    for table in (*_OF_ARTICLE, *_DERIVED, "highlights"):
        run(f"DELETE FROM {table} WHERE article_id {which}")
    run(f"DELETE FROM reprints WHERE other_id {which}")
    run(f"DELETE FROM notes WHERE issue_id = {issue}")
    run(f"DELETE FROM search_rows WHERE article {which}")
    run(f"DELETE FROM articles WHERE id {which}")
    run(f"DELETE FROM issues WHERE id = {issue}")


def test_what_is_in_the_trash_is_as_if_it_had_never_been(worked_on, tmp_path):
    copy = shutil.copy(worked_on.path, tmp_path / "without.bdlib")
    before = everything(worked_on)
    trash.discard(worked_on, [3, 46], [2])
    with Library(Path(copy)) as without:
        destroy(without, [3, 46], 2)
        wanted = everything(without)
    found = everything(worked_on)
    for name in wanted:
        assert found[name] == wanted[name], name
    assert {name for name in found if found[name] == before[name]} <= UNALTERED
    assert sound(worked_on)
    for asked in (browsing.by_id, browsing.text_of):
        with pytest.raises(KnownError, match=r"article.missing"):
            asked(worked_on, 3)
    trash.restore(worked_on, [found.id for found in trash.trashed(worked_on)])
    assert everything(worked_on) == before
    assert trash.trashed(worked_on) == []


# What the articles that went have no part in.
UNALTERED = {"completions"}


def test_an_export_leaves_out_what_is_in_the_trash(worked_on, tmp_path):
    trash.discard(worked_on, [3], [2])
    file = tmp_path / "all.docx"
    choices = exporting.Choices("选", "none", exporting.Printing(measured=False))
    report = finish(exporting.export(worked_on, Scope(), file, choices, Catalogue("zh")))
    assert report.articles == browsing.totals(worked_on).articles < 47


def test_articles_of_an_issue_that_goes_whole_are_not_counted_twice(worked_on):
    change = trash.discard(worked_on, [3, 4], [1])
    assert (change.changed, change.name.code) == (1, "step.trash_issues")
    assert [found.kind for found in trash.trashed(worked_on)] == ["issue"]
    with pytest.raises(KnownError, match=r"article.missing"):
        trash.discard_articles(worked_on, [3])
    with pytest.raises(KnownError, match=r"issue.missing"):
        trash.discard_issues(worked_on, [1])


def _rule(library):
    rules.add(library, 2, "协商")


DELETED = {
    "article": lambda library: trash.discard_articles(library, [3]),
    "issue": lambda library: trash.discard_issues(library, [2]),
    "theme": lambda library: themes.delete(library, 1),
    "theme below": lambda library: themes.delete(library, 2),
    "several themes": lambda library: themes.delete_all(library, [2, 3, 1]),
    "highlight": lambda library: passages.delete(library, [1]),
    "highlights": lambda library: passages.delete(library, [1, 2, 3]),
    "collection": lambda library: collections.delete(library, 1),
    "search": lambda library: searches.delete(library, 1),
    "rule": lambda library: rules.delete(library, [1]),
}


@pytest.mark.parametrize("name", DELETED)
def test_what_was_deleted_comes_back_whole_by_restoring_and_by_undoing(name, worked_on):
    searches.save(worked_on, "搜", "协商", Options())
    _rule(worked_on)
    before = content(worked_on)
    DELETED[name](worked_on)
    after = content(worked_on)
    assert (after == before) == (name in ("article", "issue"))
    assert sound(worked_on)
    trash.restore(worked_on, [found.id for found in trash.trashed(worked_on)])
    assert content(worked_on) == before
    assert trash.trashed(worked_on) == []
    assert sound(worked_on)
    history.undo(worked_on)
    assert content(worked_on) == after
    assert trash.trashed(worked_on) != []
    history.undo(worked_on)
    assert content(worked_on) == before
    history.redo(worked_on)
    history.redo(worked_on)
    assert content(worked_on) == before
    assert sound(worked_on)


def names_on(library, highlight):
    known = {theme.id: theme.name for theme in themes.all_themes(library)}
    return {known[theme] for theme in passages.by_id(library, highlight).themes}


@pytest.mark.parametrize("order", [("highlight", "theme"), ("theme", "highlight")])
def test_ids_that_others_took_meanwhile_confuse_nothing(order, library):
    themes.add(library, "甲")
    passages.mark(library, 3, 5, 20, [1])
    passages.delete(library, [1])
    themes.delete(library, 1)
    themes.add(library, "新")
    passages.mark(library, 4, 5, 20)
    assert [theme.id for theme in themes.all_themes(library)] == [1]
    for kind in order:
        trash.restore(library, [entry(library, kind)])
        assert sound(library)
    restored = next(h.id for h in passages.highlights(library, 3))
    assert restored == 2
    assert names_on(library, restored) == {"甲"}
    assert names_on(library, 1) == set()


def test_a_theme_that_took_the_id_of_another_goes_into_the_trash_by_itself(library):
    themes.add(library, "甲")
    tagging.tag(library, [3], [1])
    themes.delete(library, 1)
    themes.add(library, "新")
    tagging.tag(library, [4], [1])
    themes.delete(library, 1)
    trash.restore(library, [2])
    trash.restore(library, [1])
    found = {theme.name: theme.id for theme in themes.all_themes(library)}
    assert browsing.by_id(library, 3).themes == (found["甲"],)
    assert browsing.by_id(library, 4).themes == (found["新"],)
    assert sound(library)


def parents(library):
    known = {theme.id: theme.name for theme in themes.all_themes(library)}
    return {theme.name: known.get(theme.parent) for theme in themes.all_themes(library)}


@pytest.mark.parametrize("deleted", [(1, 2, 3), (3, 2, 1), (2, 1, 3), (2, 3, 1)])
@pytest.mark.parametrize("back", [(1, 2, 3), (3, 2, 1), (2, 3, 1), (3, 1, 2)])
def test_themes_find_their_parents_in_any_order(deleted, back, library):
    """上 › 中 › 下 are deleted and restored in different orders."""
    themes.add(library, "上")
    themes.add(library, "中", parent=1)
    themes.add(library, "下", parent=2)
    for theme in deleted:
        themes.delete(library, theme)
    entries = {found.item: found.id for found in trash.trashed(library)}
    for theme in back:
        trash.restore(library, [entries[theme]])
        assert sound(library)
    assert parents(library) == {"上": None, "中": "上", "下": "中"}


def test_a_theme_that_was_moved_elsewhere_meanwhile_stays_there(library):
    themes.add(library, "上")
    themes.add(library, "中", parent=1)
    themes.add(library, "别处")
    themes.delete(library, 1)
    themes.move(library, 2, 3)
    trash.restore(library, [1])
    assert parents(library) == {"上": None, "中": "别处", "别处": None}


def test_what_points_at_a_theme_follows_where_that_is_merged(library):
    themes.add(library, "甲")
    themes.add(library, "乙")
    passages.mark(library, 3, 5, 20, [1, 2])
    passages.delete(library, [1])
    themes.merge(library, 1, 2)
    trash.restore(library, [1])
    assert names_on(library, 1) == {"乙"}


def test_what_points_at_something_deleted_for_good_comes_back_without_it(worked_on):
    passages.delete(worked_on, [1])
    themes.delete(worked_on, 1)
    trash.empty(worked_on, [entry(worked_on, "theme")])
    themes.add(worked_on, "丁")
    trash.restore(worked_on, [entry(worked_on, "highlight")])
    assert names_on(worked_on, 1) == {"乙"}
    assert noting.note(worked_on, "highlight", 1).text == "批注"
    assert sound(worked_on)


def test_a_name_that_is_taken_is_said_and_a_key_or_alias_is_given_up(worked_on):
    themes.delete(worked_on, 1)
    themes.add(worked_on, "甲")
    taken = themes.by_name(worked_on, "甲").id
    with pytest.raises(KnownError, match=r"trash.name_taken"):
        trash.restore(worked_on, [1])
    themes.rename(worked_on, taken, "子")
    themes.set_key(worked_on, taken, "1")
    trash.restore(worked_on, [1])
    back = themes.by_name(worked_on, "甲")
    assert (back.key, back.aliases, back.articles) == (None, (), 5)
    collections.delete(worked_on, 1)
    collections.create(worked_on, "集")
    with pytest.raises(KnownError, match=r"trash.name_taken"):
        trash.restore(worked_on, [entry(worked_on, "collection")])


def test_a_collection_comes_back_in_its_order_with_what_is_left_of_it(worked_on):
    collections.add_heading(worked_on, 1, "上编", before=3)
    collections.set_extent(worked_on, [1], "excerpt")
    collections.set_summary(worked_on, 4, "一句话。")
    collections.set_intro(worked_on, 1, "引言")
    collections.delete(worked_on, 1)
    correcting.join(worked_on, 4)
    trash.restore(worked_on, [1])
    left = [tuple(item)[1:] for item in collections.items(worked_on, 1)]
    assert left == [
        (5, 0, "", "excerpt"), (3, 0, "", "full"), (None, 1, "上编", "full"),
        (12, 0, "一句话。", "summary"),
    ]  # fmt: skip
    assert collections.by_id(worked_on, 1).intro == "引言"
    assert sound(worked_on)


def test_an_article_in_the_trash_keeps_its_place_in_a_collection(worked_on):
    collections.set_extent(worked_on, [2], "excerpt")
    whole = collections.items(worked_on, 1)
    trash.discard_articles(worked_on, [4])
    assert [item.article for item in collections.items(worked_on, 1)] == [5, 3, 12]
    collections.move_items(worked_on, 1, [4], before=1)
    trash.restore(worked_on, [1])
    assert collections.items(worked_on, 1) == [whole[3], *whole[:3]]


def test_tags_in_the_trash_follow_an_article_that_is_joined(worked_on):
    themes.delete(worked_on, 2)
    correcting.join(worked_on, 4)
    themes.add(worked_on, "戊")
    trash.restore(worked_on, [1])
    theme = themes.by_name(worked_on, "乙").id
    assert set(browsing.ids_in_scope(worked_on, Scope(theme=theme))) == {3, 13}


def test_what_is_joined_to_an_article_in_the_trash_brings_it_back(worked_on):
    trash.discard_articles(worked_on, [3])
    correcting.join(worked_on, 4)
    assert browsing.by_id(worked_on, 3).id == 3
    assert trash.trashed(worked_on) == []
    history.undo(worked_on)
    assert [found.item for found in trash.trashed(worked_on)] == [3]
    assert sound(worked_on)


def test_a_part_of_an_article_in_the_trash_is_there_too(worked_on):
    laid = next(a for a in correcting.layout(worked_on, 1).articles if a.id == 3)
    trash.discard_articles(worked_on, [3])
    count = browsing.totals(worked_on).articles
    body = [part for part in laid.parts if part.role == "body"]
    correcting.split(worked_on, 1, body[-1].start)
    assert browsing.totals(worked_on).articles == count
    assert [found.kind for found in trash.trashed(worked_on)] == ["article", "article"]
    trash.restore(worked_on, [found.id for found in trash.trashed(worked_on)])
    assert browsing.totals(worked_on).articles == count + 2


def test_a_highlight_comes_back_to_the_text_that_took_the_place_of_its_own(empty_library, tmp_path):
    library = empty_library
    finish(import_paths(library, [write(tmp_path, "71", "12", ("推进会", STORY))]))
    passages.mark(library, 1, 5, 20)
    quote = passages.by_id(library, 1).quote
    passages.delete(library, [1])
    longer = ("前面多出来的一段话，说的是会议的背景。", *STORY)
    finish(import_paths(library, [write(tmp_path, "71", "12", ("推进会", longer))]))
    (article,) = browsing.ids_in_scope(library, Scope())
    assert article != 1
    trash.restore(library, [1])
    back = passages.by_id(library, 1)
    assert (back.article, back.quote, back.placed) == (article, quote, True)
    assert browsing.text_of(library, article).body[back.start : back.end] == quote
    assert sound(library)


def test_a_highlight_whose_text_is_gone_says_so(empty_library, tmp_path):
    library = empty_library
    finish(import_paths(library, [write(tmp_path, "71", "12", ("推进会", STORY))]))
    passages.mark(library, 1, 5, 20)
    passages.delete(library, [1])
    library.connection.execute("UPDATE documents SET trashed = 1")
    with pytest.raises(KnownError, match=r"trash.replaced"):
        trash.restore(library, [1])


def test_emptying_spares_texts_and_can_be_undone(worked_on):
    trash.discard(worked_on, [3], [2])
    themes.delete(worked_on, 1)
    collections.delete(worked_on, 1)
    before = trash.trashed(worked_on)
    trash.empty(worked_on)
    assert [found.kind for found in trash.trashed(worked_on)] == ["issue", "article"]
    history.undo(worked_on)
    assert trash.trashed(worked_on) == before
    with pytest.raises(KnownError, match=r"trash.missing"):
        trash.restore(worked_on, [999])
