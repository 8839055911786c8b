"""The pages of a PDF as pictures, for a screen or a printer."""

from __future__ import annotations

from threading import Lock
from typing import NamedTuple

import pypdfium2

# PDFium is not made for two threads at a time, whatever documents they look at.
ONE_AT_A_TIME = Lock()
_LARGEST = 16_000  # pixels of width


class Picture(NamedTuple):
    """A drawn page: four bytes a pixel (blue, green, red, and one without meaning), rows from the
    top without gaps, as QImage.Format_RGB32 has them.
    """

    width: int
    height: int
    data: bytes


class Pages:
    """The pages of a PDF, counted from 0. Any thread may ask; one is served at a time."""

    def __init__(self, data: bytes) -> None:
        with ONE_AT_A_TIME:
            self._document = pypdfium2.PdfDocument(data)
            self.count = len(self._document)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        with ONE_AT_A_TIME:
            width, height = self._document.get_page_size(number)
        return float(width), float(height)

    def draw(self, number: int, width: int) -> Picture:
        """A page, so many pixels wide."""
        scale = min(width, _LARGEST) / self.size(number)[0]
        with ONE_AT_A_TIME:
            page = self._document[number]
            try:
                bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
                try:
                    return Picture(bitmap.width, bitmap.height, _packed(bitmap))
                finally:
                    bitmap.close()
            finally:
                page.close()

    def close(self) -> None:
        """Give the memory back; nothing is drawn afterwards."""
        with ONE_AT_A_TIME:
            self._document.close()


def _packed(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """The pixels, without what stands between two rows."""
    data = bytes(bitmap.buffer)
    row = bitmap.width * 4
    if bitmap.stride == row:
        return data
    starts = range(0, bitmap.height * bitmap.stride, bitmap.stride)
    return b"".join(data[start : start + row] for start in starts)
