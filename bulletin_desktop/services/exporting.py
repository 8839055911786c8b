"""Compiling articles into one document of any format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin_desktop.exporting import formats
from bulletin_desktop.exporting.blocks import Parts
from bulletin_desktop.exporting.compiled import CitationsAs as Citations
from bulletin_desktop.exporting.compiled import Masthead, Printing
from bulletin_desktop.exporting.compiled import NotesAs as Notes
from bulletin_desktop.exporting.formats import BY_NAME, FORMATS, Format, of_file
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services.compiling import Choices, GroupBy, compile_articles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.exporting.compiled import Compilation
    from bulletin_desktop.exporting.template import Template, TemplateInfo
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.change import Message, Progress
    from bulletin_desktop.model.scope import Scope

__all__ = [
    "BY_NAME", "EXCHANGE", "FORMATS", "NAMES", "Choices", "Citations", "ExportReport", "Format",
    "GroupBy", "Masthead", "Notes", "Parts", "Printing", "copy_template", "ending_of", "export",
    "format_of", "of_file", "template_of", "templates", "write",
]  # fmt: skip

# What goes to other programs and people (``services.exchange`` writes it): name and ending.
EXCHANGE = {"qdpx": ".qdpx", "qdc": ".qdc", "jsonld": ".jsonld", "bundle": ".bundle.zip"}
NAMES = (*BY_NAME, *EXCHANGE)


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote; where it was cancelled there is no new file and ``articles`` is 0.

    ``remarks`` tell what the format has no place for.
    """

    file: Path
    articles: int
    format: str
    cancelled: bool = False
    remarks: tuple[Message, ...] = ()


def export(
    library: Library,
    scope: Scope,
    file: Path,
    choices: Choices,
    catalogue: Catalogue,
    *,
    format_name: str = "docx",
    template: str = "",
) -> Generator[Progress, bool | None, ExportReport]:
    """Write the articles of a scope to ``file``; a true value sent in cancels.

    ``template`` is a template's name or file, "" for the format's usual one. Raises KnownError
    ``export.nothing`` where the scope is empty, ``export.bad_template`` and ``write.*`` as
    ``replacing.placing`` does.
    """
    compilation = yield from compile_articles(library, scope, choices, catalogue)
    if compilation is None:
        return ExportReport(file, 0, format_name, cancelled=True)
    return (yield from write(compilation, file, format_name, template))


def write(
    compilation: Compilation, file: Path, format_name: str, template: str = ""
) -> Generator[Progress, bool | None, ExportReport]:
    """Write a compilation to ``file``; otherwise as ``export``.

    Raises KnownError ``export.no_highlights`` where cards of highlights are wanted of articles that
    have none.
    """
    # Deferred: the libraries of formats are slow to import and most runs export nothing.
    from bulletin_desktop.exporting.template import load_template
    from bulletin_desktop.services import titles

    look = load_template(template)
    is_table = BY_NAME[format_name].kind == "table"
    if look.parts.cards and not is_table and not _has_quotes(compilation):
        raise KnownError("export.no_highlights")
    if BY_NAME[format_name].kind == "pages":
        compilation = titles.broken(compilation, look.room("title"), look.room("cover_title"))
    writing = formats.writer(format_name)(compilation, file, look)
    try:
        for progress in writing:
            if (yield progress):
                return ExportReport(file, 0, format_name, cancelled=True)
    finally:
        if isinstance(writing, Generator):
            writing.close()  # so that a cancelled file is gone before anybody looks
    return ExportReport(file, compilation.articles, format_name)


def _has_quotes(compilation: Compilation) -> bool:
    return any(article.quotes for group in compilation.groups for article in group.articles)


def format_of(file: Path) -> str | None:
    """The name of the format that a file's name ends in, documents and exchange; None for none."""
    known = of_file(file.name)
    if known:
        return known.name
    lower = file.name.lower()
    return next((name for name, ending in EXCHANGE.items() if lower.endswith(ending)), None)


def ending_of(format_name: str) -> str:
    """The usual ending of files of a format."""
    return EXCHANGE.get(format_name) or BY_NAME[format_name].endings[0]


def templates() -> list[TemplateInfo]:
    """The templates there are, the user's own after the program's."""
    # Deferred, here and below: most runs export nothing.
    from bulletin_desktop.exporting import template

    return template.templates()


def template_of(name: str) -> Template:
    """The template of a name or file, as ``export`` takes it. Raises KnownError
    ``export.bad_template``.
    """
    from bulletin_desktop.exporting import template

    return template.load_template(name)


def proposed_masthead(library: Library, catalogue: Catalogue) -> Masthead:
    """A masthead after the bulletins that the library has most of, with the date of today."""
    from datetime import date

    from bulletin_desktop.library import documents
    from bulletin_desktop.services.labels import printed_date

    issues = documents.issues(library)
    today = printed_date(date.today().isoformat(), "printed", catalogue)
    name, unit = (_commonest(getattr(x, field) for x in issues) for field in ("title", "editor"))
    return Masthead(name, "", unit, today)


def _commonest(values: Iterable[str | None]) -> str:
    counted = Counter(value for value in values if value)
    return counted.most_common(1)[0][0] if counted else ""


def copy_template(name: str, new_name: str) -> Path:
    """A copy of a template in the user's own folder, to be changed there; gives its file.

    Raises KnownError where it cannot be written or is there already.
    """
    from bulletin_desktop.exporting import template

    return template.copy_template(name, new_name)
