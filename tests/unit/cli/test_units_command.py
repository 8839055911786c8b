"""The subcommand for units, and the lists of units and sources."""

from __future__ import annotations

import json

import pytest

from bulletin_desktop.cli.command import main


@pytest.fixture
def run(library_file, capsys):
    """Runs a subcommand on the sample library; gives its JSON document, or its words."""

    def call(*arguments, code=0, as_json=True):
        given = [*arguments, "--library", str(library_file), "--lang", "zh"]
        assert main([*given, *(["--json"] if as_json else [])]) == code
        out, err = capsys.readouterr()
        return json.loads(out) if as_json and out else err

    return call


def units(run):
    return {row["name"]: row for row in run("list", "units")}


def test_sources_name_their_units(run):
    rows = {row["name"]: row for row in run("list", "sources")}
    assert rows["市总办公室、研究室"] == {
        "name": "市总办公室、研究室", "articles": 3,
        "units": ["苏州市总工会办公室", "苏州市总工会研究室"],
    }  # fmt: skip
    assert rows["综合来稿"]["units"] == []


def test_the_list_of_units(run):
    assert units(run)["苏州市总工会研究室"] == {
        "name": "苏州市总工会研究室", "parent": "苏州市总工会", "rank": "office", "articles": 6,
        "own": 6, "aliases": [], "key": "苏州市/总工会/研究室",
        "sources": ["市总办公室、研究室", "市总工会研究室", "市总研究室"],
    }  # fmt: skip
    assert next(iter(units(run))) == "苏州市总工会"


def test_mending_units(run):
    told = run("unit", "rename", "昆山市总工会", "昆山总")
    assert (told["name"], told["changed"]) == ("单位“昆山市总工会”改名为“昆山总”", 1)
    run("unit", "merge", "苏州市总工会生产部", "苏州市总工会生活部", "苏州市总工会组织部")
    run("unit", "move", "昆山总", "--parent", "苏州市总工会组织部")
    run("unit", "alias", "昆山总", "玉峰总工会")
    run("unit", "source", "综合来稿", "昆山总", "新单位")
    found = units(run)
    assert found["昆山总"]["parent"] == "苏州市总工会组织部"
    assert found["昆山总"]["aliases"] == ["玉峰总工会"]
    assert found["苏州市总工会组织部"]["articles"] == 6
    assert found["苏州市总工会组织部"]["aliases"] == ["苏州市总工会生产部", "苏州市总工会生活部"]
    assert found["新单位"]["sources"] == ["综合来稿"]
    run("unit", "alias", "苏州市总工会组织部", "苏州市总工会生产部", "--remove")
    run("unit", "source", "综合来稿", "--infer")
    run("unit", "move", "昆山总")
    found = units(run)
    assert found["昆山总"]["parent"] is None
    assert found["苏州市总工会生产部"]["articles"] == 1
    assert "新单位" not in found
    for _ in range(8):
        run("undo")
    assert "昆山市总工会" in units(run)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rename", "没有", "名"], "没有单位“没有”"),
        (["rename", "昆山市总工会", "太仓市总工会"], "已有单位“太仓市总工会”"),
        (["source", "没有", "昆山市总工会"], "没有文章注明来源"),
        (["move", "苏州市总工会", "--parent", "昆山市总工会"], "本来就在它下面"),
        (["alias", "昆山市总工会", "无", "--remove"], "没有别名"),
    ],
)
def test_what_cannot_be_done_is_said(run, arguments, words):
    assert words in run("unit", *arguments, code=1, as_json=False)
