"""A concordance as CSV, text and web page."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest

from bulletin_desktop.exporting.concordance import Row, Table, write

FACTS = ("2013-05", "《工会简报》第7期", "标题“一”", "市总<办>", "正文")
ROWS = (
    Row("先", "慰问", "困难职工", FACTS),
    Row("=今年abc", "慰问金", "，下同", FACTS),
    Row("", "“慰问”", "", ("", *FACTS[1:])),
)
CONTEXT = ("上文", "词语", "下文")
NAMES = ("日期", "期次", "标题", "来源", "位置")


def written(tmp_path, kind, rows=ROWS):
    file = tmp_path / f"lines.{kind}"
    table = Table("“慰问”上下文一览", "3 处", "zh", CONTEXT, NAMES, rows)
    progress = list(write(table, file, kind))
    assert all(each.total == len(rows) for each in progress)
    return file.read_bytes().decode("utf-8")


def test_a_spreadsheet_reads_the_table_and_no_formula(tmp_path):
    text = written(tmp_path, "csv")
    assert text.startswith("\ufeff")
    heads, *rows = csv.reader(io.StringIO(text[1:], newline=""))
    assert heads == [*CONTEXT, *NAMES]
    assert rows[0] == ["先", "慰问", "困难职工", *FACTS]
    assert rows[1][0] == "'=今年abc"
    assert len(rows) == 3


def columns(text):
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def test_in_plain_text_the_keywords_stand_below_one_another(tmp_path):
    title, count, blank, *lines = written(tmp_path, "txt").splitlines()
    assert (title, count, blank) == ("“慰问”上下文一览", "3 处", "")
    starts = {
        columns(line[: line.index(row.keyword)]) for line, row in zip(lines, ROWS, strict=True)
    }
    assert starts == {columns("=今年abc") + 2}
    rights = {
        columns(line[: line.rindex("《")])
        for line, row in zip(lines, ROWS, strict=True)
        if row.facts[0]
    }
    assert len(rights) == 1
    assert lines[0].endswith("  ".join(FACTS))


def test_a_web_page_has_every_line_and_takes_no_words_for_marks(tmp_path):
    text = written(tmp_path, "html")
    assert text.count("<tr>") == 1 + len(ROWS)
    assert "<td>市总&lt;办&gt;</td>" in text
    assert "<title>“慰问”上下文一览</title>" in text
    assert '<html lang="zh-CN">' in text


@pytest.mark.parametrize("kind", ["csv", "txt", "html"])
def test_no_lines_are_a_table_too(tmp_path, kind):
    assert written(tmp_path, kind, ())


def test_a_table_that_is_broken_off_leaves_the_old_file(tmp_path):
    file = tmp_path / "lines.txt"
    file.write_text("old", encoding="utf-8")
    table = Table("t", "l", "zh", CONTEXT, NAMES, ROWS)
    writing = write(table, file, "txt")
    next(writing)
    writing.close()
    assert file.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["lines.txt"]
