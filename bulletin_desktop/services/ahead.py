"""Loading files ahead in a process of its own, while those before them are stored.

The process is this program with ``--load-ahead``. It is told files by their paths and answers in
their order; whatever goes wrong with it, the files are loaded in this process instead.
"""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
from collections import deque
from contextlib import suppress
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, NamedTuple

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import files
from bulletin_desktop.services.reprints import fingerprints

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping

    from bulletin_desktop.services.files import Input, Loaded

OPTION = "--load-ahead"  # __main__ tells it from other options
# From so many new files on, or bytes, a process is worth its start.
_MANY = 40
_MUCH = 2_000_000
# So many files, or bytes, are loaded ahead: what this takes is stored in a moment.
_AHEAD = 80
_BYTES = 2_000_000
# A file that takes longer is given up: so long, and for a large one so many bytes a second.
_SECONDS = 60.0
_BYTES_A_SECOND = 200_000
_OTHERS = (".pdf", ".doc")  # a process of its own reads each; they may be large
_STEP = 0.05  # seconds between two signs of life
_LENGTH = struct.Struct("<Q")


class _Given(NamedTuple):
    """A file that is loaded ahead; ``key`` is its path, its SHA-256 and the encoding to read."""

    input: Input
    key: tuple[str, str, str | None]
    size: int


class Ahead:
    """A process that loads files in the order in which they will be asked for.

    It is started when there are enough of them.
    """

    def __init__(self, inputs: Iterable[Input]) -> None:
        self._coming = deque(inputs)
        self._waiting: deque[_Given] = deque()
        self._given: deque[_Given] = deque()
        self._process: _Process | None = None
        self._failed = False

    def look(self, is_new: Callable[[str], bool], encodings: Mapping[str, str]) -> None:
        """Have some more of the files loaded whose SHA-256 ``is_new``.

        ``encodings`` are those that the user chose, by paths.
        """
        ahead = [*self._waiting, *self._given]
        looked = sum(each.size for each in ahead)
        for _ in range(_AHEAD - len(ahead)):
            if self._failed or not self._coming or looked >= _BYTES:
                break
            each = self._coming.popleft()
            if each.name.lower().endswith(_OTHERS):
                continue
            with suppress(KnownError):  # it is told when the file's turn comes
                data = each.read()
                looked += len(data)
                sha256 = files.fingerprint(data)
                if is_new(sha256) and _is_harmless(each, data):
                    key = (each.path, sha256, encodings.get(each.path))
                    self._waiting.append(_Given(each, key, len(data)))
        size = sum(each.size for each in self._waiting)
        if self._process or len(self._waiting) >= _MANY or size >= _MUCH:
            self._give()

    def _give(self) -> None:
        try:
            self._process = self._process or _Process()
            for each in self._waiting:
                self._process.ask(each.input, each.key[2])
        except (KnownError, OSError):
            self.close()
        else:
            self._given += self._waiting
            self._waiting.clear()

    def loading(
        self, path: str, sha256: str, encoding: str | None
    ) -> Generator[None, None, Loaded | None]:
        """What the process made of a file with these bytes, or None where it makes nothing of it.

        Yields while it waits. Raises KnownError (file.*).
        """
        key = (path, sha256, encoding)
        while any(each.key == key for each in self._waiting):
            self._waiting.popleft()
        while any(each.key == key for each in self._given):
            given = self._given.popleft()
            answer = yield from self._answer(given)
            if given.key == key:  # the others came in meanwhile, under other names
                return _result(answer, given)
        return None

    def _answer(self, given: _Given) -> Generator[None, None, bytes]:
        """The bytes of the next answer; none where there will be none."""
        assert self._process is not None
        # Not by the clock, which goes on while the computer sleeps.
        for _ in range(round((_SECONDS + given.size / _BYTES_A_SECOND) / _STEP)):
            with suppress(Empty):
                answer = self._process.answers.get(timeout=_STEP)
                if not answer:
                    self.close()
                return answer
            yield
        self.close()
        return _framed((None, Message("file.takes_too_long")))[_LENGTH.size :]

    def close(self) -> None:
        """End the process; what it has not answered is loaded by others from now on."""
        self._failed = True
        self._waiting.clear()
        self._given.clear()
        process, self._process = self._process, None
        if process is not None:
            process.end()


class _Process:
    """The child, and what it says."""

    def __init__(self) -> None:
        # Deferred: most imports need no process.
        from bulletin_desktop.children import environment, start, this_program

        self.answers: SimpleQueue[bytes] = SimpleQueue()
        self._process = start(
            this_program(OPTION), env=environment(), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._stdin = self._process.stdin
        listening = (self._process.stdout, self.answers)
        self._listener = Thread(target=_listen, args=listening, daemon=True)
        self._listener.start()

    def ask(self, each: Input, encoding: str | None) -> None:
        """Tell it to load a file. Raises OSError where it is gone."""
        self._stdin.write(_framed((each, encoding, _is_late(self.answers))))
        self._stdin.flush()

    def end(self) -> None:
        """End it, and wait until it is gone."""
        from bulletin_desktop.children import end

        end(self._process)
        self._listener.join()
        with suppress(OSError):
            self._stdin.close()


def _is_late(answers: SimpleQueue[bytes]) -> bool:
    """Whether answers pile up: then the child makes the fingerprints, having less to do."""
    return answers.qsize() > _AHEAD // 2


def _result(answer: bytes, given: _Given) -> Loaded | None:
    """What an answer holds. Raises KnownError (file.*)."""
    if not answer:
        return None
    path, sha256, _ = given.key
    loaded, error = pickle.loads(answer)
    if error is not None:
        raise KnownError(error.code, **{"path": path, **error.params})
    # Another program may have changed it meanwhile.
    return loaded if loaded is not None and loaded.sha256 == sha256 else None


def _is_harmless(each: Input, data: bytes) -> bool:
    """Whether a file is read without a further process, which would outlive the first."""
    from bulletin_desktop.parsing import readers

    kind = readers.kind_of(each.path, data)
    return kind != "doc" and not readers.is_better_apart(kind, data)


def _listen(stream: IO[bytes], answers: SimpleQueue[bytes]) -> None:
    """Take what a process says; b"" stands for its end."""
    with stream, suppress(OSError, EOFError):
        while True:
            answers.put(_frame(stream))
    answers.put(b"")


def _framed(value: object) -> bytes:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


def _frame(stream: IO[bytes]) -> bytes:
    """The bytes of the next value. Raises EOFError."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def main() -> int:
    """The child's side: loads what stdin names and answers on stdout, until stdin ends."""
    asked: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_ask, args=(asked,), daemon=True).start()
    sink = sys.stdout.buffer
    while True:
        sink.write(_framed(_loaded(*pickle.loads(asked.get()))))
        sink.flush()


def _ask(asked: SimpleQueue[bytes]) -> None:
    """Take the questions; where nobody is left who asks, end at once, whatever is being loaded."""
    with suppress(OSError, EOFError):
        while True:
            asked.put(_frame(sys.stdin.buffer))
    os._exit(0)


def _loaded(
    each: Input, encoding: str | None, with_prints: bool
) -> tuple[Loaded | None, Message | None]:
    """A file's text and parts, or why it has none; neither where it cannot be read here."""
    try:
        data = each.read()
    except KnownError:
        return None, None
    try:
        loaded = files.load(each.path, data, encoding)
    except KnownError as error:
        return None, Message(error.code, dict(error.params))
    if with_prints:
        loaded = replace(loaded, fingerprints=fingerprints(loaded))
    return loaded, None
