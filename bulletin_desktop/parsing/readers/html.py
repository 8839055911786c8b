"""HTML: the words that a browser would show, by paragraphs; the charset that the page names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.text import DecodedText
from bulletin_desktop.parsing.decode import decode_bytes
from bulletin_desktop.parsing.readers import outline
from bulletin_desktop.parsing.readers.flow import INDENT, Flow
from bulletin_desktop.parsing.readers.outline import LeftOut

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page names its charset
_CHARSETS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cp950"), "big5"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("iso-8859-1", "windows-1252", "latin1"), "cp1252"),
}
_CHUNK = 2**16

_BLOCKS = frozenset(
    (
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "center", "pre", "blockquote", "hr"),
        *("ul", "ol", "li", "dl", "dt", "dd", "caption", "tbody", "thead", "tfoot", "body"),
        *("article", "section", "header", "footer", "nav", "aside", "main", "address", "figure"),
        *("figcaption", "form", "fieldset", "legend", "details", "summary", "option"),
    )
)
_UNSEEN = frozenset(
    (
        *("head", "title", "script", "style", "noscript", "template"),
        *("textarea", "select", "rt", "rp"),
    )
)
_PICTURES = frozenset(("img", "svg", "canvas", "v:imagedata"))
_OBJECTS = frozenset(("object", "embed", "iframe", "video", "audio", "applet"))
_HIDDEN = re.compile(r"(display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)
_INDENTED = re.compile(r"text-indent\s*:\s*(?:0*[1-9]|0?\.[1-9])", re.IGNORECASE)
_LIST_TYPE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_SPACE = re.compile("[ \t\r\n\f]+")
# A line of the source ends between two characters that are written without a space.
_WRAPPED = re.compile("(?<=[\u2e80-\uffef])[ \t]*[\r\n][ \t\r\n]*(?=[\u2e80-\uffef])")
_SPACER = re.compile("[0-2](?:px)?")
_NUMBERS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "lower-alpha": "lowerLetter", "upper-alpha": "upperLetter", "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman", "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting", "trad-chinese-informal": "chineseCounting",
}  # fmt: skip
_BULLETS = {"circle": "○", "square": "■", "none": ""}


def read(data: bytes, encoding: str | None = None) -> DecodedText:
    """The text of a page; ``encoding`` outranks what it names.

    Raises KnownError ``file.undecodable`` or ``file.binary`` where it is in no encoding.
    """
    source = _decode(data, encoding)
    page = _Page()
    # No tree is built, so that neither size nor depth of a page costs memory.
    parser = etree.HTMLParser(target=page, encoding="utf-8")
    raw = source.text.encode()
    try:
        for start in range(0, len(raw), _CHUNK):
            parser.feed(raw[start : start + _CHUNK])
        parser.close()
    except etree.XMLSyntaxError:  # nothing that could be shown
        pass
    text = "\n".join(page.flow.finish())
    found = outline.decoded(text, page.left_out, source.encoding)
    return found._replace(remarks=source.remarks + found.remarks)


def _decode(data: bytes, encoding: str | None) -> DecodedText:
    if encoding is not None:
        return decode_bytes(data, encoding)
    named = _CHARSET.search(data[:_HEAD])
    charset = _CHARSETS.get(named[1].decode("ascii", "replace").lower()) if named else None
    try:
        plain = decode_bytes(data)
    except KnownError:
        if charset is None:
            raise
        return decode_bytes(data, charset)
    # Many a page that calls itself GB2312 is UTF-8; what is valid UTF-8 is hardly anything else.
    if charset is None or plain.encoding not in ("gb18030", "big5") or plain.encoding == charset:
        return plain._replace(remarks=()) if charset == plain.encoding else plain
    told = decode_bytes(data, charset)
    return plain if told.remarks else told


class _List:
    def __init__(self, style: str | None, number: int) -> None:
        self.style = style  # None for bullets
        self.number = number
        self.bullet = "●"


class _Page:
    """Takes the parser's events."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.left_out = LeftOut()
        self._unseen = 0  # depth in what is not shown
        self._verbatim = 0
        self._lists: list[_List] = []
        self._space = False
        self._words: list[str] = []  # the parser hands them over in pieces of any length

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._flush()
        if self._unseen or tag in _UNSEEN or _is_hidden(attributes):
            self._unseen += 1
            return
        if tag in _PICTURES or tag in _OBJECTS or tag == "math":
            self._leave_out(tag, attributes)
        elif tag in _BLOCKS:
            self._start_block(tag, attributes)
        elif tag == "br":
            self._space = False
            self.flow.end_line()
        elif tag == "table":
            self.flow.open_table()

    def end(self, tag: str) -> None:
        """An element ends."""
        self._flush()
        if self._unseen:
            self._unseen -= 1
        elif tag in _BLOCKS:
            self._end_block(tag)
        elif tag in ("td", "th"):
            self._space = False
            self.flow.end_cell()
        elif tag == "tr":
            self.flow.end_row()
        elif tag == "table":
            self.flow.close_table()

    def data(self, words: str) -> None:
        """Text of the element at hand."""
        if not self._unseen:
            self._words.append(words)

    def _flush(self) -> None:
        words = "".join(self._words)
        self._words.clear()
        if self._verbatim:
            *lines, words = words.split("\n")
            for line in lines:
                self.flow.add(line)
                self.flow.end_line()
            self.flow.add(words)
        elif words:
            self._add(_SPACE.sub(" ", _WRAPPED.sub("", words)))

    def _add(self, words: str) -> None:
        """Words of which spaces at the ends count once, and not at the edge of a paragraph."""
        bare = words.strip(" ")
        space = self._space or words.startswith(" ")
        if bare:
            if space and not self.flow.is_empty:
                self.flow.add(" ")
            self.flow.add(bare)
            space = words.endswith(" ")
        self._space = space

    def close(self) -> None:
        """The page ends."""
        self._flush()

    def _start_block(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._end_block("")
        if tag == "pre":
            self._verbatim += 1
        elif tag in ("ol", "ul"):
            self._lists.append(_list(tag, attributes))
        elif tag == "li" and self._lists:
            self._label(self._lists[-1], attributes)
        elif self.flow.lead in ("", INDENT):
            indented = _INDENTED.search(attributes.get("style", ""))
            self.flow.lead = INDENT if indented else ""

    def _end_block(self, tag: str) -> None:
        self._space = False
        self.flow.end_block()
        if tag == "pre":
            self._verbatim -= 1
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()

    def _label(self, of: _List, attributes: Mapping[str, str]) -> None:
        if of.style is None:
            self.flow.lead = of.bullet
            return
        of.number = _number(attributes.get("value"), of.number)
        label = outline.number_label(of.number, of.style)
        self.flow.lead = f"{label}、" if of.style == "chineseCounting" else f"{label}. "
        of.number += 1

    def _leave_out(self, tag: str, attributes: Mapping[str, str]) -> None:
        spacer = any(_SPACER.fullmatch(attributes.get(side, "")) for side in ("width", "height"))
        if tag == "math":
            self.left_out["formulas"] += 1
        elif tag in _OBJECTS:
            self.left_out["objects"] += 1
        elif not spacer:
            self.left_out["pictures"] += 1
        if tag in ("svg", "canvas", "object", "iframe", "video", "audio", "applet"):
            self._unseen += 1


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")))


def _list(tag: str, attributes: Mapping[str, str]) -> _List:
    styled = _LIST_TYPE.search(attributes.get("style", ""))
    kind = styled[1].lower() if styled else attributes.get("type", "")
    if tag == "ol":
        return _List(_NUMBERS.get(kind, "decimal"), _number(attributes.get("start"), 1))
    found = _List(None, 0)
    found.bullet = _BULLETS.get(kind.lower(), "●")
    return found


def _number(words: str | None, otherwise: int) -> int:
    given = (words or "").strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else otherwise
