"""Articles as rows: CSV for spreadsheets, JSON Lines for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

from bulletin_desktop.exporting.template import load_template


def read(path):
    text = path.read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))


def test_no_cell_is_a_formula_to_a_spreadsheet(hostile, save):
    template = load_template()
    cards = replace(template, parts=replace(template.parts, cards=True))
    heads, *rows = read(save("csv", hostile))
    assert [len(row) for row in rows] == [len(heads)] * len(hostile.groups)
    cells = [cell for row in [*rows, *read(save("csv", hostile, cards))] for cell in row]
    assert "'=1+1" in cells
    assert "'＝HYPERLINK(1)" in cells
    assert [x for x in cells if re.match(r"[\s\x00-\x1f\ufeff]*[-=+@＝＋－＠]", x)] == []


def test_numbers_and_other_words_stay_as_they_are(compile_groups, annotated, save):
    _, first, *_ = read(save("csv", annotated))
    article = annotated.groups[0].articles[0]
    assert first[0] == "7"
    assert first[9:11] == ["58", article.text]


def test_a_line_of_json_has_the_whole_article(annotated, hostile, save):
    lines = save("jsonl", annotated).read_bytes().splitlines()
    told = [json.loads(line) for line in lines]
    articles = [article for group in annotated.groups for article in group.articles]
    assert [x["body"] for x in told] == [article.text for article in articles]
    for line in told:
        for found in line["highlights"]:
            assert line["body"][found["start"] : found["end"]] == found["quote"]
    lines = save("jsonl", hostile).read_bytes().split(b"\n")
    titles = [json.loads(line)["title"] for line in lines if line]
    assert titles == [x.heading.replace("\ud800", "?") for x in hostile.groups]
