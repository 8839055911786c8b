"""Checking a library: the file, its tables, the spans and articles, the history.

Nothing that is read here is taken on trust: a field may hold anything, a table may be gone.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from contextlib import suppress
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, get_args

from bulletin_desktop.library.connection import known_errors
from bulletin_desktop.library.integrity_annotations import PARTS as ANNOTATIONS
from bulletin_desktop.library.integrity_schema import faults, remake, tables
from bulletin_desktop.library.schema import RECORDED
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.records import Problem
from bulletin_desktop.model.text import PartRole, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bulletin_desktop.library.store import Library

_SHOWN = 200  # characters of an error that SQLite gives; some quote the whole field

_ROWID_TABLES = r"""SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'
    AND sql NOT LIKE '%WITHOUT ROWID%' AND name NOT IN ('places', 'fingerprints')
    AND name NOT LIKE 'search\_%' ESCAPE '\'
    ORDER BY name"""


_SOUND_PLACES = """SELECT p.id FROM places p JOIN articles a ON a.id = p.article_id
    WHERE typeof(p.position) = 'integer' AND p.position BETWEEN 0 AND a.characters
    AND typeof(p.at) IN ('text', 'null')"""


# What is made of the articles, and made again where it is missing.
_DERIVED = ("fingerprints", "fingerprint_numbers", "reprints")
_SOUND_FINGERPRINTS = """SELECT article_id FROM fingerprints WHERE typeof(numbers) = 'blob'
    AND length(numbers) % 4 = 0 AND compared IN (0, 1)"""


class _MisshapenError(ValueError):
    """A field holds no JSON, or JSON of another shape than it must."""


def _read(field: object, fits: Callable[[Any], bool]) -> Any:
    """The JSON of a field. Raises _MisshapenError where it is none or does not fit."""
    if not isinstance(field, str):
        raise _MisshapenError
    try:
        value = json.loads(field)
    except (ValueError, RecursionError) as error:
        raise _MisshapenError from error
    if not fits(value):
        raise _MisshapenError
    return value


def _is_stretches(value: Any, roles: Sequence[str]) -> bool:
    """Whether it is a list of [role, start, end]."""
    return isinstance(value, list) and all(
        isinstance(x, list) and len(x) == 3 and x[0] in roles and _rise(x[1], x[2]) for x in value
    )


def _is_spans(value: Any) -> bool:
    return _is_stretches(value, get_args(Role))


def _is_parts(value: Any) -> bool:
    return _is_stretches(value, get_args(PartRole))


def _is_pairs(value: Any) -> bool:
    """Whether it is a list of [start, end]."""
    return isinstance(value, list) and all(
        isinstance(x, list) and len(x) == 2 and _rise(*x) for x in value
    )


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _rise(*places: Any) -> bool:
    """Whether all are whole numbers from 0 on, none smaller than the one before."""
    whole = all(type(place) is int for place in places)
    return whole and all(a <= b for a, b in pairwise((0, *places)))


def problems(library: Library) -> Iterator[Problem]:
    """Everything that is wrong, one by one; nothing where the library is sound.

    Raises KnownError for what is not the library's fault, such as a lock.
    """
    damaged = False
    for part, needed in _PARTS:
        try:
            if needed <= tables(library):  # a table that is missing is a problem of its own
                yield from part(library)
        except KnownError as error:
            if error.code != "library.damaged":
                raise
            if not damaged:
                yield Problem("check.file", library.path.name, "check.mend_restore")
            damaged = True
        except sqlite3.OperationalError as error:
            yield Problem("check.unreadable", str(error)[:_SHOWN], "check.mend_restore")


def _rows(library: Library, sql: str, *params: object) -> Iterator[tuple[Any, ...]]:
    """The rows of a query one by one, for tables that are long."""
    with known_errors(library.path):
        yield from library.connection.execute(sql, params)


def _schema(library: Library) -> Iterator[Problem]:
    for item, mendable in faults(library):
        mend = "check.mend_repair" if mendable else "check.mend_restore"
        yield Problem("check.schema", f"{item.kind} {item.name}", mend)


def _file(library: Library) -> Iterator[Problem]:
    for (line,) in library.rows("PRAGMA integrity_check"):
        if line != "ok":
            yield Problem("check.file", str(line), "check.mend_restore")
    there = tables(library)
    for table, row, parent, _ in library.rows("PRAGMA foreign_key_check"):
        if table == "step_rows" and parent in there:
            yield Problem("check.history", f"{table} {row} → {parent}", "check.mend_history")
        elif parent in there and table not in ("places", *_DERIVED):  # told by themselves
            yield Problem("check.foreign_key", f"{table} {row} → {parent}", "check.mend_restore")


def _values(library: Library) -> Iterator[Problem]:
    """SQLite takes any value in any column: a number may be a word."""
    for (table,) in library.rows(_ROWID_TABLES):
        sql = "SELECT name, lower(type) FROM pragma_table_info(?) WHERE type IN ('INTEGER', 'TEXT')"
        wrong = [
            f"typeof(\"{column}\") NOT IN ('{kind}', 'null')"
            for column, kind in library.rows(sql, [table])
        ]
        if wrong:
            sql = f'SELECT rowid FROM "{table}" WHERE {" OR ".join(wrong)}'
            for (row,) in library.rows(sql):
                yield Problem("check.value", f"{table} {row}", "check.mend_restore")


def _themes(library: Library) -> Iterator[Problem]:
    yield from _word_lists(library, "themes", "aliases", "words")


def _source_units(library: Library) -> Iterator[Problem]:
    yield from _word_lists(library, "source_units", "units")


def _word_lists(library: Library, table: str, *columns: str) -> Iterator[Problem]:
    """Columns that must hold lists of words, as JSON."""
    for row, *fields in library.rows(f"SELECT id, {', '.join(columns)} FROM {table}"):
        try:
            for field in fields:
                _read(field, _is_words)
        except _MisshapenError:
            yield Problem("check.value", f"{table} {row}", "check.mend_restore")


def _documents(library: Library) -> Iterator[Problem]:
    sql = """SELECT d.id, path, length, length(text), spans FROM documents d
        LEFT JOIN layouts l ON l.id = d.id"""
    for document, path, length, real, spans in _rows(library, sql):
        where = f"{document} {path}"
        if length != real:
            yield Problem("check.text_length", where, "check.mend_restore")
        if not _tile(spans, real):
            yield Problem("check.spans", where, "check.mend_restore")


def _tile(spans: object, length: int) -> bool:
    """Whether each character of a text of this length belongs to exactly one span."""
    try:
        tiles = _read(spans, _is_spans)
    except _MisshapenError:
        return False
    starts, ends = [start for _, start, _ in tiles], [end for _, _, end in tiles]
    return [*starts, length] == [0, *ends]


def _articles(library: Library) -> Iterator[Problem]:
    """Articles lie in their document, and are its spans with that role, in order in each issue."""
    sql = """SELECT i.document_id, i.id, a.id, a.start, a.end, a.parts, a.omitted, d.length
        FROM articles a JOIN issues i ON i.id = a.issue_id JOIN documents d ON d.id = i.document_id
        ORDER BY i.document_id, i.position, a.position"""
    cut = defaultdict(list)
    before: dict[int, int] = {}
    jumbled: set[int] = set()
    for document, issue, article, start, end, parts, omitted, length in _rows(library, sql):
        cut[document].append((start, end))
        if not _rise(before.get(issue, 0), start):
            jumbled.add(document)
        before[issue] = start
        limit = end if length is None else length  # a length that is lost is told there, once
        if not (_rise(start, end, limit) and _holds(start, end, parts, omitted)):
            yield Problem("check.article_span", str(article), "check.mend_restore")
    sql = "SELECT d.id, path, spans FROM documents d JOIN layouts l ON l.id = d.id"
    for document, path, field in _rows(library, sql):
        with suppress(_MisshapenError):  # that is a problem of the document, and said there
            spans = _read(field, _is_spans)
            told = Counter((s, e) for role, s, e in spans if role == "article")
            if told != Counter(cut[document]) or document in jumbled:
                yield Problem("check.articles", f"{document} {path}", "check.mend_restore")


def _holds(start: int, end: int, parts: object, omitted: object) -> bool:
    """Whether an article's parts and omissions can be read and lie inside it."""
    try:
        inner = [(s, e) for _, s, e in _read(parts, _is_parts)]
        inner += _read(omitted, _is_pairs)
    except _MisshapenError:
        return False
    return all(start <= s and e <= end for s, e in inner)


