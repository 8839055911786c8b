"""WordprocessingML in small pieces: the only place that knows its element names and their order.

Source: ECMA-376 part 1 (Office Open XML), clause 17: 17.3 paragraphs and runs, 17.6 sections, 17.7
styles, 17.8 fonts, 17.13.6 bookmarks, 17.15 settings, 17.16 fields and hyperlinks. The order of
children is that of the schema and matters to Word.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator, Mapping
from typing import Literal

from docx.oxml.ns import nspfxmap, qn
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

from bulletin_desktop.exporting.template import Page, Style, Template

SectionKind = Literal["cover", "contents", "articles"]
Side = Literal["left", "right"]
Element = BaseOxmlElement

# Built-in styles go by their English names, whatever language Word shows them in.
STYLES: Mapping[str, tuple[str, str]] = {
    "normal": ("Normal", "Normal"),
    "cover_title": ("Title", "Title"),
    "cover_line": ("Subtitle", "Subtitle"),
    "cover_author": ("CoverAuthor", "封面编者"),
    "contents_heading": ("TOCHeading", "TOC Heading"),
    "contents_1": ("TOC1", "toc 1"),
    "contents_2": ("TOC2", "toc 2"),
    "group": ("Heading1", "heading 1"),
    "title": ("Heading2", "heading 2"),
    "kicker": ("Kicker", "引题"),
    "subtitle": ("ArticleSubtitle", "副题"),
    "author": ("ArticleAuthor", "作者"),
    "body": ("BodyText", "Body Text"),
    "source": ("ArticleSource", "来源"),
    "issue": ("ArticleIssue", "出处"),
    "note": ("Note", "笔记"),
    "footer": ("Footer", "footer"),
}
_OUTLINE = {"group": 0, "title": 1}

_NAMESPACES = nspfxmap("w", "r")

# XML 1.0, production 2 (Char): everything else cannot stand in a document.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile(r"(\r\n|\r|\n|\t)")


def clean(text: str) -> str:
    """The text with each character that XML cannot hold replaced by U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)


_name = functools.cache(qn)


def element(name: str, /, *children: Element, **attributes: object) -> Element:
    """A ``w:`` element with ``w:`` attributes and children."""
    named = {_name("w:" + key): str(value) for key, value in attributes.items()}
    made: Element = oxml_parser.makeelement(_name("w:" + name), named, _NAMESPACES)
    made.extend(children)
    return made


def _flag(name: str, on: bool) -> list[Element]:
    return [element(name)] if on else []


def text_run(text: str) -> Element:
    """A run with the text; line ends become line breaks and tabs tabs.

    The hint gives characters that are both Chinese and Western (quotes, dashes, dots) the Chinese
    font (17.3.2.26).
    """
    hint = element("rPr", element("rFonts", hint="eastAsia"))
    return element("r", hint, *_text(clean(text)))


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
    role: str, *content: Element, keep: bool = False, before: float | None = None
) -> Element:
    """A paragraph in the style of a role; ``keep`` with the next, ``before`` other space in pt."""
    properties = element("pPr", element("pStyle", val=STYLES[role][0]), *_flag("keepNext", keep))
    if before is not None:
        properties.append(element("spacing", before=_twips(before)))
    return element("p", properties, *content)


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


def contents_entry(text: str, anchor: int, page: int) -> Element:
    """The hyperlink of a contents line: text, tab, and the page as a field with a cached number."""
    name = bookmark_name(anchor)
    number = field(f"PAGEREF {name} \\h", str(page))
    return element(
        "hyperlink", text_run(text), element("r", element("tab")), *number, anchor=name, history=1
    )


def closing(section: Element) -> Element:
    """A paragraph as low as a line can be that ends a section.

    LibreOffice loses the footers of a section that ends in the same paragraph as a contents field.
    """
    low = element("spacing", before=0, after=0, line=20, lineRule="exact")
    return element("p", element("pPr", element("snapToGrid", val=0), low, section))


def section(kind: SectionKind, template: Template, footers: tuple[str, str]) -> Element:
    """The properties of a section; ``footers`` are relationship ids for odd and even pages.

    The cover bears no number, the contents count I, II …, the articles 1, 2 …
    """
    page = template.page
    made = element("sectPr")
    if kind != "cover":
        for where, identifier in zip(("default", "even"), footers, strict=True):
            made.append(_footer_reference(where, identifier))
    made.extend([element("type", val="nextPage"), *_paper(page)])
    if kind != "cover":
        numbers = "decimal" if kind == "articles" else "upperRoman"
        made.append(element("pgNumType", fmt=numbers, start=1))
    made.append(_grid(template))
    return made


def _footer_reference(where: str, identifier: str) -> Element:
    made = element("footerReference", type=where)
    made.set(qn("r:id"), identifier)
    return made


def end_section(last: Element, section: Element) -> None:
    """Make a paragraph the last one of a section."""
    last.find(qn("w:pPr")).append(section)


def _paper(page: Page) -> list[Element]:
    margins = {"top": page.top, "right": page.right, "bottom": page.bottom, "left": page.left}
    return [
        element("pgSz", w=page.width, h=page.height),
        element("pgMar", **margins, header=page.footer, footer=page.footer, gutter=0),
    ]


def _grid(template: Template) -> Element:
    """The grid of lines. Characters have none: LibreOffice gives each too wide for its cell two."""
    return element("docGrid", type="lines", linePitch=_twips(template.styles["normal"].line))


def _twips(points: float) -> int:
    return round(points * 20)


