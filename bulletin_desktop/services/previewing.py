"""What an export will look like, before it is written: its pages, or its first words."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_desktop.library import articles
from bulletin_desktop.services import exporting
from bulletin_desktop.services.compiling import compile_articles

if TYPE_CHECKING:
    from collections.abc import Generator

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.exporting.compiled import Compilation
    from bulletin_desktop.exporting.pdf.pictures import Picture as Picture
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.change import Progress
    from bulletin_desktop.model.scope import Scope
    from bulletin_desktop.services.compiling import Choices

_ARTICLES = 40  # of a preview: some 50 pages
_SAMPLED = 20  # articles of a text's beginning


class Preview:
    """Pages as they will be printed, counted from 0. Any thread may ask; ``close`` it in the end.

    ``whole`` says that these are all of them, and not those of the first articles alone.
    """

    def __init__(self, data: bytes, *, whole: bool) -> None:
        from bulletin_desktop.exporting.pdf.pictures import Pages

        self._pages = Pages(data)
        self.whole = whole
        self.count = self._pages.count

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in points (1/72 inch)."""
        return self._pages.size(number)

    def page(self, number: int, width: int) -> Picture:
        """A page as a picture so many pixels wide; takes some tens of milliseconds."""
        return self._pages.draw(number, width)

    def close(self) -> None:
        """Give its memory back; nothing is drawn afterwards."""
        self._pages.close()


def preview(
    library: Library,
    scope: Scope,
    choices: Choices,
    catalogue: Catalogue,
    template: str = "",
    most: int | None = _ARTICLES,
) -> Generator[Progress, bool | None, Preview | None]:
    """The pages of the first ``most`` articles, or of all (None); a true value sent in cancels,
    and then there is none.

    Raises KnownError as ``exporting.export`` does.
    """
    if exporting.template_of(template).parts.cards:  # few articles may have highlights
        most = None
    compilation = yield from compile_articles(library, scope, choices, catalogue, most=most)
    if compilation is None:
        return None
    whole = compilation.articles == articles.count_in_scope(library, scope)
    data = yield from _written(compilation, "pdf", template)
    return None if data is None else Preview(data, whole=whole)


def sample(
    library: Library,
    scope: Scope,
    choices: Choices,
    catalogue: Catalogue,
    format_name: str,
    template: str = "",
    most: int = 20_000,
) -> Generator[Progress, bool | None, str | None]:
    """The first ``most`` characters that an export as a text or table would write, at most those of
    the first articles; of a workbook the rows of its first sheet, cells parted by tabs. Otherwise
    as ``preview``.
    """
    first = yield from compile_articles(library, scope, choices, catalogue, most=_SAMPLED)
    if first is None:
        return None
    if format_name == "xlsx":  # its first sheet has the rows of a CSV file
        data = yield from _written(first, "csv", "")
        return None if data is None else _tabbed(data.decode("utf-8-sig"))[:most]
    data = yield from _written(first, format_name, template)
    return None if data is None else data.decode("utf-8-sig", "replace")[:most]


def _written(
    compilation: Compilation, format_name: str, template: str
) -> Generator[Progress, bool | None, bytes | None]:
    """The bytes of the file that a compilation gives; None where it was cancelled."""
    with tempfile.TemporaryDirectory(prefix="bulletin-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "preview"
        report = yield from exporting.write(compilation, file, format_name, template)
        return None if report.cancelled else file.read_bytes()


def _tabbed(table: str) -> str:
    """A CSV table with each row on one line."""
    rows = csv.reader(io.StringIO(table, newline=""))
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
