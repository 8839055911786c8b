"""The subcommand for collections: what they list, headings, extents, order, new hits."""

from __future__ import annotations

import csv
from io import StringIO

import pytest


def listed(shell):
    return [row["article"] or row["text"] for row in shell.json("collection", "show", "集")]


@pytest.fixture
def filled(shell):
    shell("collection", "add", "集", "3", "4", "5")
    return shell


def test_arranging_by_headings_and_items(filled):
    told = filled.json("collection", "heading", "集", "上编", "--before", "2")
    assert told == {"step": told["step"], "name": "选编“集”加标题“上编”", "changed": 4}
    filled("collection", "heading", "集", "附录", "--level", "2")
    assert listed(filled) == [3, "上编", 4, 5, "附录"]
    filled("collection", "move", "集", "4", "1", "--before", "3")
    assert listed(filled) == [4, 3, "上编", 5, "附录"]
    filled("collection", "heading", "集", "中编", "--item", "4")
    filled("collection", "take-out", "集", "5", "1")
    rows = filled.json("collection", "show", "集")
    assert [list(row) for row in rows] == [
        ["item", "article", "title", "level", "text", "extent"]
    ] * 3
    assert rows[1] == {
        "item": 4, "article": None, "title": None, "level": 1, "text": "中编", "extent": None,
    }  # fmt: skip
    assert "中编" in filled("collection", "show", "集")
    assert len(list(csv.reader(StringIO(filled("collection", "show", "集", "--csv"))))) == 4


def test_what_is_printed(filled):
    filled("collection", "extent", "集", "excerpt", "3", "5")
    filled("collection", "extent", "集", "summary", "4", "--summary", "一句话。")
    filled("collection", "intro", "集", "引言")
    rows = filled.json("collection", "show", "集")
    assert [(row["extent"], row["text"]) for row in rows] == [
        ("excerpt", None), ("summary", "一句话。"), ("excerpt", None),
    ]  # fmt: skip
    assert filled.json("undo")["name"] == "编写选编“集”的引言"


def test_sorting_and_taking_in_what_is_found_anew(shell):
    shell("saved", "add", "集", "培训", "--sort", "date")
    shell("saved", "freeze", "集")
    whole = listed(shell)
    shell("collection", "remove", "集", whole[0], whole[2])
    assert shell.json("collection", "update", "集")["changed"] == 2
    assert sorted(listed(shell)) == sorted(whole)
    assert shell.json("collection", "update", "集")["step"] is None
    shell("collection", "sort", "集", "--by", "title", "--descending")
    titles = [row["title"] for row in shell.json("collection", "show", "集")]
    assert titles == sorted(titles, reverse=True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["show", "无"], 1, "无"),
        (["heading", "集", "编", "--before", "99"], 1, "99"),
        (["heading", "集", "编", "--item", "1"], 1, "1"),
        (["heading", "集", "编", "--level", "3"], 2, "--level"),
        (["extent", "集", "summary", "9"], 1, "9"),
        (["extent", "集", "full", "3", "--summary", "句"], 2, "--summary"),
        (["extent", "集", "half", "3"], 2, "half"),
        (["take-out", "集", "99"], 1, "99"),
        (["sort", "集"], 2, "--by"),
    ],
)
def test_what_is_wrong_is_said(filled, words, code, said):
    assert filled("collection", *words, code=code) == ""
    assert said in filled.err
    assert listed(filled) == [3, 4, 5]
