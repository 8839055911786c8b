"""What suggestions rest on: what was put on articles and what was refused, and the user's words."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from bulletin_desktop.library.articles import LIVE, LIVE_ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletin_desktop.library.lookup import Phrases
    from bulletin_desktop.library.store import Library

# So many of the newest tagged articles of a source or section are looked at; those of a section are
# sought among the newest tagged ones.
_OF_ONE = 300
_NEWEST = 5000

_IDS = "IN (SELECT value FROM json_each(?))"
_TAGGED = "EXISTS (SELECT 1 FROM article_themes t WHERE t.article_id = {0})"
_DECIDED = f"({_TAGGED} OR EXISTS (SELECT 1 FROM refusals r WHERE r.article_id = {{0}}))"
_ISSUE = f"JOIN issues i ON i.id = a.issue_id AND {LIVE} AND {LIVE_ARTICLE}"


class Named(NamedTuple):
    """A theme with what it is called and its own words."""

    id: int
    name: str
    aliases: tuple[str, ...]
    words: tuple[str, ...]


# The themes of an article, and those refused for it.
Marks = tuple[frozenset[int], frozenset[int]]


def themes(library: Library) -> list[Named]:
    """All themes in the order in which they were made, without counts, which take long."""
    rows = library.rows("SELECT id, name, aliases, words FROM themes ORDER BY id")
    return [Named(i, name, *(tuple(json.loads(x)) for x in rest)) for i, name, *rest in rows]


def state(library: Library) -> tuple[int, int]:
    """Figures that differ when other tags are there, but for rare chances."""
    sql = "SELECT count(*), coalesce(max(id), 0) FROM article_themes"
    count, newest = library.rows(sql)[0]
    return count, newest


def carrying(library: Library) -> tuple[int, dict[int, int]]:
    """How many articles are tagged, and how many of them carry each theme."""
    tagged = library.value("SELECT count(DISTINCT article_id) FROM article_themes")
    sql = "SELECT theme_id, count(*) FROM article_themes GROUP BY theme_id"
    return tagged, dict(library.rows(sql))


def decided_with(library: Library, of: Phrases, newest: int) -> list[tuple[int, int]]:
    """The tagged articles, and those for which something was refused, among so many of the newest
    in which the index finds phrases; each with the characters of its body. The newest come first.
    """
    sql = f"""SELECT a.id, coalesce(a.characters, 0) FROM
          (SELECT rowid FROM {of.table} WHERE {of.table} MATCH ? LIMIT ?) f
        CROSS JOIN search_rows x ON x.id = f.rowid AND {_DECIDED.format("x.article")}
        CROSS JOIN articles a ON a.id = x.article {_ISSUE}"""
    rows: list[Any] = library.rows(sql, [of.match, newest])
    return rows


def marks(library: Library, ids: Iterable[int]) -> dict[int, Marks]:
    """What is on these articles; a theme that was refused once and put on later is not refused."""
    wanted = list(ids)
    put = _pairs(library, "article_themes", wanted)
    refused = _pairs(library, "refusals", wanted)
    return {x: (frozenset(put[x]), frozenset(refused[x] - put[x])) for x in wanted}


def _pairs(library: Library, table: str, articles: Sequence[int]) -> defaultdict[int, set[int]]:
    sql = f"""SELECT t.article_id, t.theme_id FROM json_each(?) j
        CROSS JOIN {table} t ON t.article_id = j.value"""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for article, theme in library.rows(sql, [json.dumps(articles)]):
        found[article].add(theme)
    return found


def of_source(library: Library, source: str, but: int) -> tuple[int, dict[int, int]]:
    """How many tagged articles a source has, and how many of them carry each theme; of the newest,
    one left out.
    """
    sql = f"""SELECT a.id FROM articles a {_ISSUE} WHERE a.source = ? AND a.id != ?
        AND {_TAGGED.format("a.id")} ORDER BY a.id DESC LIMIT {_OF_ONE}"""
    return _counted(library, sql, [source, but])


def of_section(library: Library, name: str, but: int) -> tuple[int, dict[int, int]]:
    """The same for the sections of a name."""
    sql = f"""SELECT a.id FROM (SELECT DISTINCT article_id FROM article_themes
          ORDER BY article_id DESC LIMIT {_NEWEST}) n
        CROSS JOIN articles a ON a.id = n.article_id
        CROSS JOIN sections s ON s.id = a.section_id {_ISSUE}
        WHERE s.name = ? AND a.id != ? LIMIT {_OF_ONE}"""
    return _counted(library, sql, [name, but])


def _counted(library: Library, articles: str, params: Sequence[Any]) -> tuple[int, dict[int, int]]:
    ids = json.dumps([row[0] for row in library.rows(articles, params)])
    sql = f"SELECT theme_id FROM article_themes WHERE article_id {_IDS}"
    counts = Counter(row[0] for row in library.rows(sql, [ids]))
    return len(json.loads(ids)), dict(counts)


def on_passages(library: Library, article: int) -> dict[int, int]:
    """The themes on passages of an article, and on how many each is."""
    sql = """SELECT t.theme_id, count(*) FROM highlights h
        JOIN highlight_themes t ON t.highlight_id = h.id
        WHERE h.article_id = ? GROUP BY t.theme_id"""
    return dict(library.rows(sql, [article]))


def add_refusals(library: Library, articles: Iterable[int], theme: int) -> None:
    """Keep that a theme was refused for articles, inside an open change."""
    library.connection.executemany(
        "INSERT INTO refusals (article_id, theme_id) SELECT ?1, ?2 WHERE NOT EXISTS"
        " (SELECT 1 FROM refusals WHERE article_id = ?1 AND theme_id = ?2)",
        [(article, theme) for article in articles],
    )


def words(library: Library) -> list[str]:
    """The user's words for the dictionary, in the order in which they were added."""
    return [row[0] for row in library.rows("SELECT word FROM dictionary ORDER BY id")]


def add_words(library: Library, given: Iterable[str]) -> None:
    """Add words that are not there yet, inside an open change."""
    library.connection.executemany(
        "INSERT INTO dictionary (word) SELECT ?1 WHERE NOT EXISTS"
        " (SELECT 1 FROM dictionary WHERE word = ?1)",
        [(word,) for word in given],
    )


def remove_words(library: Library, given: Iterable[str]) -> None:
    """Take words away, inside an open change."""
    library.connection.executemany(
        "DELETE FROM dictionary WHERE word = ?", [(word,) for word in given]
    )
