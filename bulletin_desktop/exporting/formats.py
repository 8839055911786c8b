"""The formats a compilation is written in: their names, the endings of files, their writers."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bulletin_desktop.exporting.compiled import Compilation
    from bulletin_desktop.exporting.template import Template
    from bulletin_desktop.model.change import Progress

FormatKind = Literal["pages", "text", "table"]


class Write(Protocol):
    """Writes a compilation to a file, yielding progress in articles.

    Nothing happens unless it is iterated; the file is replaced whole and last, and a writer closed
    before leaves it as it was. Raises KnownError ``write.*`` as ``replacing.placing`` does.
    """

    def __call__(
        self, compilation: Compilation, path: Path, template: Template
    ) -> Iterator[Progress]:
        """Write it."""


class Format(NamedTuple):
    """A format: its name on the command line, the endings that mean it, the usual one first.

    ``pages`` have paper and the looks of a template, a ``text`` runs on and takes its parts from a
    template, a ``table`` has rows and takes nothing.
    """

    name: str
    endings: tuple[str, ...]
    kind: FormatKind
    writer: str


# In the order in which they are offered.
FORMATS: tuple[Format, ...] = (
    Format("docx", (".docx",), "pages", "docx:write_docx"),
    Format("pdf", (".pdf",), "pages", "pdf:write_pdf"),
    Format("odt", (".odt",), "pages", "odt:write_odt"),
    Format("html", (".html", ".htm"), "text", "html:write_html"),
    Format("md", (".md", ".markdown"), "text", "markdown:write_markdown"),
    Format("txt", (".txt",), "text", "plain:write_text"),
    Format("xlsx", (".xlsx",), "table", "xlsx:write_xlsx"),
    Format("csv", (".csv",), "table", "rows:write_csv"),
    Format("jsonl", (".jsonl",), "table", "rows:write_jsonl"),
    Format("bib", (".bib",), "table", "references:write_bibtex"),
    Format("ris", (".ris",), "table", "references:write_ris"),
    Format("csl", (".csl.json",), "table", "references:write_csl"),
)
BY_NAME = {each.name: each for each in FORMATS}


def of_file(name: str) -> Format | None:
    """The format that a file's name ends in, or None."""
    lower = name.lower()
    return next((each for each in FORMATS if lower.endswith(each.endings)), None)


def writer(name: str) -> Write:
    """The writer of a format, loaded now: most programs' runs need one or none."""
    module, function = BY_NAME[name].writer.split(":")
    return cast("Write", getattr(import_module(f"bulletin_desktop.exporting.{module}"), function))
