"""RTF: a stream of control words, groups and bytes, each byte in the charset of its font."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.text import DecodedText
from bulletin_desktop.parsing.readers import outline
from bulletin_desktop.parsing.readers.flow import INDENT, Flow
from bulletin_desktop.parsing.readers.outline import LeftOut

SIGNATURE = b"{\\rtf"

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?"
    rb"|'(?P<hex>[0-9a-fA-F]{2})|(?P<sign>[^a-zA-Z]))"
    rb"|(?P<brace>[{}])|(?P<bytes>[^\\{}\r\n\0]+)|[\r\n\0]+|\\",
    re.DOTALL,
)
_DEEPEST = 2000  # groups; what is nested deeper is not text that somebody wrote
_SIGNS = "signs"  # the codec of fonts that draw signs
_CHARSETS = {
    2: _SIGNS, 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_PAGES = {936: "gb18030", 950: "cp950", 932: "cp932", 949: "cp949", 54936: "gb18030"}
_FIRST_LINE = 200  # twips; a first line that is set in further shows a paragraph

_CHARACTERS = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "nestcell": "\t",
}  # fmt: skip
_ESCAPED = {"~": "\xa0", "_": "-", "\t": "\t"}
# Groups without text of the document. Fallbacks repeat what stands in another group.
_DEAD = frozenset(
    (
        *("colortbl", "stylesheet", "info", "nonshppict", "shprslt", "fldinst", "objdata"),
        *("ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "xe", "tc", "rxe", "bkmkstart", "bkmkend"),
        *(
            "sn",
            "listtable",
            "filetbl",
            "revtbl",
            "pn",
            "falt",
            "panose",
            "template",
            "passwordhash",
        ),
    )
)
_STARRED_TEXT = frozenset(("shpinst", "shppict", "do", "dptxbxtext", "nesttableprops", "ud"))
_HEADS = frozenset(("header", "headerl", "headerr", "headerf"))
_FEET = frozenset(("footer", "footerl", "footerr", "footerf"))
_LABELS = frozenset(("listtext", "pntext"))
_BOXES = frozenset(("shptxt", "dptxbxtext"))


@dataclass(slots=True)
class _Group:
    """What a group inherits and may change for itself."""

    flow: Flow
    codec: str
    fallback: int = 1  # bytes that follow a \\u for readers that know no Unicode
    dead: bool = False
    mute: bool = False  # pictures in it count, words do not
    hidden: bool = False
    deleted: bool = False
    kind: str = ""  # the destination that begins here
    fonts: bool = False  # inside the table of fonts


def read(data: bytes) -> DecodedText:
    """The text of an RTF file. Raises nothing; of a file that is cut off, what is there."""
    return _Reader(data).read()


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._flow = Flow()
        self._stack: list[_Group] = []
        self._group = _Group(self._flow, "cp1252")
        self._page = "cp1252"  # the document's own code page
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._pending = bytearray()
        self._skip = 0
        self._high = 0  # the first half of a surrogate pair
        self._star = False
        self._too_deep = 0
        self._in_row = self._in_table = self._table_open = self._indented = False
        self._fresh = True  # no words of the paragraph have come yet
        self._heads: list[str] = []
        self._feet: list[str] = []
        self._notes: list[str] = []
        self._noted = 0
        self._left_out = LeftOut()
        self._at = 0

    def read(self) -> DecodedText:
        while (token := _TOKEN.match(self._data, self._at)) is not None:
            self._at = token.end()
            self._take(token)
        self._flush()
        incomplete = bool(self._stack)
        while self._stack:
            self._close_group()
        self._end_notes()
        lines = [*self._heads, *self._flow.finish(), *self._feet]
        found = outline.decoded("\n".join(lines), self._left_out)
        if incomplete:
            found = found._replace(remarks=(*found.remarks, Message("file.incomplete")))
        return found

    def _take(self, token: re.Match[bytes]) -> None:
        kind = token.lastgroup
        if kind == "bytes":
            self._bytes(token[0])
        elif kind == "hex":
            self._bytes(bytes([int(token["hex"], 16)]))
        elif kind == "sign":
            self._escape(token["sign"])
        elif kind == "brace":
            self._flush()
            self._skip = 0
            self._brace(token[0])
        elif kind is not None:
            number = token["number"]
            self._word(token["word"].decode("ascii"), int(number) if number else None)

    # Text

    def _bytes(self, data: bytes) -> None:
        if self._skip:
            dropped = min(self._skip, len(data))
            self._skip -= dropped
            data = data[dropped:]
        self._pending += data

    def _escape(self, sign: bytes) -> None:
        if sign in (b"\\", b"{", b"}"):
            self._bytes(sign)
        elif sign == b"*":
            self._star = True
        elif sign in (b"\r", b"\n"):
            self._flush()
            self._end_paragraph()
        else:
            self._flush()
            self._add(_ESCAPED.get(sign.decode("latin-1"), ""))

    def _flush(self) -> None:
        if not self._pending:
            return
        group, data = self._group, bytes(self._pending)
        self._pending.clear()
        if group.fonts:
            return
        if group.codec == _SIGNS:
            self._add("".join(outline.sign(c, "symbol") for c in data.decode("latin-1")))
        else:
            self._add(data.decode(group.codec, "replace"))

    def _add(self, words: str) -> None:
        group = self._group
        if not words or group.dead or group.mute or group.hidden or group.deleted or group.fonts:
            return
        flow = group.flow
        if flow is self._flow:
            self._keep_table()
            if self._indented and self._fresh and not flow.lead:
                flow.lead = INDENT
            self._fresh = False
        flow.add(words)

    def _unicode(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        self._skip = self._group.fallback
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if self._high:
                self._add(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
            self._high = 0
        elif 0xF000 <= code <= 0xF0FF:
            self._add(outline.sign(chr(code), "symbol"))
        elif 0 < code < 0x110000:
            self._add(chr(code))

    # Groups

    def _brace(self, brace: bytes) -> None:
        self._star = False
        if brace == b"{":
            if len(self._stack) >= _DEEPEST:
                self._too_deep += 1
                return
            self._stack.append(self._group)
            self._group = replace(self._group, kind="")
        elif self._too_deep:
            self._too_deep -= 1
        elif self._stack:
            self._close_group()

    def _close_group(self) -> None:
        group, self._group = self._group, self._stack.pop()
        if not group.kind:
            return
        lines = group.flow.finish()
        words = [line for line in lines if line.strip()]
        edges = [line for line in words if not outline.is_page_number(line)]
        if group.kind in _LABELS:
            self._group.flow.lead = outline.spaced("".join(words).strip())
        elif group.kind in _HEADS:
            self._heads += [line for line in edges if line not in self._heads]
        elif group.kind in _FEET:
            self._feet += [line for line in edges if line not in self._feet]
        elif group.kind in _BOXES:
            self._flow.add_lines_before(words)
        elif words:
            self._notes.append(f"注{outline.circled(self._noted)}：" + " ".join(words))

    def _destination(self, word: str) -> bool:
        """Whether a control word says what its group is; then the group is set up for it."""
        group, star = self._group, self._star
        self._star = False
        if word in _DEAD or (star and word not in _STARRED_TEXT):
            group.dead = True
            self._left_out["comments"] += word == "annotation"
        elif word == "fonttbl":
            group.fonts = True
        elif word == "sv":
            group.mute = True
        elif word in ("pict", "object"):
            if not group.dead:
                self._left_out["pictures" if word == "pict" else "objects"] += 1
            group.dead = True
        elif word == "upr":
            group.mute = True
        elif word == "ud":
            group.mute = False
        elif word in _HEADS | _FEET | _LABELS | _BOXES or word == "footnote":
            self._own_flow(word)
        else:
            return False
        return True

    def _own_flow(self, word: str) -> None:
        group = self._group
        if group.dead or group.deleted or group.hidden:
            group.dead = True
            return
        if word == "footnote":
            self._noted += 1
            self._add(outline.circled(self._noted))
        group.kind, group.flow = word, Flow()

    # Control words

    def _word(self, word: str, number: int | None) -> None:
        if word == "bin":
            self._at += max(0, number or 0)
            return
        if word == "u" and number is not None:
            self._flush()
            self._unicode(number)
            return
        if self._skip and word not in ("uc",):
            self._skip = 0
        self._flush()
        if self._destination(word):
            return
        if word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word in _DEEDS:
            _DEEDS[word](self, number)
        elif word in ("dbch", "hich", "loch"):
            self._group.codec = self._page

    def _set_font(self, number: int | None) -> None:
        self._font = number or 0
        self._group.codec = self._fonts.get(self._font, self._page)

    def _set_charset(self, number: int | None) -> None:
        if self._group.fonts:
            self._fonts[self._font] = _CHARSETS.get(number or 0, self._page)

    def _set_page(self, number: int | None) -> None:
        self._page = self._group.codec = _PAGES.get(number or 0, "cp1252")

    def _set_hidden(self, number: int | None) -> None:
        self._group.hidden = number != 0

    def _set_deleted(self, number: int | None) -> None:
        self._group.deleted = number != 0

    def _set_plain(self, _: int | None) -> None:
        self._group.hidden = self._group.deleted = False
        self._group.codec = self._page

    def _set_fallback(self, number: int | None) -> None:
        self._group.fallback = min(max(number if number is not None else 1, 0), 16)

    def _set_indent(self, number: int | None) -> None:
        self._indented = (number or 0) >= _FIRST_LINE

    def _set_characters_indent(self, number: int | None) -> None:
        self._indented = (number or 0) > 0

    # Paragraphs and tables

    def _end_paragraph(self, _: int | None = None) -> None:
        group = self._group
        if group.dead or group.mute or group.fonts or group.deleted:
            return
        if group.flow is self._flow:
            self._keep_table()
        group.flow.end_line()
        if group.flow is self._flow:
            self._fresh = True
            self._end_notes()

    def _end_line(self, _: int | None) -> None:
        self._end_paragraph()
        self._fresh = False

    def _end_notes(self) -> None:
        """Notes follow the paragraph in which they are anchored."""
        if self._notes:
            self._flow.add_lines(self._notes)
            self._notes = []

    def _end_page(self, _: int | None) -> None:
        if self._group.flow is self._flow and not self._group.dead:
            self._flow.add_lines(["\f"])

    def _start_row(self, _: int | None) -> None:
        if not self._group.dead:
            self._in_row = True

    def _start_paragraph(self, _: int | None) -> None:
        if self._group.flow is self._flow:
            self._in_table = self._indented = False

    def _set_in_table(self, _: int | None) -> None:
        if self._group.flow is self._flow:
            self._in_table = True

    def _keep_table(self) -> None:
        """A table stands open exactly while its paragraphs come."""
        inside = self._in_row or self._in_table
        if inside and not self._table_open:
            self._flow.open_table()
        elif self._table_open and not inside:
            self._flow.close_table()
        self._table_open = inside

    def _end_cell(self, _: int | None) -> None:
        if self._group.flow is self._flow:
            self._in_row = True
            self._keep_table()
            self._flow.end_cell()
            self._fresh = True
        else:
            self._group.flow.add("\t")

    def _end_row(self, _: int | None) -> None:
        if self._group.flow is self._flow:
            self._flow.end_row()
            self._in_row = False


_DEEDS: dict[str, Callable[[_Reader, int | None], None]] = {
    "f": _Reader._set_font,
    "fcharset": _Reader._set_charset,
    "ansicpg": _Reader._set_page,
    "v": _Reader._set_hidden,
    "deleted": _Reader._set_deleted,
    "plain": _Reader._set_plain,
    "uc": _Reader._set_fallback,
    "fi": _Reader._set_indent,
    "cufi": _Reader._set_characters_indent,
    "par": _Reader._end_paragraph,
    "line": _Reader._end_line,
    "sect": _Reader._end_paragraph,
    "nestrow": _Reader._end_paragraph,
    "page": _Reader._end_page,
    "pard": _Reader._start_paragraph,
    "intbl": _Reader._set_in_table,
    "trowd": _Reader._start_row,
    "cell": _Reader._end_cell,
    "row": _Reader._end_row,
}
