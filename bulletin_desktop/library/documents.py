"""Documents and what was cut from them: issues, sections, articles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.library.articles import ISSUE_ORDER
from bulletin_desktop.library.store import Library, now
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.records import Document, Issue, Original, Totals

if TYPE_CHECKING:
    import sqlite3

    from bulletin_desktop.model.text import DecodedText, ParsedArticle, ParsedIssue, ParsedText


class Stored(NamedTuple):
    """What storing a document gave: its id, its issues' ids and the number of their articles."""

    document: int
    issues: tuple[int, ...]
    articles: int


def state(library: Library, sha256: str) -> tuple[int, bool] | None:
    """The id of the document with this fingerprint and whether it is in the trash, or None.

    Of several (read in other encodings) the one outside the trash, else the newest.
    """
    sql = "SELECT id, trashed FROM documents WHERE sha256 = ? ORDER BY trashed, id DESC LIMIT 1"
    found = library.rows(sql, [sha256])
    return (found[0][0], bool(found[0][1])) if found else None


def restore(connection: sqlite3.Connection, document: int) -> Stored:
    """Take a document out of the trash, inside an open change."""
    connection.execute("UPDATE documents SET trashed = 0 WHERE id = ?", [document])
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
    date = issue.date
    cursor = connection.execute(
        "INSERT INTO issues (document_id, position, title, number, total_number, date, date_basis,"
        " date_evidence, masthead, distribution) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            document, position, issue.title, issue.number, issue.total_number,
            date.value if date else None, date.basis if date else None,
            date.evidence if date else None, issue.masthead, issue.distribution,
        ],
    )  # fmt: skip
    issue_id = int(cursor.lastrowid or 0)
    sections = [
        int(
            connection.execute(
                "INSERT INTO sections (issue_id, position, name) VALUES (?, ?, ?)",
                [issue_id, k, name],
            ).lastrowid
            or 0
        )
        for k, name in enumerate(issue.sections)
    ]
    connection.executemany(
        "INSERT INTO articles (issue_id, section_id, position, kind, kicker, title, subtitle,"
        " author, source, start, end, parts, omitted, characters)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_article_row(issue_id, sections, k, a) for k, a in enumerate(issue.articles)],
    )
    return issue_id


def _article_row(
    issue: int, sections: list[int], position: int, article: ParsedArticle
) -> tuple[object, ...]:
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
    """All documents that are not in the trash, in the order of import."""
    sql = """SELECT d.id, d.path, d.sha256, d.encoding, d.length, d.imported_at,
        (SELECT count(*) FROM issues WHERE document_id = d.id),
        (SELECT count(*) FROM articles a JOIN issues i ON i.id = a.issue_id
          WHERE i.document_id = d.id)
        FROM documents d WHERE d.trashed = 0 ORDER BY d.id"""
    return [Document(*row) for row in library.rows(sql)]


_ISSUES = f"""SELECT i.id, i.document_id, i.title, i.number, i.total_number, i.date, i.date_basis,
  i.date_evidence, count(a.id), count(a.id) - count(r.id)
  FROM issues i JOIN documents d ON d.id = i.document_id AND d.trashed = 0
  LEFT JOIN articles a ON a.issue_id = i.id LEFT JOIN reading r ON r.article_id = a.id
  %s GROUP BY i.id ORDER BY {ISSUE_ORDER}"""


def issues(library: Library, only: tuple[int, ...] | None = None) -> list[Issue]:
    """Issues newest first; ``only`` some of them."""
    if only is None:
        return [Issue(*row) for row in library.rows(_ISSUES % "")]
    chosen = "WHERE i.id IN (SELECT value FROM json_each(?))"
    return [Issue(*row) for row in library.rows(_ISSUES % chosen, [json.dumps(only)])]


def totals(library: Library) -> Totals:
    """How many issues, articles and themes the library holds, without the trash."""
    sql = """SELECT
        (SELECT count(*) FROM issues i JOIN documents d ON d.id = i.document_id AND d.trashed = 0),
        (SELECT count(*) FROM articles a JOIN issues i ON i.id = a.issue_id
          JOIN documents d ON d.id = i.document_id AND d.trashed = 0),
        (SELECT count(*) FROM themes)"""
    return Totals(*library.rows(sql)[0])
