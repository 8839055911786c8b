"""On paper: what is printed, on how many pages, and the preview."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from window_driver import Driver

from bulletin_desktop.services import browsing, reading
from bulletin_desktop.ui.reader import printing
from bulletin_desktop.ui.reader.page import Sheet
from bulletin_desktop.ui.reader.style import PageStyle


def _printed(sheet: Sheet, file: Path, pages: tuple[int, int] = (0, 0)) -> list[str]:
    """The words of each printed page, folded."""
    printer = printing.new_printer("title")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setFromTo(*pages)
    printing.print_sheet(printer, sheet, PageStyle(size=30), "《工会简报》第7期")
    words = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, timeout=60
    )
    return _seen(words.stdout.decode().split("\f")[:-1])


def _seen(pages: list[str]) -> list[str]:
    """The pages folded, without the line before each page, which Qt draws too and clips away."""
    found, last = [], ""
    for page in pages:
        lines = [line for line in map(_folded, page.splitlines()) if line]
        found.append("".join(lines[1:] if lines[0] == last else lines))
        last = lines[-2]  # the last one is the foot
    return found


def _folded(text: str) -> str:
    """Without spaces, and signs that share a glyph made one: ⼯ and 工, ⸺ and ——."""
    return "".join(unicodedata.normalize("NFKC", text.replace("\u2e3a", "——")).split())


def _says(page: str, words: str) -> bool:
    """Whether folded words stand in a page; a radical of the PDF stands for any character."""
    pattern = "".join(f"(?:{re.escape(letter)}|[\u2e80-\u2fdf])" for letter in _folded(words))
    return re.search(pattern, page) is not None


def _sheet(driver: Driver, repeated: int) -> Sheet:
    record = max(driver.records(), key=lambda record: record.characters)
    text = browsing.text_of(driver.library, record.id)
    paragraphs = text.paragraphs * repeated
    return Sheet(text._replace(paragraphs=paragraphs), "某市总　·　2011年", reading.subheads(text))


def test_the_whole_article_is_printed_with_foot_and_numbers(driver: Driver, tmp_path: Path) -> None:
    sheet = _sheet(driver, 3)
    pages = _printed(sheet, tmp_path / "out.pdf")
    assert len(pages) > 2
    assert _says(pages[0], sheet.text.article.heading)
    for number, page in enumerate(pages, 1):
        assert "《工会简报》第7期" in page
        assert page.endswith(f"{number}/{len(pages)}")
    whole = "".join(page.split("《工会简报》第7期")[0] for page in pages)
    assert _says(whole, "".join(sheet.text.paragraphs))


def test_a_range_of_pages_is_printed(driver: Driver, tmp_path: Path) -> None:
    sheet = _sheet(driver, 3)
    every = _printed(sheet, tmp_path / "all.pdf")
    (page,) = _printed(sheet, tmp_path / "some.pdf", (2, 2))
    assert page.endswith(every[1])  # before it stands the line that is clipped away


def test_the_preview_shows_the_pages(driver: Driver) -> None:
    driver.select(driver.records()[0].id)
    driver.reader.print_article()
    (dialog,) = driver.window.findChildren(QPrintPreviewDialog)
    driver.until(dialog.isVisible)
    assert driver.reader.article is not None
    assert driver.reader.article.heading in dialog.windowTitle()
    dialog.close()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_file_that_cannot_be_written_is_no_success(driver: Driver, tmp_path: Path) -> None:
    printer = printing.new_printer("title")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "none" / "out.pdf"))
    assert not printing.print_sheet(printer, _sheet(driver, 1), PageStyle(), "")
