"""``parse --json`` over files of many formats keeps its contract."""

from __future__ import annotations

import json

from made_files import docx, paragraph, pdf, zipped

from bulletin_desktop.catalogue import Catalogue

TITLE, BODY, SOURCE = "市总工会召开会议", "会议部署了全年工作，要求各级工会抓好落实。", "市总办公室"
LINES = ["【工作动态】", TITLE, f"　　{BODY}", f"（{SOURCE}）"]
PICTURE = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"


def test_each_format_keeps_the_contract(run_child, tmp_path):
    words = "".join(map(paragraph, LINES)) + paragraph(PICTURE)
    printed = [(85, 760 - 20 * at, 12, line) for at, line in enumerate(LINES)]
    page = f"<meta charset=gbk>{''.join(f'<p>{line}</p>' for line in LINES)}"
    made = {
        "a.docx": docx(words),
        "b.html": page.encode("gbk"),
        "c.pdf": pdf([printed]),
        "d.zip": zipped({"2012年/第3期.txt": "\r\n".join(LINES).encode("big5", "replace")}),
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    child = run_child("parse", "--json", "--lang", "zh", tmp_path)
    assert child.returncode == 0, child.stderr
    told = json.loads(child.stdout)["files"]
    assert [entry["path"][len(str(tmp_path)) + 1 :] for entry in told] == [
        *("a.docx", "b.html", "c.pdf", "d.zip!/2012年/第3期.txt"),
    ]
    assert [entry["encoding"] for entry in told[:3]] == [None, "gb18030", None]
    assert [entry["warning"] for entry in told[:3]] == [
        Catalogue("zh").text("file.pictures", n=1), None, None,
    ]  # fmt: skip
    for entry in told[:3]:
        (article,) = entry["issues"][0]["articles"]
        assert (article["title"], article["body"], article["source"]) == (TITLE, BODY, SOURCE)
        assert article["section"] == "工作动态"
    for entry in told:
        assert entry["error"] is None
        ends = [0, *(span["end"] for span in entry["spans"])]
        assert [span["start"] for span in entry["spans"]] == ends[:-1]
        assert ends[-1] == entry["text_length"]
    assert told[3]["issues"][0]["date_basis"] == "name"


def test_a_summary_for_the_eye_names_no_encoding_where_there_is_none(run_child, tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(docx("".join(map(paragraph, LINES))))
    child = run_child("parse", file)
    assert child.stdout.splitlines()[0] == str(file)
