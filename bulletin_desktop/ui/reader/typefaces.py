"""The four faces of the page, from what is installed, with fallbacks for rare characters."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont

from bulletin_desktop.ui.theme import SANS, SERIF

_FANG = (
    "FangSong",
    "仿宋",
    "STFangsong",
    "华文仿宋",
    "FangSong_GB2312",
    "FZFangSong-Z02",
    "Zhuque Fangsong (technical preview)",
    "FandolFang R",
    "cwTeXFangSong",
)
_KAI = (
    "KaiTi",
    "楷体",
    "Kaiti SC",
    "STKaiti",
    "华文楷体",
    "KaiTi_GB2312",
    "FZKai-Z03",
    "LXGW WenKai",
    "FandolKai",
    "TW-Kai",
    "AR PL UKai CN",
    "AR PL KaitiM GB",
)
_SONG = tuple(family for family in SERIF if family != "serif")
_HEI = tuple(family for family in SANS if family != "sans-serif")
_FACES = {"song": _SONG, "fang": _FANG, "kai": _KAI, "hei": _HEI}
# They have what the faces lack: the extensions B to I of the CJK ideographs.
_RARE = (
    "Plangothic P1",
    "Plangothic P2",
    "Jigmo",
    "Jigmo2",
    "Jigmo3",
    "BabelStone Han",
    "SimSun-ExtB",
    "SimSun-ExtG",
    "MingLiU-ExtB",
    "HanaMinA",
    "HanaMinB",
)


def installed(face: str) -> str | None:
    """The family that a face (song, fang, kai, hei) is set in; None where none is installed."""
    from PySide6.QtGui import QFontDatabase  # a start in the Song face does without it

    return next((family for family in _FACES[face] if QFontDatabase.hasFamily(family)), None)


def font(face: str, pixels: int, *, bold: bool = False) -> QFont:
    """A face in a size; what is not installed is set in the Song face.

    Neither Fangsong nor Kai is cut in bold: what stands out among them is set in Hei, and a title
    in Song, as printed documents have it.
    """
    return _font(families(face), pixels, bold=bold)


def strong(face: str, pixels: int) -> QFont:
    """What stands out in running text of a face."""
    found = _found(face)
    wanted = families("song" if found == "song" else "hei")
    return _font(wanted, pixels, bold=found in ("song", "hei"))


def display(face: str, pixels: int) -> QFont:
    """The title over text of a face."""
    return _font(families("hei" if face == "hei" else "song"), pixels, bold=True)


@cache
def families(face: str) -> tuple[str, ...]:
    """The families of a face in the order in which a character is looked for."""
    if face == "song":
        return (*_SONG, *_RARE, "serif")
    if face == "hei":
        return (*_HEI, *_RARE, "sans-serif")
    found = installed(face)  # a family that is missing may stand for another one's alias
    return (*((found,) if found else ()), *families("song"))


@cache
def _found(face: str) -> str:
    """The face that is really there for one."""
    return face if face in ("song", "hei") or installed(face) else "song"


def _font(wanted: tuple[str, ...], pixels: int, *, bold: bool) -> QFont:
    made = QFont(wanted)  # nothing of the program's own font
    made.setPixelSize(pixels)
    made.setBold(bold)
    return made
