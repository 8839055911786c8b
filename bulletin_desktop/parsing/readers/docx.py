"""DOCX: the paragraphs of a Word file with its list numbers, tables, boxes, notes and heads."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.text import DecodedText
from bulletin_desktop.parsing.readers import outline, xml, zipped
from bulletin_desktop.parsing.readers.flow import INDENT, Flow
from bulletin_desktop.parsing.readers.outline import LeftOut
from bulletin_desktop.parsing.readers.word_lists import Lists, ParagraphLook, Styles, is_indented

_LARGEST_PART = 64 * 2**20
_PAGE_FIELDS = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_MUTED = frozenset(("w:del", "w:moveFrom", "mc:Fallback", "w:rt", "w:object"))
_CHARACTERS = {"w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "-"}
_COUNTED = {
    "a:blip": "pictures", "v:imagedata": "pictures", "w:object": "objects", "c:chart": "objects",
    "dgm:relIds": "objects", "w:altChunk": "objects", "m:oMath": "formulas",
    "w:commentReference": "comments",
}  # fmt: skip


def read(data: bytes) -> DecodedText:
    """The text of a Word file.

    Raises KnownError ``file.damaged``, ``file.encrypted``, ``file.too_large`` or ``file.not_word``.
    """
    return _Document(_Package(data)).read()


class _Package:
    """The parts of a file by their names, and how they refer to each other."""

    def __init__(self, data: bytes) -> None:
        self._file = io.BytesIO(data)
        self._members = {m.name.lower(): m for m in zipped.members(self._file)}
        self.main = next(iter(self.related("", "officeDocument")), "word/document.xml")
        if self.main.lower() not in self._members:
            raise KnownError("file.not_word")

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none of the name."""
        member = self._members.get(name.lower())
        if member is None:
            return None
        if member.size > _LARGEST_PART:
            raise KnownError("file.too_large")
        return zipped.read_member(self._file, member)

    def related(self, part: str, kind: str) -> list[str]:
        """The names of the parts of a kind that a part refers to."""
        folder, name = posixpath.split(part)
        relations = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        if relations is None:
            return []
        targets = [
            xml.value(each, "Target") or ""
            for each in xml.children(xml.tree(relations), "Relationship")
            if (xml.value(each, "Type") or "").endswith(f"/{kind}")
            and xml.value(each, "TargetMode") != "External"
        ]
        return [posixpath.normpath(posixpath.join("/", folder, t)).lstrip("/") for t in targets]

    def first(self, kind: str) -> bytes | None:
        """The part of a kind that the main part refers to."""
        names = self.related(self.main, kind)
        return self.part(names[0]) if names else None


class _Document:
    def __init__(self, package: _Package) -> None:
        self._package = package
        self._styles = Styles(package.first("styles"))
        self._lists = Lists(package.first("numbering"))
        self._left_out = LeftOut()

    def read(self) -> DecodedText:
        main = self._package.part(self._package.main)
        notes = {**self._notes("footnote"), **self._notes("endnote")}
        body = self._story(main or b"", notes)
        if not body.is_word:
            raise KnownError("file.not_word")
        lines = [*self._edges("header"), *body.flow.finish(), *self._edges("footer")]
        return outline.decoded("\n".join(lines), self._left_out)

    def _story(self, part: bytes, notes: Mapping[tuple[str, str], str]) -> _Story:
        story = _Story(self._styles, self._lists, self._left_out, notes)
        xml.feed(part, story)
        return story

    def _notes(self, kind: str) -> dict[tuple[str, str], str]:
        part = self._package.first(f"{kind}s")
        if part is None:
            return {}
        found = {}
        for note in xml.children(xml.tree(part), kind):
            if xml.value(note, "type") in (None, "normal"):
                words = self._story(xml.bytes_of(note), {}).flow.finish()
                text = " ".join(line.strip() for line in words if line.strip())
                found[(kind, xml.value(note, "id") or "")] = text
        return found

    def _edges(self, kind: str) -> list[str]:
        """What heads or feet print on every page, once; page numbers apart."""
        lines: list[str] = []
        for name in self._package.related(self._package.main, kind):
            part = self._package.part(name)
            for line in self._story(part, {}).flow.finish() if part else []:
                if line not in lines and not outline.is_page_number(line):
                    lines.append(line)
        return lines


