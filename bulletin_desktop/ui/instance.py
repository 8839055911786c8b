"""One program a user: a second start hands what it was asked for to the first one, and ends."""

from __future__ import annotations

import json
import os
import sys
import time
import zlib
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent

from bulletin_desktop import paths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

# The first one may itself be starting, or be busy painting.
_PATIENCE_SECONDS = 6.0
_TRY_MILLISECONDS = 500
_LONGEST_FOLDER = 60


class Request(NamedTuple):
    """What a start was asked for: a library (the usual one where None), files, a token.

    The token lets the window come to the front where the desktop guards against that.
    """

    library: str | None = None
    files: tuple[str, ...] = ()
    token: str = ""


class Instance(QObject):
    """The lock that says which start was the first, and the way from the others to it."""

    received = Signal(object)  # Request

    def __init__(self) -> None:
        super().__init__()
        self._lock: IO[bytes] | None = None
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Whether this is the first start; where no lock can be kept, every start is one."""
        try:
            self._lock = _locked(_lock_file())
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True

    @property
    def is_first(self) -> bool:
        """Whether this start holds the lock."""
        return self._lock is not None

    def hand_over(self, request: Request) -> bool:
        """Give a request to the first start; says whether it took it."""
        from PySide6.QtNetwork import QLocalSocket

        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline and not _is_strange(_server_name()):
            socket = QLocalSocket()
            socket.connectToServer(_server_name())
            if socket.waitForConnected(_TRY_MILLISECONDS):
                return _send(socket, request, deadline)
            time.sleep(0.05)
            if self.claim():  # the first one has ended meanwhile
                return False
        return False

    def listen(self) -> None:
        """Wait for other starts from now on."""
        from PySide6.QtNetwork import QLocalServer

        if not self.is_first:
            return
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        QLocalServer.removeServer(_server_name())  # a killed program leaves its socket behind
        self._server.listen(_server_name())

    def close(self) -> None:
        """Let another start be the first."""
        if self._server is not None:
            self._server.close()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _on_connection(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.setParent(self)
            socket.readyRead.connect(partial(self._on_words, socket))
            socket.disconnected.connect(socket.deleteLater)
            self._on_words(socket)  # what came before nobody was told of

    def _on_words(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        request = _read(bytes(socket.readLine().data()))
        socket.write(b"ok\n")
        socket.flush()
        if request is not None:
            # Later: what it brings about may ask the user, and the socket is gone by then.
            QTimer.singleShot(0, self, partial(self.received.emit, request))


class FileOpener(QObject):
    """Hears which files are to be opened, where the desktop says so by an event (macOS)."""

    wanted = Signal(object)  # Request

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the event for a file and no other."""
        if not isinstance(event, QFileOpenEvent):
            return super().eventFilter(watched, event)
        self.wanted.emit(Request(None, (event.file(),)))
        return True


def request_of(library: Path | None, files: Sequence[Path]) -> Request:
    """A start as a request that another process understands, whatever folder that stands in."""
    token = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID", "")
    whole = tuple(str(file.absolute()) for file in files)
    return Request(str(library.absolute()) if library else None, whole, token)


def _send(socket: QLocalSocket, request: Request, deadline: float) -> bool:
    socket.write(json.dumps(request._asdict()).encode() + b"\n")
    socket.flush()
    while time.monotonic() < deadline:
        if socket.canReadLine():
            return True
        if not socket.waitForReadyRead(_TRY_MILLISECONDS) and not socket.isValid():
            return False
    return False


def _read(line: bytes) -> Request | None:
    """A request from its line; None for what is none."""
    try:
        said = json.loads(line)
        library, files = said["library"], tuple(str(file) for file in said["files"])
        return Request(None if library is None else str(library), files, str(said["token"]))
    except (ValueError, KeyError, TypeError):
        return None


def _lock_file() -> Path:
    """The lock stands with the user's data: whoever has other data is another first start."""
    return paths.user_data() / "running.lock"


def _locked(path: Path) -> IO[bytes]:
    """A file that is locked until it is closed, or its process ends in whatever way.

    Not Qt's QLockFile, which waits for the disk at every start. Raises BlockingIOError where
    another process holds it, another OSError where it cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("ab")
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        if sys.platform == "win32":
            raise BlockingIOError from error
        raise
    return file


def _server_name() -> str:
    """The name of the way to the first start; on Unix a socket's path, which has to be short."""
    data = str(paths.user_data())
    name = f"{paths.APP_FOLDER}-{zlib.crc32(data.encode()):08x}"
    if sys.platform == "win32":
        return name
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if not (folder and Path(folder).is_dir() and len(folder) < _LONGEST_FOLDER):
        import tempfile

        folder = tempfile.gettempdir()
    return f"{folder}/{name}-{os.getuid()}"


def _is_strange(name: str) -> bool:
    """Whether somebody else holds the name, in a folder that is open to all."""
    try:
        return sys.platform != "win32" and Path(name).stat().st_uid != os.getuid()
    except OSError:
        return False
