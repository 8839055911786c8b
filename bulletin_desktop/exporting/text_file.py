"""Writing a file of text piece by piece, as all formats do that are no packages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.replacing import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_ARTICLES_A_STEP = 10
# XML 1.0, production 2 (Char), and what HTML and spreadsheets refuse likewise.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_pieces(pieces: Iterable[str | int], path: Path, articles: int) -> Iterator[Progress]:
    """Write pieces of text as UTF-8; a number among them says that this article (from 1) begins.

    Yields progress in articles. The file is replaced only whole and last; closed before, it leaves
    the old one. Raises KnownError ``write.*`` as ``replacing.placing`` does.
    """
    with replacing(path) as stream:
        yield progress(0, articles)
        for piece in pieces:
            if isinstance(piece, str):
                stream.write(piece.encode("utf-8", "replace"))
            elif begins_step(piece):
                yield progress(piece - 1, articles)
        yield progress(articles, articles)


def begins_step(number: int) -> bool:
    """Whether progress is due before the article of this number (from 1)."""
    return number > 1 and number % _ARTICLES_A_STEP == 1


def progress(done: int, total: int) -> Progress:
    """How many of all articles are written."""
    return Progress(done, total, Message("export.progress", {"done": done, "total": total}))


def clean(text: str) -> str:
    """The text with each character that markup cannot hold replaced by U+FFFD."""
    return _UNFIT.sub("\ufffd", text)
