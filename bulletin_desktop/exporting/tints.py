"""Colours on paper: a theme's colour as a ground on which black letters are read easily."""

from __future__ import annotations

import re

_COLOUR = re.compile("[0-9A-Fa-f]{6}")
_SHARE = 0.35  # of the colour; even of black there is left a contrast of 8 : 1


def ink(colour: str) -> str:
    """A colour RRGGBB, or nothing where a text is none."""
    return colour.upper() if _COLOUR.fullmatch(colour) else ""


def tint(colour: str) -> str:
    """A colour RRGGBB mixed with white; nothing where a text is none."""
    if not ink(colour):
        return ""
    parts = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return "".join(f"{round(255 - (255 - part) * _SHARE):02X}" for part in parts)
