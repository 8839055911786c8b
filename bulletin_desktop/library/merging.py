"""Another's library as it is read, and the rows that come of it: reading and writing in bulk."""

from __future__ import annotations

import json
import sqlite3
from array import array
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_desktop.library.articles import FROM, shown
from bulletin_desktop.library.connection import file_id, is_library, known_errors
from bulletin_desktop.library.copying import copy_into
from bulletin_desktop.library.overlay import mendings
from bulletin_desktop.library.store import Library
from bulletin_desktop.model.bundle import BundledArticle, BundledDocument, Tagging
from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bulletin_desktop.library.overlay import Mending

_ANY_OF = "IN (SELECT value FROM json_each(?))"


@contextmanager
def copy_of(path: Path, own: Library) -> Iterator[Library]:
    """A library as it is now, as a copy of the present version; the file itself is never changed.

    Raises KnownError("merge.itself") for the library that is open as ``own``, and ``library.*``
    where it cannot be read.
    """
    import tempfile

    if file_id(path) == file_id(own.path):
        raise KnownError("merge.itself", path=str(path))
    if not is_library(path):
        raise KnownError("library.not_sqlite", path=str(path))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy.bdlib")
        with known_errors(path), closing(_read_only(path)) as connection:
            copy_into(connection, copy)
        try:
            opened = Library(copy)
        except KnownError as error:
            raise KnownError(error.code, **{**error.params, "path": str(path)}) from error
        with opened:
            yield opened


def _read_only(path: Path) -> sqlite3.Connection:
    """A connection that leaves no trace: where nobody has it open SQLite needs no files beside."""
    log = path.with_name(path.name + "-wal")
    mode = "mode=ro" if log.exists() else "immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)


def taggings(library: Library, articles: Sequence[int]) -> list[Tagging]:
    """Who put which theme on which of the articles, also what counts no more."""
    sql = f"""SELECT t.article_id, t.theme_id, t.annotator, x.id IS NOT NULL FROM taggings t
        LEFT JOIN article_themes x ON x.article_id = t.article_id AND x.theme_id = t.theme_id
        WHERE t.article_id {_ANY_OF} ORDER BY t.id"""
    rows = library.rows(sql, [json.dumps(list(articles))])
    return [Tagging(article, theme, by, bool(counts)) for article, theme, by, counts in rows]


def add_taggings(library: Library, said: Iterable[Tagging]) -> None:
    """Keep who put which theme where, and put those that count on the articles; all are new."""
    said = list(said)
    library.connection.executemany(
        "INSERT OR IGNORE INTO taggings (article_id, theme_id, annotator) VALUES (?, ?, ?)",
        [each[:3] for each in said],
    )
    library.connection.executemany(
        "INSERT OR IGNORE INTO article_themes (article_id, theme_id) VALUES (?, ?)",
        [each[:2] for each in said if each.counts],
    )


def titles(library: Library) -> list[tuple[int, str]]:
    """The articles outside the trash with their titles."""
    rows = library.rows("SELECT a.id, a.title" + FROM + " ORDER BY a.id")
    return [(article, title or "") for article, title in rows]


def fingerprints(library: Library) -> Iterator[tuple[int, list[int]]]:
    """The fingerprints of the articles outside the trash."""
    sql = f"""SELECT f.article_id, f.numbers FROM fingerprints f
        WHERE f.article_id IN (SELECT a.id {FROM}) ORDER BY f.article_id"""
    for rows in library.chunks(sql, [], 1000):
        for article, numbers in rows:
            yield article, array("I", numbers).tolist()


def articles(library: Library, ids: Sequence[int]) -> Iterator[BundledArticle]:
    """Articles with what they are known by, document by document."""
    sql = f"""SELECT i.document_id, a.id, a.issue_id, a.kind, a.title, a.source, a.parts, a.start,
        substr(d.text, a.start + 1, a.end - a.start)
        FROM articles a JOIN issues i ON i.id = a.issue_id JOIN documents d ON d.id = i.document_id
        WHERE a.id {_ANY_OF} ORDER BY i.document_id, i.position, a.position"""
    mends: dict[int, tuple[Mending, ...]] = {}
    for rows in library.chunks(sql, [json.dumps(list(ids))], 100):
        for document, article, issue, kind, title, source, parts, start, text in rows:
            if document not in mends:
                mends = {document: mendings(library, document)}
            paragraphs, errata = shown(json.loads(parts), text, start, mends[document])
            body = "\n".join(paragraphs)
            yield BundledArticle(article, issue, kind, title, source, body, errata)


def documents_of(library: Library, articles: Sequence[int]) -> dict[int, list[int]]:
    """The documents of articles, each with all its articles outside the trash."""
    sql = f"""SELECT i.document_id, a.id {FROM} WHERE i.document_id IN
        (SELECT i.document_id FROM articles a JOIN issues i ON i.id = a.issue_id
          WHERE a.id {_ANY_OF}) ORDER BY i.document_id, a.id"""
    found: dict[int, list[int]] = {}
    for document, article in library.rows(sql, [json.dumps(list(articles))]):
        found.setdefault(document, []).append(article)
    return found


def document(library: Library, number: int, articles: Sequence[int]) -> BundledDocument:
    """A document as its file was read, with its articles."""
    sql = "SELECT path, sha256, encoding, text FROM documents WHERE id = ?"
    path, sha256, encoding, text = library.rows(sql, [number])[0]
    return BundledDocument(path, sha256, encoding, text, tuple(articles))


def mark_themes(library: Library, article: int) -> dict[int, set[int]]:
    """The themes of the highlights of an article."""
    sql = """SELECT h.id, x.theme_id FROM highlights h
        LEFT JOIN highlight_themes x ON x.highlight_id = h.id WHERE h.article_id = ?"""
    found: dict[int, set[int]] = {}
    for highlight, theme in library.rows(sql, [article]):
        found.setdefault(highlight, set()).add(theme)
    return found


def deleted_marks(library: Library) -> set[tuple[int, int, int, str]]:
    """The highlights that are in the trash: their documents, where they lie there, their words."""
    found: set[tuple[int, int, int, str]] = set()
    for (rows,) in library.rows("SELECT rows FROM trash WHERE kind = 'highlight'"):
        for table, image in json.loads(rows):
            if table == "highlights":
                place = (image["document_id"], image["start"], image["end"])
                found.add((*place, image["quote"]))
    return found
