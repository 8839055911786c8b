"""A compilation as an Excel workbook: articles, highlights, and which article has which theme.

All text is written as strings, so that nothing in it can become a formula. Rows are kept in memory,
though XlsxWriter could spare that: it would then write strings in a form that Excel rewrites when
it saves. They are the compilation's own texts, and the matrix has a cell for what there is alone.
"""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_range

from bulletin_desktop.exporting import rows
from bulletin_desktop.exporting.csv_lines import is_formula
from bulletin_desktop.exporting.text_file import begins_step, clean, progress
from bulletin_desktop.exporting.title_lines import width
from bulletin_desktop.replacing import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from xlsxwriter.format import Format

    from bulletin_desktop.exporting.compiled import Compilation, CompiledArticle, TableWords
    from bulletin_desktop.exporting.template import Template
    from bulletin_desktop.model.change import Progress

# What a cell holds, in UTF-16 units, and a sheet in columns; three of them are no themes.
_CELL = 32_767
_THEMES = 16_384 - 3
_LINE, _HIGHEST = 16, 400  # points; a row may have 409
_ROW_HEIGHT = 48  # points, three lines of text: bodies would make rows as high as the window
_FIRST_DAY = datetime(1900, 3, 1)  # Excel counts earlier days wrongly
_ARTICLE_WIDTHS = (8, 40, 16, 8, 14, 12, 20, 14, 24, 8, 60, 30, 40)
_HIGHLIGHT_WIDTHS = (8, 60, 24, 30, 40, 16, 8, 20, 12)


def write_xlsx(compilation: Compilation, path: Path, _template: Template) -> Iterator[Progress]:
    """Write a compilation as an Excel workbook; all else as ``formats.Write``."""
    total = compilation.articles
    with replacing(path) as stream:
        yield progress(0, total)
        book = Workbook(stream)
        book.use_zip64()
        sheets = _Sheets(book, compilation)
        for number, _, article in rows.articles_of(compilation):
            if begins_step(number):
                yield progress(number - 1, total)
            sheets.add(article)
        sheets.close()
        yield progress(total, total)
        _store(book)


