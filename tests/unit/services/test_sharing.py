"""The public copy of a library: what stands in it, what never does, and how it is searched."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from contextlib import closing

import pytest
from support import finish

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.library import articles
from bulletin_desktop.library.sharing import TABLES
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import (
    annotators,
    collections,
    correcting,
    noting,
    passages,
    sharing,
    tagging,
    trash,
)

PUBLISHED = {
    "issues": "id name title number total_number date date_basis year editor masthead distribution"
    " file articles",
    "sections": "id issue position name articles",
    "articles": "id date kicker title subtitle body author source themes section issue year kind"
    " characters",
    "themes": "id name parent colour aliases description articles highlights",
    "article_themes": "id article theme",
    "highlights": "id article start end quote themes",
    "highlight_themes": "id highlight theme",
    "notes": "id kind article highlight issue theme text",
    "collections": "id name intro articles",
    "collection_items": "id collection position article level text extent",
}


def copied(library, folder):
    file = folder / "copy.db"
    assert finish(sharing.make_copy(library, file, Catalogue("zh")))
    return file


class Copy:
    """Questions to a copy."""

    def __init__(self, file):
        self.file = file

    def rows(self, sql, *params):
        with closing(sqlite3.connect(self.file)) as connection:
            return connection.execute(sql, params).fetchall()

    def found(self, typed):
        sql = "SELECT rowid FROM articles_search WHERE articles_search MATCH ?"
        return [row[0] for row in self.rows(sql, sharing.query(typed))]


@pytest.fixture
def plain(library, tmp_path):
    return Copy(copied(library, tmp_path))


@pytest.fixture
def worked(library):
    """A library with something of each kind, half of it private or in the trash."""
    annotators.set_name(library, "张三疯")
    tagging.tag_new(library, [1, 2, 5], "甲")
    tagging.star(library, [1], starred=True)
    for article in (1, 5):
        passages.mark_new(library, article, 4, 12, "乙")
    noting.set_note(library, "article", 1, "公开的话", private=False)
    noting.set_note(library, "article", 2, "私人的话", private=True)
    noting.set_note(library, "highlight", 1, "批注的话", private=False)
    noting.set_note(library, "article", 5, "回收的话", private=False)
    collections.add_articles(library, "选一", [5, 2, 1])
    collections.add_heading(library, 1, "小标题")
    trash.discard_articles(library, [5])
    return library


def test_the_copy_has_the_public_tables_and_columns_and_no_others(plain):
    names = [name for (name,) in plain.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    index = {f"articles_search{part}" for part in ("", "_data", "_idx", "_config")}
    assert set(names) == PUBLISHED.keys() | index
    for table, columns in PUBLISHED.items():
        found = [row[1] for row in plain.rows(f"PRAGMA table_info({table})")]
        assert found == columns.split(), table
    if os.name == "posix":
        assert stat.S_IMODE(plain.file.stat().st_mode) == 0o600


def test_every_article_stands_in_the_copy_as_it_is_read(library, plain):
    rows = plain.rows("SELECT id, title, body, characters, source, year FROM articles")
    assert len(rows) == 45
    for article, title, body, characters, source, year in rows:
        text = articles.text_of(library, article)
        assert (title or "", body) == (text.article.heading, text.body)
        assert (characters, source) == (text.article.characters, text.article.source)
        assert year == text.article.date[:4]
    assert plain.rows("SELECT sum(articles) FROM issues") == [(45,)]
    for (file,) in plain.rows("SELECT file FROM issues"):
        assert file.endswith(".txt")
        assert "/" not in file


def test_what_was_put_on_articles_is_there_and_what_is_private_or_in_the_trash_is_not(
    worked, tmp_path
):
    copy = Copy(copied(worked, tmp_path))
    assert copy.rows("SELECT id, themes FROM articles WHERE themes <> '[]' ORDER BY id") == [
        (1, '["甲"]'),
        (2, '["甲"]'),
    ]
    assert copy.rows("SELECT name, articles, highlights FROM themes ORDER BY id") == [
        ("甲", 2, 0),
        ("乙", 0, 1),
    ]
    [(article, start, end, quote, themes)] = copy.rows(
        "SELECT article, start, end, quote, themes FROM highlights"
    )
    [(body,)] = copy.rows("SELECT body FROM articles WHERE id = 1")
    assert (article, themes, quote) == (1, '["乙"]', body[start:end])
    assert copy.rows("SELECT kind, article, highlight, text FROM notes") == [
        ("article", 1, None, "公开的话"),
        ("highlight", None, 1, "批注的话"),
    ]
    assert copy.rows("SELECT article, text FROM collection_items ORDER BY position") == [
        (2, None),
        (1, None),
        (None, "小标题"),
    ]
    assert copy.rows("SELECT count(*) FROM articles WHERE id = 5") == [(0,)]
    assert 5 not in copy.found("工")
    for private in ("私人的话", "回收的话", "张三疯", str(tmp_path)):
        assert private.encode() not in copy.file.read_bytes()


def test_a_misprint_that_was_mended_is_mended_in_the_copy(library, tmp_path):
    document, parts = library.rows(
        "SELECT i.document_id, a.parts FROM articles a JOIN issues i ON i.id = a.issue_id"
        " WHERE a.id = 3"
    )[0]
    start = next(s for role, s, _ in json.loads(parts) if role == "body")
    correcting.amend(library, document, start, start + 2, "改正后")
    copy = Copy(copied(library, tmp_path))
    [(body,)] = copy.rows("SELECT body FROM articles WHERE id = 3")
    assert body.startswith("改正后")
    assert copy.found("改正后") == [3]


@pytest.mark.parametrize(
    ("typed", "same"),
    [("協商", "协商"), ("協商　工會", "工会 协商"), ('"协商"', "协商"), ("协商 协商", "协商")],
)
def test_ways_of_typing_find_the_same(plain, typed, same):
    assert plain.found(typed) == plain.found(same) != []


def test_a_search_finds_what_stands_in_the_articles(plain):
    for typed in ("协商", "工资集体协商", "工"):
        holding = [
            row[0]
            for row in plain.rows(
                "SELECT id FROM articles WHERE instr(body || coalesce(title, '')"
                " || coalesce(subtitle, '') || coalesce(kicker, '') || coalesce(source, ''), ?)",
                typed,
            )
        ]
        assert plain.found(typed) == holding != []


@pytest.mark.parametrize(
    "typed",
    ["", " ", '"', '""', '" "', "NEAR(", "协商 OR (", "a'b", "*", "-协商", "\x00", "title:协商"],
)
def test_whatever_is_typed_is_a_query(plain, typed):
    assert plain.found(typed) == []


def test_hits_are_where_the_words_stand():
    assert sharing.hits("協商 工资", "工资协商与协商") == [(0, 2), (2, 4), (5, 7)]
    assert sharing.hits(" ", "工资") == []
    assert sharing.hits("(", "a(b") == [(1, 2)]


def test_a_copy_that_is_cancelled_ends_and_the_library_goes_on(library, tmp_path):
    work = sharing.make_copy(library, tmp_path / "copy.db", Catalogue("zh"))
    next(work)
    with pytest.raises(StopIteration) as end:
        work.send(True)
    assert end.value.value is False
    tagging.star(library, [1], starred=True)


def test_an_address_that_is_taken_is_said(library):
    with closing(sharing.listen("127.0.0.1", 0)) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        assert sharing.address(taken) == f"http://127.0.0.1:{port}/"
        for host in ("127.0.0.1", "no.such.host.invalid"):
            with pytest.raises(KnownError) as caught:
                sharing.listen(host, port)
            assert caught.value.code == "share.no_address"


def test_only_loopback_addresses_are_private():
    assert all(map(sharing.is_private, ("127.0.0.1", "127.8.8.8", "::1", "localhost")))
    assert not any(map(sharing.is_private, ("0.0.0.0", "::", "192.168.1.2", "server", "")))


def test_every_published_table_is_described_in_both_languages(plain):
    site = sharing.site(plain.file, "甲")
    shown = site.metadata["databases"]["library"]
    for table, columns in TABLES.items():
        words = shown["tables"][table]
        assert words["columns"].keys() == columns.keys() - {"id"}, table
        for each in (words["title"], words["description"], *words["columns"].values()):
            assert " · " in each
    assert all(" · " in query["title"] and query["sql"] for query in shown["queries"].values())
