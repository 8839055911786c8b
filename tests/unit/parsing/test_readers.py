"""Which reader a file gets, and that every format of one bulletin gives the same articles."""

from __future__ import annotations

import os
import shutil
import time

import pytest
from made_files import docx, paragraph, pdf, rtf, zipped
from support import ROOT, finish

from bulletin_desktop import office
from bulletin_desktop.children import wait_for
from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.parsing import readers
from bulletin_desktop.parsing.build import parse_text
from bulletin_desktop.parsing.decode import decode_bytes
from bulletin_desktop.parsing.readers import apart, outline

DATA = ROOT / "tests" / "data"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD_XML = b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'


def wide(name):
    return name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"words", "text"),
        ("a.docx", b"words", "text"),
        ("a.txt", docx(paragraph("x")), "docx"),
        ("a.doc", rtf("x"), "rtf"),
        ("a.doc", b"\r\n<html><body>x", "html"),
        ("a.txt", "<!DOCTYPE html><p>x".encode("utf-16"), "html"),
        ("a.md", b"<html>x", "text"),
        ("a.htm", b"x", "html"),
        ("a.doc", OLE + wide("WordDocument"), "doc"),
        ("a.doc", WORD_XML, "doc"),
        ("a.bin", b"%PDF-1.4", "pdf"),
        ("a.pdf", b"\xef\xbb\xbf\n%PDF-1.4", "pdf"),
    ],
)
def test_the_first_bytes_outrank_the_name(name, data, kind):
    assert readers.kind_of(name, data) == kind


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", zipped({"a.txt": b"x"}), "file.archive"),
        ("a.zip", zipped({"[Content_Types].xml": b"", "xl/a": b""}), "file.not_word"),
        ("a.docx", OLE + wide("EncryptedPackage"), "file.encrypted"),
        ("a.doc", OLE + wide("Workbook"), "file.not_word"),
        ("a.doc", OLE, "file.damaged"),
        ("a.doc", b"MIME-Version: 1.0\r\n", "file.web_archive"),
        ("a.pdf", bytes(range(256)), "file.damaged"),
        ("a.txt", bytes(range(256)), "file.undecodable"),
    ],
)
def test_what_cannot_be_read_is_said(name, data, code):
    with pytest.raises(KnownError) as caught:
        finish(readers.reading(name, data))
    assert caught.value.code == code


def titles(text):
    (issue,) = parse_text(text).issues
    return [(a.kind, a.title, a.source, a.section) for a in issue.articles]


@pytest.mark.parametrize("suffix", ["docx", "html", "rtf", "pdf", "doc"])
def test_every_format_of_a_bulletin_gives_the_same_articles(suffix):
    if suffix == "doc" and not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    plain = decode_bytes((DATA / "bulletins" / "02.txt").read_bytes()).text
    name = f"02.{suffix}"
    found = finish(readers.reading(name, (DATA / "formats" / name).read_bytes()))
    assert titles(found.text) == titles(plain)
    assert found.encoding == ("utf-8" if suffix == "html" else None)
    assert found.remarks == ()


@pytest.fixture
def antiword(tmp_path, monkeypatch):
    """Puts a program of that name in the place of LibreOffice."""

    def install(script):
        program = tmp_path / "antiword"
        program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
        monkeypatch.setattr(office, "program", lambda: None)

    return install


def test_antiword_serves_where_libreoffice_is_missing(antiword):
    antiword("printf '%s\\n' 工会简报 '|姓名 |单位 |' '[pic]第3期'")
    found = finish(readers.reading("a.doc", OLE + wide("WordDocument")))
    assert found.text == "工会简报\n姓名\t单位\n第3期"
    assert found.remarks == (Message("file.pictures", {"n": 1}),)


def test_a_doc_file_that_antiword_cannot_read(antiword):
    antiword("exit 1")
    with pytest.raises(KnownError, match=r"file.damaged"):
        finish(readers.reading("a.doc", OLE + wide("WordDocument")))


def test_a_doc_file_where_nothing_can_read_it(monkeypatch):
    monkeypatch.setattr(office, "program", lambda: None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(KnownError, match=r"file.needs_office"):
        finish(readers.reading("02.doc", (DATA / "formats" / "02.doc").read_bytes()))


def test_a_large_file_is_read_apart_with_the_same_result():
    words = rtf("市总工会召开会议" * 9000)
    assert len(words) > readers._LARGE
    assert finish(readers.reading("a.rtf", words)) == readers.read_here("rtf", words)


def test_an_encoding_by_choice_reaches_a_reader_apart():
    page = "<p>市总工会召开会议".encode("gb18030") + b" " * readers._LARGE
    found = finish(readers.reading("a.html", page, "gb18030"))
    assert (found.text, found.encoding) == ("市总工会召开会议", "gb18030")


def test_reading_apart_shows_life_and_ends_when_closed():
    work = readers.reading("a.pdf", pdf([[(85, 700, 12, "文字")]]))
    assert next(work) is None
    work.close()


def test_a_bug_in_a_reader_apart_is_logged_and_said(caplog):
    with pytest.raises(KnownError, match=r"file.damaged"):
        finish(apart.read_apart("text", b"words", "no-such-encoding"))
    (record,) = caplog.get_records("call")
    assert "LookupError" in record.getMessage()
    caplog.clear()


SLEEP = [shutil.which("sleep") or "sleep", "60"]


def test_what_takes_too_long_is_ended():
    begun = time.monotonic()
    with pytest.raises(KnownError, match=r"file.takes_too_long"):
        finish(wait_for(SLEEP, 0.1))
    assert time.monotonic() - begun < 30


def test_a_command_that_does_not_start():
    with pytest.raises(KnownError, match=r"file.unreadable"):
        finish(wait_for(["no-such-command"], 1))


@pytest.mark.parametrize(
    ("number", "style", "label"),
    [
        (1, "chineseCounting", "一"), (10, "chineseCounting", "十"),
        (12, "chineseCounting", "十二"),
        (20, "chineseCounting", "二十"), (105, "chineseCounting", "一百零五"),
        (1010, "chineseCounting", "一千零一十"), (12, "chineseLegalSimplified", "壹拾贰"),
        (14, "upperRoman", "XIV"), (4, "lowerRoman", "iv"), (28, "lowerLetter", "bb"),
        (3, "decimalEnclosedCircle", "③"), (21, "decimalEnclosedCircle", "21"),
        (2, "ideographTraditional", "乙"), (7, "decimalZero", "07"), (5, "decimalFullWidth", "５"),
        (5, "none", ""), (5, "unknown", "5"), (0, "chineseCounting", "0"),
    ],
)  # fmt: skip
def test_list_numbers(number, style, label):
    assert outline.number_label(number, style) == label
