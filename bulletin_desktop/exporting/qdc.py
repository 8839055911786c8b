"""A theme set as a REFI-QDA codebook (.qdc), which other programs for qualitative work read.

A codebook has names, colours, descriptions and the tree, and no aliases, words or keys.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from lxml import etree

from bulletin_desktop.exporting.safe_xml import allowed, parsed
from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.theme_set import SetTheme, ThemeSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.model.records import Theme

NAMESPACE = "urn:QDA-XML:codebook:1.0"

# A code's GUID is made of its name, so that it is the same whenever and from wherever it is
# exported: a name means one theme only, and a theme that was moved is still the same.
_GUIDS = uuid.UUID("6f3c1f0e-3a51-4c0e-9d0a-4b7b9f6f2c11")
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
    code = etree.SubElement(above, _tag("Code"))
    fill_code(code, theme)
    if theme.description:
        etree.SubElement(code, _tag("Description")).text = allowed(theme.description)
    return code


def fill_code(code: etree._Element, theme: SetTheme | Theme) -> None:
    """Give a code what it is known by, of a codebook and of a project alike."""
    name = allowed(theme.name)
    code.set("guid", code_guid(theme.name))
    code.set("name", name)
    code.set("isCodable", "true")
    if theme.colour:
        code.set("color", theme.colour)


def code_guid(name: str) -> str:
    """The GUID of the code that a theme of this name becomes."""
    return str(uuid.uuid5(_GUIDS, allowed(name))).upper()


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def load(data: bytes) -> ThemeSet:
    """What a file holds; nothing outside it is read, and document types are refused.

    Raises KnownError("theme_set.unreadable").
    """
    try:
        root = parsed(data, "CodeBook")
    except ValueError as error:
        raise KnownError("theme_set.unreadable") from error
    codes = collect(root)
    groups = [theme.name for code, theme in codes if is_group(code)]
    sets = [each.get("name", "") for each in root.iterfind("{*}Sets/{*}Set")]
    remarks = (("theme_set.not_codable", groups), ("theme_set.sets", sets))
    told = (Message(code, {"names": "、".join(n), "n": len(n)}) for code, n in remarks if n)
    return ThemeSet(tuple(theme for _, theme in codes), tuple(told))


def collect(codebook: etree._Element) -> list[tuple[etree._Element, SetTheme]]:
    """The codes of a codebook with the themes they become, those above before those below."""
    found: list[tuple[etree._Element, SetTheme]] = []
    waiting: list[tuple[etree._Element, int | None]] = [
        (codes, None) for codes in codebook.iterchildren("{*}Codes")
    ]
    while waiting:
        above, parent = waiting.pop(0)
        for code in above.iterchildren("{*}Code"):
            waiting.append((code, len(found)))
            description = code.findtext("{*}Description") or ""
            name = code.get("name", "")
            found.append((code, SetTheme(name, parent, _colour(code), description=description)))
    return found


def is_group(code: etree._Element) -> bool:
    """Whether a code only groups others."""
    return code.get("isCodable") in ("false", "0")


def _colour(code: etree._Element) -> str | None:
    """The colour as #RRGGBB, which may be written as #RGB."""
    colour = code.get("color")
    return _SHORT_COLOUR.sub(r"#\1\1\2\2\3\3", colour) if colour and len(colour) == 4 else colour
