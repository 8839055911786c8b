"""The package of a Word document: its parts, their relations, and the document properties.

Source: ECMA-376 part 2 (Open Packaging Conventions). The parts are made here rather than taken from
python-docx's sample document, which brings English styles, a thumbnail and a stranger's name.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from docx.package import Package

from bulletin_desktop.exporting import wordml
from bulletin_desktop.exporting.template import Template
from bulletin_desktop.exporting.wordml import Element
from bulletin_desktop.paths import resource

_PartKind = tuple[str, str]  # content type, and relation to the document
_STYLES = (CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES)
_SETTINGS = (CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS)
_FONT_TABLE = (CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE)
_THEME = (CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME)
_FOOTER = (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER)

# The core properties are short strings; python-docx refuses longer ones.
_PROPERTY_LENGTH = 255


class WordPackage:
    """A Word document in the making; ``body`` takes its paragraphs, ``footers`` are part ids."""

    def __init__(self, template: Template) -> None:
        self._package = Package()
        self.body = wordml.element("body")
        self._document = self._part(
            "document", wordml.element("document", self.body), CONTENT_TYPE.WML_DOCUMENT_MAIN
        )
        self._package.relate_to(self._document, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
        self._relate("styles", wordml.styles(template), _STYLES)
        self._relate("settings", wordml.settings(template), _SETTINGS)
        self._relate("fontTable", wordml.font_table(template), _FONT_TABLE)
        self._relate("theme", parse_xml(resource("export/theme.xml").read_bytes()), _THEME)
        self.footers = (self._footer("footer1", "right"), self._footer("footer2", "left"))

    def name(self, title: str, author: str) -> None:
        """Set the document properties; the language is Chinese, as the texts are."""
        properties = self._package.core_properties
        properties.title = wordml.clean(title)[:_PROPERTY_LENGTH]
        properties.author = wordml.clean(author)[:_PROPERTY_LENGTH]
        properties.last_modified_by = properties.author
        properties.language = "zh-CN"
        properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)

    def packed(self) -> bytes:
        """The finished file, in memory: a full disk then meets one plain write and no open ZIP."""
        buffer = io.BytesIO()
        self._package.save(buffer)
        return buffer.getvalue()

    def _part(self, name: str, root: Element, content_type: str) -> XmlPart:
        return XmlPart(PackURI(f"/word/{name}.xml"), content_type, root, self._package)

    def _relate(self, name: str, root: Element, kind: _PartKind) -> str:
        content_type, relation = kind
        return self._document.relate_to(self._part(name, root, content_type), relation)

    def _footer(self, name: str, align: wordml.Side) -> str:
        return self._relate(name, wordml.footer(align), _FOOTER)
