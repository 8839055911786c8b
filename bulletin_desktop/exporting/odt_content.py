"""The content of an OpenDocument text: paragraphs, the styles they need, what is marked in them.

Source: OpenDocument 1.3, part 3, clauses 5 and 6 (text), 7.5 (references to bookmarks), 14.1
(annotations) and 6.3 (notes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.exporting.blocks import lines_of
from bulletin_desktop.exporting.cross_links import pieces
from bulletin_desktop.exporting.moments import stamp
from bulletin_desktop.exporting.odt_styles import (
    ARTICLES,
    PLAIN_LINK,
    fonts,
    style_names,
    subhead_name,
)
from bulletin_desktop.exporting.odt_xml import add, add_text, document, plain, points
from bulletin_desktop.exporting.segments import segments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin_desktop.exporting.blocks import Line
    from bulletin_desktop.exporting.compiled import Comment
    from bulletin_desktop.exporting.odt_xml import Attributes, Element
    from bulletin_desktop.exporting.segments import Segment
    from bulletin_desktop.exporting.template import Template

_KINDS = {
    "paragraph": "P", "text": "T", "graphic": "Box",
    "table": "Table", "table-column": "Column", "table-row": "Row", "table-cell": "Cell",
}  # fmt: skip


class Content:
    """content.xml in the making; ``text`` takes its paragraphs and tables.

    ``levels`` are those of the styles of headings by role, ``pages`` the pages of the anchors,
    ``targets`` the anchors that titles name; ``annotator`` is named where a comment does not name
    its own.
    """

    def __init__(
        self,
        template: Template,
        levels: Mapping[str, int],
        pages: Mapping[int, int],
        targets: Mapping[str, int],
        annotator: str = "",
    ) -> None:
        self.root = document(
            "office:document-content", "style", "text", "table", "draw", "fo", "svg", "dc", "xlink"
        )
        fonts(self.root, template)
        self._automatic = add(self.root, "office:automatic-styles")
        self.text = add(add(self.root, "office:body"), "office:text")
        self.template = template
        self._names = style_names(levels)
        self._pages = pages
        self._targets = targets
        self._annotator = annotator
        self._numbers: list[tuple[int, Element]] = []
        self._made: dict[tuple[object, ...], str] = {}
        self._master = ""
        self._starts = True
        self._open: dict[int, str] = {}
        self._noted = self._annotated = 0

    def turn_to(self, master: str) -> None:
        """The next paragraph or table begins pages of another kind, counted from 1."""
        self._master = master
        self._starts = master == ARTICLES

    def bookmark(self, parent: Element, anchor: int, *, end: bool = False) -> None:
        """Begin or end what a heading's bookmark marks."""
        edge = "end" if end else "start"
        add(parent, f"text:bookmark-{edge}", {"text:name": bookmark_name(anchor)})

    def style_name(self, role: str) -> str:
        """The name of a role's style."""
        return self._names[role]

    def variant(self, family: str, parent: str, properties: Attributes, *, master: str = "") -> str:
        """The name of an automatic style with properties beyond those of its parent, if any."""
        key = (family, parent, master, *sorted(properties.items()))
        if key not in self._made:
            self._made[key] = name = f"{_KINDS[family]}{len(self._made) + 1}"
            attributes = {"style:name": name, "style:family": family}
            if parent:
                attributes["style:parent-style-name"] = parent
            if master:
                attributes["style:master-page-name"] = master
            style = add(self._automatic, "style:style", attributes)
            add(style, f"style:{family}-properties", properties)
        return self._made[key]

    def paragraph(
        self,
        role: str,
        properties: Attributes | None = None,
        parent: Element | None = None,
        level: int = 0,
    ) -> Element:
        """An empty paragraph in a role's style, or a heading of the outline's ``level``;
        ``properties`` take other values.

        The first on the articles' pages bears the bookmark from which their pages count.
        """
        name, changes = self._names[role], dict(properties or {})
        master = "" if parent is not None else self._master
        if master:
            changes["style:page-number"], self._master = "1", ""
        if changes:
            name = self.variant("paragraph", name, changes, master=master)
        kind, attributes = "text:p", {"text:style-name": name}
        if level:
            kind, attributes["text:outline-level"] = "text:h", str(level)
        made = add(self.text if parent is None else parent, kind, attributes)
        if self._starts:
            add(made, "text:bookmark", {"text:name": bookmark_name(0)})
            self._starts = False
        return made

    def words(self, parent: Element, text: str) -> None:
        """What a user wrote, with links to the articles that it names as [[title]]."""
        for piece, anchor in pieces(text, self._targets):
            add_text(self._link(parent, anchor) if anchor else parent, piece)

    def above(self, role: str, space: float) -> Attributes:
        """Other space in points above a paragraph.

        Here and in ``inside`` its fellows are repeated: LibreOffice forgets them where one changes.
        """
        style = self.template.styles[role]
        return {"fo:margin-top": points(space), "fo:margin-bottom": points(style.after)}

    def inside(self, role: str, left: float, hanging: float = 0) -> Attributes:
        """Another indent in points at the left, from which the first line hangs out."""
        style = self.template.styles[role]
        right, first = style.right * style.size, style.first_line * style.size - hanging
        return {
            "fo:margin-left": points(left), "fo:margin-right": points(right),
            "fo:text-indent": points(first),
        }  # fmt: skip

    def page_link(self, parent: Element, anchor: int, text: str) -> None:
        """A link to a heading: text, tab, and the heading's page as a field."""
        link = self._link(parent, anchor)
        add_text(link, text)
        add(link, "text:tab")
        page = {"text:reference-format": "page", "text:ref-name": bookmark_name(anchor)}
        number = add(link, "text:bookmark-ref", page, str(self._pages[anchor]))
        self._numbers.append((anchor, number))

    def renumber(self, pages: Mapping[int, int]) -> None:
        """Put other pages into contents and index."""
        for anchor, number in self._numbers:
            number.text = str(pages[anchor])

    def _link(self, parent: Element, anchor: int) -> Element:
        return add(parent, "text:a", {
            "xlink:type": "simple", "xlink:href": f"#{bookmark_name(anchor)}",
            "text:style-name": PLAIN_LINK, "text:visited-style-name": PLAIN_LINK,
        })  # fmt: skip

    def note(self, parent: Element, kind: str, text: str) -> None:
        """A foot- or endnote; ``kind`` tells which."""
        self._noted += 1
        note = add(parent, "text:note", {"text:id": f"note{self._noted}", "text:note-class": kind})
        add(note, "text:note-citation", text=str(self._noted))
        body = add(note, "text:note-body")
        add(body, "text:p", {"text:style-name": kind.capitalize()}, f" {text}")

    def comment(self, parent: Element, comment: Comment) -> str:
        """Begin the passage that a comment is on, and give the name by which it ends."""
        self._annotated += 1
        name = f"comment{self._annotated}"
        made = add(parent, "office:annotation", {"office:name": name})
        plain(made, "dc:creator", comment.author or self._annotator)
        if moment := stamp(comment.at):
            plain(made, "dc:date", moment)
        for line in lines_of(comment.text):
            self.words(add(made, "text:p"), line)
        return name

    def end_comment(self, parent: Element, name: str) -> None:
        """End the passage that a comment is on."""
        add(parent, "office:annotation-end", {"office:name": name})

    def fill(self, parent: Element, line: Line) -> None:
        """The text of a line with its subheads, shaded passages, and comments on passages."""
        for segment in segments(line):
            for mark in segment.begins:
                if mark.comment and lines_of(mark.comment.text):
                    self._open[mark.number] = self.comment(parent, mark.comment)
            self._piece(parent, segment)
            for mark in segment.ends:
                if name := self._open.pop(mark.number, ""):
                    self.end_comment(parent, name)

    def _piece(self, parent: Element, segment: Segment) -> None:
        if segment.level:
            parent = add(parent, "text:span", {"text:style-name": subhead_name(segment.level)})
        if segment.ground:
            ground = {"fo:background-color": f"#{segment.ground}"}
            name = self.variant("text", "", ground)
            parent = add(parent, "text:span", {"text:style-name": name})
        add_text(parent, segment.text)


def bookmark_name(anchor: int) -> str:
    """The name of a heading's bookmark."""
    return f"_Toc{anchor:08d}"
