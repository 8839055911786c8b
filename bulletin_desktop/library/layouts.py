"""How a document is cut: read from its rows, and the rows brought to another cut.

An article keeps its row, and so all that the user put on it, as long as it begins where it did or
most of its text is still one article.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from bulletin_desktop.library import annotating, documents, heirs, passages, trash_links
from bulletin_desktop.library.articles import FROM
from bulletin_desktop.library.corrections import corrections
from bulletin_desktop.library.overlay import mendings
from bulletin_desktop.library.schema import STRUCTURE
from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.records import LaidArticle, Layout, Reviewed
from bulletin_desktop.model.text import (
    DOUBT,
    Cut,
    IssueDate,
    ParsedArticle,
    ParsedIssue,
    ParsedText,
    Part,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletin_desktop.library.store import Library

_ARTICLES = """SELECT a.id, a.issue_id, s.name, a.kind, coalesce(a.title, ''), a.start, a.end,
    a.parts FROM articles a JOIN issues i ON i.id = a.issue_id
    LEFT JOIN sections s ON s.id = a.section_id
    WHERE i.document_id = ? ORDER BY i.position, a.position"""
_REVIEWED = f"""SELECT d.id, d.path, d.encoding,
  (SELECT count(*) FROM issues WHERE document_id = d.id),
  (SELECT count(*) FROM articles a JOIN issues i ON i.id = a.issue_id WHERE i.document_id = d.id),
  (SELECT count(*) FROM json_each(l.cuts) WHERE json_extract(value, '$[3]') < {DOUBT}) AS doubts,
  json_array_length(d.remarks),
  (SELECT count(*) FROM corrections WHERE document_id = d.id AND placed = 0) AS unplaced
  FROM documents d JOIN layouts l ON l.id = d.id
  WHERE d.trashed = 0 %s ORDER BY unplaced DESC, doubts DESC, d.id"""


def layout(library: Library, document: int) -> Layout:
    """How a document is cut, and why. Raises KnownError("document.missing")."""
    sql = """SELECT d.path, d.encoding, d.remarks, d.text, l.spans, l.cuts
        FROM documents d JOIN layouts l ON l.id = d.id WHERE d.id = ?"""
    found = library.rows(sql, [document])
    if not found:
        raise KnownError("document.missing", id=document)
    path, encoding, remarks, text, spans, cuts = found[0]
    ids = [row[0] for row in library.rows(_ISSUE_IDS, [document])]
    numbers = {issue.id: issue for issue in documents.issues(library, tuple(ids))}
    return Layout(
        document, path, encoding,
        tuple(Message(code, params) for code, params in json.loads(remarks)),
        text,
        tuple(Span(*span) for span in json.loads(spans)),
        tuple(Cut(*cut) for cut in json.loads(cuts)),
        tuple(numbers[i] for i in ids if i in numbers),
        tuple(_laid(row) for row in library.rows(_ARTICLES, [document])),
        tuple(corrections(library, document)),
    )  # fmt: skip


_ISSUE_IDS = "SELECT id FROM issues WHERE document_id = ? ORDER BY position"


def _laid(row: tuple[Any, ...]) -> LaidArticle:
    parts = tuple(Part(*part) for part in json.loads(row[7]))
    article, issue, section, kind, title, start, end, _ = row
    heading = title.replace("\n", "")
    return LaidArticle(article, issue, section, kind, heading, start, end, parts)


def document_of(library: Library, article: int) -> int:
    """The document that an article stands in. Raises KnownError("article.missing")."""
    found = library.value(f"SELECT i.document_id {FROM} WHERE a.id = ?", [article])
    if found is None:
        raise KnownError("article.missing", id=article)
    return int(found)


def path_of(library: Library, document: int) -> str:
    """Where a document's file was. Raises KnownError("document.missing")."""
    found: str | None = library.value("SELECT path FROM documents WHERE id = ?", [document])
    if found is None:
        raise KnownError("document.missing", id=document)
    return found


def to_review(library: Library, only: Sequence[int] | None = None) -> list[Reviewed]:
    """Documents with what is to be looked at, those with most of it first; ``only`` some."""
    if only is None:
        return [Reviewed(*row) for row in library.rows(_REVIEWED % "")]
    chosen = "AND d.id IN (SELECT value FROM json_each(?))"
    return [Reviewed(*row) for row in library.rows(_REVIEWED % chosen, [json.dumps(list(only))])]


