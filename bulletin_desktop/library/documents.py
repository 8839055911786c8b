"""Documents and what was cut from them: issues, sections, articles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.library.articles import ISSUE_ORDER, LIVE, LIVE_ARTICLE
from bulletin_desktop.library.overlay import Mending, mended
from bulletin_desktop.library.schema import STRUCTURE
from bulletin_desktop.library.store import Library, now
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.records import Document, Issue, Original, Totals

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from bulletin_desktop.model.text import DecodedText, ParsedArticle, ParsedIssue, ParsedText


Row = tuple[object, ...]
_WRITTEN = {
    table: tuple(c for c in STRUCTURE[table] if c not in ("id", "place"))
    for table in ("issues", "sections", "articles")
}


class Stored(NamedTuple):
    """What storing a document gave: its id, its issues' ids and the number of their articles."""

    document: int
    issues: tuple[int, ...]
    articles: int


class State(NamedTuple):
    """A document that the library has, perhaps in the trash; ``corrected`` by the user."""

    document: int
    trashed: bool
    path: str
    encoding: str | None
    corrected: bool


def state(library: Library, sha256: str) -> State | None:
    """The document with this fingerprint, or None.

    Of several (read in other encodings) the one outside the trash, else the newest.
    """
    sql = """SELECT id, trashed, path, encoding,
        EXISTS (SELECT 1 FROM corrections WHERE document_id = documents.id)
        FROM documents WHERE sha256 = ? ORDER BY trashed, id DESC LIMIT 1"""
    found = library.rows(sql, [sha256])
    if not found:
        return None
    document, trashed, path, encoding, corrected = found[0]
    return State(document, bool(trashed), path, encoding, bool(corrected))


def restore(connection: sqlite3.Connection, document: int) -> Stored:
    """Take a document out of the trash, inside an open change."""
    connection.execute("UPDATE documents SET trashed = 0 WHERE id = ?", [document])
    return stored(connection, document)


def stored(connection: sqlite3.Connection, document: int) -> Stored:
    """A document that was stored, and what was cut from it."""
    rows = connection.execute(
        "SELECT id, (SELECT count(*) FROM articles WHERE issue_id = issues.id) FROM issues"
        " WHERE document_id = ? ORDER BY position",
        [document],
    ).fetchall()
    return Stored(document, tuple(row[0] for row in rows), sum(row[1] for row in rows))


def at_path(library: Library, path: str) -> int | None:
    """The newest document outside the trash that was imported from this path, or None."""
    sql = "SELECT max(id) FROM documents WHERE path = ? AND trashed = 0"
    found: int | None = library.value(sql, [path])
    return found


def sha256(library: Library, document: int) -> str:
    """The fingerprint of a document's file."""
    return str(library.value("SELECT sha256 FROM documents WHERE id = ?", [document]))


def text(library: Library, document: int) -> str:
    """The decoded text of a document."""
    return str(library.value("SELECT text FROM documents WHERE id = ?", [document]) or "")


def length(library: Library, document: int) -> int:
    """The code points of a document's text."""
    return int(library.value("SELECT length FROM documents WHERE id = ?", [document]) or 0)


def under(library: Library, folders: Sequence[str]) -> dict[int, str]:
    """The documents outside the trash whose paths lie under one of these folders."""
    rows = library.rows("SELECT id, path FROM documents WHERE trashed = 0")
    return {document: path for document, path in rows if path.startswith(tuple(folders))}


def set_path(library: Library, document: int, path: str) -> None:
    """Keep that a document's file has another name now; outside the history."""
    library.connection.execute("UPDATE documents SET path = ? WHERE id = ?", [path, document])


def titles(library: Library, of: Iterable[int]) -> list[tuple[int, str]]:
    """The titles of articles in documents, each with its document."""
    sql = """SELECT i.document_id, a.title FROM articles a JOIN issues i ON i.id = a.issue_id
        WHERE a.title IS NOT NULL AND i.document_id IN (SELECT value FROM json_each(?))"""
    return [(document, title) for document, title in library.rows(sql, [json.dumps(list(of))])]


def article_titles(library: Library, document: int) -> list[tuple[int, str | None]]:
    """The ids and titles of a document's articles in the order of the file."""
    sql = """SELECT a.id, a.title FROM articles a JOIN issues i ON i.id = a.issue_id
        WHERE i.document_id = ? ORDER BY i.position, a.position"""
    return [(article, title) for article, title in library.rows(sql, [document])]


def trash(connection: sqlite3.Connection, document: int) -> None:
    """Put a document into the trash, inside an open change."""
    connection.execute("UPDATE documents SET trashed = 1 WHERE id = ?", [document])


