"""The branches of the trees over articles: years, issues, sections, sources, themes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bulletin_desktop.library import documents
from bulletin_desktop.library.articles import FROM, LIVE, LIVE_ARTICLE, where
from bulletin_desktop.model.records import Collection, Group, Issue, Source
from bulletin_desktop.model.scope import Scope

if TYPE_CHECKING:
    from bulletin_desktop.library.store import Library


def _grouped(library: Library, select: str, scope: Scope, tail: str) -> list[tuple[Any, ...]]:
    clause, params = where(scope)
    return library.rows(f"SELECT {select} {FROM} {clause} {tail}", params)


def years(library: Library, scope: Scope) -> list[Group]:
    """Years newest first, issues without a date last; ``children`` counts issues."""
    tail = "GROUP BY 1 ORDER BY 1 IS NULL, 1 DESC"
    if scope == Scope():  # counted in the index, for a start with a large library
        rows = library.rows(f"""WITH gone(issue, n) AS (SELECT a.issue_id, count(*)
              FROM trash CROSS JOIN articles a ON a.id = item
              WHERE trash.kind = 'article' GROUP BY a.issue_id)
            SELECT substr(i.date, 1, 4), sum(a.n - coalesce(gone.n, 0)), count(*) FROM issues i
            JOIN (SELECT issue_id, count(*) AS n FROM articles GROUP BY issue_id) a
            ON a.issue_id = i.id LEFT JOIN gone ON gone.issue = i.id
            WHERE {LIVE} AND a.n > coalesce(gone.n, 0) {tail}""")
    else:
        select = "substr(i.date, 1, 4), count(*), count(DISTINCT i.id)"
        rows = _grouped(library, select, scope, tail)
    return [Group("year", int(y or 0), y or "", count, issues) for y, count, issues in rows]


def issues(library: Library, scope: Scope) -> list[Issue]:
    """The issues that have articles in the scope, newest first, counting only those articles."""
    select = "i.id, count(*), sum(NOT EXISTS (SELECT 1 FROM reading r WHERE r.article_id = a.id))"
    counts = {row[0]: row[1:] for row in _grouped(library, select, scope, "GROUP BY i.id")}
    found = documents.issues(library, tuple(counts))
    return [i._replace(articles=counts[i.id][0], unread=counts[i.id][1]) for i in found]


def sections(library: Library, scope: Scope) -> list[Group]:
    """The sections with articles in the scope as printed; id 0 and no name for those outside."""
    select = "a.section_id, s.name, count(*)"
    rows = _grouped(library, select, scope, "GROUP BY a.section_id ORDER BY min(a.position)")
    return [Group("section", section or 0, name, count) for section, name, count in rows]


def sources(library: Library, scope: Scope = Scope()) -> list[Source]:  # noqa: B008 - frozen
    """Sources with most articles first; those without a source stand last, with the name ""."""
    select = "coalesce(a.source, ''), count(*)"
    tail = "GROUP BY 1 ORDER BY 1 = '', 2 DESC, 1"
    return [Source(*row) for row in _grouped(library, select, scope, tail)]


def collections(library: Library) -> list[Collection]:
    """Collections in the order in which they were made, with their live articles counted."""
    sql = f"""SELECT c.id, c.name, (SELECT count(*) FROM collection_items k
          JOIN articles a ON a.id = k.article_id AND {LIVE_ARTICLE}
          JOIN issues i ON i.id = a.issue_id AND {LIVE}
          WHERE k.collection_id = c.id), c.intro, c.origin FROM collections c ORDER BY c.id"""
    return [Collection(*row) for row in library.rows(sql)]
