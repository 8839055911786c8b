"""Decoding: encodings by evidence, and what is refused."""

from __future__ import annotations

import codecs

import pytest

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.parsing.decode import ENCODINGS, candidates, decode_bytes, decode_names

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


TRADITIONAL = "各級工會召開會議，部署全年工作。\r\n（總工會辦公室）"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TRADITIONAL, "big5"),
        ("工會簡報", "big5"),
        ("第三期　二〇一二年", "gb18030"),
        (TRADITIONAL, "gb18030"),
        ("工会简报", "gb18030"),
        ("職工之家", "big5"),
        ("職工之家", "gb18030"),
        ("啲咗嘅，我們的會議在香港召開", "big5hkscs"),
    ],
)
def test_big5_and_gb18030_are_told_apart_by_common_characters(text, encoding):
    decoded = decode_bytes(text.encode(encoding))
    assert decoded == (text, "big5" if "big5" in encoding else encoding, ())


@pytest.mark.parametrize("encoding", ["euc-kr", "shift_jis"])
def test_a_doubtful_encoding_is_told(encoding):
    words = {"euc-kr": "안녕하세요 여러분", "shift_jis": "これは日本語です。"}[encoding]
    decoded = decode_bytes(words.encode(encoding))
    assert decoded.remarks == (Message("file.encoding_doubtful", {"encoding": decoded.encoding}),)


def test_utf8_that_is_cut_off_is_not_taken_for_gb18030():
    data = ("市总工会召开会议，部署全年工作。" * 20).encode()
    for end in range(len(data) - 5, len(data)):
        cut = data[:end]
        if end % 3 == 0:
            assert decode_bytes(cut).encoding == "utf-8"
            continue
        with pytest.raises(KnownError) as caught:
            decode_bytes(cut)
        assert caught.value.params == {"position": end - end % 3}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_encoding_by_choice(encoding):
    text = "工會簡報 2012"
    assert decode_bytes(text.encode(encoding), encoding) == (text, encoding, ())


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, b""])
def test_what_does_not_fit_the_chosen_encoding_is_replaced_and_counted(mark):
    decoded = decode_bytes(mark + "市".encode() + b"\xff" + "总".encode(), "utf-8")
    assert decoded.text == "市\ufffd总"
    assert decoded.remarks == (Message("file.replaced", {"n": 1, "encoding": "utf-8"}),)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le", "utf-16"])
def test_the_likeliest_encoding_comes_first(encoding):
    found = candidates((TRADITIONAL * 3).encode(encoding))
    assert sorted(found) == sorted(ENCODINGS)
    assert found[0] == ("utf-16" if "16" in encoding else encoding)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "big5"])
def test_names_in_an_archive_are_decided_together(encoding):
    names = ["工會簡報/第3期.txt", "a.txt", "總工會.txt"]
    assert decode_names([name.encode(encoding) for name in names]) == names


def test_names_in_no_encoding_are_shown_as_far_as_they_go():
    assert decode_names([b"\xff\xff.txt"]) == ["\ufffd\ufffd.txt"]
