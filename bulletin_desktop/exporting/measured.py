"""Page numbers as they are: a word processor lays a finished document out once."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bulletin_desktop import office
from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from bulletin_desktop.model.change import Progress

# Bookmarks become named places of the PDF.
_PDF = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_SECONDS = 60.0
_Result = TypeVar("_Result")
_BYTES_A_SECOND = 10_000  # of a document's file, at the least


def pages_of(
    document: bytes, ending: str, bookmarks: Mapping[int, str], sign: Progress
) -> Generator[Progress, None, dict[int, int] | None]:
    """The page of each heading's anchor, counted from 1 where anchor 0 stands.

    ``bookmarks`` are the names of all anchors and of 0. Yields ``sign`` while LibreOffice works,
    which ends when this is closed. None where LibreOffice is missing, fails or takes too long.
    """
    if office.program() is None:
        return None
    with tempfile.TemporaryDirectory(prefix="bulletin-", ignore_cleanup_errors=True) as name:
        source = Path(name) / f"given{ending}"
        seconds = _SECONDS + len(document) / _BYTES_A_SECOND
        try:
            source.write_bytes(document)
            made = yield from quietly(office.convert(source, _PDF, seconds), sign)
        except (KnownError, OSError):
            return None
        return _pages(made, bookmarks) if made else None


def quietly(
    work: Generator[object, None, _Result], sign: Progress
) -> Generator[Progress, None, _Result]:
    """The result of work whose every sign of life is told as ``sign``; closed, it closes that."""
    try:
        while True:
            try:
                next(work)
            except StopIteration as stopped:
                result: _Result = stopped.value
                return result
            yield sign
    finally:
        work.close()


def _pages(pdf: Path, bookmarks: Mapping[int, str]) -> dict[int, int] | None:
    import pypdfium2

    from bulletin_desktop.exporting.pdf.pictures import ONE_AT_A_TIME

    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            found = dict(_places(document))
        finally:
            document.close()
    # LibreOffice writes an underscore as 5F.
    names = {anchor: name.replace("_", "5F") for anchor, name in bookmarks.items()}
    places = {anchor: found.get(name, -1) for anchor, name in names.items()}
    if min(places.values()) < 0:
        return None
    return {anchor: place - places[0] + 1 for anchor, place in places.items()}


def _places(document: object) -> Iterator[tuple[str, int]]:
    """The named places of a PDF with their pages, from 0."""
    import ctypes

    from pypdfium2 import raw

    for number in range(raw.FPDF_CountNamedDests(document)):
        size = ctypes.c_long(0)
        raw.FPDF_GetNamedDest(document, number, None, size)
        name = ctypes.create_string_buffer(size.value)
        place = raw.FPDF_GetNamedDest(document, number, name, size)
        text = name.raw.decode("utf-16-le").rstrip("\0")
        yield text.replace("_", "5F"), raw.FPDFDest_GetDestPageIndex(document, place)