def _places(library: Library) -> Iterator[Problem]:
    """A place lies in the body of an article that is there; one that does not can be forgotten."""
    for (row,) in library.rows(f"SELECT id FROM places WHERE id NOT IN ({_SOUND_PLACES})"):
        yield Problem("check.place", f"places {row}", "check.mend_repair")


def _fingerprints(library: Library) -> Iterator[Problem]:
    """Numbers can be read; those of an article that is gone harm nobody."""
    sql = f"SELECT article_id FROM fingerprints WHERE article_id NOT IN ({_SOUND_FINGERPRINTS})"
    for (article,) in library.rows(sql):
        yield Problem("check.fingerprint", f"fingerprints {article}", "check.mend_repair")


def _steps(library: Library) -> Iterator[Problem]:
    """Each step can be read, and belongs to a table that has a history."""
    for step, params in library.rows("SELECT id, params FROM steps"):
        try:
            _read(params, _is_object)
        except _MisshapenError:
            yield Problem("check.history", f"steps {step}", "check.mend_history")
    for (table,) in library.rows("SELECT DISTINCT table_name FROM step_rows"):
        if table not in RECORDED:
            yield Problem("check.history", f"step_rows {table}", "check.mend_history")


def _history(library: Library) -> Iterator[Problem]:
    """A row must be what the last step that is done left of it, and what the first one that is
    undone found: so undo and redo fit.
    """
    for table in sorted(RECORDED.keys() & tables(library)):
        columns = RECORDED[table]
        present = ", ".join(f"t.{column}" for column in columns)
        sql = f"""SELECT r.row_id, s.undone, r.before, r.after, {present} FROM step_rows r
            JOIN steps s ON s.id = r.step_id LEFT JOIN {table} t ON t.id = r.row_id
            WHERE r.table_name = ? ORDER BY r.row_id, r.id"""
        for row_id, records in groupby(_rows(library, sql, table), key=itemgetter(0)):
            if not _fits(columns, list(records)):
                yield Problem("check.history", f"{table} {row_id}", "check.mend_history")


