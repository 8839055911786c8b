"""Files to take in: found in folders and archives, read one at a time, previewed, pasted."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from made_files import docx, paragraph, pdf, zipped, zipped_in

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import files

TEXT = "【工作动态】\n一篇文章的标题\n　　这里是文章的正文，共有一段。\n（市总工会）\n"


def test_a_folder_gives_files_of_all_formats_and_members_of_archives(tmp_path):
    for name in ("b.PDF", "a.docx", "c.htm", "d.rtf", "~$a.docx", "e.xlsx", "f.doc", "g.md"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "z.zip").write_bytes(zipped({"第10期.txt": b"b", "第2期.docx": b"a", "x.jpg": b""}))
    found = files.find([tmp_path])
    assert [each.path[len(str(tmp_path)) + 1 :] for each in found.inputs] == [
        *("a.docx", "b.PDF", "c.htm", "d.rtf", "f.doc", "g.md"),
        *("z.zip!/第2期.docx", "z.zip!/第10期.txt"),
    ]
    assert (found.skipped, found.failed) == (3, [])
    assert [each.read() for each in found.inputs[-2:]] == [b"a", b"b"]
    assert [each.name for each in found.inputs[-2:]] == ["第2期.docx", "第10期.txt"]


def test_paths_as_named_and_as_stored(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, "utf-8")
    Path("z.zip").write_bytes(zipped({"in/b.txt": TEXT.encode()}))
    plain, member = files.find([Path("a.txt"), Path("z.zip")]).inputs
    assert (plain.path, plain.place) == ("a.txt", str(tmp_path / "a.txt"))
    assert (member.path, member.place) == ("z.zip!/in/b.txt", f"{tmp_path}/z.zip!/in/b.txt")
    loaded = files.load(member.path, member.read())
    assert (loaded.path, loaded.sha256) == (
        "z.zip!/in/b.txt", hashlib.sha256(TEXT.encode()).hexdigest(),
    )  # fmt: skip
    assert loaded.parsed.issues[0].articles[0].title == "一篇文章的标题"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "big5"])
def test_names_in_archives_without_a_flag(encoding, tmp_path):
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped_in(encoding, {"2012年/工會簡報.txt": b"x", "總工會.txt": b"y"}))
    found = files.find([archive])
    shown = [each.path.partition("!/")[2] for each in found.inputs]
    assert shown == ["2012年/工會簡報.txt", "總工會.txt"]
    assert [each.read() for each in found.inputs] == [b"x", b"y"]


def test_a_name_leads_nowhere(tmp_path):
    names = {"../../out.txt": b"1", "/etc/passwd.txt": b"2", "C:\\a\\..\\b.txt": b"3"}
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped(names))
    shown = [each.path.partition("!/")[2] for each in files.find([archive]).inputs]
    assert sorted(shown) == ["a/b.txt", "etc/passwd.txt", "out.txt"]
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        ({"b.zip": zipped({"a.txt": b"x"})}, [("!/b.zip", "file.archive_inside")]),
        ({"b.jpg": b""}, [("", "file.archive_without_texts")]),
        ({"__MACOSX/._a.txt": b"", ".b.txt": b""}, [("", "file.archive_without_texts")]),
        (None, [("", "file.damaged")]),
    ],
)
def test_an_archive_without_anything_to_read(content, reasons, tmp_path):
    archive = tmp_path / "a.zip"
    archive.write_bytes(b"PK\x03\x04 cut off" if content is None else zipped(content))
    found = files.find([archive])
    assert found.inputs == []
    assert [(f.path, f.reason.code) for f in found.failed] == [
        (f"{archive}{rest}", code) for rest, code in reasons
    ]


def test_an_encrypted_member_is_said_with_its_path(tmp_path):
    data = bytearray(zipped({"a.txt": b"words"}))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + at] |= 1
    archive = tmp_path / "a.zip"
    archive.write_bytes(data)
    (member,) = files.find([archive]).inputs
    with pytest.raises(KnownError) as caught:
        member.read()
    assert (caught.value.code, caught.value.params) == (
        "file.encrypted", {"path": f"{archive}!/a.txt"},
    )  # fmt: skip


def test_an_archive_that_has_gone(tmp_path):
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped({"a.txt": b"words"}))
    (member,) = files.find([archive]).inputs
    archive.unlink()
    with pytest.raises(KnownError, match=r"file.missing"):
        member.read()


def test_an_archive_of_ten_thousand_members_is_read_one_at_a_time(tmp_path):
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped({f"{i}.txt": str(i).encode() for i in range(10_000)}))
    found = files.find([archive])
    assert [each.read() for each in found.inputs] == [str(i).encode() for i in range(10_000)]


def test_a_chosen_encoding_outranks_the_bytes():
    data = "工會簡報第三期".encode("big5")
    assert files.load("a.txt", data).decoded.encoding == "big5"
    assert files.load("a.txt", data, "gb18030").decoded.encoding == "gb18030"


def test_an_error_names_the_file():
    with pytest.raises(KnownError) as caught:
        files.load("z.zip!/a.docx", b"PK\x03\x04")
    assert (caught.value.code, caught.value.params["path"]) == ("file.damaged", "z.zip!/a.docx")


def test_loading_shows_life_while_another_process_reads():
    work = files.loading("a.pdf", pdf([[(85, 700, 12, "工会简报")]]))
    next(work)
    work.close()


def test_a_preview_has_the_first_lines_and_the_encodings_to_choose_from():
    data = "\r\n第一行\r\n\r\n第二行\r\n第三行".encode("gb18030")
    preview = files.preview("a.txt", data, limit=2)
    assert (preview.encoding, preview.lines) == ("gb18030", ("第一行", "第二行"))
    assert preview.candidates[0] == "gb18030"
    assert set(preview.candidates) == {"utf-8", "gb18030", "big5", "utf-16"}
    assert files.preview("a.txt", data, "big5").encoding == "big5"


def test_a_preview_of_a_format_without_encodings():
    preview = files.preview("a.docx", docx(paragraph("文字")))
    assert preview == files.Preview(None, ("文字",), ())


def test_a_preview_of_what_fits_no_encoding_still_lets_choose():
    data = "市总工会".encode() + b"\xff" + "召开会议".encode()
    preview = files.preview("a.txt", data)
    assert (preview.encoding, preview.lines, preview.candidates[0]) == (None, (), "utf-8")
    assert files.preview("a.txt", data, "utf-8").lines == ("市总工会\ufffd召开会议",)


def test_pasted_text_has_a_path_of_its_own():
    one, again, other = files.pasted(TEXT), files.pasted(TEXT), files.pasted("又" + TEXT)
    assert one == again
    assert one.path.startswith("pasted/")
    assert one.path != other.path
    assert one.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (one.decoded.encoding, one.parsed.issues[0].articles[0].source) == (None, "市总工会")


def test_what_is_no_character_in_pasted_text_is_replaced_and_counted():
    loaded = files.pasted("半个\ud83d字\0")
    assert loaded.decoded.text == "半个\ufffd字\ufffd"
    assert loaded.decoded.remarks == (Message("file.replaced", {"n": 2, "encoding": "Unicode"}),)
