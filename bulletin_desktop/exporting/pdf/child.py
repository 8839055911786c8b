"""The child's side: lays out the pages of a compilation, prints them and finishes the file."""

from __future__ import annotations

import faulthandler
import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from bulletin_desktop.exporting.arranging import blocks_of
from bulletin_desktop.exporting.blocks import Contents, Cover, Distribution, Index
from bulletin_desktop.exporting.cross_links import targets_of
from bulletin_desktop.exporting.pdf.composing import Composer
from bulletin_desktop.exporting.pdf.filling import fill
from bulletin_desktop.exporting.pdf.finishing import finish
from bulletin_desktop.exporting.pdf.printing import Printer
from bulletin_desktop.exporting.pdf.rows import Sheet
from bulletin_desktop.exporting.pdf.tables import contents_pieces, distribution_rows, index_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletin_desktop.exporting.blocks import Block
    from bulletin_desktop.exporting.compiled import Compilation
    from bulletin_desktop.exporting.template import Template

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"))


def main(arguments: list[str]) -> int:
    """Make the file ``made`` in a folder of what is ``given`` there; progress goes to stdout."""
    faulthandler.enable()  # what ends this process at once leaves a trace in the log
    folder = Path(arguments[0])
    compilation, template = pickle.loads((folder / "given").read_bytes())
    application = QGuiApplication([sys.argv[0]])
    lay_out(compilation, template, folder)
    application.shutdown()
    return 0


def lay_out(compilation: Compilation, template: Template, folder: Path) -> None:
    """Print a compilation into the file ``printed`` and make ``made`` of it."""
    blocks = list(blocks_of(compilation, template.parts))
    composer = Composer(template, compilation.printing, targets_of(blocks))
    printer = Printer(folder / "printed", composer)
    try:
        fronts = _Document(blocks, composer, printer).print()
    finally:
        printed = printer.close()  # Qt aborts where a painter outlives its paper
    finish(folder / "printed", folder / "made", printed, fronts, compilation)


class _Document:
    """Prints the parts of a document. The contents come last: only then its pages are known."""

    def __init__(self, blocks: Sequence[Block], composer: Composer, printer: Printer) -> None:
        self._blocks = blocks
        self._composer = composer
        self._printer = printer
        self._height = float(composer.template.page.text_height)
        self._pages: dict[int, str] = {}  # the page that each heading stands on, as it is printed

    def print(self) -> tuple[int, int]:
        """How many pages the cover has, and the contents, which are printed behind the rest."""
        cover = self._blocks[0]
        covers = 0
        if isinstance(cover, Cover) and cover.page:
            for sheet in fill(self._composer.cover(cover), self._height):
                self._printer.print(sheet)
                covers += 1
            self._blocks = self._blocks[1:]
        for number, sheet in enumerate(self._with_distribution(), 1):
            self._printer.print(sheet, str(number), even=number % 2 == 0)
            if sheet.article:
                sys.stdout.write(f"{sheet.article}\n")
                sys.stdout.flush()
        return covers, self._print_contents()

    def _print_contents(self) -> int:
        contents = next((block for block in self._blocks if isinstance(block, Contents)), None)
        if contents is None:
            return 0
        number = 0
        pieces = contents_pieces(contents, self._pages, self._composer)
        for number, sheet in enumerate(fill(pieces, self._height), 1):
            self._printer.print(sheet, roman(number), even=number % 2 == 0)
        return number

    def _sheets(self) -> Iterator[Sheet]:
        """The pages that are numbered 1, 2 …; there is always one."""
        number = 0
        pieces = self._composer.pieces(self._blocks)
        for number, sheet in enumerate(fill(pieces, self._height), 1):
            self._pages.update((mark.anchor, str(number)) for _, mark in sheet.marks)
            yield sheet
        index = next((block for block in self._blocks if isinstance(block, Index)), None)
        if index is not None:
            yield from fill(index_pieces(index, self._pages, self._composer), self._height)
        elif not number:
            yield Sheet()

    def _with_distribution(self) -> Iterator[Sheet]:
        """The pages, with the distribution at the foot of the last one, or of one more."""
        sheets = self._sheets()
        last = next(sheets)
        for sheet in sheets:
            yield last
            last = sheet
        block = self._blocks[-1]
        if isinstance(block, Distribution):
            rows = distribution_rows(block, self._composer)
            y = self._height - sum(row.height for row in rows)
            if last.feet or last.used > y:
                yield last
                last = Sheet()
            for row in rows:
                last.placed.append((y, row))
                y += row.height
        yield last


def roman(number: int) -> str:
    """A number from 1 in Roman numerals."""
    made = ""
    for value, sign in (*_ROMAN, (1, "I")):
        made += sign * (number // value)
        number %= value
    return made
