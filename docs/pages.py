"""Measures the pages of an exported compilation, and draws them with rulers.

The sample library becomes a Word document by the template 选编, and LibreOffice lays it out. What
stands where is read from its pages and told; two pages facing each other go to
docs/images/gb-t-9704.png, cover and contents to docs/images/compilation.png. Run it with the
environment's Python: `python docs/pages.py`. It needs LibreOffice, and no screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPen

from bulletin_desktop import office
from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import exporting, libraries

IMAGES = Path(__file__).resolve().parent / "images"
MM = 72 / 25.4  # points
WIDTH, HEIGHT, TOP, BOTTOM = 210, 297, 37, 35  # mm, as are the next ones
BINDING, OUTER = 28, 26
LINE = 28.95  # points
SCALE = 3.2  # pixels a millimetre in the picture
RED, GREY = "#a8322a", "#8a8378"


class Line(NamedTuple):
    """A printed line: what it says, and its edges in mm from the upper left corner of the paper."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QGuiApplication([])
    with tempfile.TemporaryDirectory() as name:
        document = pypdfium2.PdfDocument(laid_out(Path(name)))
        pages = [list(lines_of(page)) for page in document]
        odd = next(n for n, lines in enumerate(pages) if is_full(lines) and number_of(lines) % 2)
        even = next(
            n for n, lines in enumerate(pages) if is_full(lines) and number_of(lines) % 2 == 0
        )
        tell(pages[odd], BINDING)
        tell(pages[even], OUTER)
        facing = [
            ruled(image_of(document[even]), pages[even], OUTER),
            ruled(image_of(document[odd]), pages[odd], BINDING),
        ]
        few_colours(beside(facing)).save(str(IMAGES / "gb-t-9704.png"))
        first = [image_of(document[n]) for n in range(4)]
        small = beside(first).scaledToWidth(1400, Qt.TransformationMode.SmoothTransformation)
        few_colours(small).save(str(IMAGES / "compilation.png"))
        document.close()


def laid_out(folder: Path) -> Path:
    """The sample library as a document that LibreOffice made pages of."""
    file = folder / "选编.docx"
    choices = exporting.Choices("苏州工会信息选编", "issue")
    with libraries.open_library(folder / "sample.bdlib", create=True) as library:
        for _ in libraries.fill_sample(library):
            pass
        for _ in exporting.export(library, Scope(), file, choices, Catalogue("zh")):
            pass
    work = office.convert(file, "pdf", 120)
    while True:
        try:
            next(work)
        except StopIteration as end:
            if end.value is None:
                raise SystemExit("LibreOffice is missing") from end
            return Path(end.value)


def lines_of(page: Any) -> Iterator[Line]:
    """The lines of a page from its head to its foot."""
    text = page.get_textpage()
    found = []
    for at in range(text.count_chars()):
        character = text.get_text_range(at, 1)
        if character.strip():
            left, bottom, right, top = text.get_charbox(at, loose=True)
            found.append((-(top + bottom) / 2, left, bottom, right, top, character))
    found.sort()
    rows: list[list[tuple[float, float, float, float, float, str]]] = []
    for each in found:
        if rows and each[0] - rows[-1][0][0] < LINE / 2:
            rows[-1].append(each)
        else:
            rows.append([each])
    for row in rows:
        yield Line(
            "".join(each[5] for each in sorted(row, key=lambda each: each[1])),
            min(each[1] for each in row) / MM,
            HEIGHT - max(each[4] for each in row) / MM,
            max(each[3] for each in row) / MM,
            HEIGHT - min(each[2] for each in row) / MM,
        )


def in_area(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.bottom < HEIGHT - BOTTOM + 1]


def is_full(lines: list[Line]) -> bool:
    """Whether a page has a number and body text alone, from its first line to its last."""
    body = [(line.top + line.bottom) / 2 * MM for line in in_area(lines)]
    even = all(abs(after - before - LINE) < 2 for before, after in pairwise(body))
    return number_of(lines) > 0 and len(body) == 22 and even


