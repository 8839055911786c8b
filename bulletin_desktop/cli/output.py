"""What the command line prints: JSON, CSV or tables on stdout, messages on stderr."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.services.files import Failure

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_GAP = "  "


class OutputError(Exception):
    """Stdout took no more; carries the sentence that says so, "" where its reader just left."""


class Output:
    """Where a run's words go."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.interrupted = False

    def json(self, document: object) -> None:
        """One JSON document."""
        self.line(json.dumps(document, ensure_ascii=False, indent=2))

    def line(self, text: str = "") -> None:
        """One line on stdout. Raises OutputError."""
        self._write(text + "\n")

    def csv(self, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
        """A CSV table with a byte order mark, as spreadsheets want it for Chinese."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([_cell(row[column]) for column in columns] for row in rows)
        self._write("\ufeff" + text.getvalue())

    def table(self, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
        """A table for the eye, aligned in a font where Chinese is twice as wide as Latin."""
        heads = [self.catalogue.text(f"cli.column.{column}") for column in columns]
        lines = [heads, *([plain(row[column]) for column in columns] for row in rows)]
        widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
        for cells in lines:
            padded = [cell + " " * (w - width(cell)) for cell, w in zip(cells, widths, strict=True)]
            self.line(_GAP.join(padded).rstrip())

    def say(self, text: str, *, end: bool = True) -> None:
        """Words on stderr. That nobody can read them stops no work."""
        try:
            _utf8(sys.stderr).write(text + ("\n" if end else ""))
            sys.stderr.flush()
        except OSError:
            return

    def failures(self, failures: Iterable[Failure]) -> None:
        """Each path that could not be taken in, and why, on stderr."""
        for failure in failures:
            reason = self.catalogue.message(failure.reason)
            self.say(self.catalogue.text("cli.failure", path=failure.path, reason=reason))

    def fail(self, sentence: str, code: int) -> int:
        """Say why the run ends, on stderr; gives the exit code back."""
        if sentence:
            self.say(sentence)
        return code

    def finish(self) -> None:
        """Hand stdout over to the system. Raises OutputError."""
        self._write("")

    def _write(self, text: str) -> None:
        try:
            stream = _utf8(sys.stdout)
            stream.write(text)
            if not text:
                stream.flush()
        except OSError as error:
            # What is still buffered would fail once more when the process ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            if isinstance(error, BrokenPipeError):
                raise OutputError("") from error
            reason = error.strerror or str(error)
            sentence = self.catalogue.text("cli.output_failed", reason=reason)
            raise OutputError(sentence) from error


def _utf8(stream: TextIO) -> TextIO:
    """The stream, writing UTF-8 whatever the locale says, line ends as they are."""
    wanted = ("utf-8", "backslashreplace")
    if isinstance(stream, io.TextIOWrapper) and (stream.encoding, stream.errors) != wanted:
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    return stream


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = plain(value, line_feeds=True)
    risky = not isinstance(value, (int, float)) and text.startswith(_FORMULA_STARTS)
    return f"'{text}" if risky else text


def plain(value: object, *, line_feeds: bool = False) -> str:
    """A value as text in a table: nothing for None, lists joined, line feeds as spaces."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, (list, tuple)):
        return "、".join(plain(item, line_feeds=line_feeds) for item in value)
    text = str(value)
    return text if line_feeds else " ".join(text.split())


def width(text: str) -> int:
    """How many columns of a terminal a text takes (Unicode TR 11: wide and full-width take two)."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
