"""One run of a subcommand: its options, its words, and long work with progress and Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any, TypeVar

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.cli.output import Output
from bulletin_desktop.model.change import Progress
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import Library, indexing
from bulletin_desktop.services.libraries import open_library

_Result = TypeVar("_Result")

# Between two lines of progress in a log; a terminal rewrites one line more often.
_LOG_SECONDS = 2.0
_TERMINAL_SECONDS = 0.1


@dataclass(slots=True)
class Interruption:
    """Whether Ctrl-C was pressed."""

    wanted: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """What a subcommand has in hand."""

    options: argparse.Namespace
    catalogue: Catalogue
    output: Output

    @property
    def json(self) -> bool:
        """Whether one JSON document is asked for."""
        return bool(self.options.json)

    def tell_rows(
        self,
        rows: Sequence[Mapping[str, Any]],
        columns: Sequence[str],
        table: Sequence[str] | None = None,
    ) -> None:
        """Print rows as JSON, as CSV with these columns, or as a table, perhaps with fewer."""
        if self.json:
            self.output.json(rows)
        elif self.options.csv:
            self.output.csv(columns, rows)
        else:
            self.output.table(table or columns, rows)

    @contextmanager
    def library(self, *, create: bool = False) -> Iterator[Library]:
        """The library named; what is changed in it is in the search index afterwards.

        Raises KnownError where it cannot be used.
        """
        with open_library(self.options.library, create=create) as library:
            before = library.connection.total_changes
            yield library
            if library.connection.total_changes != before:
                with suppress(KnownError):  # then it is done the next time
                    indexing.settle(library)

    def finish(self, work: Generator[Progress, bool | None, _Result]) -> _Result:
        """Carry long work to its end, reporting progress on stderr.

        The first Ctrl-C asks the work to stop and keep what is finished, and shows in
        ``output.interrupted``; a second one breaks it off with KeyboardInterrupt.
        """
        reporter = _Reporter(self.output)
        answer: bool | None = None
        with _interruption() as interruption:
            while True:
                try:
                    progress = work.send(answer)
                except StopIteration as end:
                    reporter.close()
                    self.output.interrupted = interruption.wanted
                    result: _Result = end.value
                    return result
                reporter.show(progress)
                answer = interruption.wanted or None


@contextmanager
def _interruption() -> Iterator[Interruption]:
    interruption = Interruption()

    def handle(_number: int, _frame: FrameType | None) -> None:
        if interruption.wanted:
            raise KeyboardInterrupt
        interruption.wanted = True

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield interruption
    finally:
        signal.signal(signal.SIGINT, before)


class _Reporter:
    """Progress on stderr: one line rewritten on a terminal, else a line every two seconds."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._terminal = sys.stderr.isatty()
        self._seconds = _TERMINAL_SECONDS if self._terminal else _LOG_SECONDS
        self._next = time.monotonic() + self._seconds
        self._written = False

    def show(self, progress: Progress) -> None:
        """Say how far the work has come, if it is time to."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._seconds
        self._written = True
        count = f"{progress.done}/{progress.total} " if progress.total else ""
        words = count + self._output.catalogue.message(progress.message)
        self._output.say(f"\r\033[K{words}" if self._terminal else words, end=not self._terminal)

    def close(self) -> None:
        """Leave the terminal's line clean."""
        if self._terminal and self._written:
            self._output.say("\r\033[K", end=False)
