"""Decoding: encodings by evidence, and what is refused."""

from __future__ import annotations

import codecs

import pytest

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.parsing.decode import decode_bytes

TEXT = "【工作动态】\r\n市总工会召开会议，部署2012年工作。\r\n（市总办公室）\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16"),
        (TEXT.encode("utf-16-be"), "utf-16"),
    ],
)
def test_encodings(data, encoding):
    decoded = decode_bytes(data)
    assert decoded.text == TEXT
    assert decoded.encoding == encoding


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_and_without_any_ascii(order):
    text = "市总工会召开会议部署全年工作"
    assert decode_bytes(text.encode(order)).text == text


def test_gb18030_without_ascii_is_not_taken_for_utf16():
    text = "市总工会召开会议，部署全年工作。" * 20
    assert decode_bytes(text.encode("gb18030")).encoding == "gb18030"


def test_rare_characters_in_gb18030():
    text = "王\U00020bb7同志参加会议。"
    assert decode_bytes(text.encode("gb18030")).text == text


def test_empty():
    assert decode_bytes(b"").text == ""


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n",
        b"PK\x03\x04rest",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x89PNG\r\n\x1a\n",
        b"text\x00with\x00\x00NUL",
        bytes(range(1, 9)) * 5,
    ],
)
def test_binary_is_refused(data):
    with pytest.raises(KnownError) as caught:
        decode_bytes(data)
    assert caught.value.code == "file.binary"


@pytest.mark.parametrize(
    ("data", "position"),
    [
        ("市总工会".encode() + b"\xff" + "召开会议".encode(), 12),
        ("市总工会".encode("gb18030") + b"\xff" + "召开会议".encode("gb18030"), 8),
        (codecs.BOM_UTF8 + "市总".encode() + b"\xff", 9),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", 2),
    ],
)
def test_undecodable_bytes_say_where(data, position):
    with pytest.raises(KnownError) as caught:
        decode_bytes(data)
    assert caught.value.code == "file.undecodable"
    assert caught.value.params == {"position": position}


def test_a_stray_control_is_no_binary():
    assert decode_bytes("简报\x1a".encode()).text == "简报\x1a"