def styles(template: Template) -> Element:
    """The content of styles.xml: the defaults and one style for each role."""
    normal = template.styles["normal"]
    character = element(
        "style",
        element("name", val="Default Paragraph Font"),
        element("uiPriority", val=1),
        element("semiHidden"),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    )
    made = element("styles", _defaults(normal, template))
    for role, style in template.styles.items():
        made.append(_style(role, style, template))
    made.append(character)
    return made


def _defaults(normal: Style, template: Template) -> Element:
    letters = _letters(normal, template)
    letters.append(element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))
    return element(
        "docDefaults",
        element("rPrDefault", letters),
        element("pPrDefault", element("pPr", *_flag("widowControl", True))),
    )


def _style(role: str, style: Style, template: Template) -> Element:
    identifier, name = STYLES[role]
    kind = {"default": 1} if role == "normal" else {} if name.isascii() else {"customStyle": 1}
    made = element("style", element("name", val=name), type="paragraph", **kind, styleId=identifier)
    if role != "normal":
        made.append(element("basedOn", val="Normal"))
        made.append(element("next", val="BodyText" if role in _OUTLINE else identifier))
    made.append(element("qFormat"))
    made.append(_paragraph_properties(role, style, template))
    made.append(_letters(style, template))
    return made


def _letters(style: Style, template: Template) -> Element:
    """Fonts for Latin and for Chinese letters, the space between them, the size in half-points."""
    latin = template.latin
    fonts = element("rFonts", ascii=latin, hAnsi=latin, eastAsia=style.font, cs=latin)
    size = round(style.size * 2)
    return element(
        "rPr",
        fonts,
        element("spacing", val=_letter_space(style, template)),
        element("sz", val=size),
        element("szCs", val=size),
    )


def _letter_space(style: Style, template: Template) -> int:
    """Twips between characters, negative, so that a line of the body holds as many as it must."""
    page = template.page
    if style.size != template.styles["normal"].size:
        return 0
    return min(0, math.floor(page.text_width / page.characters - style.size * 20))


def _paragraph_properties(role: str, style: Style, template: Template) -> Element:
    normal = template.styles["normal"]
    made = element(
        "pPr",
        *_flag("keepNext", style.keep_next),
        *_flag("keepLines", role in _OUTLINE),
        *_flag("pageBreakBefore", style.new_page),
        element("widowControl"),
        *_frame(style),
    )
    if role.startswith("contents_") and role != "contents_heading":
        made.append(_page_number_tab(template.page))
    if style.line != normal.line or style.size != normal.size:
        # The grid belongs to text of the body's size.
        made.append(element("snapToGrid", val=0))
    # Paragraphs in one frame stand close together, the frame apart from what is around it.
    close = _flag("contextualSpacing", bool(style.border))
    made.extend([_spacing(style), _indent(style), *close, element("jc", val=style.align)])
    if role in _OUTLINE:
        made.append(element("outlineLvl", val=_OUTLINE[role]))
    return made


def _frame(style: Style) -> list[Element]:
    """Border (0.5 pt, 4 pt from the text) and tint."""
    made = []
    if style.border:
        sides = ("top", "left", "bottom", "right")
        lines = [element(s, val="single", sz=4, space=4, color=style.border) for s in sides]
        made.append(element("pBdr", *lines))
    if style.shade:
        made.append(element("shd", val="clear", color="auto", fill=style.shade))
    return made


def _page_number_tab(page: Page) -> Element:
    return element("tabs", element("tab", val="right", leader="dot", pos=page.text_width))


def _spacing(style: Style) -> Element:
    before, after, line = _twips(style.before), _twips(style.after), _twips(style.line)
    return element("spacing", before=before, after=after, line=line, lineRule="exact")


def _indent(style: Style) -> Element:
    """Indents in hundredths of a character, and in twips for programs that know only those."""
    indents = {"left": style.left, "right": style.right, "firstLine": style.first_line}
    made = {}
    for name, characters in indents.items():
        made[f"{name}Chars"] = round(characters * 100)
        made[name] = _twips(characters * style.size)
    return element("ind", **made)


def font_table(template: Template) -> Element:
    """The content of fontTable.xml: each font with the names that stand in where it is missing."""
    return element("fonts", *(_font(name, template) for name in template.fonts))


def _font(name: str, template: Template) -> Element:
    made = element("font", name=name)
    if others := template.alternates.get(name):
        made.append(element("altName", val=",".join(others)))
    # 86 is the character set GB 2312, 00 the Western one (17.8.3.2).
    made.append(element("charset", val="00" if name == template.latin else "86"))
    return made


def settings(template: Template) -> Element:
    """The content of settings.xml; asks Word to refresh the fields when it opens the document."""
    return element(
        "settings",
        element("zoom", percent=100),
        *_flag("mirrorMargins", template.page.mirror_margins),
        element("defaultTabStop", val=_twips(template.styles["normal"].size * 2)),
        element("evenAndOddHeaders"),
        element("characterSpacingControl", val="compressPunctuation"),
        element("updateFields", val="true"),
        element("compat", *_compatibility()),
        element("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def _compatibility() -> Iterator[Element]:
    """Lay out as Word 2013 and later do; with useFELayout as its Chinese editions do."""
    yield element("useFELayout")
    mode = {"uri": "http://schemas.microsoft.com/office/word", "val": 15}
    yield element("compatSetting", name="compatibilityMode", **mode)


def footer(align: Side) -> Element:
    """A footer with the page number between dashes, as — 1 — (GB/T 9704-2012, 7.5)."""
    number = paragraph("footer", text_run("— "), *field("PAGE", "1"), text_run(" —"))
    number.find(qn("w:pPr")).append(element("jc", val=align))
    return element("ftr", number)
