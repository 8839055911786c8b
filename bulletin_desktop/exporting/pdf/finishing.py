"""Finishing a printed PDF: order and labels of pages, outline, links, what its glyphs say.

Qt writes none of these, or wrongly: where a Chinese character and a radical share a glyph, it would
have a search find the radical.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pypdf import PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from bulletin_desktop.exporting.blocks import joined, lines_of
from bulletin_desktop.exporting.pdf.faces import TWIPS
from bulletin_desktop.exporting.text_file import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from bulletin_desktop.exporting.compiled import Compilation
    from bulletin_desktop.exporting.pdf.printing import Area, Place, Printed

_CREATOR = "Bulletin Desktop (简报台)"
_MOST = 100  # entries that a block of a character map may have
_RANGE = re.compile(rb"^<([0-9A-F]{4})> <([0-9A-F]{4})> ", re.MULTILINE)
_MAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def finish(
    printed: Path, made: Path, known: Printed, fronts: tuple[int, int], compilation: Compilation
) -> None:
    """Write a printed PDF again with all that its reader needs.

    ``fronts`` are how many pages the cover has and the contents, which were printed last.
    """
    writer = PdfWriter(clone_from=printed)
    _Finisher(writer, known).finish(*fronts)
    title = joined(lines_of(compilation.title))
    author = compilation.author or compilation.annotator
    told = {"/Title": clean(title), "/Author": clean(author), "/Creator": _CREATOR}
    writer.add_metadata(told)
    writer.root_object[NameObject("/Lang")] = TextStringObject(compilation.labels.language)
    writer.pdf_header = "%PDF-1.4"
    writer.write(made)


class _Finisher:
    def __init__(self, writer: PdfWriter, known: Printed) -> None:
        self._writer = writer
        self._known = known
        tree: Any = writer.root_object["/Pages"]
        self._pages: ArrayObject = tree["/Kids"]
        self._printed = list(self._pages)
        self._height = float(writer.pages[0].mediabox.height)

    def finish(self, covers: int, leaves: int) -> None:
        """Do all that concerns pages; the contents move to behind the cover."""
        self._correct_fonts()
        self._outline()
        places = {place.mark.anchor: place for place in self._known.places}
        for area in self._known.areas:
            self._link(area, places[area.anchor])
        moved = self._printed
        body = len(moved) - leaves
        self._pages[:] = [*moved[:covers], *moved[body:], *moved[covers:body]]
        self._label(covers, leaves)

    def _label(self, covers: int, leaves: int) -> None:
        """Pages are called what is printed on them; a cover, which bears no number, is 0."""
        ends = (covers, covers + leaves, len(self._printed))
        styles = (None, PageLabelStyle.UPPERCASE_ROMAN, PageLabelStyle.DECIMAL)
        start = 0
        for end, style in zip(ends, styles, strict=True):
            if end > start:
                prefix = None if style else "0"
                self._writer.set_page_label(start, end - 1, style, prefix)
            start = end

    def _outline(self) -> None:
        """The headings as a tree; a level that is left out there leaves no gap."""
        if not self._known.places:
            return
        above: list[tuple[int, Any]] = [(0, self._writer.get_outline_root())]
        for place in self._known.places:
            item = DictionaryObject()
            item[NameObject("/Title")] = TextStringObject(clean(place.mark.text))
            item[NameObject("/Dest")] = self._destination(place)
            while above[-1][0] >= place.mark.level:
                above.pop()
            above.append((place.mark.level, self._add(item, above[-1][1])))
        self._writer.page_mode = "/UseOutlines"

    def _add(self, item: DictionaryObject, parent: Any) -> Any:
        """Hang an item into the outline as the last one below its parent, closed."""
        made = self._writer._add_object(item)
        above = parent.get_object()
        item[NameObject("/Parent")] = parent if parent is not above else above.indirect_reference
        if "/Last" in above:
            last = above.raw_get("/Last")
            last.get_object()[NameObject("/Next")] = made
            item[NameObject("/Prev")] = last
        else:
            above[NameObject("/First")] = made
        above[NameObject("/Last")] = made
        return made

    def _destination(self, place: Place) -> ArrayObject:
        """The top of a heading, at the size that the reader has chosen."""
        y = FloatObject(self._height - place.y / TWIPS)
        page = self._printed[place.page]
        return ArrayObject([page, NameObject("/XYZ"), NullObject(), y, NullObject()])

    def _link(self, area: Area, place: Place) -> None:
        left, top = area.x / TWIPS, self._height - area.y / TWIPS
        right, foot = left + area.width / TWIPS, top - area.height / TWIPS
        link = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Link"),
                NameObject("/Rect"): ArrayObject(map(FloatObject, (left, foot, right, top))),
                NameObject("/Border"): ArrayObject([NumberObject(0)] * 3),
                NameObject("/Dest"): self._destination(place),
            }
        )
        annotations = self._printed[area.page].get_object()["/Annots"]
        annotations.append(self._writer._add_object(link))

    def _correct_fonts(self) -> None:
        """Have each glyph say what it stands for; Qt names fonts by the order of first use."""
        fonts: dict[int, Any] = {}
        for page in self._printed:
            for name, font in page.get_object()["/Resources"].get("/Font", {}).items():
                fonts[int(name[2:])] = font
        for (_, font), said in zip(sorted(fonts.items()), self._known.said.values(), strict=False):
            old = font.get_object().raw_get("/ToUnicode")
            ends = [int(end, 16) for _, end in _RANGE.findall(old.get_object().get_data())]
            if max(ends) == len(said):
                stream = DecodedStreamObject()
                stream.set_data(_character_map(said).encode("ascii"))
                self._writer._replace_object(old, stream.flate_encode())


def _character_map(said: Mapping[int, str]) -> str:
    """What glyphs say, counted from 1 in the order of their first use."""
    entries = [
        f"<{place:04X}> <{text.encode('utf-16-be').hex().upper()}>"
        for place, text in enumerate(said.values(), 1)
        if text
    ]
    chunks = (entries[at : at + _MOST] for at in range(0, len(entries), _MOST))
    return _MAP.format(blocks="\n".join(map(_block, chunks)))


def _block(entries: Iterable[str]) -> str:
    entries = list(entries)
    return "\n".join([f"{len(entries)} beginbfchar", *entries, "endbfchar"])
