"""A compilation as PDF. Its pages are laid out with QtGui in a child process, so that the command
line needs neither Qt nor a screen, and a cancelled one is gone at once.

Importing this imports no Qt: only the modules beside it, which the child runs, do.
"""

from __future__ import annotations

import logging
import math
import pickle
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_desktop.children import environment, this_program, wait_for
from bulletin_desktop.exporting.text_file import progress
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.replacing import replacing

if TYPE_CHECKING:
    from collections.abc import Generator

    from bulletin_desktop.exporting.compiled import Compilation
    from bulletin_desktop.exporting.template import Template
    from bulletin_desktop.model.change import Progress

OPTION = "--lay-out"  # __main__ tells it from other options


def write_pdf(
    compilation: Compilation, path: Path, template: Template
) -> Generator[Progress, None, None]:
    """Write a compilation as PDF, yielding progress in articles; nothing happens unless iterated.

    The file at ``path`` is replaced only whole and last, after the final progress; closing this
    ends the child and leaves the file as it was. Raises KnownError ``write.*`` as
    ``replacing.placing`` does and ``export.failed`` where the child ended without a result.
    """
    with (
        replacing(path) as stream,
        tempfile.TemporaryDirectory(prefix="bulletin-", ignore_cleanup_errors=True) as name,
    ):
        folder = Path(name)
        yield progress(0, compilation.articles)
        (folder / "given").write_bytes(pickle.dumps((compilation, template)))
        yield from _lay_out(folder, compilation.articles)
        yield progress(compilation.articles, compilation.articles)
        with (folder / "made").open("rb") as made:
            shutil.copyfileobj(made, stream)


def _lay_out(folder: Path, articles: int) -> Generator[Progress, None, None]:
    """Have the child make the file ``made`` of what is ``given``; it tells how far it is."""
    told, log = folder / "told", folder / "log"
    with told.open("wb") as stdout, log.open("wb") as stderr, told.open("rb") as reading:
        command = this_program(OPTION, str(folder))
        streams = {"stdout": stdout, "stderr": stderr}
        waiting = wait_for(command, math.inf, env=_environment(), **streams)
        try:
            while True:
                next(waiting)
                if lines := reading.read().split():
                    yield progress(int(lines[-1]), articles)
        except StopIteration as stopped:
            code = stopped.value
        finally:
            waiting.close()
    if code != 0:
        trace = log.read_bytes().decode("utf-8", "replace")
        logging.getLogger(__name__).error("no PDF, exit code %s:\n%s", code, trace)
        raise KnownError("export.failed")


def _environment() -> dict[str, str]:
    """The child's: it needs no screen."""
    if sys.platform == "win32":  # its fonts are known to the native platform alone
        return environment()
    return {**environment(), "QT_QPA_PLATFORM": "offscreen"}
