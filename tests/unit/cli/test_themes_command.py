"""The subcommands for themes beside those of the first contract, and theme sets as files."""

from __future__ import annotations

import pytest


@pytest.fixture
def themed(shell):
    """A shell on a library with two themes, the first on three articles."""
    shell("theme", "add", "工资", "--alias", "薪酬")
    shell("theme", "add", "安全")
    shell("tag", "--theme", "工资", "1", "2", "3")
    return shell


def listed(shell):
    return {row["name"]: row for row in shell.json("list", "themes")}


def test_what_a_theme_is_known_by(themed):
    told = themed.json("theme", "describe", "薪酬", "工资的事")
    assert (told["name"], told["changed"]) == ("修改主题“工资”的说明", 1)
    themed("theme", "alias", "工资", "报酬", "收入")
    themed("theme", "alias", "工资", "薪酬", "没有", "--remove")
    themed("theme", "words", "工资", "增长", "协商")
    themed("theme", "words", "工资", "增长", "--remove")
    themed("theme", "colour", "工资", "赭石")
    themed("theme", "key", "安全", "4")
    themed("theme", "key", "工资", "4")
    found = listed(themed)
    assert list(found["工资"])[-2:] == ["articles", "description"]
    assert found["工资"] | {"id": 0} == {
        "id": 0, "name": "工资", "parent": None, "colour": "#aa6535", "key": "4",
        "aliases": ["报酬", "收入"], "articles": 3, "description": "工资的事",
    }  # fmt: skip
    assert found["安全"]["key"] is None
    themed("theme", "colour", "安全", "#0a0b0c")
    themed("theme", "key", "工资")
    assert (listed(themed)["安全"]["colour"], listed(themed)["工资"]["key"]) == ("#0a0b0c", None)


def test_splitting_and_merging_several(themed):
    found = [hit["article"] for hit in themed.json("search", "工会", "--limit", "0")["hits"]]
    assert found == []
    told = themed.json("theme", "split", "工资", "其中", "--query", "主题:工资")
    assert told["name"] == "从主题“工资”拆出“其中”：3 篇"
    assert (listed(themed)["其中"]["parent"], listed(themed)["工资"]["articles"]) == ("工资", 0)
    themed("theme", "split", "其中", "旁边", "--query", "主题:其中", "--beside", "--keep")
    assert (listed(themed)["旁边"]["parent"], listed(themed)["其中"]["articles"]) == ("工资", 3)
    themed("theme", "merge", "其中", "旁边", "安全")
    assert list(listed(themed)) == ["工资", "安全"]
    assert listed(themed)["安全"]["articles"] == 3


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["split", "安全", "新", "--query", "工会"], 1, "没有可以拆出的"),
        (["split", "工资", "新", "--query", "(工会"], 2, ""),
        (["alias", "安全", "薪酬"], 1, "已经指主题“工资”"),
        (["rename", "安全", "薪酬"], 1, "是主题“工资”的别名"),
        (["colour", "安全", "大红大绿"], 1, "不是颜色"),
        (["export", "-o", "themes.csv"], 1, ".json 或 .qdc"),
        (["import", "没有.json"], 1, "文件不存在"),
        (["key", "安全", "0"], 1, "不能作主题快捷键"),
    ],
)
def test_what_cannot_be_done_is_said(themed, arguments, code, words):
    themed("theme", *arguments, code=code)
    assert words in themed.err


def test_a_set_goes_from_one_library_to_another(themed, tmp_path):
    own, codebook, other = tmp_path / "a.json", tmp_path / "a.qdc", tmp_path / "other.bdlib"
    assert themed.json("theme", "export", "-o", own) == {
        "file": str(own), "themes": 2, "remarks": [],
    }  # fmt: skip
    themed("theme", "export", "-o", codebook)
    assert "没有别名、线索词和数字键的位置" in themed.err
    told = themed.json("theme", "import", own, library=other)
    assert (told["added"], told["same"], told["completed"]) == (2, 0, 0)
    assert told["name"] == "导入主题表“a.json”"
    assert themed("theme", "import", codebook, library=other) == (
        "主题：新增 0，已有 2，补全 0。\n"
    )
    names = [row["name"] for row in themed.json("list", "themes", library=other)]
    assert names == ["工资", "安全"]
