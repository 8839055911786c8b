"""Corrections on the command line, import in a chosen encoding and from standard input."""

from __future__ import annotations

import io
import types

import pytest

TEXT = """工会简报
第3期

【工作动态】
市总工会召开全委会议
\u3000\u30002011年5月4日，市总工会召开全委会议，总结部署工作，帐目公开。
\u3000\u3000会议由主席主持，各委员出席了会议。（市总办公室）
纺织厂举办技能竞赛
\u3000\u30005月5日，纺织厂举办技能竞赛，三百人参加了比赛。（纺织厂工会）
水泥厂公开栏里的大文章
\u3000\u3000水泥厂把公开栏挂在食堂门口，职工天天看得见。（水泥厂工会）

本期印发：各县（区）总工会
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "第3期.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def opened(shell, file, tmp_path):
    """A shell whose library holds the one bulletin, as document, issue and articles 1, 2, 3."""
    shell.file = tmp_path / "own.bdlib"
    shell("import", file)
    return shell


def at(words):
    return TEXT.index(words)


def titles(shell):
    return [a["title"] for a in shell.json("list", "articles")]


VERBS = {
    "split": ["1", at("会议由")],
    "join": ["2"],
    "role": ["1", at("会议由"), "author"],
    "discard": ["2", "3"],
    "take-up": ["1", at("本期印发")],
    "kind": ["brief", "2", "3", "2"],
    "section": ["--name", "厂里", "2", "3"],
    "facts": ["1", "--number", "8", "--date", "2012-06"],
    "confirm-date": ["1"],
    "confirm": ["1", at("会议由")],
    "amend": ["1", at("帐目"), at("帐目") + 2, "账目"],
    "encoding": ["1", "gb18030"],
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_correction_tells_its_change_and_can_be_undone(verb, opened):
    before = opened.json("list", "articles"), opened.json("list", "issues")
    change = opened.json("correct", verb, *VERBS[verb])
    assert list(change) == ["step", "name", "changed"]
    assert change["changed"] > 0
    assert opened.json("check")["ok"]
    assert opened.json("undo")["name"] == change["name"]
    assert (opened.json("list", "articles"), opened.json("list", "issues")) == before
    opened("redo")
    opened("history", "--lang", "en")


def test_what_the_corrections_did(opened):
    opened("correct", "split", "1", at("会议由"))
    opened("correct", "section", "--none", "3")
    opened("correct", "facts", "1", "--total-number", "128")
    opened("correct", "amend", "1", at("帐目"), at("帐目") + 2, "账目")
    found = opened.json("list", "articles")
    assert [a["section"] for a in found] == ["工作动态", "工作动态", "工作动态", None]
    (issue,) = opened.json("list", "issues")
    assert issue["total_number"] == "128"
    assert "账目公开" in opened.json("show", "1")["body"]


def test_issues_of_one_file(opened):
    opened("correct", "role", "1", at("水泥厂公开栏"), "issue")
    first, second = sorted(opened.json("list", "issues"), key=lambda issue: issue["id"])
    assert (first["articles"], second["articles"]) == (2, 1)
    opened("correct", "issue", second["id"], "2")
    assert [i["articles"] for i in opened.json("list", "issues") if i["id"] == first["id"]] == [1]
    opened("correct", "join-issue", second["id"])
    assert [i["articles"] for i in opened.json("list", "issues")] == [3]


def test_corrections_and_cuts_are_listed(opened):
    opened("correct", "split", "1", at("会议由"))
    (made,) = opened.json("correct", "list", "1")
    assert list(made) == ["id", "correction", "start", "end", "quote", "value", "placed"]
    assert (made["correction"], made["start"], made["placed"]) == ("split", at("会议由"), True)
    assert TEXT[made["start"] : made["end"]] == made["quote"]
    cuts = opened.json("correct", "cuts", "1")
    assert list(cuts[0]) == ["start", "role", "rule", "certainty", "words", "doubt"]
    yours = next(cut for cut in cuts if cut["start"] == at("会议由"))
    assert (yours["rule"], yours["certainty"], yours["doubt"]) == ("rule.yours", 1.0, False)
    assert yours["words"].startswith("会议由主席主持")
    doubts = opened.json("correct", "cuts", "1", "--doubts")
    assert doubts == [cut for cut in cuts if cut["doubt"]]
    (document,) = opened.json("list", "documents")
    assert document["doubts"] == len(doubts)
    for what in ("list", "cuts"):
        for language in ("zh", "en"):
            lines = opened("correct", what, "1", "--lang", language).splitlines()
            assert len(lines) == 1 + len(opened.json("correct", what, "1"))
    assert "分篇" in opened("correct", "list", "1")


def test_unplaced_corrections_are_counted_and_told(opened, file):
    opened("correct", "split", "1", at("会议由"))
    text = TEXT.replace("会议由主席主持，各委员出席了会议。", "会后各委员分组讨论了报告。")
    file.write_text(text, "utf-8")
    assert opened.json("import", file)["updated"] == 1
    assert "1 处更正" in opened.err
    (document,) = opened.json("list", "documents")
    assert document["unplaced"] == 1
    assert [c["placed"] for c in opened.json("correct", "list", document["id"])] == [False]


def test_documents_are_cut_anew(opened, file, tmp_path):
    other = tmp_path / "第4期.txt"
    other.write_text(TEXT.replace("第3期", "第4期").replace("厂", "社"), "utf-8")
    opened("import", other)
    opened("correct", "split", "1", at("会议由"))
    before = titles(opened)
    assert opened.json("correct", "recut", "--all")["step"] is None  # as the rules have it
    assert opened.json("correct", "recut", "1", "2", "1")["changed"] == 0
    assert titles(opened) == before
    assert opened("correct", "recut", code=2) == ""
    assert opened("correct", "recut", "1", "--all", code=2) == ""


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["join", "1"], 1, "没有可以接上的文章"),
        (["split", "1", "0"], 1, "不在任何文章里"),
        (["facts", "1", "--date", "五月"], 1, "五月"),
        (["facts", "1"], 2, "--title"),
        (["amend", "1", "0", "4", "字"], 1, "勘误"),
        (["list", "99"], 1, "99"),
        (["cuts", "99"], 1, "99"),
        (["join", "99"], 1, "99"),
        (["join-issue", "99"], 1, "99"),
        (["role", "1", "0", "hero"], 2, "hero"),
        (["section", "1"], 2, "--none"),
        (["encoding", "1", "klingon"], 2, "klingon"),
    ],
)
def test_what_makes_no_sense_is_said_and_changes_nothing(arguments, code, words, opened):
    before = opened.json("history")
    assert opened("correct", *arguments, code=code) == ""
    assert words in opened.err
    assert "Traceback" not in opened.err
    assert opened.json("history") == before


def test_an_import_in_a_chosen_encoding(opened, tmp_path):
    folder = tmp_path / "old"
    folder.mkdir()
    text = TEXT.replace("第3期", "第5期").replace("纺织", "造船")
    (folder / "a.txt").write_bytes(text.encode("gb18030"))
    assert opened.json("import", "--encoding", "big5", folder)["imported"] == 1
    assert opened.json("import", "--encoding", "gb18030", folder)["updated"] == 1
    assert opened.json("import", "--encoding", "gb18030", folder)["unchanged"] == 1
    assert [d["encoding"] for d in opened.json("list", "documents")] == ["utf-8", "gb18030"]
    assert "造船厂举办技能竞赛" in titles(opened)
    assert opened("import", "--encoding", "klingon", folder, code=2) == ""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_pasted_text_comes_from_standard_input(encoding, shell, tmp_path, monkeypatch):
    shell.file = tmp_path / "new.bdlib"
    data = TEXT.encode(encoding)

    def give(words):
        monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(words)))

    give(data)
    told = shell.json("import", "-")
    assert (told["imported"], told["articles"]) == (1, 3)
    give(data)
    assert shell.json("import", "-")["unchanged"] == 1
    give(b"")
    told = shell.json("import", "-", code=1)
    assert told["failed"]
    give(bytes(range(256)))
    assert shell("import", "-", code=1) == ""
    assert "-" in shell.err