def insert(
    connection: sqlite3.Connection, path: str, sha256: str, decoded: DecodedText, parsed: ParsedText
) -> Stored:
    """Store a document and all that was cut from it, inside an open change.

    The row comes in as trash and is then taken out of it: so the history keeps an id and a flag,
    and undoing the import puts the document into the trash.
    """
    remarks = json.dumps([[x.code, x.params] for x in decoded.remarks], ensure_ascii=False)
    cursor = connection.execute(
        "INSERT INTO documents (path, sha256, encoding, length, text, remarks, imported_at,"
        " trashed) VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
        [path, sha256, decoded.encoding, len(decoded.text), decoded.text, remarks, now()],
    )
    document = int(cursor.lastrowid or 0)
    connection.execute(
        "INSERT INTO layouts (id, spans, cuts) VALUES (?, ?, ?)",
        [document, json.dumps(parsed.spans), json.dumps(parsed.cuts)],
    )
    issues = tuple(
        _insert_issue(connection, document, position, issue)
        for position, issue in enumerate(parsed.issues)
    )
    connection.execute("UPDATE documents SET trashed = 0 WHERE id = ?", [document])
    return Stored(document, issues, sum(len(issue.articles) for issue in parsed.issues))


def _insert_issue(
    connection: sqlite3.Connection, document: int, position: int, issue: ParsedIssue
) -> int:
    issue_id = write_issue(connection, document, position, issue)
    sections = write_sections(connection, issue_id, issue.sections)
    rows = [article_row(issue_id, sections, k, a) for k, a in enumerate(issue.articles)]
    connection.executemany(_insertion("articles"), rows)
    return issue_id


def _insertion(table: str) -> str:
    columns = _WRITTEN[table]
    marks = ", ".join("?" * len(columns))
    new = f"1 + max(coalesce((SELECT max(id) FROM {table}), 0), {_LAST.format(table)})"
    return f"INSERT INTO {table} (id, {', '.join(columns)}) VALUES ({new}, {marks})"


_LAST = """coalesce((SELECT CAST(value AS INTEGER) FROM settings
    WHERE name = 'last of {}'), 0)"""


def keep_ids(connection: sqlite3.Connection) -> None:
    """Have no new row take the id of one that a correction may now take away.

    The history names that one; an import, whose rows it does not keep, would stand in the way of
    its return.
    """
    for table in _WRITTEN:
        connection.execute(
            f"""INSERT INTO settings (name, value) SELECT 'last of {table}', top
                FROM (SELECT (SELECT max(id) FROM {table}) AS top)
                WHERE top > {_LAST.format(table)}
                ON CONFLICT (name) DO UPDATE SET value = excluded.value"""
        )


def _written(connection: sqlite3.Connection, table: str, row: Row, old: int | None) -> int:
    """Write a row over an old one, or as a new one; gives its id."""
    if old is None:
        return int(connection.execute(_insertion(table), row).lastrowid or 0)
    pairs = ", ".join(f"{column} = ?" for column in _WRITTEN[table])
    differs = " OR ".join(f"{column} IS NOT ?" for column in _WRITTEN[table])
    sql = f"UPDATE {table} SET {pairs} WHERE id = ? AND ({differs})"
    connection.execute(sql, [*row, old, *row])
    return old


def write_issue(
    connection: sqlite3.Connection,
    document: int,
    position: int,
    issue: ParsedIssue,
    old: int | None = None,
) -> int:
    """Write an issue's facts over an old row, or as a new one; gives its id."""
    date = issue.date
    row = (
        document, position, issue.title, issue.number, issue.total_number,
        date.value if date else None, date.basis if date else None,
        date.evidence if date else None, issue.masthead, issue.distribution, issue.editor,
    )  # fmt: skip
    return _written(connection, "issues", row, old)


def write_sections(
    connection: sqlite3.Connection, issue: int, names: tuple[str, ...], *, anew: bool = True
) -> list[int]:
    """Write an issue's sections and give their ids; one of the same name keeps its row.

    ``anew`` says that there are none yet. Rows that are no longer wanted go.
    """
    free: list[tuple[int, str]] = []
    if not anew:
        sql = "SELECT id, name FROM sections WHERE issue_id = ? ORDER BY position"
        free = connection.execute(sql, [issue]).fetchall()
    ids: list[int] = []
    for position, name in enumerate(names):
        same = next((row for row in free if row[1] == name), None)
        if same is not None:
            free.remove(same)
        old = same[0] if same else None
        ids.append(_written(connection, "sections", (issue, position, name), old))
    connection.executemany("DELETE FROM sections WHERE id = ?", [row[:1] for row in free])
    return ids


