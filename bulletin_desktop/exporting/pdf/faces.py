"""Fonts for the page: a template's by their names, or what is installed instead."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase

if TYPE_CHECKING:
    from bulletin_desktop.exporting.template import Style, Template

TWIPS = 20  # in a point; lengths on the page are in twips
# Twips in a unit of Qt's on the page: from some 64 units on Qt keeps no glyph, and text of the
# body's size would be set twenty times as slowly.
UNIT = 10

_SONG = (
    "宋体", "SimSun", "华文宋体", "STSong", "Songti SC", "思源宋体", "Source Han Serif SC",
    "Noto Serif CJK SC", "Noto Serif SC", "AR PL UMing CN",
)  # fmt: skip
_FANG = (
    "仿宋", "FangSong", "仿宋_GB2312", "FangSong_GB2312", "华文仿宋", "STFangsong",
    "FZFangSong-Z02", "Zhuque Fangsong (technical preview)", "FandolFang R",
)  # fmt: skip
_KAI = (
    "楷体", "KaiTi", "楷体_GB2312", "KaiTi_GB2312", "华文楷体", "STKaiti", "Kaiti SC", "FZKai-Z03",
    "LXGW WenKai", "FandolKai", "AR PL UKai CN",
)  # fmt: skip
_HEI = (
    "黑体", "SimHei", "华文黑体", "STHeiti", "Heiti SC", "PingFang SC", "微软雅黑",
    "Microsoft YaHei", "思源黑体", "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC",
    "WenQuanYi Zen Hei",
)  # fmt: skip
_KINDS = (("仿", _FANG), ("Fang", _FANG), ("楷", _KAI), ("Kai", _KAI), ("黑", _HEI), ("Hei", _HEI))
_LATIN = ("Times New Roman", "Nimbus Roman", "Liberation Serif", "TeX Gyre Termes", "Tinos")
# They have what other faces lack: the extensions of the CJK ideographs.
_RARE = ("SimSun-ExtB", "MingLiU-ExtB", "HanaMinA", "HanaMinB", "BabelStone Han", "Jigmo2")
_DISPLAY = "标宋"  # a Song cut for titles; the one for text is too thin there


class Faces:
    """The fonts of a template in any size, and how far apart characters stand."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._made: dict[tuple[str, float, bool, float, bool], QFont] = {}

    def pitch(self, style: Style) -> float:
        """The width of a Chinese character in twips; text of the body's size stands on the grid."""
        return self._template.pitch(style)

    def font(
        self, style: Style, *, named: str = "", small: float = 1, latin: bool = False
    ) -> QFont:
        """The font of a style, or the one ``named`` in its size; ``small`` is a part of that size.

        ``latin`` gives the one for Latin letters and digits.
        """
        spacing = self.pitch(style) - style.size * TWIPS if small == 1 else 0.0
        key = (named or style.font, style.size * small, style.bold, spacing, latin)
        if key not in self._made:
            self._made[key] = self._font(*key)
        return self._made[key]

    def _font(self, name: str, size: float, bold: bool, spacing: float, latin: bool) -> QFont:
        found = self._families(name)
        instead = found[0] != name and _DISPLAY in name
        if latin:
            found = (*_installed((self._template.latin, *_LATIN))[:1], *found)
        font = QFont(list(found))
        font.setPixelSize(max(1, round(size * TWIPS / UNIT)))
        font.setBold(bold or instead)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if spacing:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing / UNIT)
        return font

    def _families(self, name: str) -> tuple[str, ...]:
        """Where a character is looked for, in this order."""
        kind = next((kind for part, kind in _KINDS if part in name), _SONG)
        wanted = (name, *self._template.alternates.get(name, ()), *kind)
        return (*_installed(wanted)[:1], *_installed(_SONG)[:1], *_installed(_RARE), "serif")


@cache
def _installed(families: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(family for family in families if QFontDatabase.hasFamily(family))
