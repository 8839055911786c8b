"""The subcommand that shows a library to readers in a browser."""

from __future__ import annotations

import argparse
import signal
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bulletin_desktop.cli.arguments import _Builder as Builder
    from bulletin_desktop.cli.run import Run

_INTERRUPTED = 130
_COPY = "library.db"  # whose stem is in the addresses of all pages


def add_served(builder: Builder) -> None:
    """What may be written after ``serve``."""
    serve = builder.add("serve")
    serve.add_argument("--host", default="127.0.0.1", help=builder.text("cli.host"))
    serve.add_argument(
        "--port", metavar="N", type=_port, default=8001, help=builder.text("cli.port")
    )


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number < 1 << 16:
        raise argparse.ArgumentTypeError(text)
    return number


def serve(run: Run) -> int:
    """Make a public copy of a library and show it until the process is interrupted."""
    import tempfile

    from bulletin_desktop.services import sharing

    sharing.check()
    # What ends a service ends it as Ctrl-C does, so that the copy goes too.
    before = _on_end(signal.default_int_handler)
    try:
        with (
            closing(sharing.listen(run.options.host, run.options.port)) as bound,
            tempfile.TemporaryDirectory(prefix="bulletin-share-") as folder,
        ):
            try:
                _show(run, bound, Path(folder) / _COPY)
            finally:  # nothing breaks off the removal of the copy
                _on_end(signal.SIG_IGN)
    except KeyboardInterrupt:
        return run.output.fail(run.catalogue.text("share.ended"), _INTERRUPTED)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0


def _on_end(handler: Any) -> dict[int, Any]:
    """Let Ctrl-C and the end of a service do this; gives what they did before."""
    return {n: signal.signal(n, handler) for n in (signal.SIGINT, signal.SIGTERM)}


def _show(run: Run, bound: socket.socket, copy: Path) -> None:
    from bulletin_desktop.services import sharing

    with run.library() as library:
        name = library.path.stem
        if not run.finish(sharing.make_copy(library, copy, run.catalogue)):
            raise KeyboardInterrupt

    def ready() -> None:
        words, address = run.catalogue, sharing.address(bound)
        run.output.say(words.text("share.ready", address=address))
        if not sharing.is_private(bound.getsockname()[0]):
            port = bound.getsockname()[1]
            run.output.say(words.text("share.open", host=socket.gethostname(), port=port))

    sharing.run(sharing.site(copy, name), bound, ready)


COMMANDS: dict[str, Callable[[Run], int]] = {"serve": serve}
