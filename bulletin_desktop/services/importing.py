"""Importing files into a library: whole files, many to a transaction, one step of the history."""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bulletin_desktop.library import documents
from bulletin_desktop.library.store import Library
from bulletin_desktop.model.change import Change, Message, Progress, Topic
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import files
from bulletin_desktop.services.files import Failure

# A commit waits for the disk; files that are ready within this time share one.
BATCH_SECONDS = 0.3
_TOPICS: tuple[Topic, ...] = ("documents", "tags", "collections")


@dataclass(slots=True)
class ImportReport:
    """What an import did. ``stopped`` is why the library took no more, if it did not."""

    imported: int = 0
    unchanged: int = 0
    updated: int = 0
    skipped: int = 0
    failed: list[Failure] = field(default_factory=list)
    warnings: list[Failure] = field(default_factory=list)
    issues: list[int] = field(default_factory=list)
    articles: int = 0
    cancelled: bool = False
    stopped: KnownError | None = None
    change: Change | None = None


@dataclass(slots=True)
class _Work:
    library: Library
    queue: deque[Path]
    total: int
    report: ImportReport
    step: int | None = None


def import_paths(
    library: Library, paths: Iterable[Path]
) -> Generator[Progress, bool | None, ImportReport]:
    """Import files and folders; yields Progress in files, and a true value sent in cancels.

    Each file comes in whole or not at all. What was finished before a cancel or a full disk stays,
    as one undoable step. The same content again changes nothing and is counted as unchanged.
    """
    found = files.find(paths)
    report = ImportReport(skipped=found.skipped, failed=found.failed)
    work = _Work(library, deque(found.files), len(found.files), report)
    while work.queue and not report.cancelled and not report.stopped:
        pending = list(work.queue)
        kept = _Figures.of(report)
        try:
            yield from _batch(work)
        except KnownError as error:
            kept.back_to(report)
            report.stopped = error
            reason = Message(error.code, dict(error.params))
            report.failed.extend(Failure(str(path), reason) for path in pending)
    return report


@dataclass(frozen=True, slots=True)
class _Figures:
    """The report's counts before a batch, for when its commit fails."""

    imported: int
    unchanged: int
    articles: int
    issues: int
    failed: int

    @classmethod
    def of(cls, report: ImportReport) -> _Figures:
        return cls(
            report.imported,
            report.unchanged,
            report.articles,
            len(report.issues),
            len(report.failed),
        )

    def back_to(self, report: ImportReport) -> None:
        report.imported, report.unchanged = self.imported, self.unchanged
        report.articles = self.articles
        del report.issues[self.issues :], report.failed[self.failed :]


def _batch(work: _Work) -> Generator[Progress, bool | None, None]:
    """Import files for a short while and commit them together."""
    report, deadline = work.report, time.monotonic() + BATCH_SECONDS
    message = Message("step.import")
    with work.library.change(message, *_TOPICS, step=work.step) as recording:
        while work.queue and time.monotonic() < deadline and not report.cancelled:
            path = work.queue.popleft()
            _import_file(work.library, path, report)
            done = work.total - len(work.queue)
            progress = Progress(done, work.total, Message("import.progress", {"name": path.name}))
            report.cancelled = bool((yield progress))
        recording.message = Message("step.import", {"n": report.imported})
    change = recording.result()
    work.step = change.step
    if change.step is not None:
        report.change = change


def _import_file(library: Library, path: Path, report: ImportReport) -> None:
    try:
        data = files.read_bytes(path)
        known = documents.state(library, files.fingerprint(data))
        if known is not None:
            _known_again(library, known, report)
            return
        loaded = files.load(path, data)
    except KnownError as error:
        report.failed.append(Failure(str(path), Message(error.code, dict(error.params))))
        return
    if loaded.parsed.warning is not None:
        report.warnings.append(Failure(str(path), loaded.parsed.warning))
    if not loaded.parsed.issues:
        report.skipped += 1
        return
    with _savepoint(library.connection):
        stored = documents.insert(
            library.connection, str(path.absolute()), loaded.sha256, loaded.decoded, loaded.parsed
        )
    _count(stored, report)


def _known_again(library: Library, known: tuple[int, bool], report: ImportReport) -> None:
    """Content that the library has: unchanged, unless it lies in the trash."""
    document, trashed = known
    if trashed:
        _count(documents.restore(library.connection, document), report)
    else:
        report.unchanged += 1


def _count(stored: documents.Stored, report: ImportReport) -> None:
    report.imported += 1
    report.issues.extend(stored.issues)
    report.articles += stored.articles


class _savepoint:  # noqa: N801 - reads as a statement
    """A file's rows come in whole or not at all, inside the batch's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("SAVEPOINT file")

    def __exit__(self, kind: object, *_: object) -> None:
        if not self._connection.in_transaction:
            return  # a full disk rolls the whole transaction back
        if kind is not None:
            self._connection.execute("ROLLBACK TO file")
        self._connection.execute("RELEASE file")