def _store(book: Workbook) -> None:
    """Write the file; the parts of which it is made are gone afterwards, however that ends."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        book.tmpdir = folder
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error  # the OSError that it stands for


def _fitting(text: str, cut: str) -> str:
    """A text as a cell can hold it, with ``cut`` at its end where that is less than all."""
    text = clean(text)
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _CELL:
        return text
    end = cut.replace("{n}", str(len(text)))
    room = 2 * (_CELL - len(end))
    return units[:room].decode("utf-16-le", "ignore") + end


def _day(date: str) -> str | datetime:
    """A full date as Excel counts it; any other as it is."""
    try:
        day = datetime.strptime(date, "%Y-%m-%d")
    except ValueError:
        return date
    return day if day >= _FIRST_DAY else date


def _height(cells: Iterable[str]) -> int:
    """The height in points at which a row of highlights shows all its lines, as far as one may be.

    Spreadsheets find it by themselves only where somebody edits the row.
    """
    lines = (
        sum(max(1, math.ceil(2 * width(line) / room)) for line in cell.split("\n"))
        for cell, room in zip(cells, _HIGHLIGHT_WIDTHS, strict=False)
    )
    return min(_HIGHEST, max(lines) * _LINE)


class _Looks:
    """How cells look."""

    def __init__(self, book: Workbook) -> None:
        usual = {"valign": "top", "text_wrap": True}
        # With the prefix a text stays one also when somebody edits the cell.
        self.literal: Format = book.add_format({**usual, "quote_prefix": True})
        head = {"bold": True, "bg_color": "#F1EBDF", "quote_prefix": True}
        self.head: Format = book.add_format({**usual, **head})
        self.text: Format = book.add_format(usual)
        self.day: Format = book.add_format({**usual, "num_format": "yyyy-mm-dd"})
        self.dot: Format = book.add_format({"align": "center", "num_format": '"●"'})  # of a one
        self.sum: Format = book.add_format({"bold": True})


class _Table:
    """A sheet with a head that stays, filled from above."""

    def __init__(
        self, book: Workbook, name: str, heads: Sequence[str], widths: Iterable[int], looks: _Looks
    ) -> None:
        self.sheet = book.add_worksheet(name)
        self.looks = looks
        self.rows = 0
        self._columns = len(heads)
        for column, wide in enumerate(widths):
            self.sheet.set_column(column, column, wide)
        self.sheet.freeze_panes(1, 2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)
        for column, head in enumerate(heads):
            self.sheet.write_string(0, column, _fitting(rows.flat(head), ""), looks.head)

    def add(self, cells: Iterable[str | int | datetime], cut: str, height: int = 0) -> None:
        """Write a row; ``cut`` is said where a text is too long, 0 is the usual height."""
        self.rows += 1
        if height:
            self.sheet.set_row(self.rows, height)
        for column, cell in enumerate(cells):
            if isinstance(cell, datetime):
                self.sheet.write_datetime(self.rows, column, cell, self.looks.day)
            elif isinstance(cell, int):
                self.sheet.write_number(self.rows, column, cell, self.looks.text)
            else:
                look = self.looks.literal if is_formula(cell) else self.looks.text
                self.sheet.write_string(self.rows, column, _fitting(cell, cut), look)

    def close(self) -> None:
        """Let the rows be filtered."""
        self.sheet.autofilter(0, 0, self.rows, self._columns - 1)


class _Matrix:
    """Which article has which theme, on it or on a passage, with sums of both."""

    def __init__(
        self, book: Workbook, name: str, words: TableWords, themes: Sequence[str], looks: _Looks
    ) -> None:
        heads = (words.id, words.title, *themes, words.total)
        widths = (8, 40, *(10 for _ in themes), 8)
        self._table = _Table(book, name, heads, widths, looks)
        self._themes = themes
        self._words = words
        self._sums = [0] * len(themes)

    def add(self, article: CompiledArticle) -> None:
        """Write the row of an article."""
        has = {*article.themes, *(theme for mark, _ in article.quotes for theme in mark.themes)}
        self._table.add((article.number, rows.flat(article.title)), self._words.cut)
        row, looks, sheet = self._table.rows, self._table.looks, self._table.sheet
        found = [place for place, theme in enumerate(self._themes) if theme in has]
        for place in found:
            self._sums[place] += 1
            sheet.write_number(row, 2 + place, 1, looks.dot)
        last = 1 + len(self._themes)
        self._sum(row, last + 1, xl_range(row, 2, row, last), len(found))

    def close(self) -> None:
        """Write the sums of the columns below what can be filtered."""
        self._table.close()
        last = self._table.rows
        looks, sheet = self._table.looks, self._table.sheet
        sheet.write_string(last + 1, 1, self._words.total, looks.sum)
        for column, value in enumerate((*self._sums, sum(self._sums)), 2):
            self._sum(last + 1, column, xl_range(1, column, last, column), value)

    def _sum(self, row: int, column: int, cells: str, value: int) -> None:
        formula = f"=SUM({cells})" if self._themes else "=0"
        self._table.sheet.write_formula(row, column, formula, self._table.looks.sum, value)


class _Sheets:
    """The sheets of a workbook, filled article by article."""

    def __init__(self, book: Workbook, compilation: Compilation) -> None:
        words, looks = compilation.labels.table, _Looks(book)
        author = compilation.author or compilation.annotator
        title = rows.flat(compilation.title)
        book.set_properties({"title": clean(title)[:255], "author": clean(author)[:255]})
        self._cut = words.cut
        self._noted = rows.has_notes(compilation)
        self._articles = _Table(book, words.articles, rows.heads(words), _ARTICLE_WIDTHS, looks)
        heads = (
            words.id, words.passage, words.themes, words.comment, words.title, words.issue,
            words.number, words.source, words.date,
        )  # fmt: skip
        self._highlights = _Table(book, words.highlights, heads, _HIGHLIGHT_WIDTHS, looks)
        themes = [theme.name for theme in compilation.themes]
        self._matrices = [
            _Matrix(
                book,
                f"{words.matrix} {start // _THEMES + 1}" if start else words.matrix,
                words,
                themes[start : start + _THEMES],
                looks,
            )
            for start in range(0, len(themes) or 1, _THEMES)
        ]

    def add(self, article: CompiledArticle) -> None:
        """Write an article and its highlights."""
        cells = rows.cells(article, noted=self._noted)
        told = (_day(cell) if cell == article.date else cell for cell in cells)
        self._articles.add(told, self._cut, _ROW_HEIGHT)
        for mark, words in article.quotes:
            texts = [
                str(mark.number), words, "、".join(mark.themes),
                rows.note_text(mark.comment if self._noted else None),
                rows.flat(article.title), rows.flat(article.issue_title),
                rows.flat(article.issue_number), rows.flat(article.source),
            ]  # fmt: skip
            row = (mark.number, *texts[1:], _day(article.date or ""))
            self._highlights.add(row, self._cut, _height(texts))
        for matrix in self._matrices:
            matrix.add(article)

    def close(self) -> None:
        """Write what stands below the rows."""
        self._articles.close()
        self._highlights.close()
        for matrix in self._matrices:
            matrix.close()
