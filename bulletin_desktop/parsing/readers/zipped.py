"""Zip archives, read within limits and one member at a time; nothing is ever written.

The list of members is plain data and a member is read by its offset, so that an archive of
thousands of files needs no open handle between two of them.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import IO, NamedTuple

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.parsing.decode import decode_names

SIGNATURE = b"PK\x03\x04"

LARGEST = 256 * 2**20  # bytes of one member
_LARGEST_DIRECTORY = 32 * 2**20
# A small member may be as repetitive as it likes; a large text hardly shrinks to a fiftieth.
_SMALL = 16 * 2**20
_STEEPEST = 100
_END = struct.Struct("<12xL6x")  # the size of the directory
_LONGEST_COMMENT = 0xFFFF
_HEAD = struct.Struct("<26xHH")  # the lengths of name and extra field
_ENCRYPTED = 0x1
_UTF8 = 0x800
_STORED, _DEFLATED = 0, 8
_UNSAFE = re.compile("[\x00-\x1f\x7f\ufffd]|^[A-Za-z]:(?=/)")


class Member(NamedTuple):
    """A file in an archive: its name as shown, and where its bytes lie."""

    name: str
    offset: int
    packed: int
    size: int
    crc: int
    method: int
    encrypted: bool


def members(file: IO[bytes]) -> list[Member]:
    """The files in an archive, in its order; names without folders above the archive's own.

    Raises KnownError ``file.damaged``, or ``file.too_large`` for a directory out of all measure.
    """
    _refuse_large_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise KnownError("file.damaged") from error
    names = _names(entries)
    return [_member(entry, name) for entry, name in zip(entries, names, strict=True)]


def _member(entry: zipfile.ZipInfo, name: str) -> Member:
    return Member(
        name, entry.header_offset, entry.compress_size, entry.file_size, entry.CRC,
        entry.compress_type, bool(entry.flag_bits & _ENCRYPTED),
    )  # fmt: skip


def _refuse_large_directory(file: IO[bytes]) -> None:
    """The list of members is held in memory, so it must be bounded before it is read."""
    length = file.seek(0, 2)
    file.seek(max(0, length - _END.size - _LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        raise KnownError("file.damaged")
    (size,) = _END.unpack_from(tail, at)
    wide = tail.rfind(b"PK\x06\x07", 0, at) >= 0  # sizes of 64 bits
    if size > _LARGEST_DIRECTORY or (wide and length > _LARGEST_DIRECTORY):
        raise KnownError("file.too_large")


def _names(entries: list[zipfile.ZipInfo]) -> list[str]:
    """The members' names: older programs write them in the encoding of their system."""
    raw = [e.orig_filename.encode("cp437") for e in entries if not e.flag_bits & _UTF8]
    old = iter(decode_names(raw))
    return [_clean(e.orig_filename if e.flag_bits & _UTF8 else next(old)) for e in entries]


def _clean(name: str) -> str:
    """A name for the eye alone: no way out of the archive, no control characters."""
    parts = _UNSAFE.sub("", name.replace("\\", "/")).split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "?"


def unpacked_size(data: bytes) -> int:
    """How many bytes of XML an archive announces. Raises KnownError like ``members``."""
    return sum(m.size for m in members(io.BytesIO(data)) if m.name.endswith((".xml", ".rels")))


def read_member(file: IO[bytes], member: Member) -> bytes:
    """The bytes of a member.

    Raises KnownError ``file.encrypted``, ``file.too_large``, ``file.packing`` or ``file.damaged``.
    """
    if member.encrypted:
        raise KnownError("file.encrypted")
    steep = member.size > _SMALL and member.size > _STEEPEST * member.packed
    if member.size > LARGEST or steep:
        raise KnownError("file.too_large")
    if member.method not in (_STORED, _DEFLATED):
        raise KnownError("file.packing")
    data = _unpacked(_packed(file, member), member)
    if len(data) != member.size or zlib.crc32(data) != member.crc:
        raise KnownError("file.damaged")
    return data


def _packed(file: IO[bytes], member: Member) -> bytes:
    file.seek(max(0, member.offset))
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size or not head.startswith(SIGNATURE):
        raise KnownError("file.damaged")
    name, extra = _HEAD.unpack(head)
    file.seek(name + extra, 1)
    return file.read(member.packed)


def _unpacked(packed: bytes, member: Member) -> bytes:
    if member.method == _STORED:
        return packed
    try:
        # What is longer than announced is not unpacked to its end.
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, member.size + 1)
    except zlib.error as error:
        raise KnownError("file.damaged") from error
