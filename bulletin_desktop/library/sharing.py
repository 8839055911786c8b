"""The public copy of a library: a file of flat tables for readers, with nothing private in it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any

from bulletin_desktop.library import documents, noting, passages
from bulletin_desktop.library.articles import FROM, LIVE, LIVE_ARTICLE
from bulletin_desktop.library.connection import known_errors
from bulletin_desktop.library.schema_search import FIELDS
from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from bulletin_desktop.library.search_index import Entry
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.records import Issue

_ISSUE = "INTEGER REFERENCES issues(id)"
_ARTICLE = "INTEGER REFERENCES articles(id)"
_THEME = "INTEGER REFERENCES themes(id)"
_ID = "INTEGER PRIMARY KEY"
# All that is published. ``themes`` are names as a JSON array, which Datasette counts one by one.
TABLES: dict[str, dict[str, str]] = {
    "issues": {
        "id": _ID, "name": "TEXT", "title": "TEXT", "number": "TEXT", "total_number": "TEXT",
        "date": "TEXT", "date_basis": "TEXT", "year": "TEXT", "editor": "TEXT",
        "masthead": "TEXT", "distribution": "TEXT", "file": "TEXT", "articles": "INTEGER",
    },
    "sections": {
        "id": _ID, "issue": _ISSUE, "position": "INTEGER", "name": "TEXT", "articles": "INTEGER",
    },
    "articles": {
        "id": _ID, "date": "TEXT", "kicker": "TEXT", "title": "TEXT", "subtitle": "TEXT",
        "body": "TEXT", "author": "TEXT", "source": "TEXT", "themes": "TEXT", "section": "TEXT",
        "issue": _ISSUE, "year": "TEXT", "kind": "TEXT", "characters": "INTEGER",
    },
    "themes": {
        "id": _ID, "name": "TEXT", "parent": _THEME, "colour": "TEXT", "aliases": "TEXT",
        "description": "TEXT", "articles": "INTEGER", "highlights": "INTEGER",
    },
    "article_themes": {"id": _ID, "article": _ARTICLE, "theme": _THEME},
    "highlights": {
        "id": _ID, "article": _ARTICLE, "start": "INTEGER", "end": "INTEGER", "quote": "TEXT",
        "themes": "TEXT",
    },
    "highlight_themes": {
        "id": _ID, "highlight": "INTEGER REFERENCES highlights(id)", "theme": _THEME,
    },
    "notes": {
        "id": _ID, "kind": "TEXT", "article": _ARTICLE,
        "highlight": "INTEGER REFERENCES highlights(id)", "issue": _ISSUE, "theme": _THEME,
        "text": "TEXT",
    },
    "collections": {"id": _ID, "name": "TEXT", "intro": "TEXT", "articles": "INTEGER"},
    "collection_items": {
        "id": _ID, "collection": "INTEGER REFERENCES collections(id)", "position": "INTEGER",
        "article": _ARTICLE, "level": "INTEGER", "text": "TEXT", "extent": "TEXT",
    },
}  # fmt: skip
# The index of the articles' words; it holds no text.
INDEX = "articles_search"
_INDEXED = {
    "articles": ("issue", "section", "source", "date", "year"),
    "article_themes": ("article", "theme"),
    "highlights": ("article",),
    "collection_items": ("collection", "article"),
}
# Questions that a reader can ask by name.
QUERIES = {
    "by_theme": """WITH RECURSIVE below(id) AS (SELECT id FROM themes WHERE name = :theme
          UNION SELECT themes.id FROM themes JOIN below ON themes.parent = below.id)
        SELECT date, title, source, section, id AS article FROM articles
        WHERE id IN (SELECT article FROM article_themes WHERE theme IN below)
        ORDER BY date DESC, id""",
    "by_source": """SELECT date, title, source, section, id AS article FROM articles
        WHERE source LIKE '%' || :source || '%' AND :source <> '' ORDER BY date DESC, id""",
    "themes_by_year": """SELECT t.name AS theme, a.year, count(*) AS articles
        FROM article_themes x JOIN themes t ON t.id = x.theme JOIN articles a ON a.id = x.article
        GROUP BY t.id, a.year ORDER BY t.id, a.year""",
}

_TAGS = f"""SELECT x.id, a.id, x.theme_id {FROM} JOIN article_themes x ON x.article_id = a.id
    ORDER BY x.id"""
_ROWS = {
    "sections": f"""SELECT s.id, s.issue_id, s.position, s.name, count(*) {FROM}
        WHERE s.id NOT NULL GROUP BY s.id""",
    "article_themes": _TAGS,
    "collections": "SELECT id, name, intro, NULL FROM collections",
    "collection_items": f"""SELECT k.id, k.collection_id, k.position, k.article_id,
        nullif(k.level, 0), nullif(k.text, ''), CASE WHEN k.article_id NOT NULL THEN k.extent END
        FROM collection_items k WHERE k.article_id IS NULL OR k.article_id IN (SELECT a.id {FROM})
        ORDER BY k.collection_id, k.position, k.id""",
}
_COUNTS = {
    "themes": (
        ("articles", "article_themes", "theme"),
        ("highlights", "highlight_themes", "theme"),
    ),
    "collections": (("articles", "collection_items", "collection"),),
}


@contextmanager
def snapshot(library: Library) -> Iterator[None]:
    """Let all that is read meanwhile be of one moment; others can write."""
    library.connection.execute("BEGIN")
    try:
        yield
    finally:
        library.connection.execute("ROLLBACK")


class PublicCopy:
    """A new file that is filled with what the library may show, readable for its owner alone.

    The library is read in a ``snapshot``. Raises KnownError ``write.disk_full`` where the file
    finds no room.
    """

    def __init__(self, library: Library, file: Path) -> None:
        self._library = library
        self._file = file
        self._themes: dict[int, list[str]] = {}
        file.touch(mode=0o600, exist_ok=False)
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=OFF")
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.execute("BEGIN")
        for table, columns in TABLES.items():
            declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            self._connection.execute(f"CREATE TABLE {table} ({declared})")
        self._connection.execute(
            f"CREATE VIRTUAL TABLE {INDEX} USING fts5({', '.join(FIELDS)}, content='',"
            " columnsize=0, tokenize='ascii')"
        )
        self._configure("hashsize", 32 << 20)
        self._configure("automerge", 0)

    def _configure(self, name: str, value: int) -> None:
        self._connection.execute(f"INSERT INTO {INDEX}({INDEX}, rank) VALUES (?, ?)", [name, value])

    def close(self) -> None:
        """Leave the file, finished or not."""
        self._connection.close()

    def _put(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        signs = ", ".join("?" * len(TABLES[table]))
        with self._writing():
            self._connection.executemany(f"INSERT INTO {table} VALUES ({signs})", rows)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            with known_errors(self._file):
                yield
        except KnownError as error:
            if error.params.get("path") != str(self._file):
                raise  # of the library that is read
            raise KnownError("write.disk_full", path=str(self._file)) from error

    def put_rest(self, issue_name: Callable[[Issue], str]) -> None:
        """All but the articles themselves; ``issue_name`` says what an issue is called."""
        self._put("issues", self._issues(issue_name))
        self._put("themes", self._theme_rows())
        for table, sql in _ROWS.items():
            self._put(table, self._library.rows(sql))
        names = {row[0]: row[1] for row in self._rows("SELECT id, name FROM themes")}
        for _, article, theme in self._rows("SELECT * FROM article_themes ORDER BY id"):
            self._themes.setdefault(article, []).append(names[theme])
        self._put_highlights(names)
        self._put("notes", self._notes())

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql).fetchall()

    def _issues(self, issue_name: Callable[[Issue], str]) -> Iterator[tuple[Any, ...]]:
        names = {issue.id: issue_name(issue) for issue in documents.issues(self._library)}
        sql = f"""SELECT i.id, i.title, i.number, i.total_number, i.date, i.date_basis,
            substr(i.date, 1, 4), i.editor, i.masthead, i.distribution, d.path,
            (SELECT count(*) FROM articles a WHERE a.issue_id = i.id AND {LIVE_ARTICLE}) AS n
            FROM issues i JOIN documents d ON d.id = i.document_id WHERE {LIVE} AND n > 0
            ORDER BY i.id"""
        for issue, *facts, path, articles in self._library.rows(sql):
            yield (issue, names.get(issue), *facts, _file_name(path), articles)

    def _theme_rows(self) -> list[tuple[Any, ...]]:
        sql = """SELECT id, name, parent_id, colour, aliases, nullif(description, ''), NULL, NULL
            FROM themes ORDER BY id"""
        return self._library.rows(sql)

    def _put_highlights(self, names: dict[int, str]) -> None:
        found = [each for each in passages.listed(self._library) if each.placed and each.article]
        rows = [
            (h.id, h.article, h.start, h.end, h.quote, _json([names[t] for t in h.themes]))
            for h in found
        ]
        self._put("highlights", rows)
        pairs = ((None, each.id, theme) for each in found for theme in each.themes)
        self._put("highlight_themes", pairs)

    def _notes(self) -> Iterator[tuple[Any, ...]]:
        """Those that are not private, on what is published."""
        there = {
            kind: {row[0] for row in self._rows(f"SELECT id FROM {kind}s")}
            for kind in ("highlight", "issue", "theme")
        }
        there["article"] = {row[0] for row in self._library.rows(f"SELECT a.id {FROM}")}
        for note in noting.notes(self._library):
            if not note.private and note.target in there[note.kind]:
                on = [note.target if kind == note.kind else None for kind in _NOTED]
                yield (None, note.kind, *on, note.text)

    def put_articles(self, entries: Iterable[Entry]) -> None:
        """Articles with their words in the index."""
        given = list(entries)
        self._put("articles", map(self._article, given))
        signs = ", ".join("?" * len(FIELDS))
        with self._writing():
            self._connection.executemany(
                f"INSERT INTO {INDEX} (rowid, {', '.join(FIELDS)}) VALUES (?, {signs})",
                ((entry.printed.article, *entry.fields) for entry in given),
            )

    def _article(self, entry: Entry) -> tuple[Any, ...]:
        printed = entry.printed
        date = printed.key[0] or None
        heads = (printed.kicker, printed.title, printed.subtitle)
        return (
            printed.article, date, *(head and head.replace("\n", "") for head in heads),
            printed.body, printed.author, printed.source,
            _json(self._themes.get(printed.article, [])), printed.section, printed.issue,
            date and date[:4], "brief" if printed.brief else "article", len(printed.body),
        )  # fmt: skip

    def finish(self) -> None:
        """Count, index and write what is left."""
        with self._writing():
            for table, counts in _COUNTS.items():
                for column, other, key in counts:
                    which = " AND article NOT NULL" if other == "collection_items" else ""
                    self._connection.execute(
                        f"UPDATE {table} SET {column} = (SELECT count(*) FROM {other}"
                        f" WHERE {key} = {table}.id{which})"
                    )
            for table, columns in _INDEXED.items():
                for column in columns:
                    self._connection.execute(f"CREATE INDEX {table}_{column} ON {table}({column})")
            self._connection.execute("COMMIT")


def counts(file: Path) -> dict[str, int]:
    """How many rows the tables of a finished copy have; 0 for those of the index."""
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            if name in TABLES
            else 0
            for (name,) in names
        }


_NOTED = ("article", "highlight", "issue", "theme")


def _json(names: list[str]) -> str:
    return json.dumps(names, ensure_ascii=False)


def _file_name(path: str) -> str:
    """The last part of a path of any system, or of a member of an archive."""
    return PurePosixPath(PureWindowsPath(path).as_posix()).name