@dataclass(slots=True)
class _Paragraph:
    style: str
    look: ParagraphLook
    merged: bool = False  # its mark was deleted: it goes on in the next


class _Story:
    """Takes the elements of a part that holds text: the body, a head, a note."""

    def __init__(
        self, styles: Styles, lists: Lists, left_out: LeftOut, notes: Mapping[tuple[str, str], str]
    ) -> None:
        self.flow = Flow()
        self.is_word = False
        self._styles, self._lists, self._left_out = styles, lists, left_out
        self._notes = notes
        self._noted = 0
        self._pending: list[str] = []  # notes whose paragraph has not ended
        self._muted = 0
        self._text = False  # inside an element of which the text counts
        self._instruction = False
        self._fields: list[str] = []  # instructions of the fields that are open
        self._results = 0  # how many of them show a page number now
        self._hidden_run = False
        self._properties: list[str] = []  # w:pPr, w:rPr … around the element at hand
        self._paragraph = _Paragraph("", ParagraphLook())
        self._outer: list[tuple[Flow, _Paragraph, list[str]]] = []

    # Elements

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if tag in _COUNTED and not self._muted:
            self._left_out[_COUNTED[tag]] += 1
        if tag in _MUTED:
            if self._properties == ["w:pPr", "w:rPr"] and not self._muted:
                self._paragraph.merged = True
            self._muted += 1
        elif tag in ("w:pPr", "w:rPr"):
            self._properties.append(tag)
        elif self._muted:
            return
        elif tag in _STARTS:
            _STARTS[tag](self, attributes)
        elif tag in _CHARACTERS and not self._properties:
            self._add(_CHARACTERS[tag])

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _MUTED:
            self._muted -= 1
        elif tag in ("w:pPr", "w:rPr"):
            self._properties.pop()
            if tag == "w:pPr" and not self._muted:
                self._begin()
        elif not self._muted and tag in _ENDS:
            _ENDS[tag](self)

    def data(self, words: str) -> None:
        """Text of the element at hand."""
        if self._muted:
            return
        if self._text:
            self._add(words)
        elif self._instruction and self._fields:
            self._fields[-1] += words

    def _add(self, words: str) -> None:
        if not self._hidden_run and not self._results:
            self.flow.add(words)

    # Paragraphs

    def _start_paragraph(self, _: Mapping[str, str]) -> None:
        self._paragraph = _Paragraph(self._styles.default, self._styles.look(self._styles.default))
        if self.flow.is_empty:
            self.flow.lead = INDENT if self._paragraph.look.indented else ""

    def _begin(self) -> None:
        """The properties of the paragraph at hand are known."""
        if not self.flow.is_empty:
            return  # it goes on one that was joined to it
        label = self._lists.label(self._paragraph.look, self._paragraph.style)
        self.flow.lead = label or (INDENT if self._paragraph.look.indented else "")

    def _end_paragraph(self) -> None:
        if self._paragraph.merged:
            return
        self.flow.end_line()
        self.flow.lead = ""
        if self._pending:
            self.flow.add_lines(self._pending)
            self._pending = []

    def _set_style(self, attributes: Mapping[str, str]) -> None:
        if self._properties == ["w:pPr"]:
            style = attributes.get("val", "")
            self._paragraph.style = style
            self._paragraph.look = self._styles.look(style)

    def _set_list(self, attributes: Mapping[str, str]) -> None:
        own = ParagraphLook(list_id=xml.number(attributes.get("val")))
        self._paragraph.look = own.over(self._paragraph.look)

    def _set_level(self, attributes: Mapping[str, str]) -> None:
        own = ParagraphLook(level=xml.number(attributes.get("val")))
        self._paragraph.look = own.over(self._paragraph.look)

    def _set_indent(self, attributes: Mapping[str, str]) -> None:
        own = ParagraphLook(indented=is_indented(dict(attributes)))
        self._paragraph.look = own.over(self._paragraph.look)

    # Runs

    def _start_run(self, _: Mapping[str, str]) -> None:
        self._hidden_run = bool(self._paragraph.look.hidden)

    def _end_run(self) -> None:
        self._hidden_run = False

    def _hide(self, attributes: Mapping[str, str]) -> None:
        if self._properties == ["w:rPr"]:
            self._hidden_run = xml.is_on(attributes.get("val"))

    def _set_run_style(self, attributes: Mapping[str, str]) -> None:
        if self._styles.look(attributes.get("val", "")).hidden:
            self._hidden_run = True

    def _start_text(self, _: Mapping[str, str]) -> None:
        self._text = True

    def _end_text(self) -> None:
        self._text = False

    def _break(self, attributes: Mapping[str, str]) -> None:
        if self._hidden_run:
            return
        if attributes.get("type") == "page":
            self.flow.add_lines(["\f"])
        else:
            self.flow.end_line()

    def _sign(self, attributes: Mapping[str, str]) -> None:
        code = attributes.get("char", "")
        if re.fullmatch("[0-9A-Fa-f]{2,4}", code):
            self._add(outline.sign(chr(int(code, 16)), attributes.get("font", "")))

    # Fields: only the numbers of pages are left out

    def _field(self, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("fldCharType")
        if kind == "begin":
            self._fields.append("")
        elif kind == "separate" and self._fields:
            self._results += bool(_PAGE_FIELDS.match(self._fields[-1]))
        elif kind == "end" and self._fields:
            self._results = max(0, self._results - bool(_PAGE_FIELDS.match(self._fields.pop())))

    def _start_simple_field(self, attributes: Mapping[str, str]) -> None:
        self._fields.append(attributes.get("instr", ""))
        self._field({"fldCharType": "separate"})

    def _end_simple_field(self) -> None:
        self._field({"fldCharType": "end"})

    def _start_instruction(self, _: Mapping[str, str]) -> None:
        self._instruction = True

    def _end_instruction(self) -> None:
        self._instruction = False

    # Notes and boxes

    def _footnote(self, attributes: Mapping[str, str]) -> None:
        self._note("footnote", attributes)

    def _endnote(self, attributes: Mapping[str, str]) -> None:
        self._note("endnote", attributes)

    def _note(self, kind: str, attributes: Mapping[str, str]) -> None:
        """A mark where a note is anchored; its words follow the paragraph."""
        words = self._notes.get((kind, attributes.get("id", "")))
        if words and not self._hidden_run:
            self._noted += 1
            mark = outline.circled(self._noted)
            self._add(mark)
            self._pending.append(f"注{mark}：{words}")

    def _start_box(self, _: Mapping[str, str]) -> None:
        self._outer.append((self.flow, self._paragraph, self._properties))
        self.flow, self._properties = Flow(), []

    def _end_box(self) -> None:
        if self._outer:
            lines = [line for line in self.flow.finish() if line.strip()]
            self.flow, self._paragraph, self._properties = self._outer.pop()
            self.flow.add_lines_before(lines)

    # Tables

    def _start_table(self, _: Mapping[str, str]) -> None:
        self.flow.open_table()

    def _end_table(self) -> None:
        self.flow.close_table()

    def _end_row(self) -> None:
        self.flow.end_row()

    def _end_cell(self) -> None:
        self.flow.end_cell()

    def _start_document(self, _: Mapping[str, str]) -> None:
        self.is_word = True


_STARTS: dict[str, Callable[[_Story, Mapping[str, str]], None]] = {
    "w:document": _Story._start_document,
    "w:p": _Story._start_paragraph,
    "w:pStyle": _Story._set_style,
    "w:numId": _Story._set_list,
    "w:ilvl": _Story._set_level,
    "w:ind": _Story._set_indent,
    "w:r": _Story._start_run,
    "w:rStyle": _Story._set_run_style,
    "w:vanish": _Story._hide,
    "w:t": _Story._start_text,
    "m:t": _Story._start_text,
    "w:br": _Story._break,
    "w:cr": _Story._break,
    "w:sym": _Story._sign,
    "w:fldChar": _Story._field,
    "w:fldSimple": _Story._start_simple_field,
    "w:instrText": _Story._start_instruction,
    "w:footnoteReference": _Story._footnote,
    "w:endnoteReference": _Story._endnote,
    "w:txbxContent": _Story._start_box,
    "w:tbl": _Story._start_table,
}
_ENDS: dict[str, Callable[[_Story], None]] = {
    "w:p": _Story._end_paragraph,
    "w:r": _Story._end_run,
    "w:t": _Story._end_text,
    "m:t": _Story._end_text,
    "w:fldSimple": _Story._end_simple_field,
    "w:instrText": _Story._end_instruction,
    "w:txbxContent": _Story._end_box,
    "w:tbl": _Story._end_table,
    "w:tr": _Story._end_row,
    "w:tc": _Story._end_cell,
}
