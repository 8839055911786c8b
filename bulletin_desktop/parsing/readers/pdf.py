"""PDF with a text layer: characters with their places, to lines, to paragraphs."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.text import DecodedText
from bulletin_desktop.parsing.readers import outline
from bulletin_desktop.parsing.readers.outline import LeftOut
from bulletin_desktop.parsing.readers.printed_lines import PrintedLine, paragraphs

_MOST_PAGES = 20_000
_MOST_PICTURES = 1000  # on one page; what has more of them draws with them
_UNKNOWN_SHARE = 0.3  # of characters of which the file does not tell what they are
_WIDE_GAP = 2.0  # ems; a wider one parts the cells of a table
_SPACE_GAP = 1.0  # where a space is written, the rest of a run of them
_NARROW_GAP = 0.6
_SPACES = "    "  # PDFium gives one of a run of spaces
_LINE_ENDS = "\r\n"
_BREAK = "\x02\ufffe"  # what PDFium gives for a hyphen at the end of a line


def read(data: bytes) -> DecodedText:
    """The text of a PDF file, its pages parted by form feeds.

    Raises KnownError ``file.damaged``, ``file.encrypted``, ``file.too_large``, ``file.no_text`` for
    one that holds pictures of pages, ``file.no_characters`` where the fonts do not tell what the
    text says.
    """
    document = _open(data)
    try:
        return _read(document)
    except pypdfium2.PdfiumError as error:
        raise KnownError("file.damaged") from error
    finally:
        document.close()


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise KnownError("file.encrypted") from error
        raise KnownError("file.damaged") from error


def _read(document: pypdfium2.PdfDocument) -> DecodedText:
    if not len(document):
        raise KnownError("file.damaged")
    if len(document) > _MOST_PAGES:
        raise KnownError("file.too_large")
    left_out = LeftOut()
    pages = []
    for page in document:
        lines = _lines(page)
        pictures = _count_pictures(page)
        left_out["pages_without_text" if pictures and not lines else "pictures"] += pictures and (
            1 if not lines else pictures
        )
        pages.append(lines)
        page.close()
    _refuse_what_cannot_be_read(pages)
    return outline.decoded("\n".join(paragraphs(pages)), left_out)


def _refuse_what_cannot_be_read(pages: list[list[PrintedLine]]) -> None:
    text = "".join(line.text for lines in pages for line in lines)
    if not text.strip():
        raise KnownError("file.no_text")
    unknown = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)
    if unknown > _UNKNOWN_SHARE * len(text):
        raise KnownError("file.no_characters")


def _count_pictures(page: pypdfium2.PdfPage) -> int:
    count = 0
    for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        count += 1
        if count >= _MOST_PICTURES:
            break
    return count


def _lines(page: pypdfium2.PdfPage) -> list[PrintedLine]:
    """The lines of a page in the order in which the file draws them."""
    text_page = page.get_textpage()
    lines: list[PrintedLine] = []
    line = _Line()
    for character, box in _characters(text_page.raw, text_page.count_chars()):
        if character in _LINE_ENDS or (box is not None and line.is_left_by(box)):
            lines += line.finish()
            line = _Line()
        if character not in _LINE_ENDS:
            line.add(character, box)
    lines += line.finish()
    text_page.close()
    return _on_one_base(lines)


_Box = tuple[float, float, float, float]  # left, bottom, right, top


def _characters(handle: Any, count: int) -> Iterator[tuple[str, _Box | None]]:
    """Each character of a page with its box; the box is None for one that PDFium puts in."""
    rectangle = pdfium.FS_RECTF()
    place = ctypes.byref(rectangle)
    high = 0
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(handle, at)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        box = None
        put_in = pdfium.FPDFText_IsGenerated(handle, at) == 1
        if not put_in and pdfium.FPDFText_GetLooseCharBox(handle, at, place):
            box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        yield chr(code) if 0 < code < 0x110000 else "\ufffd", box


class _Line:
    """A line that is being read."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._space = self._has_ink = False
        self._boxes: list[_Box] = []

    def is_left_by(self, box: _Box) -> bool:
        """Whether a character stands above or below what was read."""
        if not self._boxes:
            return False
        _, bottom, _, top = self._boxes[-1]
        height = max(top - bottom, box[3] - box[1], 1.0)
        return abs((bottom + top) - (box[1] + box[3])) / 2 > 0.8 * height

    def add(self, character: str, box: _Box | None) -> None:
        if box is None:
            self._space = self._space or character == " "
            return
        if character in _BREAK:
            character = "-"
        if self._boxes:
            self._words.append(self._gap(character, box))
        self._space = False
        self._has_ink = self._has_ink or not character.isspace()
        self._words.append(character)
        self._boxes.append(box)

    def _gap(self, character: str, box: _Box) -> str:
        last = self._boxes[-1]
        em = max(last[3] - last[1], 1.0)
        gap = (box[0] - last[2]) / em
        written = self._words[-1].isspace()
        if self._has_ink and gap >= (_SPACE_GAP if written else _WIDE_GAP):
            return _SPACES if written else "\t"
        if not self._space or character.isspace() or written:
            return ""
        # A quarter of an em between Chinese and Latin characters is no space that somebody wrote.
        return "" if gap < _NARROW_GAP and max(character, self._words[-1]) > "\u2e80" else " "

    def finish(self) -> list[PrintedLine]:
        """The line, if it has words."""
        # Between two characters stands what parts them.
        printed = zip(self._words[::2], self._boxes, strict=True)
        inked = [(character, box) for character, box in printed if character.strip()]
        if not inked:
            return []
        first, last = inked[0][1], inked[-1][1]
        text = "".join(self._words).rstrip()
        return [PrintedLine(text, first[0], last[2], first[1], _size(inked))]


def _size(inked: Sequence[tuple[str, _Box]]) -> float:
    """The usual width of a Chinese character, or the height of a line without any."""
    widths = sorted(box[2] - box[0] for character, box in inked if character > "\u2e80")
    sizes = widths or sorted(box[3] - box[1] for _, box in inked)
    return max(sizes[len(sizes) // 2], 1.0)


def _on_one_base(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Lines that go on to the right of the one before on its base are cells of one row."""
    joined: list[PrintedLine] = []
    for line in lines:
        before = joined[-1] if joined else None
        if (
            before is not None
            and abs(before.bottom - line.bottom) < 0.3 * before.size
            and line.left > before.right
        ):
            near = line.left - before.right < _WIDE_GAP * before.size
            text = before.text + (" " if near else "\t") + line.text.lstrip()
            joined[-1] = before._replace(text=text, right=line.right)
        else:
            joined.append(line)
    return joined
