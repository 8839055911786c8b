"""The parts of an OpenDocument text that are no articles: from the cover to the distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.exporting.blocks import hanging, lines_of
from bulletin_desktop.exporting.odt_styles import CONTENTS_LEVELS, FRAME, PLAIN_LINK
from bulletin_desktop.exporting.odt_xml import add, add_text, points, put
from bulletin_desktop.exporting.pages import author_gap
from bulletin_desktop.exporting.template import INNER_RULE, OUTER_RULE
from bulletin_desktop.exporting.tints import ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.exporting.blocks import Card, Cards, Contents, Cover, Distribution, Index
    from bulletin_desktop.exporting.compiled import Masthead
    from bulletin_desktop.exporting.odt_content import Content
    from bulletin_desktop.exporting.odt_xml import Attributes, Element

_LINE = "0.5pt solid #BFBFBF"
_EDGE = "3pt solid #{}"  # of a card, in its theme's colour
_PADDING = {
    "fo:padding-top": "2pt", "fo:padding-bottom": "2pt",
    "fo:padding-left": "5pt", "fo:padding-right": "5pt",
}  # fmt: skip
_ONE_PAGE = 400  # characters of a passage that surely fits on one page and is not parted


def add_cover(content: Content, cover: Cover) -> None:
    """The title, the line under it and who compiled it."""
    if cover.lines:
        add_text(content.paragraph("cover_title"), "\n".join(cover.lines))
    if cover.line:
        add_text(content.paragraph("cover_line"), cover.line)
    if cover.author:
        gap = author_gap(cover, content.template) if cover.page else None
        changes = None if gap is None else content.above("cover_author", gap)
        add_text(content.paragraph("cover_author", changes), cover.author)


def add_masthead(content: Content, masthead: Masthead) -> None:
    """Name, number, and the line with unit and date above the rule."""
    add_text(content.paragraph("masthead_name"), masthead.name)
    if masthead.number:
        add_text(content.paragraph("masthead_number"), masthead.number)
    line = content.paragraph("masthead_line")
    add_text(line, f"{masthead.unit}\t{masthead.date}")


def add_contents(content: Content, contents: Contents) -> None:
    """The contents as an index that can be refreshed, with its entries."""
    table = add(content.text, "text:table-of-content", {
        "text:name": "contents", "text:protected": "true",
    })  # fmt: skip
    deepest = max(entry.level for entry in contents.entries)
    _contents_source(content, add(table, "text:table-of-content-source", {
        "text:outline-level": str(deepest), "text:use-index-marks": "false",
    }), contents.heading)  # fmt: skip
    body = add(table, "text:index-body")
    title = add(body, "text:index-title", {"text:name": "contents_title"})
    add_text(content.paragraph("contents_heading", parent=title), contents.heading)
    following = [*contents.entries[1:], None]
    for entry, after in zip(contents.entries, following, strict=True):
        keep = {"fo:keep-with-next": "always"} if after and after.level > entry.level else None
        line = content.paragraph(_contents_role(entry.level), keep, body)
        content.page_link(line, entry.anchor, entry.text)


def _contents_role(level: int) -> str:
    return f"contents_{min(level, CONTENTS_LEVELS)}"


def _contents_source(content: Content, source: Element, heading: str) -> None:
    """How the entries are made anew: a link with text, tab and page number."""
    title = {"text:style-name": content.style_name("contents_heading")}
    add(source, "text:index-title-template", title, heading)
    for level in range(1, CONTENTS_LEVELS + 1):
        entry = add(source, "text:table-of-content-entry-template", {
            "text:outline-level": str(level),
            "text:style-name": content.style_name(_contents_role(level)),
        })  # fmt: skip
        add(entry, "text:index-entry-link-start", {"text:style-name": PLAIN_LINK})
        add(entry, "text:index-entry-text")
        tab = {"style:type": "right", "style:leader-char": "."}
        add(entry, "text:index-entry-tab-stop", tab)
        add(entry, "text:index-entry-page-number")
        add(entry, "text:index-entry-link-end")


def add_cards(content: Content, cards: Cards) -> None:
    """The highlights as a table whose heads come again on each page."""
    room, shares = content.template.page.text_width / 20, content.template.columns
    widths = [room * share / sum(shares) for share in shares]
    table = _table(content, content.text, "cards", widths)
    head = add(add(table, "table:table-header-rows"), "table:table-row")
    lines = {"fo:border": _LINE, **_PADDING}
    if shade := content.template.styles["card_head"].shade:
        lines["fo:background-color"] = f"#{shade}"
    for text in cards.heads:
        _cell(content, head, "card_head", text, lines)
    for card in cards.rows:
        _card(content, add(table, "table:table-row"), card)


def _card(content: Content, row: Element, card: Card) -> None:
    if max(map(len, card.cells)) <= _ONE_PAGE:
        whole = {"fo:keep-together": "always"}
        put(row, {"table:style-name": content.variant("table-row", "", whole)})
    look = {"fo:border": _LINE, **_PADDING}
    edge = {"fo:border-left": _EDGE.format(card.colour)} if ink(card.colour) else {}
    for text in card.cells:
        _cell(content, row, "card", text, look | edge)
        edge = {}  # of the first alone


def _table(content: Content, parent: Element, name: str, widths: Sequence[float]) -> Element:
    look = {"style:width": points(sum(widths)), "table:align": "left"}
    style = content.variant("table", "", look | {"table:border-model": "collapsing"})
    table = add(parent, "table:table", {"table:name": name, "table:style-name": style})
    for width in widths:
        column = content.variant("table-column", "", {"style:column-width": points(width)})
        add(table, "table:table-column", {"table:style-name": column})
    return table


def _cell(
    content: Content,
    row: Element,
    role: str,
    text: str,
    look: Attributes,
    indent: Attributes | None = None,
) -> None:
    style = content.variant("table-cell", "", look)
    kind = {"table:style-name": style, "office:value-type": "string"}
    cell = add(row, "table:table-cell", kind)
    for line in lines_of(text) or ("",):  # a cell has a paragraph, whatever is in it
        add_text(content.paragraph(role, indent, cell), line)


def add_index(content: Content, index: Index) -> None:
    """Each theme, further in by its depth, with the titles and pages of its articles."""
    add_text(content.paragraph("index_heading"), index.heading)
    for entry in index.entries:
        add_text(_further_in(content, "index_theme", entry.depth), entry.theme)
        for title, anchor in entry.places:
            content.page_link(_further_in(content, "index_entry", entry.depth), anchor, title)


def _further_in(content: Content, role: str, depth: int) -> Element:
    styles = content.template.styles
    left = styles[role].left * styles[role].size + depth * styles["index_theme"].size
    return content.paragraph(role, content.inside(role, left) if depth else None)


def add_distribution(content: Content, distribution: Distribution) -> None:
    """The lines between rules, thick ones outside and thin ones within, at the foot of the page."""
    wide = content.template.page.text_width / 20
    table = _table(content, _foot(content, wide), "distribution", [wide])
    last = len(distribution.lines) - 1
    for place, line in enumerate(distribution.lines):
        rules = {"fo:border-top": _rule(INNER_RULE if place else OUTER_RULE)}
        if place == last:
            rules["fo:border-bottom"] = _rule(OUTER_RULE)
        _cell(
            content,
            add(table, "table:table-row"),
            "distribution",
            line,
            rules,
            _hung(content, line),
        )


def _hung(content: Content, line: str) -> Attributes:
    """The indent of a line that goes on behind its 报： or 抄送：."""
    style = content.template.styles["distribution"]
    deep = hanging(line) * style.size
    return content.inside("distribution", style.left * style.size + deep, deep) if deep else {}


def _rule(width: float) -> str:
    return f"{points(width)} solid #000000"


def _foot(content: Content, wide: float) -> Element:
    """A box at the foot of the last page, anchored in a paragraph as low as a line can be.

    Anchored in the last one with words, LibreOffice would move that whole to the next page.
    """
    look = {
        "style:vertical-pos": "bottom", "style:vertical-rel": "page-content",
        "style:horizontal-pos": "left", "style:horizontal-rel": "page-content",
        "style:wrap": "none", "fo:border": "none", "fo:padding": "0pt", "fo:margin-top": "8pt",
    }  # fmt: skip
    frame = add(content.paragraph("normal", {"fo:line-height": "1pt"}), "draw:frame", {
        "draw:name": "distribution", "text:anchor-type": "paragraph", "svg:width": points(wide),
        "draw:style-name": content.variant("graphic", FRAME, look),
    })  # fmt: skip
    return add(frame, "draw:text-box", {"fo:min-height": "1pt"})
