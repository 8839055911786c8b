"""Bytes of a file to text: byte order mark, strict UTF-8, strong UTF-16, strict GB18030."""

from __future__ import annotations

import codecs
import re

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.text import DecodedText

# First bytes of formats that are no plain text: PDF, zip (docx), OLE (doc), images, archives.
BINARY_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b\x08",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
)
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1b\x7f]")
_UNLIKELY = re.compile("[^\t\n\r -~\u2010-\u203b\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_COMMON = re.compile(
    "[\t\n\r -~，。、；：“”（）的一是在不了有和人中大为上个国我以要时来用们到作地会出分对成可"
    "主发年动同工能过产面方后多定行学法民进部家高理实加体制业本开合前政日社事全与关重新内心建月公情党展员位文总活管长基级组"
    "织市区县职召议务力服生企加强]"
)
_STRAY_CONTROLS = 2  # old word processors leave one or two behind
_SAMPLE = 8192  # code units looked at to tell UTF-16 without a mark
_SHORTEST_SAMPLE = 4


def decode_bytes(data: bytes) -> DecodedText:
    """The text of a file, byte order mark stripped and line ends as they are, and its encoding.

    Encodings are named ``utf-8``, ``utf-8-sig``, ``utf-16`` and ``gb18030``. Raises KnownError
    ``file.binary`` for what is no text and ``file.undecodable`` with ``position``, the byte offset
    at which the best reading fails.
    """
    if data.startswith(BINARY_MAGIC):
        raise KnownError("file.binary")
    decoded = _with_mark(data) or _without_mark(data)
    _refuse_binary(decoded.text)
    return decoded


def _with_mark(data: bytes) -> DecodedText | None:
    try:
        if data.startswith(codecs.BOM_UTF8):
            return DecodedText(data[3:].decode("utf-8"), "utf-8-sig")
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return DecodedText(data.decode("utf-16"), "utf-16")
    except UnicodeDecodeError as error:
        mark = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
        raise KnownError("file.undecodable", position=error.start + mark) from error
    return None


def _without_mark(data: bytes) -> DecodedText:
    utf8 = _attempt(data, "utf-8")
    if isinstance(utf8, str) and "\0" not in utf8:
        return DecodedText(utf8, "utf-8")
    order = _utf16_order(data)
    utf16 = _attempt(data, order) if order else None
    if isinstance(utf16, str):
        return DecodedText(utf16, "utf-16")
    if isinstance(utf8, str):
        return DecodedText(utf8, "utf-8")
    gb18030 = _attempt(data, "gb18030")
    if isinstance(gb18030, str):
        return DecodedText(gb18030, "gb18030")
    raise KnownError("file.undecodable", position=utf8 if _mostly_utf8(data) else gb18030)


def _attempt(data: bytes, encoding: str) -> str | int:
    """The text, or the byte offset at which a strict reading fails."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start


def _utf16_order(data: bytes) -> str | None:
    """The byte order in which the units read as ordinary Chinese or ASCII; None where neither does.

    Bytes of another encoding, taken in pairs, give characters that are hardly ever used.
    """
    if len(data) % 2 or len(data) < 2 * _SHORTEST_SAMPLE:
        return None
    orders = [order for order in ("utf-16-le", "utf-16-be") if _reads_well(data, order)]
    return orders[0] if len(orders) == 1 else None


def _reads_well(data: bytes, order: str) -> bool:
    text = data[: 2 * _SAMPLE].decode(order, "replace")
    unlikely = len(_UNLIKELY.findall(text))
    return unlikely * 10 <= len(text) <= 3 * len(_COMMON.findall(text))


def _mostly_utf8(data: bytes) -> bool:
    """Whether more characters beyond ASCII read well as UTF-8 than fail."""
    text = data.decode("utf-8", "replace")
    failed = text.count("\ufffd")
    return sum(1 for c in text if c > "\x7f") - failed > failed


def _refuse_binary(text: str) -> None:
    allowed = _STRAY_CONTROLS + len(text) // 100
    if "\0" in text or len(_CONTROLS.findall(text)) > allowed:
        raise KnownError("file.binary")
