"""Folding: one spelling for texts that a reader takes for the same, position by position."""

from __future__ import annotations

import re

# U+FF01–U+FF5E are the full-width forms of ASCII 0x21–0x7E, at a constant distance.
_WIDE_DISTANCE = 0xFF01 - 0x21

# İ is the one letter that lower() makes longer; Σ and ς depend on what stands beside them.
_SPECIAL = {"\u3000": " ", "İ": "i", "Σ": "σ", "ς": "σ"}

_FOLDED = re.compile("[！-～\u3000İΣς]")


def _narrow(match: re.Match[str]) -> str:
    character = match[0]
    return _SPECIAL.get(character) or chr(ord(character) - _WIDE_DISTANCE)


def fold(text: str) -> str:
    """The text with full-width ASCII made half-width and letters made lower case.

    As long as ``text`` in code points, so that a position in the one is a position in the other.
    """
    return _FOLDED.sub(_narrow, text).lower()
