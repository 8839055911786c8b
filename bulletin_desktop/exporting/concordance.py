"""A concordance as a table for spreadsheets, as plain text in columns, and as a web page."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from bulletin_desktop.exporting.csv_lines import MARK, record
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.replacing import replacing

Format = Literal["csv", "txt", "html"]

_STRIDE = 1000  # lines that are written between two signs of life
_GAP = "  "
# In the fixed-width typefaces of Chinese systems quotes and dashes are as wide as characters.
_WIDE = ("W", "F", "A")


class Row(NamedTuple):
    """One occurrence: its words, what stands on both sides, and what is known of its place."""

    left: str
    keyword: str
    right: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All that is written; ``context`` and ``facts`` head the columns, ``line`` says how many."""

    title: str
    line: str
    language: str
    context: tuple[str, ...]
    facts: tuple[str, ...]
    rows: Sequence[Row]


def write(table: Table, path: Path, written_as: Format) -> Generator[Progress, None, None]:
    """Write a table, yielding progress in lines; nothing happens unless iterated.

    The file at ``path`` is replaced only whole and last; a generator closed before leaves it as it
    was. Raises KnownError ``write.*`` as ``replacing.placing`` does.
    """
    with replacing(path) as stream:
        for number, piece in enumerate(_RENDERERS[written_as](table)):
            stream.write(piece.encode())
            if number % _STRIDE == 0:
                yield Progress(number, len(table.rows), Message("concordance.writing"))


def _csv(table: Table) -> Iterator[str]:
    """With a byte order mark, as spreadsheets want it for Chinese."""
    yield MARK + record((*table.context, *table.facts))
    for row in table.rows:
        yield record((*row[:3], *row.facts))


def _txt(table: Table) -> Iterator[str]:
    """In columns that stand in line where Chinese is twice as wide as Latin."""
    yield f"{table.title}\n{table.line}\n\n"
    columns = list(zip(*(row[:3] for row in table.rows), strict=True)) or [(), (), ()]
    left, keyword, right = (max(map(_width, column), default=0) for column in columns)
    for row in table.rows:
        cells = (
            " " * (left - _width(row.left)) + row.left,
            row.keyword + " " * (keyword - _width(row.keyword)),
            row.right + " " * (right - _width(row.right)),
            _GAP.join(fact for fact in row.facts if fact),
        )
        yield _GAP.join(cells).rstrip() + "\n"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in _WIDE else 1 for sign in text)


_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ margin: 2em; font-family: serif; }}
table {{ border-collapse: collapse; }}
th, td {{ padding: 0.2em 0.5em; border-bottom: 1px solid #ccc; text-align: left; }}
th:nth-child(1), td:nth-child(1) {{ text-align: right; }}
th:nth-child(2), td:nth-child(2) {{ text-align: center; }}
td:nth-child(2) {{ color: #a8322b; font-weight: bold; }}
td:nth-child(-n+4) {{ white-space: nowrap; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{line}</p>
<table>
<thead>{heads}</thead>
<tbody>
"""
_PAGE_END = "</tbody>\n</table>\n</body>\n</html>\n"


def _html(table: Table) -> Iterator[str]:
    heads = _cells("th", (*table.context, *table.facts))
    language = {"zh": "zh-CN"}.get(table.language, table.language)
    title, line = html.escape(table.title), html.escape(table.line)
    yield _PAGE.format(language=language, title=title, line=line, heads=heads)
    for row in table.rows:
        yield _cells("td", (*row[:3], *row.facts)) + "\n"
    yield _PAGE_END


def _cells(tag: str, words: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(each)}</{tag}>" for each in words) + "</tr>"


_RENDERERS: dict[Format, Callable[[Table], Iterator[str]]] = {
    "csv": _csv, "txt": _txt, "html": _html,
}  # fmt: skip
