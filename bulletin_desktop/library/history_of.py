"""The history of one article: what the images of the steps tell of it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.events import Event, NoteState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bulletin_desktop.library.store import Library

_ROWS = "SELECT id, step_id, table_name, row_id, before, after FROM step_rows"
_ON_HIGHLIGHTS = f"""{_ROWS} WHERE table_name IN ('highlight_themes', 'notes')
    AND coalesce(after, before) ->> '$.highlight_id' IN (SELECT value FROM json_each(?))"""
# Looking for words in an image is much quicker than reading it; most rows are of few tables.
_OF_ARTICLE = f"""{_ROWS} WHERE instr(after, ?1) OR instr(before, ?1) OR (table_name NOT IN
      ('article_themes', 'taggings', 'highlights', 'highlight_themes', 'notes', 'collection_items')
    AND CASE table_name WHEN 'themes' THEN 1 WHEN 'collections' THEN 1
      WHEN 'stars' THEN instr(coalesce(after, before), ?2)
      WHEN 'corrections' THEN instr(coalesce(after, before), ?3)
      WHEN 'trash' THEN instr(coalesce(after, before), ?4) OR instr(coalesce(after, before), ?5)
      WHEN 'articles' THEN row_id = ?6 WHEN 'documents' THEN row_id = ?7 END)"""
# What names a thing in the image of its row.
_NAMES = {"themes": "name", "collections": "name", "highlights": "quote"}
_SHOWN = 20  # code points of a passage


class _Place(NamedTuple):
    """An article as it lies: its issue, its document, and its stretch of that."""

    article: int
    issue: int
    document: int
    start: int
    end: int


class _Row(NamedTuple):
    """The change of one row: its images before and after, None where there was no row."""

    number: int
    step: int
    table: str
    row: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def image(self) -> dict[str, Any]:
        """What is or was there."""
        return self.after or self.before or {}


def events(library: Library, article: int) -> list[Event]:
    """All that was done to an article as far as the history reaches, the newest first.

    What was done to those of earlier states of its file, whose place it took, belongs to it. Reads
    the images of all steps. Raises KnownError("article.missing").
    """
    places = {article: _place(library, article)}
    rows: dict[int, _Row] = {}
    new = set(places)
    while new:
        found = [each for one in new for each in _rows_of(library, places[one])]
        rows |= {row.number: row for row in found}
        earlier = _predecessors(found, set(places))
        new = {one for one in earlier if _is_there(library, one)}
        places |= {one: _place(library, one) for one in new}
    highlights = {row.row for row in rows.values() if row.table == "highlights"}
    listed = [json.dumps(sorted(highlights))]
    rows |= {row.number: row for row in _read(library, _ON_HIGHLIGHTS, listed)}
    return _Telling(library, places, rows).events()


def _place(library: Library, article: int) -> _Place:
    sql = """SELECT a.id, i.id, i.document_id, a.start, a.end FROM articles a
        JOIN issues i ON i.id = a.issue_id WHERE a.id = ?"""
    found = library.rows(sql, [article])
    if not found:
        raise KnownError("article.missing", id=article)
    return _Place(*found[0])


def _is_there(library: Library, article: int) -> bool:
    return bool(library.value("SELECT 1 FROM articles WHERE id = ?", [article]))


def _rows_of(library: Library, place: _Place) -> Iterator[_Row]:
    """The rows that name an article, its issue or its document, and those that give names."""
    article = f'"article_id":{place.article}'
    told = [f"{article},", f"{article}}}", f'"document_id":{place.document},"code":',
        f'"kind":"article","item":{place.article},', f'"kind":"issue","item":{place.issue},',
    ]  # fmt: skip
    for row in _read(library, _OF_ARTICLE, [*told, place.article, place.document]):
        if row.table != "corrections" or _overlaps(row.image, place):
            yield row


def _overlaps(image: dict[str, Any], place: _Place) -> bool:
    inside = image["start"] < place.end and image["end"] > place.start
    return bool(inside and image["document_id"] == place.document)


def _read(library: Library, sql: str, params: Sequence[object]) -> Iterator[_Row]:
    for number, step, table, row, *images in library.rows(sql, params):
        yield _Row(number, step, table, row, *(json.loads(x) if x else None for x in images))


def _predecessors(rows: Iterable[_Row], known: set[int]) -> set[int]:
    """The articles from which something went on to one that is known."""
    found: set[int] = set()
    for row in rows:
        if row.before and row.after and row.after.get("article_id") in known:
            found.add(row.before["article_id"] or 0)
    return found - known - {0}


class _Telling:
    """Makes sentences of rows."""

    def __init__(self, library: Library, places: dict[int, _Place], rows: dict[int, _Row]) -> None:
        self._library = library
        self._places = places
        self._issues = {place.issue for place in places.values()}
        self._rows = [rows[number] for number in sorted(rows)]
        self._names: dict[tuple[str, int], list[_Row]] = defaultdict(list)
        for row in self._rows:
            if row.table in _NAMES:
                self._names[row.table, row.row].append(row)
        self._steps = _steps(library, {row.step for row in self._rows})

    def events(self) -> list[Event]:
        """The sentences, the newest first, each once in a step."""
        found: dict[object, Event] = {}
        for row in self._rows:
            event = self._event(row)
            if event is None:
                continue
            about = event.note[:2] if event.note else tuple(event.told.params.items())
            key = (event.step, event.told.code, about)
            # Who put a theme there is known from the tagging, which comes before it.
            if row.table != "article_themes" or key not in found:
                found[key] = event
        return sorted(found.values(), key=lambda event: event.step)[::-1]

    def _event(self, row: _Row) -> Event | None:
        tell = _TELL.get(row.table)
        told = tell(self, row) if tell is not None and self._is_own(row) else None
        if told is None:
            return None
        _, _, at, undone, annotator = self._steps[row.step]
        by = row.after.get("annotator") if row.after is not None else None
        return Event(row.step, at, by or annotator, undone, told, _note(row, told))

    def _is_own(self, row: _Row) -> bool:
        """Whether it is about one of the articles, and not only a thing's going to another one."""
        named = [image.get("article_id") for image in (row.before, row.after) if image]
        return len(set(named)) < 2 and (named[0] is None or named[0] in self._places)

    # What rows tell

    def of_theme(self, row: _Row) -> Message:
        """A theme came on the article, or off it."""
        name = self._name("themes", row.image["theme_id"], row.number)
        return Message("event.tag" if row.after else "event.untag", {"name": name})

    def of_refusal(self, row: _Row) -> Message:
        """A suggestion was refused."""
        name = self._name("themes", row.image["theme_id"], row.number)
        return Message("event.refuse" if row.after else "event.unrefuse", {"name": name})

    def of_star(self, row: _Row) -> Message:
        """A star was put on it or taken off."""
        return Message("event.star" if row.after else "event.unstar")

    def of_collection(self, row: _Row) -> Message | None:
        """It came into a collection, or out of it; where it stands there is not told."""
        if row.before and row.after:
            return None
        name = self._name("collections", row.image["collection_id"], row.number)
        return Message("event.collect" if row.after else "event.uncollect", {"name": name})

    def of_note(self, row: _Row) -> Message | None:
        """A note on it or on one of its highlights was written."""
        gone = "" if row.after else "_gone"
        if row.image["article_id"] is not None:
            return Message(f"event.note{gone}")
        if row.image["highlight_id"] is None:
            return None
        return Message(f"event.highlight_note{gone}", {"quote": self._quote(row)})

    def of_highlight(self, row: _Row) -> Message | None:
        """A passage was marked, or the mark altered."""
        code = "event.highlight" if row.after else "event.highlight_gone"
        if row.before and row.after:
            if row.before["quote"] == row.after["quote"]:
                return None
            code = "event.highlight_moved"
        return Message(code, {"quote": _short(row.image["quote"])})

    def of_highlight_theme(self, row: _Row) -> Message:
        """A theme came on a passage, or off it."""
        name = self._name("themes", row.image["theme_id"], row.number)
        code = "event.highlight_tag" if row.after else "event.highlight_untag"
        return Message(code, {"quote": self._quote(row), "name": name})

    def of_trash(self, row: _Row) -> Message | None:
        """It, or its issue, went into the trash, or came out."""
        kind, item = row.image["kind"], row.image["item"]
        if kind == "article" and item in self._places:
            return Message("event.trash" if row.after else "event.restore")
        if kind == "issue" and item in self._issues:
            return Message("event.issue_trash" if row.after else "event.issue_restore")
        return None

    def of_document(self, row: _Row) -> Message | None:
        """Its file came in."""
        return None if row.image["trashed"] else Message("event.import")

    def of_cut(self, row: _Row) -> Message | None:
        """It was corrected: that is what the step says."""
        code, params = self._steps[row.step][:2]
        return None if code == "step.import" else Message(code, params)

    # Names

    def _quote(self, row: _Row) -> str:
        return _short(self._name("highlights", row.image["highlight_id"], row.number))

    def _name(self, table: str, item: int, at: int) -> str:
        """What a thing was called when the row with a number was written."""
        column, known = _NAMES[table], self._names[table, item]
        before = [row.after for row in known if row.number <= at and row.after]
        later = [row.before for row in known if row.number > at and row.before]
        for image in (*before[-1:], *later[:1]):
            return str(image[column])
        sql = f"SELECT {column} FROM {table} WHERE id = ?"
        return str(self._library.value(sql, [item]) or "…")


