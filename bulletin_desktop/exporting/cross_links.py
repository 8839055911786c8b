"""Links of the form [[title]] in what users write: to the article of that title."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from bulletin_desktop.exporting.blocks import Heading, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bulletin_desktop.exporting.blocks import Block

_LINK = re.compile(r"\[\[([^\[\]\n]+)\]\]")


def targets_of(blocks: Iterable[Block]) -> dict[str, int]:
    """The anchors of articles by title, of titles that one article alone has."""
    titles = [
        (joined(block.lines), block.anchor)
        for block in blocks
        if isinstance(block, Heading) and block.role == "title"
    ]
    counted = Counter(title for title, _ in titles)
    return {title: anchor for title, anchor in titles if counted[title] == 1}


def pieces(text: str, targets: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """The text piece by piece, each with the anchor it leads to, or 0.

    A link loses its brackets; one that leads nowhere stays as it was written.
    """
    at = 0
    for found in _LINK.finditer(text):
        if anchor := targets.get(found[1].strip()):
            if found.start() > at:
                yield text[at : found.start()], 0
            yield found[1].strip(), anchor
            at = found.end()
    if at < len(text) or not text:
        yield text[at:], 0
