"""Work off the GUI thread: one writer and a few readers, results delivered to the GUI thread."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from shiboken6 import isValid

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import Library
from bulletin_desktop.services.libraries import open_library

if TYPE_CHECKING:
    from pathlib import Path

    from bulletin_desktop.model.change import Progress

Verb = Callable[[Library], Any]
Done = Callable[[Any], None]

PROGRESS_SECONDS = 0.05


class Job:
    """One piece of work; ``key`` groups work of which only the newest counts."""

    def __init__(self, verb: Verb, done: Done | None, failed: Done | None, key: str) -> None:
        self.verb = verb
        self.done = done
        self.failed = failed
        self.key = key
        self.cancelled = False
        self.progress: Done | None = None

    def cancel(self) -> None:
        """Ask the work to stop at its next sign of life."""
        self.cancelled = True


class _Worker:
    """A thread with a library connection of its own, working its queue in order.

    One that ``interrupts`` ends the query of a running job that is no longer wanted.
    """

    def __init__(
        self, path: Path, name: str, post: Callable[[Callable[[], None]], None],
        *, interrupts: bool = False,
    ) -> None:  # fmt: skip
        self._path = path
        self._post = post
        self._interrupts = interrupts
        self._library: Library | None = None
        self._queue: deque[Job | None] = deque()
        self._ready = threading.Condition()
        self._current: Job | None = None
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._started = False
        self._closed = False

    def add(self, job: Job) -> None:
        """Queue a job; one with the same key that still waits or runs is no longer wanted.

        After the end nothing is begun: nobody would be there to take the result.
        """
        with self._ready:
            if self._closed:
                return
            if not self._started:
                self._started = True
                self._thread.start()
            if job.key:
                self._drop(job.key)
            self._queue.append(job)
            self._ready.notify()

    def drop(self, key: str) -> None:
        """Nobody wants the result of the jobs with a key any more."""
        with self._ready:
            self._drop(key)

    def _drop(self, key: str) -> None:
        for old in self._queue:
            if old is not None and old.key == key:
                old.cancel()
        if self._current is not None and self._current.key == key:
            self._give_up(self._current)
        self._queue = deque(old for old in self._queue if old is None or old.key != key)

    def _give_up(self, running: Job) -> None:
        """Cancel the running job, in the midst of a query too; under the lock, so that it is this
        job's query and no later one's.
        """
        running.cancel()
        if self._interrupts and running.key and self._library is not None:
            self._library.interrupt()

    def drain(self) -> None:
        """Cancel what can be cancelled and wait until nothing is left to do."""
        with self._ready:
            for job in [*self._queue, self._current]:
                if job is not None:
                    job.cancel()
            while self._queue or self._current is not None:
                self._ready.wait()

    def close(self) -> None:
        """Cancel what can be cancelled, finish what was begun, and end the thread."""
        with self._ready:
            self._closed = True
            if not self._started:
                return
            for job in self._queue:
                if job is not None:
                    job.cancel()
            if self._current is not None:
                self._give_up(self._current)
            self._queue.append(None)
            self._ready.notify()
        self._thread.join()

    def _next(self) -> Job | None:
        with self._ready:
            self._current = None
            self._ready.notify_all()  # for one who waits for the end of all work
            while not self._queue:
                self._ready.wait()
            self._current = self._queue.popleft()
            return self._current

    def _work(self) -> None:
        while (job := self._next()) is not None:
            try:
                self._library = self._library or open_library(self._path)
                result = self._run(job, self._library)
            except KnownError as error:
                self._deliver(job, job.failed, error)
            except Exception as error:  # noqa: BLE001 - the job border: a bug must reach the window
                self._deliver(job, None, error)
            else:
                self._deliver(job, job.done, result)
        if self._library is not None:
            self._library.close()

    def _run(self, job: Job, library: Library) -> Any:
        result: Any = job.verb(library)
        return self._drive(job, result) if isinstance(result, Generator) else result

    def _drive(self, job: Job, work: Generator[Progress, bool | None, Any]) -> Any:
        shown = 0.0
        try:
            progress = next(work)
            while True:
                if job.progress is not None and time.monotonic() - shown > PROGRESS_SECONDS:
                    shown = time.monotonic()
                    self._report(job.progress, progress)
                progress = work.send(job.cancelled)
        except StopIteration as stop:
            return stop.value

    def _report(self, tell: Done, progress: Progress) -> None:
        self._post(lambda: tell(progress))

    def _deliver(self, job: Job, receiver: Done | None, value: Any) -> None:
        if job.key and job.cancelled:
            return
        if receiver is not None:
            self._post(lambda: receiver(value) if _is_there(receiver) else None)
        elif isinstance(value, Exception):
            self._post(lambda: _reraise(value))


def _is_there(receiver: Done) -> bool:
    """Whether what takes a result is still there: a dialog may be gone before its reading ends."""
    owner = getattr(getattr(receiver, "func", receiver), "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


def _reraise(error: Exception) -> None:
    raise error


class Runner(QObject):
    """Runs verbs on the library away from the GUI thread and brings the results back to it."""

    _posted = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._posted.connect(self._call, Qt.ConnectionType.QueuedConnection)
        self._writer = _Worker(path, "writer", self._posted.emit)
        self._reader = _Worker(path, "reader", self._posted.emit, interrupts=True)
        self._counter = _Worker(path, "counter", self._posted.emit, interrupts=True)
        self._thinker = _Worker(path, "thinker", self._posted.emit)
        self._closed = False

    @Slot(object)
    def _call(self, callback: Callable[[], None]) -> None:
        """Hand a result over, unless it comes after the end: then nobody is there to take it."""
        if not self._closed:
            callback()

    def write(
        self, verb: Verb, done: Done | None = None, failed: Done | None = None,
        progress: Done | None = None,
    ) -> Job:  # fmt: skip
        """Change the library; changes are made in the order in which they were asked for."""
        job = Job(verb, done, failed, "")
        job.progress = progress
        self._writer.add(job)
        return job

    def read(
        self, key: str, verb: Verb, done: Done, failed: Done | None = None,
        progress: Done | None = None,
    ) -> Job:  # fmt: skip
        """Read from the library; of the same ``key`` only the newest result is delivered.

        An older job of the key that is still running is interrupted.
        """
        job = Job(verb, done, failed, key)
        job.progress = progress
        self._reader.add(job)
        return job

    def stop_reading(self, key: str) -> None:
        """Have the reading with a key end, and its result not delivered."""
        self._reader.drop(key)

    def count(self, key: str, verb: Verb, done: Done, failed: Done | None = None) -> Job:
        """Read what may take seconds and nobody waits for, so that it holds up no other reading.

        As with ``read`` only the newest job of a key counts.
        """
        job = Job(verb, done, failed, key)
        self._counter.add(job)
        return job

    def stop_counting(self, key: str) -> None:
        """Have the counting with a key end, and its result not delivered."""
        self._counter.drop(key)

    def think(self, key: str, verb: Verb, done: Done, failed: Done | None = None) -> Job:
        """Work that computes long and reads little, such as suggestions."""
        job = Job(verb, done, failed, key)
        self._thinker.add(job)
        return job

    def finish_writing(self) -> None:
        """Stop long changes, let the others be made, and hand their results over now."""
        self._writer.drain()
        QCoreApplication.sendPostedEvents(self)

    def close(self) -> None:
        """End all threads; what was begun is finished or stopped cleanly."""
        for worker in (self._thinker, self._counter, self._reader, self._writer):
            worker.close()
        self._closed = True
