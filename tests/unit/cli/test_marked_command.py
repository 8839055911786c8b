"""Highlights and rules on the command line."""

from __future__ import annotations

import csv
import io

import pytest

HIGHLIGHT = [
    "id", "article", "start", "end", "quote", "themes", "note", "annotator", "private", "placed",
]  # fmt: skip
RULE = ["id", "query", "theme", "at_import", "years", "spaces", "found", "have"]


@pytest.fixture
def themed(shell):
    shell("theme", "add", "协商")
    shell("theme", "add", "工资")
    return shell


def place(shell, article, words):
    start = shell.json("show", article)["body"].index(words)
    return start, start + len(words)


def test_a_passage_is_marked_listed_and_found(themed):
    article = themed.json("search", "集体协商", "--limit", "1")["hits"][0]["article"]
    start, end = place(themed, article, "集体协商")
    add = ["highlight", "add", article, start, end, "--theme", "工资", "--theme", "协商"]
    change = themed.json(*add, "--note", "要点")
    assert list(change) == ["step", "name", "changed"]
    assert change["name"] == "摘录“集体协商”"
    (row,) = themed.json("list", "highlights")
    assert list(row) == HIGHLIGHT
    assert row == {
        "id": 1, "article": article, "start": start, "end": end, "quote": "集体协商",
        "themes": ["工资", "协商"], "note": "要点", "annotator": "", "private": False,
        "placed": True,
    }  # fmt: skip
    body = themed.json("show", article)["body"]
    assert body[row["start"] : row["end"]] == row["quote"]
    for query in ("摘录:协商", "有摘录"):
        assert [h["article"] for h in themed.json("search", query)["hits"]] == [article]
    assert themed.json("search", "摘录:没有的词")["total"] == 0
    table = list(csv.reader(io.StringIO(themed("list", "highlights", "--csv")[1:])))
    assert (table[0], table[1][5]) == (HIGHLIGHT, "工资、协商")
    assert "要点" in themed("list", "highlights")
    assert themed.json("undo")["name"] == change["name"]
    assert themed.json("list", "highlights") == themed.json("list", "notes") == []


def test_themes_of_highlights_and_deleting(themed):
    for article in (3, 4):
        themed("highlight", "add", article, 0, 6)
    change = themed.json("highlight", "theme", 1, 2, 2, "--theme", "工资")
    assert (change["name"], change["changed"]) == ("摘录加主题“工资”：2 条", 2)
    assert [row["themes"] for row in themed.json("list", "highlights")] == [["工资"], ["工资"]]
    themed("highlight", "theme", 2, "--theme", "工资", "--remove")
    by_id = {row["id"]: row["themes"] for row in themed.json("list", "highlights")}
    assert by_id == {1: ["工资"], 2: []}
    assert themed.json("highlight", "delete", 1, 2)["name"] == "删除 2 条摘录"
    assert themed.json("list", "highlights") == []
    assert [list(step) for step in themed.json("history")]


def test_rules_are_listed_with_what_they_would_do_and_applied_as_one_step(themed):
    themed("rule", "add", "集体协商", "--theme", "协商", "--at-import")
    themed("rule", "add", "工资", "--theme", "工资", "--years")
    rows = themed.json("rule", "list")
    assert all(list(row) == RULE for row in rows)
    assert rows[0] == {
        "id": 1, "query": "集体协商", "theme": "协商", "at_import": True, "years": False,
        "spaces": False, "found": 8, "have": 0,
    }  # fmt: skip
    assert (rows[1]["years"], rows[1]["have"]) == (True, 0)
    assert themed("rule", "list").splitlines()[0].split() == [
        "编号", "条件", "主题", "导入时", "搜到", "已有",
    ]  # fmt: skip
    assert themed.json("rule", "apply", 1)["name"] == "按规则“集体协商”加主题“协商”：8 篇"
    assert themed.json("rule", "list")[0]["have"] == 8
    assert themed.json("undo")["changed"] == 8
    change = themed.json("rule", "apply")
    assert change["changed"] == 8 + rows[1]["found"]
    assert change["name"].startswith("执行 2 条规则：")
    assert themed.json("rule", "apply")["step"] is None
    assert themed.json("rule", "delete", 1, 2)["name"] == "删除 2 条规则"
    assert themed.json("rule", "list") == []


def test_a_rule_for_imports_is_applied_by_an_import(themed, seeds, tmp_path):
    text = "工会简报\n第9期\n\n市总工会推进工资集体协商\n\u3000\u3000各地推进集体协商。（市总）\n"
    themed("rule", "add", "集体协商", "--theme", "协商", "--at-import")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    told = themed.json("import", tmp_path / "a.txt")
    assert list(told) == [
        "imported", "unchanged", "updated", "skipped", "failed", "issues", "articles",
    ]  # fmt: skip
    assert "规则给 1 篇新文章加了主题" in themed.err
    assert themed.json("search", "主题:协商")["total"] == 1


def test_what_a_rule_names_must_be_there(themed):
    themed("rule", "add", "工会 -主题:工资", "--theme", "协商")
    themed("theme", "delete", "工资")
    (row,) = themed.json("rule", "list")
    assert (row["found"], row["have"]) == (None, None)
    assert "工资" in themed.err
    assert themed("rule", "apply", code=1) == ""
    assert "工资" in themed.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["highlight", "add", "3", "5", "5"], 1, "5"),
        (["highlight", "add", "3", "0", "99999"], 1, "99999"),
        (["highlight", "add", "999", "0", "5"], 1, "999"),
        (["highlight", "add", "3", "0", "5", "--theme", "没有"], 1, "没有"),
        (["highlight", "delete", "7"], 1, "7"),
        (["highlight", "theme", "7", "--theme", "工资"], 1, "7"),
        (["highlight", "theme", "7"], 2, "--theme"),
        (["highlight"], 2, "action"),
        (["rule", "add", '"工资', "--theme", "工资"], 2, "引号"),
        (["rule", "add", " ", "--theme", "工资"], 1, "搜索"),
        (["rule", "add", "工资"], 2, "--theme"),
        (["rule", "apply", "7"], 1, "7"),
        (["rule", "delete"], 2, "RULE_ID"),
    ],
)
def test_what_makes_no_sense_is_said_and_changes_nothing(arguments, code, words, themed):
    before = themed.json("history")
    assert themed(*arguments, code=code) == ""
    assert words in themed.err
    assert themed.json("history") == before
