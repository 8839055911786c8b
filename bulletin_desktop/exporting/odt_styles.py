"""The styles of an OpenDocument text: fonts, paragraphs by role, letters, pages with their footers.

Source: OpenDocument 1.3, part 3, clauses 16 (styles) and 20 (their properties). Names are those
that LibreOffice uses itself, so that it shows them in the user's language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.exporting.odt_xml import add, add_text, document, points, put

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin_desktop.exporting.odt_xml import Attributes, Element
    from bulletin_desktop.exporting.template import Style, Template

# The headings of groups and articles have no name here: theirs tells their level.
_NAMES: Mapping[str, tuple[str, str]] = {
    "normal": ("Standard", "Standard"),
    "cover_title": ("Title", "Title"),
    "cover_line": ("Subtitle", "Subtitle"),
    "cover_author": ("CoverAuthor", "封面编者"),
    "masthead_name": ("MastheadName", "报头名称"),
    "masthead_number": ("MastheadNumber", "报头期号"),
    "masthead_line": ("MastheadLine", "报头单位日期"),
    "contents_heading": ("Contents_20_Heading", "Contents Heading"),
    "contents_1": ("Contents_20_1", "Contents 1"),
    "contents_2": ("Contents_20_2", "Contents 2"),
    "contents_3": ("Contents_20_3", "Contents 3"),
    "kicker": ("Kicker", "引题"),
    "subtitle": ("ArticleSubtitle", "副题"),
    "author": ("ArticleAuthor", "作者"),
    "intro": ("Introduction", "引言"),
    "summary": ("Summary", "摘要"),
    "body": ("Text_20_body", "Text body"),
    "source": ("ArticleSource", "来源"),
    "issue": ("ArticleIssue", "出处"),
    "note": ("Note", "笔记"),
    "index_heading": ("ThemeIndexHeading", "主题索引标题"),
    "index_theme": ("ThemeIndexTheme", "主题索引主题"),
    "index_entry": ("ThemeIndexEntry", "主题索引条目"),
    "card_head": ("CardHead", "卡片表头"),
    "card": ("Card", "卡片"),
    "distribution": ("Distribution", "印发范围"),
    "footnote": ("Footnote", "Footnote"),
    "footer": ("Footer", "Footer"),
}
CONTENTS_LEVELS = 3
PLAIN_LINK = "Index_20_Link"  # a link that looks like what is around it
ARTICLES = "Standard"  # their kind of pages: the one that a document begins with untold
FRAME = "Frame"  # without it LibreOffice takes a box for a drawing

_BORDER, _PADDING = 0.5, 4.0  # points
_ALIGN = {"left": "left", "center": "center", "right": "right", "both": "justify"}


def style_names(levels: Mapping[str, int]) -> dict[str, str]:
    """The name of each role's style; ``levels`` are those of the headings that there are."""
    headings = {role: f"Heading_20_{level}" for role, level in levels.items()}
    return {role: name for role, (name, _) in _NAMES.items()} | headings


def subhead_name(level: int) -> str:
    """The name of the character style of a subhead."""
    return f"Subhead_20_{level}"


def styles(template: Template, levels: Mapping[str, int], *, cover: bool) -> Element:
    """The content of styles.xml; with a ``cover`` the contents have pages of their own."""
    root = document("office:document-styles", "style", "text", "fo", "svg")
    fonts(root, template)
    common = add(root, "office:styles")
    _default(common, template)
    for role, (name, display) in _NAMES.items():
        made = _paragraph(common, role, name, display, template, len(levels))
        if role == "contents_heading" and cover:
            put(made, {"style:master-page-name": "Contents"})
            put(made[0], {"style:page-number": "1"})
    _paragraph(common, "footnote", "Endnote", "Endnote", template)
    for role, level in levels.items():
        _heading(common, role, level, template)
    add(common, "style:style", {"style:name": FRAME, "style:family": "graphic"})
    _letters(common, template)
    _notes(common)
    _pages(root, template)
    return root


def fonts(root: Element, template: Template) -> None:
    """Declare the fonts with the names that stand in for them."""
    faces = add(root, "office:font-face-decls")
    for font in template.fonts:
        names = ", ".join(_quoted(name) for name in (font, *template.alternates.get(font, ())))
        add(faces, "style:font-face", {"style:name": font, "svg:font-family": names})


def _quoted(font: str) -> str:
    return "'" + font.replace("'", "") + "'"


