"""Colours as named tokens, and the style of the whole program made from them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from bulletin_desktop import paths

if TYPE_CHECKING:
    from collections.abc import Mapping

SANS = [
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
]
SERIF = [
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Songti SC",
    "SimSun",
    "AR PL UMing CN",
    "serif",
]


# Chinese typefaces have quotes and ellipses as wide as a character; among Latin words that gapes.
_NARROW_MARKS = QFont.Tag("pwid")


class Tokens:
    """The colours of one theme by name."""

    def __init__(self, name: str) -> None:
        self.name = name
        source = paths.resource(f"themes/{name}.json")
        self._values: Mapping[str, str] = json.loads(source.read_text("utf-8"))

    def __getitem__(self, token: str) -> str:
        return self._values[token]

    def colour(self, token: str) -> QColor:
        """A token as a colour to paint with."""
        return QColor(self._values[token])


def system_theme() -> str:
    """The name of the theme that fits the desktop's colour scheme."""
    dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def apply(tokens: Tokens) -> None:
    """Give the whole program the fonts, palette and style of a theme."""
    app = cast(QApplication, QApplication.instance())
    set_font()
    app.setPalette(_palette(tokens))
    app.setStyleSheet(style_sheet(tokens))


def style_sheet(tokens: Tokens) -> str:
    """The style sheet with a theme's colours, and the paths of its drawings, put in."""
    source = paths.resource("stylesheet.qss").read_text("utf-8")
    places = {"name": tokens.name, "icons": paths.resource("icons").as_posix()}
    return re.sub(r"@([a-z_]+)", lambda found: places.get(found[1]) or tokens[found[1]], source)


def sans(pixels: int, *, bold: bool = False) -> QFont:
    """The typeface of the program's own words."""
    font = _font(SANS, pixels, bold)
    if QLocale().language() != QLocale.Language.Chinese:
        font.setFeature(_NARROW_MARKS, 1)
    return font


def set_font() -> None:
    """Give the program's own words the typeface that fits their language."""
    QApplication.setFont(sans(13))


def serif(pixels: int, *, bold: bool = False) -> QFont:
    """The typeface of the bulletins' words."""
    return _font(SERIF, pixels, bold)


def _font(families: list[str], pixels: int, bold: bool) -> QFont:
    font = QFont(families)  # QFont() would take the narrow marks along
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


def _palette(tokens: Tokens) -> QPalette:
    """For what the style sheet does not reach: base colours of native dialogs, links, hints."""
    roles = {
        QPalette.ColorRole.Window: "ground",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "paper",
        QPalette.ColorRole.AlternateBase: "ground",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "paper",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.ToolTipBase: "paper",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.PlaceholderText: "faint",
        QPalette.ColorRole.Highlight: "selection",
        QPalette.ColorRole.HighlightedText: "text",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.Accent: "accent",
    }
    palette = QPalette()
    for role, token in roles.items():
        palette.setColor(role, tokens.colour(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, tokens.colour("faint"))
    return palette
