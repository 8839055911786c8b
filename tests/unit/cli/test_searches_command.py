"""The subcommand for saved searches, their list, and exporting what one finds."""

from __future__ import annotations

import csv
from io import StringIO

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import Library, browsing, collections


def test_keeping_listing_and_changing(shell):
    shell("saved", "add", "协商", "集体协商", "--sort", "date", "--years")
    [row] = shell.json("list", "searches")
    assert row == {
        "id": 1, "name": "协商", "query": "集体协商", "sort": "date", "years": True,
        "spaces": False, "articles": shell.json("search", "集体协商")["total"],
    }  # fmt: skip
    told = shell.json("saved", "rename", "协商", "谈")
    assert told["name"] == "智能选编“协商”改名为“谈”"
    shell("saved", "replace", "谈", "标题:协商", "--spaces")
    [row] = csv.DictReader(StringIO(shell("list", "searches", "--csv")))
    assert (row["name"], row["query"], row["sort"]) == ("谈", "标题:协商", "relevance")
    assert "标题:协商" in shell("list", "searches")
    shell("saved", "delete", "谈")
    assert shell.json("list", "searches") == []
    shell("undo")
    assert [row["name"] for row in shell.json("list", "searches")] == ["谈"]


def test_freezing(shell):
    shell("saved", "add", "协商", "协商", "--sort", "date")
    shell("saved", "freeze", "协商")
    hits = shell.json("search", "协商", "--sort", "date", "--limit", "500")["hits"]
    with Library(shell.file) as library:
        scope = Scope(collection=collections.by_name(library, "协商").id)
        assert browsing.ids_in_scope(library, scope) == [hit["article"] for hit in hits]


def test_exporting_what_a_search_finds(shell, tmp_path):
    shell("saved", "add", "工资协商", "协商")
    file = tmp_path / "协商.docx"
    told = shell.json("export", "--search", "工资协商", "-o", file, "--no-layout")
    assert told["articles"] == shell.json("search", "协商")["total"]
    assert file.exists()


def test_what_is_wrong_is_said(shell):
    shell("saved", "add", "协商", "协商")
    shell("saved", "add", "协商", "工资", code=1)
    assert shell.err == "智能选编“协商”已经有了。请换一个名称。\n"
    shell("saved", "add", "错", "(协商", code=2)
    shell("saved", "delete", "没有", code=1)
    shell("export", "--search", "没有", "-o", "x.docx", code=1)
    assert shell.err == "没有智能选编“没有”。\n"
