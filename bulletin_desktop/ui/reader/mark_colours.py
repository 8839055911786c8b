"""The grounds of highlights: a theme's colour in the paper, so light that words stay legible."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# How much of the colour is in the paper, where that is light and where it is dark.
_SHARES = (0.24, 0.36)
# Each further highlight over the same words makes their ground so much stronger.
_STRONGER = 1.4
_STEP = 0.95
# WCAG 2.2, 1.4.3.
CONTRAST = 4.5

_Rgb = tuple[float, float, float]


def ground(paper: str, text: str, inks: Sequence[str], depth: int = 1) -> str:
    """The ground under words of the colour ``text`` where ``depth`` highlights lie on them, whose
    colours are ``inks``. All colours are #RRGGBB.
    """
    return _ground(paper, text, tuple(inks), depth)


@cache
def _ground(paper: str, text: str, inks: tuple[str, ...], depth: int) -> str:
    parts = [_rgb(ink) for ink in inks]
    ink = (sum(p[0] for p in parts), sum(p[1] for p in parts), sum(p[2] for p in parts))
    mean = (ink[0] / len(parts), ink[1] / len(parts), ink[2] / len(parts))
    dark = _luminance(_rgb(paper)) < _luminance(_rgb(text))
    share = min(0.9, _SHARES[dark] * _STRONGER ** (depth - 1))
    while contrast(mixed := _mix(_rgb(paper), mean, share), text) < CONTRAST:
        share *= _STEP
    return mixed


def contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG, 1 to 21."""
    light, dark = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _rgb(colour: str) -> _Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _mix(paper: _Rgb, ink: _Rgb, share: float) -> str:
    parts = (round(p + (i - p) * share) for p, i in zip(paper, ink, strict=True))
    return "#" + "".join(f"{part:02X}" for part in parts)


def _luminance(colour: _Rgb) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