def parsed_of(library: Library, document: int) -> tuple[str, ParsedText]:
    """A document's text, and its cut as parsing would give it; fields may have mended words.

    Raises KnownError("document.missing").
    """
    sql = """SELECT d.text, l.spans, l.cuts FROM documents d JOIN layouts l ON l.id = d.id
        WHERE d.id = ?"""
    found = library.rows(sql, [document])
    if not found:
        raise KnownError("document.missing", id=document)
    text, spans, cuts = found[0]
    sql = """SELECT id, title, number, total_number, date, date_basis, date_evidence, masthead,
        distribution, editor FROM issues WHERE document_id = ? ORDER BY position"""
    issues = tuple(_parsed_issue(library, row) for row in library.rows(sql, [document]))
    tiles = tuple(Span(*span) for span in json.loads(spans))
    return text, ParsedText(tiles, issues, None, tuple(Cut(*cut) for cut in json.loads(cuts)))


def _parsed_issue(library: Library, row: tuple[Any, ...]) -> ParsedIssue:
    issue, title, number, total, date, basis, evidence, masthead, distribution, editor = row
    sections = library.rows(
        "SELECT id, name FROM sections WHERE issue_id = ? ORDER BY position", [issue]
    )
    places = {section: place for place, (section, _) in enumerate(sections)}
    sql = """SELECT section_id, kind, kicker, title, subtitle, author, source, '', start, end,
        parts, omitted FROM articles WHERE issue_id = ? ORDER BY position"""
    return ParsedIssue(
        title, number, total, IssueDate(date, basis, evidence or "") if date else None, masthead,
        distribution, tuple(name for _, name in sections),
        tuple(_parsed_article(places, found) for found in library.rows(sql, [issue])), editor,
    )  # fmt: skip


def _parsed_article(places: dict[int, int], row: tuple[Any, ...]) -> ParsedArticle:
    pieces = tuple(Part(*part) for part in json.loads(row[10]))
    omitted = tuple((start, end) for start, end in json.loads(row[11] or "[]"))
    return ParsedArticle(*[places.get(row[0]), *row[1:10], pieces, omitted])


class _Old(NamedTuple):
    """An article's row: where it lies, and all its columns."""

    id: int
    issue: int
    start: int
    end: int
    row: tuple[Any, ...]


def rearrange(library: Library, document: int, text: str, parsed: ParsedText) -> frozenset[int]:
    """Bring a document's rows to another cut, inside an open change; gives the articles concerned.

    What the user put on an article stays on its text: parts of it get its themes, its star and its
    place in collections; articles that are put together unite what was on them.
    """
    # Rows go before what points at them; all is right again at the end.
    library.connection.execute("PRAGMA defer_foreign_keys=ON")
    documents.keep_ids(library.connection)
    old = _old_articles(library, document)
    kept = heirs.match([(a.start, a.end) for a in old], _extents(parsed))
    issues = _match_issues(library, document, parsed, old, kept)
    changed = _write_all(library, _Target(document, text, parsed), issues, old, kept)
    _set_layout(library, document, parsed)
    _sweep(library, document, issues)
    passages.refit(library, document)
    return frozenset(changed)


def _old_articles(library: Library, document: int) -> list[_Old]:
    columns = ", ".join(f"a.{c}" for c in STRUCTURE["articles"][1:])
    sql = f"""SELECT a.id, a.issue_id, a.start, a.end, {columns} FROM articles a
        JOIN issues i ON i.id = a.issue_id WHERE i.document_id = ? ORDER BY a.start"""
    return [_Old(*[*row[:4], tuple(row[4:])]) for row in library.rows(sql, [document])]


def _extents(parsed: ParsedText) -> list[tuple[int, int]]:
    return [(a.start, a.end) for issue in parsed.issues for a in issue.articles]


def _match_issues(
    library: Library,
    document: int,
    parsed: ParsedText,
    old: Sequence[_Old],
    kept: heirs.Match,
) -> list[int]:
    """The row of each issue: the one from which most of its articles come, else the next free."""
    free = [row[0] for row in library.rows(_ISSUE_IDS, [document])]
    wanted: list[int | None] = []
    at = 0
    for issue in parsed.issues:
        span = range(at, at + len(issue.articles))
        at = span.stop
        places = [place for place in (kept.row[k] for k in span) if place is not None]
        votes = [old[place].issue for place in places]
        best = max(set(votes) & set(free), key=votes.count, default=None)
        wanted.append(best)
        if best is not None:
            free.remove(best)
    rows = [free.pop(0) if issue is None and free else issue for issue in wanted]
    return [
        documents.write_issue(library.connection, document, position, issue, row)
        for position, (issue, row) in enumerate(zip(parsed.issues, rows, strict=True))
    ]


class _Target(NamedTuple):
    """What a document is to become."""

    document: int
    text: str
    parsed: ParsedText


