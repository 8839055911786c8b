"""Readers: the bytes of a file in some format to its text, a module a format.

What a file is its first bytes tell, and only where they do not, its name: a .doc may hold RTF or a
web page, a .txt a whole archive.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from pathlib import PurePath

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.text import DecodedText
from bulletin_desktop.parsing.decode import decode_bytes
from bulletin_desktop.parsing.readers import zipped

SUFFIXES = frozenset({".txt", ".md", ".docx", ".doc", ".html", ".htm", ".rtf", ".pdf"})

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Names of streams in such a file: of a Word text, and of one that is wrapped in a password.
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_OTHERS = tuple(name.encode("utf-16-le") for name in ("Workbook", "PowerPoint Document"))
_FIRST = 1024  # bytes that tell what a file is
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_WORD_XML = re.compile(rb"<(?:w:wordDocument|pkg:package)\b|mso-application\s+progid=.Word")
_WEB_ARCHIVE = re.compile(rb"\s*(?:From:[^\n]*\n)?MIME-Version:", re.IGNORECASE)
_LARGE = 2**19
_LARGE_UNPACKED = 2**21
_WITH_SIGNATURE = frozenset({".docx", ".doc", ".rtf", ".pdf"})


def kind_of(name: str, data: bytes) -> str:
    """The format of a file: ``text``, ``html``, ``rtf``, ``docx``, ``doc`` or ``pdf``.

    Raises KnownError for a container that holds no text to read: ``file.archive``,
    ``file.encrypted``, ``file.not_word``, ``file.web_archive``.
    """
    suffix = PurePath(name).suffix.lower()
    if data.startswith(_ZIP):
        return _kind_of_zip(suffix, data)
    if data.startswith(_OLE):
        return _kind_of_ole(data)
    if b"%PDF-" in data[:_FIRST] and (data.startswith(b"%PDF-") or suffix == ".pdf"):
        return "pdf"
    if data[:_FIRST].lstrip().startswith(b"{\\rtf"):
        return "rtf"
    return _kind_of_marked_up(suffix, data)


def _kind_of_zip(suffix: str, data: bytes) -> str:
    if suffix == ".docx" or b"word/" in data:
        return "docx"
    raise KnownError("file.not_word" if b"[Content_Types].xml" in data else "file.archive")


def _kind_of_ole(data: bytes) -> str:
    if _ENCRYPTED_STREAM in data:
        raise KnownError("file.encrypted")
    if _WORD_STREAM in data:
        return "doc"
    raise KnownError("file.not_word" if any(x in data for x in _OTHERS) else "file.damaged")


def _kind_of_marked_up(suffix: str, data: bytes) -> str:
    first = data[:_FIRST].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _WEB_ARCHIVE.match(first) and suffix != ".txt":
        raise KnownError("file.web_archive")
    if suffix != ".md" and _WORD_XML.search(first):
        return "doc"
    if suffix in (".html", ".htm") or (suffix != ".md" and _HTML.match(first)):
        return "html"
    return "text"


def reading(
    name: str, data: bytes, encoding: str | None = None
) -> Generator[None, None, DecodedText]:
    """The text of a file of any format; yields while it waits, and closing this ends the work.

    ``encoding`` outranks what the bytes tell, in a format that is written in one. Raises KnownError
    (file.*).
    """
    kind = kind_of(name, data)
    if kind == "doc":
        from bulletin_desktop.parsing.readers import doc

        return (yield from doc.reading(data))
    if is_better_apart(kind, data):
        from bulletin_desktop.parsing.readers.apart import read_apart

        return (yield from read_apart(kind, data, encoding))
    try:
        return read_here(kind, data, encoding)
    except KnownError as error:
        if kind == "text" and PurePath(name).suffix.lower() in _WITH_SIGNATURE:
            raise KnownError("file.damaged") from error
        raise


def is_better_apart(kind: str, data: bytes) -> bool:
    """Whether reading takes so long that it must be possible to stop it, or may not end at all."""
    if kind == "docx":
        return zipped.unpacked_size(data) > _LARGE_UNPACKED
    return kind == "pdf" or (kind != "text" and len(data) > _LARGE)


def read_here(kind: str, data: bytes, encoding: str | None = None) -> DecodedText:
    """What the reader of a kind makes of a file, in this process. Raises KnownError (file.*)."""
    # Deferred: each reader needs a library of its own.
    if kind == "html":
        from bulletin_desktop.parsing.readers import html

        return html.read(data, encoding)
    if kind == "rtf":
        from bulletin_desktop.parsing.readers import rtf

        return rtf.read(data)
    if kind == "docx":
        from bulletin_desktop.parsing.readers import docx

        return docx.read(data)
    if kind == "pdf":
        from bulletin_desktop.parsing.readers import pdf

        return pdf.read(data)
    return decode_bytes(data, encoding)
