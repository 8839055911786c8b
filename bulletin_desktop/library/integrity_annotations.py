"""Checking what the reader put on articles: highlights, notes, the trash."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, get_args

from bulletin_desktop.library import passages
from bulletin_desktop.library.noting import COLUMNS
from bulletin_desktop.library.schema import TRACKED
from bulletin_desktop.library.trash import CHILD
from bulletin_desktop.model.annotations import TrashKind
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.records import Extent, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bulletin_desktop.library.body_map import BodyMap
    from bulletin_desktop.library.store import Library

_HIGHLIGHTS = """SELECT h.id, h.article_id, h.start, h.end, h.quote, d.length, i.document_id IS
      h.document_id FROM highlights h JOIN documents d ON d.id = h.document_id
    LEFT JOIN articles a ON a.id = h.article_id LEFT JOIN issues i ON i.id = a.issue_id
    WHERE h.placed ORDER BY h.article_id"""
_TARGETS = " + ".join(f"({column} NOT NULL)" for column in COLUMNS.values())
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


def _highlights(library: Library) -> Iterator[Problem]:
    """One that has a place lies inside its document; where it is in an article, that shows its
    words there.
    """
    for article, rows in groupby(library.rows(_HIGHLIGHTS), key=itemgetter(1)):
        places = None if article is None else _body(library, article)
        for highlight, _, start, end, quote, length, at_home in rows:
            numbers = all(type(x) is int for x in (start, end, length))
            sound = numbers and 0 <= start < end <= length and (article is None or at_home)
            if sound and places is not None:
                span = places.to_body(start, end)
                sound = span is not None and places.body[span[0] : span[1]] == quote
            if not sound:
                yield Problem("check.highlight", f"highlights {highlight}", "check.mend_restore")


def _body(library: Library, article: int) -> BodyMap | None:
    """The body of an article; None where it is in the trash or, which is told there, unreadable."""
    try:
        return passages.body_map(library, article)[1]
    except KnownError as error:
        if error.code != "article.missing":
            raise
    except _UNREADABLE:
        pass
    return None


def _notes(library: Library) -> Iterator[Problem]:
    """Each note is on one thing."""
    for (note,) in library.rows(f"SELECT id FROM notes WHERE {_TARGETS} <> 1"):
        yield Problem("check.note", f"notes {note}", "check.mend_restore")


# A list has articles, each to some extent, and headings of two levels.
_NO_ITEM = f"""SELECT id FROM collection_items WHERE
    NOT iif(article_id IS NULL, level IN (1, 2), level = 0) OR extent NOT IN {get_args(Extent)}"""


def _items(library: Library) -> Iterator[Problem]:
    """What a collection lists is a heading or an article."""
    for (item,) in library.rows(_NO_ITEM):
        yield Problem("check.value", f"collection_items {item}", "check.mend_restore")


def _trash(library: Library) -> Iterator[Problem]:
    """What is in the trash can come back: it is there still, or its rows can be read."""
    there = {
        kind: f"SELECT 1 FROM {table} WHERE id = ?"
        for kind, table in (("article", "articles"), ("issue", "issues"))
    }
    for entry, kind, item, rows in library.rows("SELECT id, kind, item, rows FROM trash"):
        sound = kind in get_args(TrashKind) and _is_images(rows)
        if sound and kind in there:
            sound = bool(library.rows(there[kind], [item]))
        if not sound:
            yield Problem("check.trash", f"trash {entry}", "check.mend_restore")


def _is_images(field: object) -> bool:
    """Whether it is a list of rows as JSON, each with its table."""
    try:
        return all(_is_image(table, image) for table, image in json.loads(str(field)))
    except _UNREADABLE:
        return False


def _is_image(table: Any, image: Any) -> bool:
    columns = {"theme_id"} if table == CHILD else set(TRACKED[table])
    fields = all(field is None or isinstance(field, str | int) for field in image.values())
    return image.keys() == columns and fields


PARTS: tuple[tuple[Callable[[Library], Iterator[Problem]], set[str]], ...] = (
    (_highlights, {"highlights", "documents", "articles", "issues", "corrections"}),
    (_notes, {"notes"}),
    (_items, {"collection_items"}),
    (_trash, {"trash", "articles", "issues"}),
)