def _write_all(
    library: Library,
    target: _Target,
    issues: Sequence[int],
    old: Sequence[_Old],
    kept: heirs.Match,
) -> set[int]:
    """Write sections and articles; gives the ids of the articles that differ."""
    connection, mends = library.connection, mendings(library, target.document)
    ids: list[int] = []
    changed: set[int] = set()
    for issue_id, issue in zip(issues, target.parsed.issues, strict=True):
        sections = documents.write_sections(connection, issue_id, issue.sections, anew=False)
        for position, article in enumerate(issue.articles):
            shown = documents.as_shown(target.text, article, mends)
            row = documents.article_row(issue_id, sections, position, shown)
            place = kept.row[len(ids)]
            before = None if place is None else old[place]
            ids.append(documents.write_article(connection, row, before.id if before else None))
            if before is None or before.row != row:
                changed.add(ids[-1])
    _hand_down(library, [a.id for a in old], ids, kept)
    gone = {old[k].id for k in kept.gone}
    onto = {old[k].id: ids[place] for k, place in kept.merged.items()}
    trash_links.follow_cut(library, {ids[k]: old[place].id for k, place in kept.born.items()}, onto)
    trash_links.repoint(library, "articles", dict.fromkeys(gone) | onto)
    _delete_articles(library, gone)
    return changed | gone


def _hand_down(library: Library, old: Sequence[int], new: Sequence[int], kept: heirs.Match) -> None:
    """Let what was on an article go with its text, where that lies in others now."""
    for child, parent in kept.born.items():
        annotating.share(library, old[parent], new[child])
    for parent, child in kept.merged.items():
        annotating.unite(library, old[parent], new[child])


def _delete_articles(library: Library, articles: Iterable[int]) -> None:
    connection = library.connection
    for article in articles:
        for table in (*annotating.ANNOTATIONS, "reading", "places"):
            connection.execute(f"DELETE FROM {table} WHERE article_id = ?", [article])
        connection.execute(
            "UPDATE highlights SET article_id = NULL WHERE article_id = ?", [article]
        )
        connection.execute("DELETE FROM trash WHERE kind = 'article' AND item = ?", [article])
        connection.execute("DELETE FROM articles WHERE id = ?", [article])


def _set_layout(library: Library, document: int, parsed: ParsedText) -> None:
    library.connection.execute(
        "UPDATE layouts SET spans = ?1, cuts = ?2 WHERE id = ?3 AND (spans, cuts) IS NOT (?1, ?2)",
        [json.dumps(parsed.spans), json.dumps(parsed.cuts), document],
    )


def _sweep(library: Library, document: int, issues: Sequence[int]) -> None:
    """Remove sections and issues that are no longer there."""
    connection, ids = library.connection, json.dumps(list(issues))
    gone = "document_id = ?1 AND id NOT IN (SELECT value FROM json_each(?2))"
    connection.execute(
        f"DELETE FROM sections WHERE issue_id IN (SELECT id FROM issues WHERE {gone})",
        [document, ids],
    )
    of_gone = f"IN (SELECT id FROM issues WHERE {gone})"
    connection.execute(f"DELETE FROM notes WHERE issue_id {of_gone}", [document, ids])
    connection.execute(
        f"DELETE FROM trash WHERE kind = 'issue' AND item {of_gone}", [document, ids]
    )
    connection.execute(f"DELETE FROM issues WHERE {gone}", [document, ids])


def start_of(library: Library, article: int) -> int:
    """Where an article begins in its document. Raises KnownError("article.missing")."""
    found = library.value("SELECT start FROM articles WHERE id = ?", [article])
    if found is None:
        raise KnownError("article.missing", id=article)
    return int(found)


def nearest(library: Library, articles: Iterable[int], document: int) -> dict[int, int]:
    """For articles those of another document that lie nearest to their part of the text."""
    middle = """SELECT a.id, (a.start + a.end) / 2.0 / d.length FROM articles a
        JOIN issues i ON i.id = a.issue_id JOIN documents d ON d.id = i.document_id WHERE """
    there = library.rows(f"{middle} d.id = ?", [document])
    chosen = json.dumps(list(articles))
    here = library.rows(f"{middle} a.id IN (SELECT value FROM json_each(?))", [chosen])
    if not there:
        return {}
    return {a: min(there, key=lambda row: abs(row[1] - depth))[0] for a, depth in here}


def place_of_issue(library: Library, issue: int) -> tuple[int, int]:
    """The document of an issue, and its place among that one's issues.

    Raises KnownError("issue.missing").
    """
    found = library.rows("SELECT document_id, position FROM issues WHERE id = ?", [issue])
    if not found:
        raise KnownError("issue.missing", id=issue)
    document, place = found[0]
    return document, place
