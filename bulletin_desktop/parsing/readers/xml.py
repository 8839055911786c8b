"""XML parts of a package: without document types and entities, without a tree of long ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from lxml import etree

from bulletin_desktop.model.errors import KnownError

_CHUNK = 2**16
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PREFIXES = {
    _WORD: "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
}


class Target(Protocol):
    """Takes what is in a part, in its order; names as ``w:p``."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins; its attributes by their names without a prefix."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, words: str) -> None:
        """Text inside the element at hand."""


class _Adapter:
    """Stands between the parser and a target: short names, and no document types."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._names: dict[str, str] = {}

    def _name(self, tag: str) -> str:
        name = self._names.get(tag)
        if name is None:
            namespace, _, local = tag.rpartition("}")
            name = f"{_PREFIXES.get(namespace[1:], '')}:{local}"
            self._names[tag] = name
        return name

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        plain = {name.rpartition("}")[2]: value for name, value in attributes.items()}
        self._target.start(self._name(tag), plain)

    def end(self, tag: str) -> None:
        self._target.end(self._name(tag))

    def data(self, words: str) -> None:
        self._target.data(words)

    def doctype(self, *_: object) -> None:
        raise KnownError("file.damaged")  # Office files have none; it could only define entities

    def close(self) -> None:
        pass


def feed(part: bytes, target: Target) -> None:
    """Hand a part to a target bit by bit. Raises KnownError ``file.damaged``."""
    parser = etree.XMLParser(target=_Adapter(target), **_options())
    try:
        for start in range(0, len(part), _CHUNK):
            parser.feed(part[start : start + _CHUNK])
        parser.close()
    except etree.XMLSyntaxError as error:
        raise KnownError("file.damaged") from error


def tree(part: bytes) -> etree._Element:
    """A short part as a tree. Raises KnownError ``file.damaged``."""
    try:
        root = etree.fromstring(part, etree.XMLParser(**_options()))
    except etree.XMLSyntaxError as error:
        raise KnownError("file.damaged") from error
    if root.getroottree().docinfo.doctype:
        raise KnownError("file.damaged")
    return root


def _options() -> dict[str, Any]:
    return {
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
        "remove_comments": True,
        "remove_pis": True,
        "huge_tree": False,
    }


def bytes_of(element: etree._Element) -> bytes:
    """An element as a part of its own."""
    part: bytes = etree.tostring(element, with_tail=False)
    return part


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """The children of an element of a Word part with a name, whatever the dialect."""
    return [] if element is None else list(element.iterchildren(f"{{*}}{name}"))


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of names."""
    for name in path:
        found = children(element, name)
        if not found:
            return None
        element = found[0]
    return element


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute by its name without a prefix; None where the element or it is missing."""
    if element is None:
        return None
    return next((v for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), None)


def number(words: str | None) -> int | None:
    """A whole number as attributes give it; None for anything else."""
    try:
        return int(float(words)) if words and len(words) < 12 else None
    except (ValueError, OverflowError):
        return None


def is_on(words: str | None) -> bool:
    """What a switch says that stands there; without a value it is on."""
    return words not in ("0", "false", "off", "none")
