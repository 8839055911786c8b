"""Where sentences end; apart from the rest of parsing, which is slow to load."""

from __future__ import annotations

import re

_REACH = 400
_STOP = re.compile("[。！？!?]")


def sentence_stop(words: str, start: int = 0) -> int:
    """The end of the first stop from ``start`` on, whatever it stands in; 0 where none is."""
    found = _STOP.search(words, start)
    return found.end() if found else 0


def first_sentence(words: str) -> int:
    """The end of the first sentence, its stop included; the whole length where none ends.

    A stop inside quotation marks or brackets does not end it, as far as a title may reach.
    """
    reach = words[:_REACH]
    for stop in _STOP.finditer(reach):
        head = reach[: stop.end()]
        if all(head.count(a) <= head.count(b) for a, b in ("“”", "（）", "《》", "‘’")):
            return stop.end()
    return sentence_stop(words) or len(words)
