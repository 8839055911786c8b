"""Fingerprints of articles and the links between articles of the same text."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.library.articles import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bulletin_desktop.library.store import Library

# A number that more articles have is a phrase of everybody's; so many common ones are no accident.
_COMMON = 12
_SHARED = 2
# Code points: a longer text is kept at hand, and so much of several.
_LONG = 50_000
_AT_HAND = 8_000_000

_MISSING = """FROM articles a JOIN issues i ON i.id = a.issue_id
    JOIN documents d ON d.id = i.document_id AND d.trashed = 0
    WHERE NOT EXISTS (SELECT 1 FROM fingerprints f WHERE f.article_id = a.id)"""
# For each number so many of the articles that have it that one more than common ones can be told.
_BEARING = f"""SELECT h.value, (SELECT group_concat(article_id) FROM (SELECT article_id
      FROM fingerprint_numbers WHERE number = h.value LIMIT {_COMMON + 1}))
    FROM json_each(?) h"""
# Links between articles outside the trash that the user did not deny, each in both directions. The
# plus keeps SQLite from asking the index for every pair of live articles.
_LIVE = """WITH live(id) AS MATERIALIZED (SELECT a.id FROM articles a
      JOIN issues i ON i.id = a.issue_id JOIN documents d ON d.id = i.document_id
      WHERE d.trashed = 0 AND a.id IN (SELECT article_id FROM reprints)
        AND a.id NOT IN (SELECT item FROM trash WHERE kind = 'article')
        AND i.id NOT IN (SELECT item FROM trash WHERE kind = 'issue'))
  SELECT r.article_id, r.other_id, r.share FROM reprints r
  WHERE r.article_id IN live AND +r.other_id IN live
    AND NOT EXISTS (SELECT 1 FROM reprint_denials x
      WHERE x.article_id = min(r.article_id, r.other_id)
      AND x.other_id = max(r.article_id, r.other_id))"""


class Printed(NamedTuple):
    """The words of an article by which it is found again."""

    article: int
    text: str


class Link(NamedTuple):
    """Two articles of the same text; ``share`` of the shorter one stands in the other."""

    article: int
    other: int
    share: float


def documents_without(library: Library) -> list[int]:
    """The documents outside the trash in which an article has no fingerprint."""
    sql = f"SELECT DISTINCT i.document_id {_MISSING} ORDER BY i.document_id"
    return [row[0] for row in library.rows(sql)]


def without(library: Library, document: int) -> Iterator[Printed]:
    """The articles of a document that have no fingerprint."""
    sql = f"SELECT a.id, a.kind, a.title, a.parts {_MISSING} AND i.document_id = ?"
    rows = library.rows(sql, [document])
    text = library.value("SELECT text FROM documents WHERE id = ?", [document]) if rows else ""
    for article, kind, title, parts in rows:
        yield Printed(article, _printed(kind, title, parts, text, 0))


def _printed(kind: str, title: str | None, parts: str, text: str, offset: int) -> str:
    return printed(kind, title, "\n".join(cut(json.loads(parts), "body", text, offset)))


def printed(kind: str, title: str | None, body: str) -> str:
    """The words by which an article is found: its body; of a brief the title too, which is its
    first sentence.
    """
    first = (title or "") if kind == "brief" else ""
    return body if body.startswith(first) else f"{first}\n{body}"


class Words:
    """The words of articles.

    SQLite steps over a whole text for each piece of it; so the long ones that were asked for last
    are at hand.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._texts: dict[int, str] = {}

    def of(self, article: int) -> str:
        """The words of an article; "" where it is gone."""
        sql = """SELECT a.kind, a.title, a.parts, a.start, d.id,
            CASE WHEN d.length <= ? THEN substr(d.text, a.start + 1, a.end - a.start) END
            FROM articles a JOIN issues i ON i.id = a.issue_id
            JOIN documents d ON d.id = i.document_id WHERE a.id = ?"""
        found = self._library.rows(sql, [_LONG, article])
        if not found:
            return ""
        kind, title, parts, start, document, text = found[0]
        if text is None:
            return _printed(kind, title, parts, self._text(document), 0)
        return _printed(kind, title, parts, text, start)

    def _text(self, document: int) -> str:
        if document not in self._texts:
            sql = "SELECT text FROM documents WHERE id = ?"
            text = str(self._library.value(sql, [document]))
            while self._texts and sum(map(len, self._texts.values())) + len(text) > _AT_HAND:
                del self._texts[next(iter(self._texts))]
            self._texts[document] = text
        return self._texts[document]


def put(library: Library, fingerprints: Iterable[tuple[int, Sequence[int]]]) -> None:
    """Keep the fingerprints of articles, inside a transaction; they are compared later."""
    library.connection.executemany(
        "INSERT INTO fingerprints (article_id, numbers) VALUES (?, ?)",
        [(article, array("I", numbers).tobytes()) for article, numbers in fingerprints],
    )


def count_new(library: Library) -> int:
    """How many articles have not been compared yet."""
    return int(library.value("SELECT count(*) FROM fingerprints WHERE compared = 0"))


