"""The trash and the history of an article on the command line."""

from __future__ import annotations

import pytest


@pytest.fixture
def used(shell):
    shell("theme", "add", "甲")
    shell("tag", "--theme", "甲", "3")
    shell("note", "3", "一二")
    return shell


def test_articles_issues_and_what_was_deleted_go_and_come(used):
    change = used.json("trash", "put", "--articles", "3", "4", "--issues", "2")
    assert (change["name"], change["changed"]) == ("移到回收站：2 篇文章、1 期", 3)
    used("theme", "delete", "甲")
    entries = used.json("trash", "list")
    assert [list(entry) for entry in entries] == [
        ["id", "kind", "item", "name", "at", "annotator"]
    ] * 4
    assert [(e["id"], e["kind"], e["item"]) for e in entries] == [
        (4, "theme", 1), (3, "issue", 2), (2, "article", 4), (1, "article", 3),
    ]  # fmt: skip
    assert used.json("list", "trash") == entries
    assert used("list", "trash", "--csv").startswith("\ufeffid,kind,item,name,at,annotator\r\n")
    assert {3, 4}.isdisjoint(row["id"] for row in used.json("list", "articles"))
    used("show", "3", code=1)
    assert used.json("trash", "restore", "4", "1")["step"] == 7
    assert used.json("show", "3")["themes"] == ["甲"]
    assert used.json("trash", "empty")["changed"] == 0
    assert [entry["id"] for entry in used.json("trash", "list")] == [3, 2]
    assert used.json("undo")["name"].startswith("从回收站恢复")


def test_what_makes_no_sense_changes_nothing(used):
    before = used.json("history")
    for arguments, code in (
        (["put"], 2), (["put", "--articles", "999"], 1), (["put", "--issues", "999"], 1),
        (["restore", "9"], 1), (["restore"], 2), (["empty", "x"], 2),
    ):  # fmt: skip
        used("trash", *arguments, code=code)
        assert used.err
    assert used.json("history") == before


def test_the_history_of_an_article(used):
    told = used.json("history", "--article", "3")
    columns = ["step", "name", "at", "undone", "annotator", "note"]
    assert [list(event) for event in told] == [columns] * 3
    assert [(event["name"], event["note"]) for event in told] == [
        ("写笔记", "一二"), ("加主题“甲”", None), ("导入", None),
    ]  # fmt: skip
    assert "Note written" in used("history", "--article", "3", "--lang", "en")
    used("history", "--article", "999", code=1)
