"""WordprocessingML in small pieces: element names and their order within a text.

Source: ECMA-376 part 1 (Office Open XML), clause 17: 17.3 paragraphs and runs, 17.13.6 bookmarks,
17.16 fields and hyperlinks. The order of children is that of the schema and matters to Word.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from docx.oxml.ns import nspfxmap, qn
from lxml import etree

from bulletin_desktop.exporting.text_file import clean

Side = Literal["left", "center", "right"]
Element: TypeAlias = etree._Element

# Plain elements: python-docx's own classes cost three times as long to make.
_make = etree.XMLParser().makeelement
NAMESPACES = nspfxmap("w", "r")

_BREAKS = re.compile(r"(\r\n|\r|\n|\t)")


_name = functools.cache(qn)


def element(name: str, /, *children: Element, **attributes: object) -> Element:
    """A ``w:`` element with ``w:`` attributes and children."""
    named = {_name("w:" + key): str(value) for key, value in attributes.items()}
    made = _make(_name("w:" + name), named, NAMESPACES)
    made.extend(children)
    return made


def flag(name: str, on: bool) -> list[Element]:
    """An element that says by being there, or none."""
    return [element(name)] if on else []


def twips(points: float) -> int:
    """Points in twentieths, rounded."""
    return round(points * 20)


def text_run(text: str, style: str = "", fill: str = "") -> Element:
    """A run with the text in a character style, on a ground of a colour (RRGGBB), if any.

    Line ends become line breaks and tabs tabs. The hint gives characters that are both Chinese and
    Western (quotes, dashes, dots) the Chinese font (17.3.2.26).
    """
    properties = element("rPr", element("rFonts", hint="eastAsia"))
    if style:
        properties.insert(0, element("rStyle", val=style))
    if fill:
        properties.append(element("shd", val="clear", color="auto", fill=fill))
    return element("r", properties, *_text(clean(text)))


def tab_run() -> Element:
    """A run with a tab."""
    return element("r", element("tab"))


def mark_run(style: str, mark: Element) -> Element:
    """A run in a character style with a mark that is no text, such as a reference."""
    return element("r", element("rPr", element("rStyle", val=style)), mark)


def _text(text: str) -> Iterator[Element]:
    for piece in _BREAKS.split(text):
        if piece == "\t":
            yield element("tab")
        elif piece in ("\n", "\r", "\r\n"):
            yield element("br")
        elif piece:
            yield _plain("t", piece)


def _plain(name: str, text: str) -> Element:
    made = element(name)
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def paragraph(
    style: str,
    *content: Element,
    keep: bool = False,
    before: float | None = None,
    left: int = 0,
    align: Side | None = None,
    level: int = 0,
) -> Element:
    """A paragraph in a style; ``keep`` with the next one, ``before`` other space in points,
    ``left`` indented by so many twips, ``align`` and ``level`` of the outline (from 1) other than
    the style says.
    """
    properties = element("pPr", element("pStyle", val=style), *flag("keepNext", keep))
    if before is not None:
        properties.append(element("spacing", before=twips(before)))
    if left:
        properties.append(element("ind", leftChars=0, left=left))
    if align:
        properties.append(element("jc", val=align))
    if level:
        properties.append(element("outlineLvl", val=level - 1))
    return element("p", properties, *content)


def closing(*section: Element) -> Element:
    """A paragraph as low as a line can be that ends a section, or stands behind a table or frame.

    LibreOffice loses the footers of a section that ends in the same paragraph as a contents field;
    and a table has to have a paragraph behind it, as has a frame.
    """
    low = element("spacing", before=0, after=0, line=20, lineRule="exact")
    return element("p", element("pPr", element("snapToGrid", val=0), low, *section))


def field_begin(instruction: str) -> list[Element]:
    """The runs that open a complex field, up to its cached result."""
    return [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", _plain("instrText", f" {instruction} ")),
        element("r", element("fldChar", fldCharType="separate")),
    ]


def field_end() -> Element:
    """The run that closes a complex field."""
    return element("r", element("fldChar", fldCharType="end"))


def field(instruction: str, cached: str) -> list[Element]:
    """A complex field with its cached result."""
    return [*field_begin(instruction), text_run(cached), field_end()]


def bookmark_name(anchor: int) -> str:
    """The name of a heading's bookmark; Word hides names that begin with an underscore."""
    return f"_Toc{anchor:08d}"


def bookmarked(anchor: int, *content: Element) -> list[Element]:
    """The content between the marks of a heading's bookmark."""
    start = element("bookmarkStart", id=anchor, name=bookmark_name(anchor))
    return [start, *content, element("bookmarkEnd", id=anchor)]


def link(anchor: int, *content: Element) -> Element:
    """Content that leads to a heading."""
    return element("hyperlink", *content, anchor=bookmark_name(anchor), history=1)


def page_link(text: str, anchor: int, page: int) -> Element:
    """A line that leads to a heading: text, tab, and its page as a field with a cached number."""
    number = field(f"PAGEREF {bookmark_name(anchor)} \\h", str(page))
    return link(anchor, text_run(text), tab_run(), *number)


def end_section(last: Element, section: Element) -> None:
    """Make a paragraph the last one of a section."""
    last[0].append(section)
