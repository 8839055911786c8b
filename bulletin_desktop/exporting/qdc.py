"""A theme set as a REFI-QDA codebook (.qdc), which other programs for qualitative work read.

A codebook has names, colours, descriptions and the tree, and no aliases, words or keys.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from lxml import etree

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.theme_set import SetTheme, ThemeSet

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMESPACE = "urn:QDA-XML:codebook:1.0"

# A code's GUID is made of its name, so that it is the same whenever and from wherever it is
# exported: a name means one theme only, and a theme that was moved is still the same.
_GUIDS = uuid.UUID("6f3c1f0e-3a51-4c0e-9d0a-4b7b9f6f2c11")
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHORT_COLOUR = re.compile("#([0-9A-Fa-f])([0-9A-Fa-f])([0-9A-Fa-f])")


def dump(themes: Sequence[SetTheme], origin: str) -> bytes:
    """Themes, at least one, as a file; ``origin`` names the program that writes it."""
    root = etree.Element(_tag("CodeBook"), nsmap={None: NAMESPACE}, origin=origin)
    codes = etree.SubElement(root, _tag("Codes"))
    made: dict[int, etree._Element] = {}
    for place, theme in enumerate(themes):
        above = codes if theme.parent is None else made[theme.parent]
        made[place] = _code(above, theme)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def _code(above: etree._Element, theme: SetTheme) -> etree._Element:
    name = _NO_XML.sub("", theme.name)
    code = etree.SubElement(
        above, _tag("Code"), guid=str(uuid.uuid5(_GUIDS, name)), name=name, isCodable="true"
    )
    if theme.colour:
        code.set("color", theme.colour)
    if theme.description:
        etree.SubElement(code, _tag("Description")).text = _NO_XML.sub("", theme.description)
    return code


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def load(data: bytes) -> ThemeSet:
    """What a file holds; nothing outside it is read, and document types are refused.

    Raises KnownError("theme_set.unreadable").
    """
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise KnownError("theme_set.unreadable") from error
    if root.getroottree().docinfo.doctype or etree.QName(root).localname != "CodeBook":
        raise KnownError("theme_set.unreadable")
    themes: list[SetTheme] = []
    groups: list[str] = []
    for codes in root.iterchildren("{*}Codes"):
        _collect(codes, themes, groups)
    sets = [each.get("name", "") for each in root.iterfind("{*}Sets/{*}Set")]
    remarks = (("theme_set.not_codable", groups), ("theme_set.sets", sets))
    told = (Message(code, {"names": "、".join(n), "n": len(n)}) for code, n in remarks if n)
    return ThemeSet(tuple(themes), tuple(told))


def _collect(top: etree._Element, themes: list[SetTheme], groups: list[str]) -> None:
    """The codes below an element as themes, those above before those below."""
    waiting: list[tuple[etree._Element, int | None]] = [(top, None)]
    while waiting:
        above, parent = waiting.pop(0)
        for code in above.iterchildren("{*}Code"):
            name = code.get("name", "")
            if code.get("isCodable") in ("false", "0"):
                groups.append(name)
            waiting.append((code, len(themes)))
            description = code.findtext("{*}Description") or ""
            themes.append(SetTheme(name, parent, _colour(code), description=description))


def _colour(code: etree._Element) -> str | None:
    """The colour as #RRGGBB, which may be written as #RGB."""
    colour = code.get("color")
    return _SHORT_COLOUR.sub(r"#\1\1\2\2\3\3", colour) if colour and len(colour) == 4 else colour
