"""Folding: one spelling for texts that a reader takes for the same, position by position.

Full-width ASCII counts as half-width, capital letters as small ones, and a traditional character as
the simplified one that OpenCC names first for it. So all characters that are simplified to the same
one are one class (發 and 髮 are 发), while those that a simplified text has for itself (著, 覆)
stay apart. How years are written and how titles are spaced is no matter of folding: see
``matching``.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import NamedTuple

from bulletin_desktop import paths

# Whatever changes what ``fold`` gives must change this: the search index is made anew then.
VERSION = 1

# U+FF01–U+FF5E are the full-width forms of ASCII 0x21–0x7E, at a constant distance.
_WIDE_DISTANCE = 0xFF01 - 0x21
_COMMON = tuple((wide, chr(ord(wide) - _WIDE_DISTANCE)) for wide in "，（）：；！？")

# İ is the one letter that lower() makes longer; Σ and ς depend on what stands beside them.
_SPECIAL = {
    "\u3000": " ", "İ": "i", "Σ": "σ", "ς": "σ",
    "￠": "¢", "￡": "£", "￢": "¬", "￣": "¯", "￤": "¦", "￥": "¥", "￦": "₩",
}  # fmt: skip
_WIDE = re.compile("[！-～\u3000￠-￦İΣς]")


class _Variants(NamedTuple):
    table: dict[str, str]
    pattern: re.Pattern[str]


@cache
def _variants() -> _Variants:
    """Traditional characters and the simplified ones that stand for them."""
    data = json.loads(paths.resource("variants.json").read_text("utf-8"))
    table = dict(zip(data["traditional"], data["simplified"], strict=True))
    # A class of characters is looked up quickly only where all are in the first plane.
    plain = "".join(character for character in table if character <= "\uffff")
    return _Variants(table, re.compile(f"[{plain}\U00020000-\U0003ffff]"))


def _narrow(match: re.Match[str]) -> str:
    character = match[0]
    return _SPECIAL.get(character) or chr(ord(character) - _WIDE_DISTANCE)


def fold(text: str) -> str:
    """The text with width, case and traditional characters folded.

    As long as ``text`` in code points, so that a position in the one is a position in the other.
    """
    for wide, narrow in _COMMON:  # most of what is wide, at a fraction of the time
        text = text.replace(wide, narrow)
    text = _WIDE.sub(_narrow, text).lower()
    table, pattern = _variants()
    return pattern.sub(lambda found: table.get(found[0], found[0]), text)