def is_many_new(library: Library, limit: int) -> bool:
    """Whether more articles than that have not been compared yet."""
    sql = "SELECT 1 FROM fingerprints WHERE compared = 0 LIMIT 1 OFFSET ?"
    return bool(library.rows(sql, [limit]))


def new_articles(library: Library, limit: int) -> dict[int, list[int]]:
    """So many of the articles to be compared, with their numbers."""
    sql = "SELECT article_id, numbers FROM fingerprints WHERE compared = 0 ORDER BY article_id"
    return {
        article: array("I", numbers).tolist()
        for article, numbers in library.rows(f"{sql} LIMIT ?", [limit])
    }


class Bearing:
    """Which articles have some numbers: those in the library, and those that were added here."""

    def __init__(self, library: Library, numbers: Iterable[int]) -> None:
        self._library = library
        # In the order of the index, so that each of its pages is touched once.
        rows = library.rows(_BEARING, [json.dumps(sorted(set(numbers)))])
        self._articles = {
            number: [int(article) for article in articles.split(",")] if articles else []
            for number, articles in rows
        }

    def add(self, article: int, numbers: Iterable[int]) -> None:
        """Let an article be found by its numbers."""
        for number in numbers:
            bearing = self._articles[number]
            if len(bearing) <= _COMMON and article not in bearing:
                bearing.append(article)

    def alike(self, article: int, numbers: Iterable[int]) -> list[int]:
        """The other articles that share uncommon numbers with this one."""
        bearing: list[int] = []
        for number in numbers:
            if len(self._articles[number]) <= _COMMON:
                bearing += self._articles[number]
        shared = Counter(bearing)
        del shared[article]
        found = [other for other, count in shared.items() if count >= _SHARED]
        if not found:
            return []
        sql = """SELECT article_id FROM fingerprints
            WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id"""
        return [other for (other,) in self._library.rows(sql, [json.dumps(found)])]


def link(library: Library, links: Iterable[Link]) -> None:
    """Keep links between articles that still have their fingerprints, inside a transaction."""
    both = [pair for a, b, share in links for pair in ((a, b, share), (b, a, share))]
    there = "SELECT 1 FROM fingerprints WHERE article_id"
    library.connection.executemany(
        "INSERT OR REPLACE INTO reprints SELECT ?1, ?2, ?3"
        f" WHERE EXISTS ({there} = ?1) AND EXISTS ({there} = ?2)",
        both,
    )


def mark_compared(library: Library, compared: Mapping[int, Iterable[int]]) -> None:
    """Keep that these articles have their links, and let them be found by their numbers, inside a
    transaction.
    """
    pairs = sorted((number, article) for article, own in compared.items() for number in own)
    library.connection.executemany(
        "INSERT OR IGNORE INTO fingerprint_numbers (number, article_id) VALUES (?, ?)", pairs
    )
    library.connection.executemany(
        "UPDATE fingerprints SET compared = 1 WHERE article_id = ?", [(x,) for x in compared]
    )


def links(library: Library) -> list[Link]:
    """All links outside the trash that were not denied, each in both directions."""
    return [Link(*row) for row in library.rows(_LIVE)]


def links_around(library: Library, article: int) -> list[Link]:
    """The links of the group that an article belongs to, without those that were denied."""
    group = """WITH RECURSIVE near(id) AS (SELECT ? UNION
        SELECT r.other_id FROM reprints r JOIN near ON near.id = r.article_id)
        SELECT json_group_array(id) FROM near"""
    ids = library.value(group, [article])
    sql = _LIVE.replace("SELECT article_id FROM reprints", "SELECT value FROM json_each(?)")
    return [Link(*row) for row in library.rows(sql, [ids])]


def denied(library: Library, article: int) -> frozenset[int]:
    """The articles that the user said are not the same as this one."""
    sql = """SELECT other_id FROM reprint_denials WHERE article_id = ?1
        UNION SELECT article_id FROM reprint_denials WHERE other_id = ?1"""
    return frozenset(row[0] for row in library.rows(sql, [article]))


def deny(library: Library, article: int, other: int) -> None:
    """Keep that two articles are not the same, inside an open change."""
    library.connection.execute(
        "INSERT OR IGNORE INTO reprint_denials (article_id, other_id) VALUES (?, ?)",
        sorted((article, other)),
    )


def allow(library: Library, article: int, other: int) -> None:
    """Forget that two articles are not the same, inside an open change."""
    library.connection.execute(
        "DELETE FROM reprint_denials WHERE article_id = ? AND other_id = ?",
        sorted((article, other)),
    )


def carry_denials(library: Library, heirs: Mapping[int, int]) -> None:
    """What was denied of articles holds for those that take their places, inside an open change."""
    sql = """SELECT article_id, other_id FROM reprint_denials
        WHERE ?1 IN (article_id, other_id)"""
    for article in heirs:
        for pair in library.rows(sql, [article]):
            one, other = (heirs.get(x, x) for x in pair)
            if one != other:
                deny(library, one, other)