def _default(common: Element, template: Template) -> None:
    normal = template.styles["normal"]
    made = add(common, "style:default-style", {"style:family": "paragraph"})
    add(made, "style:paragraph-properties", {
        "fo:orphans": "2", "fo:widows": "2", "style:line-break": "strict",
        "style:punctuation-wrap": "hanging", "style:text-autospace": "ideograph-alpha",
        "style:tab-stop-distance": points(normal.size * 2), "style:writing-mode": "lr-tb",
    })  # fmt: skip
    add(made, "style:text-properties", letters(normal, template) | {
        "fo:language": "en", "fo:country": "US", "style:language-asian": "zh",
        "style:country-asian": "CN", "style:language-complex": "ar", "style:country-complex": "SA",
    })  # fmt: skip


def _paragraph(
    common: Element, role: str, name: str, display: str, template: Template, depth: int = 0
) -> Element:
    style = template.styles[role]
    if role in ("contents_1", "contents_2", "contents_3"):
        style = template.contents_style(int(role[-1]), depth)
    attributes = {"style:name": name, "style:display-name": display, "style:family": "paragraph"}
    if name != "Standard":
        attributes["style:parent-style-name"] = "Standard"
    made = add(common, "style:style", attributes)
    properties = add(made, "style:paragraph-properties", paragraph_properties(style))
    if right := _right_tab(role, style, template):
        stops = add(properties, "style:tab-stops")
        add(stops, "style:tab-stop", right)
    add(made, "style:text-properties", letters(style, template))
    return made


def _heading(common: Element, role: str, level: int, template: Template) -> None:
    name = f"Heading {level}"
    made = _paragraph(common, role, name.replace(" ", "_20_"), name, template)
    outline = {"style:default-outline-level": str(level)}
    put(made, outline | {"style:next-style-name": "Text_20_body"})
    put(made[0], {"fo:keep-together": "always"})


def _right_tab(role: str, style: Style, template: Template) -> Attributes:
    """A tab to the right: with dots to a page number, or one 字 in, as what stands at the left."""
    width = template.page.text_width / 20
    if role in ("contents_1", "contents_2", "contents_3", "index_entry"):
        dots = {"style:leader-style": "dotted", "style:leader-text": "."}
        return {"style:position": points(width), "style:type": "right"} | dots
    if role in ("masthead_line", "distribution"):
        inset = max(style.first_line, style.right) * style.size
        return {"style:position": points(width - inset), "style:type": "right"}
    return {}


def paragraph_properties(style: Style) -> Attributes:
    """Spaces, indents, alignment, breaks and frame of a paragraph."""
    frame = _BORDER + _PADDING if style.border else 0
    made = {
        "fo:line-height": points(style.line),
        "fo:margin-top": points(style.before),
        "fo:margin-bottom": points(style.after),
        "fo:margin-left": points(style.left * style.size - frame),
        "fo:margin-right": points(style.right * style.size - frame),
        "fo:text-indent": points(style.first_line * style.size),
        "fo:text-align": _ALIGN[style.align],
    }
    if style.keep_next:
        made["fo:keep-with-next"] = "always"
    if style.new_page:
        made["fo:break-before"] = "page"
    return made | _frame(style)


def _frame(style: Style) -> Attributes:
    """Frame, ground and rule. Paragraphs in one frame stand close together."""
    made = {}
    if style.border:
        made["fo:border"] = f"{points(_BORDER)} solid #{style.border}"
        made["fo:padding"] = points(_PADDING)
        made["style:contextual-spacing"] = "true"
    if style.shade:
        made["fo:background-color"] = f"#{style.shade}"
    if style.rule:
        made["fo:border-bottom"] = f"{points(style.rule_width)} solid #{style.rule}"
        made["fo:padding-bottom"] = points(_PADDING)
        # It is as wide as the type area; the words keep their indents.
        made["fo:margin-left"] = made["fo:margin-right"] = "0pt"
        made["fo:padding-left"] = points(style.left * style.size)
        made["fo:padding-right"] = points(style.right * style.size)
    return made


def letters(style: Style, template: Template) -> Attributes:
    """Fonts for Latin and for Chinese letters, size, weight, colour and space between them."""
    made = {
        "style:font-name": template.latin,
        "style:font-name-asian": style.font,
        "style:font-name-complex": template.latin,
        "fo:letter-spacing": points(template.letter_space(style) / 20),
    }
    for script in ("fo:font-{}", "style:font-{}-asian", "style:font-{}-complex"):
        made[script.format("size")] = points(style.size)
        made[script.format("weight")] = "bold" if style.bold else "normal"
    if style.colour:
        made["fo:color"] = f"#{style.colour}"
    return made


