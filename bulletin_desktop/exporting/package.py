"""The package of a Word document: its parts, their relations, and the document properties.

Source: ECMA-376 part 2 (Open Packaging Conventions). The parts are made here rather than taken from
python-docx's sample document, which brings English styles, a thumbnail and a stranger's name.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package
from lxml import etree

from bulletin_desktop.exporting import word_styles
from bulletin_desktop.exporting.blocks import joined, lines_of
from bulletin_desktop.exporting.text_file import clean
from bulletin_desktop.paths import resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin_desktop.exporting.compiled import Compilation
    from bulletin_desktop.exporting.template import Template
    from bulletin_desktop.exporting.wordml import Element, Side

# Content type and relation to the document, by the name of the part.
_KINDS = {
    "styles": (CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES),
    "settings": (CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS),
    "fontTable": (CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE),
    "comments": (CONTENT_TYPE.WML_COMMENTS, RELATIONSHIP_TYPE.COMMENTS),
    "footnotes": (CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES),
    "endnotes": (CONTENT_TYPE.WML_ENDNOTES, RELATIONSHIP_TYPE.ENDNOTES),
    "footer1": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
    "footer2": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
}
# The core properties are short strings; python-docx refuses longer ones.
_PROPERTY_LENGTH = 255
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}


class _FooterKind(NamedTuple):
    """A footer: the pages it is on, and where the number stands."""

    where: str
    align: Side


_FOOTERS: Mapping[str, tuple[_FooterKind, ...]] = {
    "outside": (_FooterKind("default", "right"), _FooterKind("even", "left")),
    "center": (_FooterKind("default", "center"),),
    "none": (),
}


class _Document(Part):
    """The part of the text, which is known last."""

    content = b""

    @property
    def blob(self) -> bytes:
        """What is written into the package."""
        return self.content


class WordPackage:
    """A Word document in the making; ``footers`` are ids of parts by the kind of pages."""

    def __init__(self, template: Template) -> None:
        self._package = Package()
        name = PackURI("/word/document.xml")
        self._document = _Document(name, CONTENT_TYPE.WML_DOCUMENT_MAIN, None, self._package)
        self._package.relate_to(self._document, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
        theme = resource("export/theme.xml").read_bytes()
        part = self._part("theme", theme, CONTENT_TYPE.OFC_THEME)
        self._document.relate_to(part, RELATIONSHIP_TYPE.THEME)
        self.footers: dict[str, str] = {}
        for number, kind in enumerate(_FOOTERS[template.numbers.place], 1):
            content = word_styles.footer(kind.align, template)
            self.footers[kind.where] = self.relate(f"footer{number}", content)

    def relate(self, name: str, root: Element) -> str:
        """Add a part with this content and give the id of its relation to the document."""
        content_type, relation = _KINDS[name]
        content = etree.tostring(root, encoding="UTF-8", standalone=True)
        return self._document.relate_to(self._part(name, content, content_type), relation)

    def describe(self, compilation: Compilation) -> None:
        """Set the document properties; the language is that of the compilation's labels."""
        properties = self._package.core_properties
        properties.title = _short(joined(lines_of(compilation.title)))
        properties.author = _short(compilation.author or compilation.annotator)
        properties.last_modified_by = properties.author
        properties.keywords = _short("、".join(theme.name for theme in compilation.themes))
        properties.subject = _short(compilation.line or "")
        properties.language = _LANGUAGES.get(compilation.labels.language, "zh-CN")
        properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)

    def packed(self, document: bytes) -> bytes:
        """The finished file with this document.xml, in memory: a full disk then meets one plain
        write and no open ZIP.
        """
        self._document.content = document
        buffer = io.BytesIO()
        self._package.save(buffer)
        return buffer.getvalue()

    def _part(self, name: str, content: bytes, content_type: str) -> Part:
        return Part(PackURI(f"/word/{name}.xml"), content_type, content, self._package)


def _short(text: str) -> str:
    return clean(text)[:_PROPERTY_LENGTH]