def number_of(lines: list[Line]) -> int:
    """The number that is printed on a page, 0 for none."""
    digits = lines[-1].text.strip("—")
    return int(digits) if digits.isdigit() else 0


def tell(lines: list[Line], left: float) -> None:
    """Print what stands where."""
    body, number = in_area(lines), lines[-1]
    whole = [line for line in body if len(line.text) == 28]
    first, last = ((body[n].top + body[n].bottom) / 2 * MM for n in (0, -1))
    say(f"page {number.text}")
    say(f"  {len(body)} lines, {(last - first) / (len(body) - 1):.2f} pt from one to the next")
    say(f"  whole lines hold {len(whole[0].text)} characters")
    say(f"  from {min(x.left for x in whole):.1f} to {max(x.right for x in whole):.1f} mm across")
    say(f"  from {body[0].top:.1f} to {body[-1].bottom:.1f} mm down, of {HEIGHT}")
    below = number.top - (HEIGHT - BOTTOM)
    inside = min(number.left - left, left + 156 - number.right)
    say(f"  box of the number {below:.1f} mm below, {inside:.1f} mm inside the edge")


def say(words: str) -> None:
    """Tell it on the standard output."""
    sys.stdout.write(f"{words}\n")


def image_of(page: Any) -> QImage:
    bitmap = page.render(scale=SCALE / MM, rev_byteorder=False, prefer_bgrx=True)
    data = bytes(bitmap.buffer)
    kind = QImage.Format.Format_RGB32
    return QImage(data, bitmap.width, bitmap.height, bitmap.stride, kind).copy()


def ruled(image: QImage, lines: list[Line], left: float) -> QImage:
    """A page with its type area, its margins in mm, and its lines counted."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(SCALE, SCALE)
    painter.setPen(QPen(QColor(RED), 0.3))
    area = QRectF(left, TOP, 156, HEIGHT - TOP - BOTTOM)
    painter.drawRect(area)
    font = QFont("Noto Sans CJK SC")
    font.setPixelSize(4)
    painter.setFont(font)
    right = WIDTH - left - 156
    for words, x, y in (
        (f"{TOP} mm", 100, TOP / 2), (f"{BOTTOM} mm", 100, HEIGHT - 6), (f"{left} mm", 4, 20),
        (f"{right} mm", WIDTH - 22, 20), ("156 mm", 60, TOP - 3), ("7 mm", 100, area.bottom() + 5),
    ):  # fmt: skip
        painter.drawText(QPointF(x, y), words)
    painter.setPen(QPen(QColor(GREY), 0.2))
    small = QFont(font)
    small.setPixelSize(3)
    painter.setFont(small)
    for count, line in enumerate(in_area(lines), 1):
        painter.drawText(QPointF(left + 162, line.bottom - 2), str(count))
    for column in range(29):
        x = left + 156 * column / 28
        painter.drawLine(QPointF(x, TOP - (2 if column % 7 else 3)), QPointF(x, TOP - 0.5))
    edge = area.bottom() + 7
    painter.drawLine(QPointF(left, edge), QPointF(left + 156, edge))
    painter.end()
    return image


def few_colours(image: QImage) -> QImage:
    """A picture that takes less room in the repository."""
    return image.convertToFormat(
        QImage.Format.Format_Indexed8, Qt.ImageConversionFlag.ThresholdDither
    )


def beside(images: list[QImage]) -> QImage:
    """Pages beside each other on a grey ground."""
    gap = 16
    width = sum(image.width() + gap for image in images) + gap
    whole = QImage(width, images[0].height() + 2 * gap, QImage.Format.Format_RGB32)
    whole.fill(QColor("#d9d4ca"))
    painter = QPainter(whole)
    at = gap
    for image in images:
        painter.drawImage(at, gap, image)
        at += image.width() + gap
    painter.end()
    return whole


if __name__ == "__main__":
    main()
