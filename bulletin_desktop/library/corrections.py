"""The user's decisions about how a document is cut, as rows inside an open change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bulletin_desktop.model.records import Correction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulletin_desktop.library.store import Library

CONTEXT = 24  # code points kept on either side of a quotation

_COLUMNS = "id, document_id, code, start, end, quote, before, after, value, placed"


def corrections(library: Library, document: int) -> list[Correction]:
    """The corrections of a document in the order in which they were made."""
    sql = f"SELECT {_COLUMNS} FROM corrections WHERE document_id = ? ORDER BY id"
    return [_correction(row) for row in library.rows(sql, [document])]


def corrected(library: Library) -> set[int]:
    """The documents on which corrections were made."""
    return {row[0] for row in library.rows("SELECT DISTINCT document_id FROM corrections")}


def _correction(row: tuple[Any, ...]) -> Correction:
    return Correction(*[*row[:6], row[6] or "", row[7] or "", json.loads(row[8]), bool(row[9])])


def quoted(
    document: int, code: str, text: str, span: tuple[int, int], value: Mapping[str, object]
) -> Correction:
    """A correction of a stretch of a text, with the words that stand there and around it."""
    start, end = span
    around = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Correction(0, document, code, start, end, text[start:end], *around, dict(value), True)


def add(library: Library, correction: Correction) -> None:
    """Keep a correction (its id is not used)."""
    library.connection.execute(
        "INSERT INTO corrections (document_id, code, start, end, quote, before, after, value,"
        " placed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *correction[1:8], json.dumps(correction.value, ensure_ascii=False),
            int(correction.placed),
        ],
    )  # fmt: skip


def set_place(library: Library, correction: Correction) -> None:
    """Keep where a correction stands now, and whether it is placed at all."""
    start, end, placed = correction.start, correction.end, int(correction.placed)
    library.connection.execute(
        "UPDATE corrections SET start = ?1, end = ?2, placed = ?3"
        " WHERE id = ?4 AND (start, end, placed) IS NOT (?1, ?2, ?3)",
        [start, end, placed, correction.id],
    )


def remove_all(library: Library, document: int) -> None:
    """Forget all corrections of a document."""
    library.connection.execute("DELETE FROM corrections WHERE document_id = ?", [document])


def remove(library: Library, ids: Iterable[int]) -> None:
    """Forget corrections."""
    library.connection.executemany("DELETE FROM corrections WHERE id = ?", [(i,) for i in ids])