def write_article(connection: sqlite3.Connection, row: Row, old: int | None) -> int:
    """Write an article over an old row, or as a new one; gives its id."""
    return _written(connection, "articles", row, old)


def as_shown(text: str, article: ParsedArticle, mends: tuple[Mending, ...]) -> ParsedArticle:
    """An article with the words of all its fields as printed but for misprints, which are
    mended.
    """

    def words(role: str) -> str | None:
        pieces = [p for p in article.parts if p.role == role]
        return "\n".join(mended(text[p.start : p.end], p.start, mends) for p in pieces) or None

    return article._replace(
        kicker=words("kicker"), title=words("title"), subtitle=words("subtitle"),
        author=words("author"), source=words("source"), body=words("body") or "",
    )  # fmt: skip


def article_row(issue: int, sections: list[int], position: int, article: ParsedArticle) -> Row:
    """The columns of an article's row but for its id; ``sections`` are the ids of its issue's."""
    section = None if article.section is None else sections[article.section]
    parts = json.dumps([[part.role, part.start, part.end] for part in article.parts])
    return (
        issue, section, position, article.kind, article.kicker, article.title, article.subtitle,
        article.author, article.source, article.start, article.end, parts,
        json.dumps(article.omitted), len(article.body),
    )  # fmt: skip


def original_of(library: Library, article: int) -> Original:
    """The document that an article was cut from. Raises KnownError("article.missing")."""
    from bulletin_desktop.model.text import Part  # deferred: a start asks for no original

    sql = """SELECT d.id, d.path, d.encoding, d.text, a.start, a.end, a.parts,
        (SELECT count(*) FROM articles JOIN issues ON issues.id = issue_id
          WHERE document_id = d.id)
        FROM articles a JOIN issues i ON i.id = a.issue_id JOIN documents d ON d.id = i.document_id
        WHERE a.id = ?"""
    found = library.rows(sql, [article])
    if not found:
        raise KnownError("article.missing", id=article)
    document, path, encoding, text, start, end, parts, count = found[0]
    pieces = tuple(Part(*part) for part in json.loads(parts))
    return Original(document, path, encoding, text, start, end, pieces, count)


def documents(library: Library) -> list[Document]:
    """All documents that are not in the trash, in the order of import, with what of them is not."""
    sql = f"""SELECT d.id, d.path, d.sha256, d.encoding, d.length, d.imported_at,
        (SELECT count(*) FROM issues i WHERE i.document_id = d.id AND {LIVE}),
        (SELECT count(*) FROM articles a JOIN issues i ON i.id = a.issue_id AND {LIVE}
          WHERE i.document_id = d.id AND {LIVE_ARTICLE})
        FROM documents d WHERE d.trashed = 0 ORDER BY d.id"""
    return [Document(*row) for row in library.rows(sql)]


_ISSUES = f"""SELECT i.id, i.document_id, i.title, i.number, i.total_number, i.date, i.date_basis,
  i.date_evidence, count(a.id), count(a.id) - count(r.id), i.editor, i.distribution
  FROM issues i
  LEFT JOIN articles a ON a.issue_id = i.id AND {LIVE_ARTICLE}
  LEFT JOIN reading r ON r.article_id = a.id
  WHERE {LIVE} %s GROUP BY i.id ORDER BY {ISSUE_ORDER}"""


def issues(library: Library, only: tuple[int, ...] | None = None) -> list[Issue]:
    """Issues newest first; ``only`` some of them."""
    if only is None:
        return [Issue(*row) for row in library.rows(_ISSUES % "")]
    chosen = "AND i.id IN (SELECT value FROM json_each(?))"
    return [Issue(*row) for row in library.rows(_ISSUES % chosen, [json.dumps(only)])]


def totals(library: Library) -> Totals:
    """How many issues, articles and themes the library holds, without the trash."""
    sql = f"""SELECT
        (SELECT count(*) FROM issues i WHERE {LIVE}),
        (SELECT count(*) FROM articles) - (SELECT count(*) FROM (
          SELECT a.id FROM documents d CROSS JOIN issues i ON i.document_id = d.id
            CROSS JOIN articles a ON a.issue_id = i.id WHERE d.trashed = 1
          UNION SELECT a.id FROM trash t JOIN articles a ON a.issue_id = t.item
            WHERE t.kind = 'issue'
          UNION SELECT a.id FROM trash t JOIN articles a ON a.id = t.item
            WHERE t.kind = 'article')),
        (SELECT count(*) FROM themes)"""
    return Totals(*library.rows(sql)[0])
