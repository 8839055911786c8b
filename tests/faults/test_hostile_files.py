"""Files that somebody made to do harm, and files that fell down the stairs: a sentence each.

Nothing is written outside, memory and time stay bounded, and no other exception comes up.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_files import (
    W,
    docx,
    encoded_pdf,
    paragraph,
    pdf,
    rtf,
    run,
    table,
    zipped,
    zipped_in,
)
from support import ROOT, finish

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.text import DecodedText
from bulletin_desktop.parsing import readers
from bulletin_desktop.parsing.build import parse_text
from bulletin_desktop.parsing.decode import decode_bytes
from bulletin_desktop.parsing.readers import zipped as archives
from bulletin_desktop.services import files

PAGE = [(85, 700, 12, "市总工会召开会议"), (85, 680, 12, "部署全年工作")]


def bomb(name, size):
    return zipped({name: b"\0" * size})


def with_document(xml):
    """A Word file of which the main part is these bytes."""
    parts = zipfile.ZipFile(io.BytesIO(docx("")))
    whole = {name: parts.read(name) for name in parts.namelist()}
    return zipped({**whole, "word/document.xml": xml})


def entities():
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"
    return f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>{body}'.encode()


def stolen():
    return entities().replace(b'a0 "ha"', b'a0 SYSTEM "file:///etc/passwd"')


HOSTILE = {
    "a bomb in a Word file": ("a.docx", docx("<w:p/>" * 6_000_000), "file.too_large"),
    "a bomb in its relations": (
        "b.docx",
        zipped({"_rels/.rels": b" " * 70_000_000, "word/document.xml": b"<x/>"}),
        "file.too_large",
    ),
    "entities": ("c.docx", with_document(entities()), "file.damaged"),
    "an entity from outside": ("d.docx", with_document(stolen()), "file.damaged"),
    "a Word file cut off": ("e.docx", docx(paragraph("文"))[:400], "file.damaged"),
    "a PDF cut off": ("f.pdf", pdf([PAGE])[:500], "file.damaged"),
    "pages in a ring": (
        "g.pdf",
        pdf([PAGE]).replace(b"/Kids[8 0 R]", b"/Kids[2 0 R]"),
        "file.damaged",
    ),
    "a PDF without anything": ("h.pdf", b"%PDF-1.4\n" + b"x" * 500, "file.damaged"),
    "an archive of another kind": ("i.rar", b"Rar!\x1a\x07", "file.unsupported"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_a_sentence(kind, tmp_path):
    name, data, code = HOSTILE[kind]
    (tmp_path / name).write_bytes(data)
    found = files.find([tmp_path / name])
    failures = [failure.reason.code for failure in found.failed]
    for each in found.inputs:
        with pytest.raises(KnownError) as caught:
            files.load(each.path, each.read())
        failures.append(caught.value.code)
        assert Catalogue("zh").error(caught.value)
    assert failures == [code]
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no limit")
def test_a_stream_that_grows_meets_the_limit_of_memory():
    content = zlib.compress(b"0 0 m 1 1 l S\n" * 40_000_000, 1)
    with pytest.raises(KnownError, match=r"file.damaged"):
        finish(readers.reading("a.pdf", encoded_pdf(content)))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", docx("<w:tbl><w:tr><w:tc>" * 2000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 2000)),
        ("a.html", b"<div><table><tr><td><ul><li>" * 20_000),
        ("a.html", b"<table><tr><td>" * 30_000 + "深".encode()),
        ("a.rtf", b"{\\rtf1" + b"{" * 100_000 + b"}" * 100_000),
        ("a.rtf", b"{\\rtf1" + b"{\\footnote " * 20_000 + b"x"),
        ("a.rtf", b"{\\rtf1 a\\bin999999999 b}"),
    ],
)
def test_absurd_nesting_is_read_or_said(name, data):
    with suppress(KnownError):
        assert len(finish(readers.reading(name, data)).text) < 100_000


def test_archives_that_grow_when_they_are_opened(tmp_path):
    content = {"a.txt": b"\0" * 30_000_000, "good.txt": "一篇文章。".encode()}
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped(content))
    large, good = files.find([archive]).inputs
    with pytest.raises(KnownError, match=r"file.too_large"):
        large.read()
    assert files.load(good.path, good.read()).decoded.text == "一篇文章。"


def test_an_archive_that_lies_about_sizes(tmp_path):
    data = bytearray(zipped({"a.txt": b"x" * 100_000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(data)
    (member,) = files.find([tmp_path / "a.zip"]).inputs
    with pytest.raises(KnownError, match=r"file.damaged"):
        member.read()


def test_a_directory_out_of_all_measure():
    data = bytearray(zipped({"a.txt": b"x"}))
    at = data.index(b"PK\x05\x06") + 12
    data[at : at + 4] = (2**31).to_bytes(4, "little")
    with pytest.raises(KnownError, match=r"file.too_large"):
        archives.members(io.BytesIO(data))


def test_bad_files_among_good_ones_leave_the_good_ones(run_child, tmp_path):
    for name, data, _ in HOSTILE.values():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text("一篇文章的标题\n　　这是正文，共有一段。\n", "utf-8")
    child = run_child("parse", "--json", tmp_path)
    assert "Traceback" not in child.stderr
    told = json.loads(child.stdout)["files"]
    assert child.returncode == 1
    assert [entry["path"] for entry in told if not entry["error"]] == [str(tmp_path / "good.txt")]
    assert {(entry["text_length"], len(entry["issues"])) for entry in told if entry["error"]} == {
        (0, 0)
    }


# Fuzz: files of every format, changed at random

TOKENS = (
    b"<", b">", b"&", b"{", b"}", b"\\", b"\0", b"\xff", b"-1", b"99999999999", b"\\par", b"\\cell",
    b"\\row", b"\\trowd", b"\\intbl", b"\\u-1 ", b"\\u55357?", b"\\'b9", b"\\bin99999", b"\\uc99 ",
    b"\\fcharset2", b"{\\footnote", b"{\\shptxt", b"{\\header", b"{\\listtext", b"<w:p>", b"</w:p>",
    b"<w:tbl>", b"<w:txbxContent>", b"<w:del>", b'<w:ilvl w:val="99"/>', b'<w:br w:type="page"/>',
    b"<table>", b"</table>", b"<td>", b"<pre>", b"</pre>", b"<ol start=99999>", b"</ol>",
    b"<!DOCTYPE x>", b"<?xml", b"endobj", b"endstream", b"/Count", b"stream", b"PK\x03\x04",
)  # fmt: skip
LEVEL = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
PARTS = {
    "numbering": f'<w:abstractNum w:abstractNumId="0">{LEVEL}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    "styles": '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>',
    "footnotes": f'<w:footnote w:id="2">{paragraph("注")}</w:footnote>',
    "header1": paragraph("报头"),
}
BODY = (
    paragraph("题", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="1"/></w:numPr>')
    + table([["甲", "乙"]])
    + paragraph(f'{run("文")}<w:r><w:footnoteReference w:id="2"/></w:r><w:del>{run("删")}</w:del>')
)
RTF = (
    r"{\header 报头\par}\pard\fi480 段\par\trowd\cellx1\pard\intbl 甲\cell 乙\cell\row"
    r"\pard 后{\footnote 注}"
)
HTML = (
    "<meta charset=gbk><h1>题</h1><ol><li>甲</ol><table><tr><td>乙<td>丙</table><pre>丁\n戊</pre>"
)
TEXT = "市总工会召开会议，部署全年工作。\r\n（市总办公室）\r\n"
FORMATS = ROOT / "tests" / "data" / "formats"


def from_archive(data):
    file = io.BytesIO(data)
    for member in archives.members(file):
        with suppress(KnownError):
            archives.read_member(file, member)


def from_parts(data):
    """A Word file, of which the main part was changed after it was unpacked."""
    return readers.read_here("docx", with_document(data))


SAMPLES = {
    "text": [TEXT.encode("gb18030"), TEXT.encode("utf-16"), TEXT.encode(), "總工會".encode("big5")],
    "html": [HTML.encode("gbk"), (FORMATS / "02.html").read_bytes()],
    "rtf": [rtf(RTF), (FORMATS / "02.rtf").read_bytes()],
    "docx": [docx(BODY, PARTS), (FORMATS / "02.docx").read_bytes()],
    "parts": [f"<w:document {W}><w:body>{BODY}</w:body></w:document>".encode()],
    "pdf": [pdf([PAGE, PAGE], picture=True), encoded_pdf(zlib.compress(b"BT (a) Tj ET"))],
    "zip": [zipped({"a/甲.txt": TEXT.encode()}), zipped_in("gbk", {"甲.txt": b"x", "b": b""})],
}
READ = {"zip": from_archive, "text": decode_bytes, "parts": from_parts}


@st.composite
def broken(draw, samples):
    """One of these files after some cuts, insertions, doublings and changed bytes."""
    data = bytearray(draw(st.sampled_from(samples)))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(data)))
        deed = draw(st.sampled_from(["set", "cut", "insert", "double", "end"]))
        if deed == "set":
            data[at : at + 1] = draw(st.binary(min_size=1, max_size=4))
        elif deed == "cut":
            del data[at : at + draw(st.integers(1, 60))]
        elif deed == "insert":
            data[at:at] = draw(st.sampled_from(TOKENS)) * draw(st.sampled_from([1, 1, 3, 500]))
        elif deed == "double":
            data[at:at] = data[: draw(st.integers(1, 200))]
        else:
            del data[at:]
    return bytes(data)


def takes(kind, data):
    """Read it; whatever comes of it is a text that can be stored, or an error in words."""
    read = READ.get(kind) or (lambda data: readers.read_here(kind, data))
    try:
        found = read(data)
    except KnownError as error:
        found = Catalogue("en").error(error)
    if isinstance(found, DecodedText):
        assert "\0" not in found.text
        found.text.encode()
        if len(found.text) < 20_000:
            parse_text(found.text)


@pytest.mark.parametrize("kind", SAMPLES)
@given(data=st.data())
def test_a_broken_file_is_read_or_said(kind, data):
    takes(kind, data.draw(broken(SAMPLES[kind])))


@pytest.mark.parametrize("kind", ["text", "html", "rtf", "docx", "pdf", "zip"])
@given(data=st.binary(max_size=400))
def test_bytes_of_no_kind_are_read_or_said(kind, data):
    takes(kind, data)
    with suppress(KnownError):
        readers.kind_of(f"a.{kind}", data)