def _fits(columns: tuple[str, ...], records: list[tuple[Any, ...]]) -> bool:
    """Whether the images of one row can all be read and fit the row as it is."""
    row_id, _, _, _, *values = records[0]
    present = None if values[0] is None else dict(zip(columns, values, strict=True))

    def is_image(value: Any) -> bool:
        if not isinstance(value, dict) or value.keys() != set(columns) or value["id"] != row_id:
            return False
        return all(field is None or isinstance(field, str | int) for field in value.values())

    try:
        images = [
            (undone, *(None if field is None else _read(field, is_image) for field in fields))
            for _, undone, *fields in (record[:4] for record in records)
        ]
    except _MisshapenError:
        return False
    done = [after for undone, _, after in images if not undone][-1:]
    undone = [before for undone, before, _ in images if undone][:1]
    return all(image == present for image in done + undone)


def _recording(library: Library) -> Iterator[Problem]:
    if library.value("SELECT count(*) FROM recording"):
        yield Problem("check.recording", "recording", "check.mend_repair")


# Each part with the tables without which it has nothing to look at.
_PARTS: tuple[tuple[Callable[[Library], Iterator[Problem]], set[str]], ...] = (
    (_schema, set()),
    (_file, set()),
    (_values, set()),
    (_themes, {"themes"}),
    (_source_units, {"source_units"}),
    (_documents, {"documents", "layouts"}),
    (_articles, {"documents", "layouts", "issues", "articles"}),
    (_places, {"places", "articles"}),
    (_fingerprints, {"fingerprints"}),
    *ANNOTATIONS,
    (_steps, {"steps", "step_rows"}),
    (_history, {"steps", "step_rows"}),
    (_recording, {"recording"}),
)


def repair(library: Library) -> None:
    """Mend what can be mended without guessing: lost indexes and triggers, an open recording,
    places that lie nowhere, fingerprints, a history that is out of step.

    A history that no longer fits the rows is dropped whole: replaying it would damage more. What
    cannot be mended stays as it is, for ``problems`` to name. Raises KnownError for what is not the
    library's fault, such as a lock or a full disk.
    """
    try:
        with library.transaction():
            _mend(library, {problem.what for problem in problems(library)})
    except KnownError as error:
        if error.code != "library.damaged":
            raise


def _mend(library: Library, found: set[str]) -> None:
    there = tables(library)
    remake(library)
    cleared = ["recording"]
    if "check.history" in found:
        cleared += ["step_rows", "steps"]
    for table in cleared:
        if table in there:
            library.connection.execute(f"DELETE FROM {table}")
    if "check.place" in found:
        library.connection.execute(f"DELETE FROM places WHERE id NOT IN ({_SOUND_PLACES})")
    if there.issuperset(_DERIVED):
        _forget_fingerprints(library)
    with suppress(sqlite3.IntegrityError):  # doubles under a unique index, which the check names
        library.connection.execute("REINDEX")


def _forget_fingerprints(library: Library) -> None:
    """Take away what was made of articles that are gone or cannot be read."""
    library.connection.execute(
        f"""DELETE FROM fingerprints WHERE article_id NOT IN ({_SOUND_FINGERPRINTS})
            OR article_id NOT IN (SELECT id FROM articles)"""
    )
    known = "(SELECT article_id FROM fingerprints)"
    for table in _DERIVED[1:]:
        library.connection.execute(f"DELETE FROM {table} WHERE article_id NOT IN {known}")
    library.connection.execute(f"DELETE FROM reprints WHERE other_id NOT IN {known}")