def _note(row: _Row, told: Message) -> NoteState | None:
    """What a note says after it was written."""
    if row.table != "notes" or row.after is None:
        return None
    if told.code == "event.note":
        return NoteState("article", row.after["article_id"], row.after["text"])
    return NoteState("highlight", row.after["highlight_id"], row.after["text"])


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


_Step = tuple[str, dict[str, object], str, bool, str]


def _steps(library: Library, wanted: Iterable[int]) -> dict[int, _Step]:
    sql = """SELECT id, code, params, at, undone, annotator FROM steps
        WHERE id IN (SELECT value FROM json_each(?))"""
    rows = library.rows(sql, [json.dumps(sorted(wanted))])
    return {
        step: (code, json.loads(params), at, bool(undone), annotator)
        for step, code, params, at, undone, annotator in rows
    }


_TELL: dict[str, Callable[[_Telling, _Row], Message | None]] = {
    "taggings": _Telling.of_theme,
    "article_themes": _Telling.of_theme,
    "refusals": _Telling.of_refusal,
    "stars": _Telling.of_star,
    "collection_items": _Telling.of_collection,
    "notes": _Telling.of_note,
    "highlights": _Telling.of_highlight,
    "highlight_themes": _Telling.of_highlight_theme,
    "trash": _Telling.of_trash,
    "documents": _Telling.of_document,
    "articles": _Telling.of_cut,
    "corrections": _Telling.of_cut,
}
