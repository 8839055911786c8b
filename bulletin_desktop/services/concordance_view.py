"""Which lines of a concordance are shown, in which order, and what stands next to the keywords."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bulletin_desktop.language.folding import fold
from bulletin_desktop.services.concordance import WIDEST, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.services.concordance import Line

Sort = Literal["left", "keyword", "right", "date", "source"]
Side = Literal["left", "right"]

NEIGHBOURS = 100
# By pinyin so many characters count: reading all of them takes long.
_READ = 12


class View(NamedTuple):
    """Which lines are shown, in which order.

    ``words`` must stand in the line with ``width`` code points on each side, in its title or its
    source; ``neighbour``, unless it is empty, must be that of the line, ``length`` characters on
    its ``side``. With ``pinyin`` Chinese is sorted as it is read.
    """

    sort: Sort = "right"
    backwards: bool = False
    pinyin: bool = False
    words: str = ""
    width: int = WIDEST
    side: Side = "right"
    length: int = 1
    neighbour: str = ""


class Arranged(NamedTuple):
    """The numbers of the lines to show; and of all ``total`` lines that have the words the most
    frequent neighbours, each with how often it comes.
    """

    rows: array[int]
    neighbours: list[tuple[str, int]]
    total: int


def arranged(lines: Sequence[Line], view: View) -> Arranged:
    """Lines as a view wants them; among equals the order stays. 20,000 lines take 0.2 s.

    Lines without what is sorted by (nothing at that side, no source) stand last.
    """
    wanted = fold(view.words.strip())
    fitting = [
        n for n, line in enumerate(lines) if not wanted or wanted in _searched(line, view.width)
    ]
    beside = {n: neighbour(lines[n], view.side, view.length) for n in fitting}
    counts = Counter(found for found in beside.values() if found)
    shown = [n for n in fitting if not view.neighbour or beside[n] == view.neighbour]
    key = _key(view)
    if key is None:
        rows = shown[::-1] if view.backwards else shown
    else:
        keys = {n: key(lines[n]) for n in shown}
        there = [n for n in shown if keys[n]]
        rows = sorted(there, key=keys.__getitem__, reverse=view.backwards)
        rows += [n for n in shown if not keys[n]]
    return Arranged(array("l", rows), counts.most_common(NEIGHBOURS), len(fitting))


def _searched(line: Line, width: int) -> str:
    article = line.where.article
    left, right = cut(line, width)
    words = (left + line.keyword + right, article.heading, article.source or "")
    return fold("\n".join(words))


def neighbour(line: Line, side: Side, length: int) -> str:
    """The letters or characters next to the keyword, folded; "" where marks or an end come."""
    if side == "left":
        text = line.left.rstrip()
        found = text[max(0, len(text) - length) :]
    else:
        found = line.right.lstrip()[:length]
    return fold(found) if len(found) == length and found.isalnum() else ""


def _key(view: View) -> Callable[[Line], Any] | None:
    """What lines are sorted by; None where they are in order already."""
    if view.sort == "date":
        return None
    text = _BY[view.sort]
    if not view.pinyin:
        return text
    from bulletin_desktop.language import pinyin

    def read(line: Line) -> list[tuple[str, str]]:
        return [(pinyin.all_readings(sign)[0], sign) for sign in text(line)[:_READ]]

    return read


_BY: dict[str, Callable[[Line], str]] = {
    "right": lambda line: fold(line.right).lstrip(),
    "left": lambda line: fold(line.left).rstrip()[::-1],  # from the keyword outwards
    "keyword": lambda line: fold(line.keyword),
    "source": lambda line: fold(line.where.article.source or ""),
}
