"""What is framed in a Word document: cards of highlights, the distribution of a bulletin.

Source: ECMA-376 part 1, 17.3.1.11 frames, 17.4 tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.exporting.blocks import hanging, lines_of
from bulletin_desktop.exporting.template import OUTER_RULE
from bulletin_desktop.exporting.tints import ink
from bulletin_desktop.exporting.word_styles import STYLES
from bulletin_desktop.exporting.wordml import element, flag, paragraph, tab_run, text_run, twips

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.exporting.blocks import Card, Cards, Distribution
    from bulletin_desktop.exporting.template import Template
    from bulletin_desktop.exporting.wordml import Element

_GREY = "BFBFBF"
_PADDING = 100  # twips between a card's border and its words
_THIN, _EDGE = 0.5, 3  # points: of a border, and of the strip in the theme's colour
_ONE_PAGE = 400  # characters of a passage that surely fits on one page and is not parted


def cards(block: Cards, template: Template) -> Element:
    """Highlights as a table whose head comes again on each page."""
    widths = _widths(template)
    made = _table(widths)
    shade = template.styles["card_head"].shade
    made.append(_row(block.heads, "card_head", widths, head=True, shade=shade))
    for card in block.rows:
        made.append(_card(card, widths))
    return made


def _widths(template: Template) -> list[int]:
    whole = sum(template.columns)
    widths = [round(template.page.text_width * each / whole) for each in template.columns]
    widths[0] += template.page.text_width - sum(widths)
    return widths


def _card(card: Card, widths: Sequence[int]) -> Element:
    whole = max(map(len, card.cells)) <= _ONE_PAGE
    return _row(card.cells, "card", widths, whole=whole, edge=ink(card.colour))


def _row(
    cells: Sequence[str],
    role: str,
    widths: Sequence[int],
    *,
    head: bool = False,
    whole: bool = True,
    edge: str = "",
    shade: str = "",
) -> Element:
    made = element("tr", element("trPr", *flag("cantSplit", whole), *flag("tblHeader", head)))
    for cell, width in zip(cells, widths, strict=True):
        made.append(_cell(cell, role, width, edge, shade))
        edge = ""  # of the first alone
    return made


def _cell(text: str, role: str, width: int, edge: str, shade: str) -> Element:
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if edge:
        properties.append(element("tcBorders", _line("left", _EDGE, edge)))
    if shade:
        properties.append(element("shd", val="clear", color="auto", fill=shade))
    style = STYLES[role][0]
    lines = lines_of(text) or ("",)  # a cell has a paragraph, whatever is in it
    runs = ([text_run(line)] if line else [] for line in lines)
    return element("tc", properties, *(paragraph(style, *run) for run in runs))


def distribution(block: Distribution, template: Template) -> list[Element]:
    """Whom a bulletin goes to, between rules at the foot of the page (GB/T 9704-2012, 7.4).

    A frame of paragraphs with the same two rules: LibreOffice frames neither a table nor
    paragraphs with rules between them. All have one indent: Word draws the rules of each otherwise.
    """
    deep = max(map(hanging, block.lines))
    return [_framed(line, deep, template) for line in block.lines]


def _framed(text: str, deep: int, template: Template) -> Element:
    """A line of the frame, which goes on so many characters further in.

    The rules begin where its first line does, so a tab leads to the words.
    """
    style = template.styles["distribution"]
    first = twips((style.left + style.first_line) * style.size)
    left = first + twips(deep * style.size)
    whole = {"leftChars": 0, "left": left, "rightChars": 0, "right": 0}
    foot = {"vAnchor": "margin", "hAnchor": "margin", "x": 1, "yAlign": "bottom"}
    rules = (_line(side, OUTER_RULE, "000000", space=1) for side in ("top", "bottom"))
    properties = element(
        "pPr",
        element("pStyle", val=STYLES["distribution"][0]),
        element("framePr", w=template.page.text_width, hSpace=0, wrap="around", **foot),
        element("pBdr", *rules),
        element("tabs", element("tab", val="left", pos=first)),
        element("ind", **whole, hangingChars=0, hanging=left),
    )
    return element("p", properties, tab_run(), text_run(text))


def _table(widths: Sequence[int]) -> Element:
    margins = [element(name, w=_PADDING, type="dxa") for name in ("left", "right")]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    properties = element(
        "tblPr",
        element("tblW", w=sum(widths), type="dxa"),
        element("tblInd", w=0, type="dxa"),
        element("tblBorders", *(_line(side, _THIN, _GREY) for side in sides)),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *margins),
    )
    return element(
        "tbl", properties, element("tblGrid", *(element("gridCol", w=w) for w in widths))
    )


def _line(side: str, points: float, colour: str, space: int = 0) -> Element:
    return element(side, val="single", sz=round(points * 8), space=space, color=colour)
