"""The package of an OpenDocument text: its parts, manifest, properties and settings.

Source: OpenDocument 1.3, part 2 (packages). ``mimetype`` comes first and is not compressed.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bulletin_desktop.exporting.odt_xml import VERSION, add, document, plain, serialised

if TYPE_CHECKING:
    from bulletin_desktop.exporting.odt_xml import Element

_TYPE = "application/vnd.oasis.opendocument.text"
# How LibreOffice lays out, as it does Word documents: the wider one of the spaces between two
# paragraphs counts, at the head of a page too; tabs count from the margin; lines before a break
# are not spread.
_SETTINGS: tuple[tuple[str, str], ...] = (
    ("AddParaTableSpacing", "false"),
    ("AddParaTableSpacingAtStart", "true"),
    ("TabsRelativeToIndent", "false"),
    ("DoNotJustifyLinesWithManualBreak", "true"),
)


@dataclass(frozen=True, slots=True)
class Properties:
    """What the document says of itself."""

    title: str
    author: str
    keywords: tuple[str, ...]


def packed(content: Element, styles: Element, properties: Properties) -> bytes:
    """The finished file, in memory: a full disk then meets one plain write and no open ZIP."""
    parts = {
        "content.xml": content,
        "styles.xml": styles,
        "meta.xml": _meta(properties),
        "settings.xml": _settings(),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _TYPE, zipfile.ZIP_STORED)
        for name, root in parts.items():
            archive.writestr(name, serialised(root))
        archive.writestr("META-INF/manifest.xml", serialised(_manifest(tuple(parts))))
    return buffer.getvalue()


def _meta(properties: Properties) -> Element:
    root = document("office:document-meta", "meta", "dc")
    meta = add(root, "office:meta")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    plain(meta, "meta:generator", "Bulletin Desktop")
    plain(meta, "dc:title", properties.title)
    plain(meta, "meta:initial-creator", properties.author)
    plain(meta, "dc:creator", properties.author)
    plain(meta, "meta:creation-date", now)
    plain(meta, "dc:date", now)
    plain(meta, "dc:language", "zh-CN")
    for keyword in properties.keywords:
        plain(meta, "meta:keyword", keyword)
    return root


def _settings() -> Element:
    root = document("office:document-settings", "config", "ooo")
    settings = add(root, "office:settings")
    items = add(settings, "config:config-item-set", {"config:name": "ooo:configuration-settings"})
    for name, value in _SETTINGS:
        attributes = {"config:name": name, "config:type": "boolean"}
        add(items, "config:config-item", attributes, value)
    return root


def _manifest(parts: tuple[str, ...]) -> Element:
    root = document("manifest:manifest")
    whole = {"manifest:full-path": "/", "manifest:version": VERSION, "manifest:media-type": _TYPE}
    add(root, "manifest:file-entry", whole)
    for name in parts:
        entry = {"manifest:full-path": name, "manifest:media-type": "text/xml"}
        add(root, "manifest:file-entry", entry)
    return root
