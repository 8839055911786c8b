"""OpenDocument XML in small pieces: namespaces, elements, text as ODF wants it.

Source: OpenDocument 1.3, part 3 (schema); 6.1.2 says which white space counts as none.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from bulletin_desktop.exporting.text_file import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = "1.3"

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES: Mapping[str, str] = {
    "office": f"{_OASIS}office:1.0",
    "style": f"{_OASIS}style:1.0",
    "text": f"{_OASIS}text:1.0",
    "table": f"{_OASIS}table:1.0",
    "draw": f"{_OASIS}drawing:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}svg-compatible:1.0",
    "meta": f"{_OASIS}meta:1.0",
    "config": f"{_OASIS}config:1.0",
    "manifest": f"{_OASIS}manifest:1.0",
    "ooo": "http://openoffice.org/2004/office",  # in names of settings
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}

_PIECES = re.compile(r"(\r\n|[\r\n\t]| +)")

Element = Any  # lxml has no types of its own
Attributes = dict[str, str]


@functools.cache
def named(name: str) -> str:
    """A prefixed name as lxml spells it."""
    prefix, local = name.split(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def document(name: str, *prefixes: str) -> Element:
    """The root of a part of the package, in which the prefixes stand for their namespaces."""
    spaces = {prefix: _SPACES[prefix] for prefix in (name.split(":")[0], *prefixes)}
    version = "manifest:version" if name.startswith("manifest:") else "office:version"
    return etree.Element(named(name), {named(version): VERSION}, nsmap=spaces)


def add(
    parent: Element, name: str, attributes: Attributes | None = None, text: str = ""
) -> Element:
    """A new last child with attributes and text."""
    made = etree.SubElement(parent, named(name))
    if attributes:
        put(made, attributes)
    if text:
        add_text(made, text)
    return made


def put(element: Element, attributes: Attributes) -> None:
    """Set attributes by their prefixed names."""
    for key, value in attributes.items():
        element.set(named(key), clean(value))


def add_text(parent: Element, text: str) -> None:
    """Text behind what is in an element; line ends, tabs and spaces that would collapse as such."""
    pieces = _PIECES.split(clean(text))
    for place, piece in enumerate(pieces):
        if piece == "\t":
            add(parent, "text:tab")
        elif piece in ("\n", "\r", "\r\n"):
            add(parent, "text:line-break")
        elif _stays(pieces, place):
            _append(parent, piece)
        else:
            add(parent, "text:s", {"text:c": str(len(piece))})


def _stays(pieces: list[str], place: int) -> bool:
    """Whether a piece needs no element: a space does not that stands alone between words."""
    piece = pieces[place]
    between = 0 < place < len(pieces) - 1 and pieces[place - 1] and pieces[place + 1]
    return not piece.startswith(" ") or (piece == " " and bool(between))


def plain(parent: Element, name: str, text: str) -> Element:
    """A new last child that holds text as it is, for parts that are no text of the document."""
    made = etree.SubElement(parent, named(name))
    made.text = clean(text)
    return made


def _append(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def serialised(root: Element) -> bytes:
    """A part as it is stored."""
    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made


def points(value: float) -> str:
    """A length in points."""
    return f"{round(value, 2):g}pt"