def _letters(common: Element, template: Template) -> None:
    """Character styles: subheads by level, numbers of notes, links."""
    for level, font in enumerate(template.subheads, 1):
        made = _text_style(common, subhead_name(level), f"{'一二三四'[level - 1]}级小标题")
        if font:
            add(made, "style:text-properties", {"style:font-name-asian": font})
    _text_style(common, PLAIN_LINK, "Index Link")
    for kind in ("Footnote", "Endnote"):
        _text_style(common, f"{kind}_20_Symbol", f"{kind} Symbol")
        anchor = _text_style(common, f"{kind}_20_anchor", f"{kind} anchor")
        add(anchor, "style:text-properties", {"style:text-position": "super 58%"})


def _text_style(common: Element, name: str, display: str) -> Element:
    attributes = {"style:name": name, "style:display-name": display, "style:family": "text"}
    return add(common, "style:style", attributes)


def _notes(common: Element) -> None:
    for kind in ("footnote", "endnote"):
        name = kind.capitalize()
        made = {
            "text:note-class": kind,
            "text:default-style-name": name,
            "text:citation-style-name": f"{name}_20_Symbol",
            "text:citation-body-style-name": f"{name}_20_anchor",
            "text:master-page-name": ARTICLES,
            "style:num-format": "1",
            "text:start-value": "0",
        }
        if kind == "footnote":
            made["style:num-format"] = "①, ②, ③, ..."
            made["text:footnotes-position"] = "page"
            made["text:start-numbering-at"] = "page"
        add(common, "text:notes-configuration", made)


def _pages(root: Element, template: Template) -> None:
    """The pages of cover, contents (numbered I, II …) and articles (numbered 1, 2 …)."""
    layouts = add(root, "office:automatic-styles")
    masters = add(root, "office:master-styles")
    numbered = template.numbers.place != "none"
    for name, numbers in (("Cover", ""), ("Contents", "I"), (ARTICLES, "1")):
        _layout(layouts, name, numbers if numbered else "", template)
        made = add(masters, "style:master-page", {
            "style:name": name, "style:page-layout-name": f"{name}Page",
        })  # fmt: skip
        if numbers and numbered:
            _footers(layouts, made, name, template)


def _layout(layouts: Element, name: str, numbers: str, template: Template) -> None:
    page = template.page
    usage = "mirrored" if page.mirror_margins else "all"
    made = {"style:name": f"{name}Page", "style:page-usage": usage}
    layout = add(layouts, "style:page-layout", made)
    bottom = page.footer if numbers else page.bottom
    properties = add(layout, "style:page-layout-properties", {
        "fo:page-width": points(page.width / 20), "fo:page-height": points(page.height / 20),
        "style:print-orientation": "landscape" if page.width > page.height else "portrait",
        "fo:margin-top": points(page.top / 20), "fo:margin-bottom": points(bottom / 20),
        "fo:margin-left": points(page.left / 20), "fo:margin-right": points(page.right / 20),
        "style:num-format": numbers or "1",
    })  # fmt: skip
    add(properties, "style:footnote-sep", {
        "style:width": "0.5pt", "style:distance-before-sep": "4pt",
        "style:distance-after-sep": "4pt", "style:rel-width": "33%", "style:color": "#000000",
    })  # fmt: skip
    if numbers:
        height = (page.bottom - page.footer) / 20
        gap = max(0, height - template.styles["footer"].line)
        footer = add(layout, "style:footer-style")
        add(footer, "style:header-footer-properties", {
            "svg:height": points(height), "fo:margin-top": points(gap),
            "style:dynamic-spacing": "false",
        })  # fmt: skip


def _footers(layouts: Element, master: Element, name: str, template: Template) -> None:
    """The page number between its signs; outside it stands left on even pages."""
    if template.numbers.place == "center":
        _footer(layouts, add(master, "style:footer"), f"{name}Centre", "center", template)
    else:
        _footer(layouts, add(master, "style:footer"), f"{name}Right", "right", template)
        _footer(layouts, add(master, "style:footer-left"), f"{name}Left", "left", template)


def _footer(layouts: Element, footer: Element, name: str, align: str, template: Template) -> None:
    style = {
        "style:name": name,
        "style:family": "paragraph",
        "style:parent-style-name": "Footer",
    }
    # Automatic styles of paragraphs and page layouts may stand in any order.
    add(add(layouts, "style:style", style), "style:paragraph-properties", {"fo:text-align": align})
    before, after = template.numbers.around
    made = add(footer, "text:p", {"text:style-name": name}, before)
    add(made, "text:page-number", {"text:select-page": "current"}).text = "1"
    add_text(made, after)
