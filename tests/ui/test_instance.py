"""A second start hands over to the first."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot
from support import ROOT

from bulletin_desktop.ui import instance
from bulletin_desktop.ui.instance import FileOpener, Instance, Request

_SECOND = """
import sys
from pathlib import Path
from bulletin_desktop.ui.instance import Instance, request_of
taken = Instance().hand_over(request_of(Path("库.bdlib"), [Path(sys.argv[1])]))
sys.exit(0 if taken else 1)
"""


@pytest.fixture
def first(qapp: object, home: Path) -> Iterator[Instance]:
    made = Instance()
    assert made.claim()
    made.listen()
    yield made
    made.close()
    made.deleteLater()


def test_only_one_start_is_the_first(first: Instance) -> None:
    second = Instance()
    assert not second.claim()
    first.close()
    assert second.claim()
    second.close()


def test_files_reach_the_first_start_with_their_whole_paths(
    first: Instance, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "leave")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with qtbot.waitSignal(first.received, timeout=20_000) as came:
        second = subprocess.Popen([sys.executable, "-c", _SECOND, "第7期 二.txt"])
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0
    assert came.args == [
        Request(str(tmp_path / "库.bdlib"), (str(tmp_path / "第7期 二.txt"),), "leave")
    ]


def test_a_question_on_receiving_outlives_the_socket(
    first: Instance, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, asked = QEventLoop(), []

    def ask(request: Request) -> None:
        asked.append(request)
        QTimer.singleShot(300, loop.quit)  # the other start ends meanwhile
        loop.exec()

    first.received.connect(ask)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    second = subprocess.Popen([sys.executable, "-c", _SECOND, "a.txt"])
    qtbot.waitUntil(lambda: bool(asked) and not loop.isRunning(), timeout=20_000)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0


@pytest.mark.parametrize("words", [b"nonsense\n", b"[]\n", b'{"library": 1}\n', b"\xff\xfe\n"])
def test_what_is_no_request_is_passed_over(first: Instance, qtbot: QtBot, words: bytes) -> None:
    socket = QLocalSocket()
    socket.connectToServer(instance._server_name())
    assert socket.waitForConnected(5000)
    with qtbot.assertNotEmitted(first.received):
        socket.write(words)
        socket.flush()
        qtbot.waitUntil(lambda: socket.bytesAvailable() > 0 or socket.waitForReadyRead(10))
    good = json.dumps(Request(None, ("a.txt",), "")._asdict()).encode() + b"\n"
    other = QLocalSocket()
    other.connectToServer(instance._server_name())
    assert other.waitForConnected(5000)
    with qtbot.waitSignal(first.received, timeout=20_000):
        other.write(good)
        other.flush()


def test_a_first_start_that_is_gone_is_waited_for_no_longer(qapp: object, home: Path) -> None:
    gone = Instance()
    assert gone.claim()
    second = Instance()
    assert not second.claim()
    gone.close()
    assert not second.hand_over(Request())  # it is the first one itself now
    third = Instance()
    assert not third.claim()
    second.close()


def test_files_come_by_an_event_where_the_desktop_sends_one(qapp: object, qtbot: QtBot) -> None:
    opener, anything = FileOpener(), QObject()
    anything.installEventFilter(opener)
    with qtbot.waitSignal(opener.wanted) as came:
        QCoreApplication.sendEvent(anything, QFileOpenEvent(QUrl.fromLocalFile("/a/第7期.txt")))
    assert came.args == [Request(None, ("/a/第7期.txt",))]


def test_where_no_lock_can_be_kept_every_start_is_the_first(
    qapp: object, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "_lock_file", lambda: Path("/proc/nowhere/running.lock"))
    made = Instance()
    assert made.claim()
    made.listen()
    made.close()
