"""What stands around a text in WordprocessingML: styles, fonts, settings, sections and footers.

Source: ECMA-376 part 1, clause 17: 17.6 sections, 17.7 styles, 17.8 fonts, 17.11 notes, 17.15
settings. The order of children is that of the schema and matters to Word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from docx.oxml.ns import qn

from bulletin_desktop.exporting.blocks import HEADINGS
from bulletin_desktop.exporting.wordml import (
    Side,
    element,
    field,
    flag,
    paragraph,
    text_run,
    twips,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bulletin_desktop.exporting.template import Page, Style, Template
    from bulletin_desktop.exporting.wordml import Element

SectionKind = Literal["cover", "contents", "articles"]

# Built-in styles go by their English names, whatever language Word shows them in. Headings have
# the names of their levels, which a document says.
STYLES: Mapping[str, tuple[str, str]] = {
    "normal": ("Normal", "Normal"),
    "cover_title": ("Title", "Title"),
    "cover_line": ("Subtitle", "Subtitle"),
    "cover_author": ("CoverAuthor", "封面编者"),
    "masthead_name": ("MastheadName", "报头名称"),
    "masthead_number": ("MastheadNumber", "报头期号"),
    "masthead_line": ("MastheadLine", "报头单位日期"),
    "contents_heading": ("TOCHeading", "TOC Heading"),
    "contents_1": ("TOC1", "toc 1"),
    "contents_2": ("TOC2", "toc 2"),
    "contents_3": ("TOC3", "toc 3"),
    "kicker": ("Kicker", "引题"),
    "subtitle": ("ArticleSubtitle", "副题"),
    "author": ("ArticleAuthor", "作者"),
    "intro": ("Introduction", "引言"),
    "summary": ("Summary", "摘要"),
    "body": ("BodyText", "Body Text"),
    "source": ("ArticleSource", "来源"),
    "issue": ("ArticleIssue", "出处"),
    "note": ("Note", "笔记"),
    "index_heading": ("IndexHeading", "index heading"),
    "index_theme": ("Index1", "index 1"),
    "index_entry": ("Index2", "index 2"),
    "card_head": ("CardHead", "卡片表头"),
    "card": ("Card", "卡片"),
    "distribution": ("Distribution", "印发范围"),
    "footnote": ("FootnoteText", "footnote text"),
    "footer": ("Footer", "footer"),
}
# Character styles: of subheads by level, and of the signs that lead to notes and comments.
SUBHEADS = ("Subhead1", "Subhead2", "Subhead3", "Subhead4")
FOOTNOTE_SIGN, ENDNOTE_SIGN = "FootnoteReference", "EndnoteReference"
COMMENT_TEXT, COMMENT_SIGN = "CommentText", "CommentReference"
_RAISED = ((FOOTNOTE_SIGN, "footnote reference"), (ENDNOTE_SIGN, "endnote reference"))


def style_names(levels: Mapping[str, int]) -> dict[str, tuple[str, str]]:
    """Identifier and name of the style of each role in a document with headings of these levels.

    They are Heading 1 to 3; roles of headings that do not occur have no style.
    """
    headings = {role: (f"Heading{n}", f"heading {n}") for role, n in levels.items()}
    return {**STYLES, **headings}


def styles(template: Template, names: Mapping[str, tuple[str, str]]) -> Element:
    """The content of styles.xml: the defaults, a style for each role, and character styles."""
    normal = template.styles["normal"]
    made = element("styles", _defaults(normal, template))
    for role in template.styles:
        if role in names:
            made.append(_style(role, names, template))
    made.extend(_note_styles(template, names))
    made.append(_character_style("DefaultParagraphFont", "Default Paragraph Font", default=1))
    for identifier, level, font in zip(SUBHEADS, "一二三四", template.subheads, strict=True):
        fonts = [element("rFonts", eastAsia=font)] if font else []
        made.append(_character_style(identifier, f"{level}级小标题", *fonts, customStyle=1))
    for identifier, name in _RAISED:
        raised = element("vertAlign", val="superscript")
        made.append(_character_style(identifier, name, raised))
    sizes = element("sz", val=16), element("szCs", val=16)
    made.append(_character_style(COMMENT_SIGN, "annotation reference", *sizes))
    return made


def _character_style(
    identifier: str, name: str, *letters: Element, **attributes: object
) -> Element:
    made = element("style", element("name", val=name), type="character", **attributes)
    made.set(qn("w:styleId"), identifier)
    if "default" in attributes:
        made.extend([element("uiPriority", val=1), element("semiHidden")])
    if letters:
        made.append(element("rPr", *letters))
    return made


def _note_styles(template: Template, names: Mapping[str, tuple[str, str]]) -> Iterator[Element]:
    """Those that look like footnotes: of endnotes, and of comments, which stay at the side."""
    style = template.styles["footnote"]
    for identifier, name in (("EndnoteText", "endnote text"), (COMMENT_TEXT, "annotation text")):
        both = {**names, "footnote": (identifier, name)}
        yield _style("footnote", both, template, style)


def _defaults(normal: Style, template: Template) -> Element:
    letters = _letters(normal, template)
    letters.append(element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))
    return element(
        "docDefaults",
        element("rPrDefault", letters),
        element("pPrDefault", element("pPr", *flag("widowControl", True))),
    )


def _style(
    role: str, names: Mapping[str, tuple[str, str]], template: Template, style: Style | None = None
) -> Element:
    identifier, name = names[role]
    kind = {"default": 1} if role == "normal" else {} if name.isascii() else {"customStyle": 1}
    made = element("style", element("name", val=name), type="paragraph", **kind, styleId=identifier)
    if role != "normal":
        made.append(element("basedOn", val="Normal"))
        made.append(element("next", val="BodyText" if role in HEADINGS else identifier))
    made.append(element("qFormat"))
    look = style or look_of(role, names, template)
    level = int(identifier[-1]) - 1 if role in HEADINGS else None
    made.append(_paragraph_properties(role, look, template, level))
    made.append(_letters(look, template))
    return made


def look_of(role: str, names: Mapping[str, tuple[str, str]], template: Template) -> Style:
    """The style of a role; lines of the contents look as deep as they are in this document."""
    if role.startswith("contents_") and role != "contents_heading":
        depth = sum(heading in names for heading in HEADINGS)
        return template.contents_style(int(role[-1]), depth)
    return template.styles[role]


def _letters(style: Style, template: Template) -> Element:
    """Fonts for Latin and for Chinese letters, the space between them, the size in half-points."""
    latin = template.latin
    fonts = element("rFonts", ascii=latin, hAnsi=latin, eastAsia=style.font, cs=latin)
    size = round(style.size * 2)
    return element(
        "rPr",
        fonts,
        *flag("b", style.bold),
        *flag("bCs", style.bold),
        *([element("color", val=style.colour)] if style.colour else []),
        element("spacing", val=template.letter_space(style)),
        element("sz", val=size),
        element("szCs", val=size),
    )


def _paragraph_properties(
    role: str, style: Style, template: Template, level: int | None
) -> Element:
    normal = template.styles["normal"]
    made = element(
        "pPr",
        *flag("keepNext", style.keep_next),
        *flag("keepLines", level is not None),
        *flag("pageBreakBefore", style.new_page),
        element("widowControl"),
        *_frame(style),
        *_tabs(role, style, template.page),
    )
    if style.line != normal.line or style.size != normal.size:
        # The grid belongs to text of the body's size.
        made.append(element("snapToGrid", val=0))
    # Paragraphs in one frame stand close together, the frame apart from what is around it.
    close = flag("contextualSpacing", bool(style.border))
    made.extend([_spacing(style), _indent(style), *close, element("jc", val=style.align)])
    if level is not None:
        made.append(element("outlineLvl", val=level))
    return made


def _frame(style: Style) -> list[Element]:
    """Border (0.5 pt, 4 pt from the text), or a rule below, and tint."""
    made = []
    if style.border:
        sides = ("top", "left", "bottom", "right")
        lines = [element(s, val="single", sz=4, space=4, color=style.border) for s in sides]
        made.append(element("pBdr", *lines))
    elif style.rule:
        size = round(style.rule_width * 8)
        rule = element("bottom", val="single", sz=size, space=4, color=style.rule)
        made.append(element("pBdr", rule))
    if style.shade:
        made.append(element("shd", val="clear", color="auto", fill=style.shade))
    return made


def _tabs(role: str, style: Style, page: Page) -> list[Element]:
    """A tab to the right: with dots to a page number, or one 字 in, as what stands at the left."""
    if (role.startswith("contents_") and role != "contents_heading") or role == "index_entry":
        return [element("tabs", element("tab", val="right", leader="dot", pos=page.text_width))]
    if role in ("masthead_line", "distribution"):
        inset = twips(max(style.first_line, style.right) * style.size)
        return [element("tabs", element("tab", val="right", pos=page.text_width - inset))]
    return []


def _spacing(style: Style) -> Element:
    before, after, line = twips(style.before), twips(style.after), twips(style.line)
    return element("spacing", before=before, after=after, line=line, lineRule="exact")


def _indent(style: Style) -> Element:
    """Indents in hundredths of a character, and in twips for programs that know only those."""
    indents = {"left": style.left, "right": style.right, "firstLine": style.first_line}
    made = {}
    for name, characters in indents.items():
        made[f"{name}Chars"] = round(characters * 100)
        made[name] = twips(characters * style.size)
    return element("ind", **made)


def font_table(template: Template) -> Element:
    """The content of fontTable.xml: each font with the names that stand in where it is missing."""
    return element("fonts", *(_font(name, template) for name in template.fonts))


def _font(name: str, template: Template) -> Element:
    made = element("font", name=name)
    if others := template.alternates.get(name):
        made.append(element("altName", val=",".join(others)))
    # 86 is the character set GB 2312, 00 the Western one (17.8.3.2).
    chinese = any(style.font == name for style in template.styles.values())
    made.append(element("charset", val="86" if chinese else "00"))
    return made


def settings(template: Template, *, refresh: bool, notes: Iterable[Element]) -> Element:
    """The content of settings.xml; ``refresh`` asks Word to update the fields when it opens it.

    ``notes`` say how foot- and endnotes are counted.
    """
    return element(
        "settings",
        element("zoom", percent=100),
        *flag("mirrorMargins", template.page.mirror_margins),
        element("defaultTabStop", val=twips(template.styles["normal"].size * 2)),
        *flag("evenAndOddHeaders", template.numbers.place == "outside"),
        element("characterSpacingControl", val="compressPunctuation"),
        *([element("updateFields", val="true")] if refresh else []),
        *notes,
        element("compat", *_compatibility()),
        element("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def _compatibility() -> Iterator[Element]:
    """Lay out as Word 2013 and later do; with useFELayout as its Chinese editions do."""
    yield element("useFELayout")
    mode = {"uri": "http://schemas.microsoft.com/office/word", "val": 15}
    yield element("compatSetting", name="compatibilityMode", **mode)


def footer(align: Side, template: Template) -> Element:
    """A footer with the page number, as — 1 — (GB/T 9704-2012, 7.5)."""
    before, after = template.numbers.around
    words = [[text_run(said)] if said else [] for said in (before, after)]
    number = [*words[0], *field("PAGE", "1"), *words[1]]
    return element("ftr", paragraph(STYLES["footer"][0], *number, align=align))


def section(
    kind: SectionKind, template: Template, footers: Mapping[str, str], notes: Iterable[Element]
) -> Element:
    """The properties of a section; ``footers`` are relationship ids by the kind of pages and
    ``notes`` say how foot- and endnotes are counted.

    The cover bears no number, the contents count I, II …, the articles 1, 2 …
    """
    page = template.page
    made = element("sectPr")
    if kind != "cover":
        for where, identifier in footers.items():
            made.append(_footer_reference(where, identifier))
    made.extend([*notes, element("type", val="nextPage"), *_paper(page)])
    if kind != "cover":
        numbers = "decimal" if kind == "articles" else "upperRoman"
        made.append(element("pgNumType", fmt=numbers, start=1))
    made.append(_grid(template))
    return made


def _footer_reference(where: str, identifier: str) -> Element:
    made = element("footerReference", type=where)
    made.set(qn("r:id"), identifier)
    return made


def _paper(page: Page) -> list[Element]:
    margins = {"top": page.top, "right": page.right, "bottom": page.bottom, "left": page.left}
    turned = {"orient": "landscape"} if page.width > page.height else {}
    return [
        element("pgSz", w=page.width, h=page.height, **turned),
        element("pgMar", **margins, header=page.footer, footer=page.footer, gutter=0),
    ]


def _grid(template: Template) -> Element:
    """The grid of lines. Characters have none: LibreOffice gives each too wide for its cell two."""
    return element("docGrid", type="lines", linePitch=twips(template.styles["normal"].line))
