"""The subcommand that writes articles to a file: formats, templates, and what is printed."""

from __future__ import annotations

import zipfile

import pytest

from bulletin_desktop.services import exporting


@pytest.fixture
def handed(monkeypatch):
    """What the exporting service is asked for; nothing is written."""
    asked = []

    def export(library, scope, file, choices, catalogue, **rest):
        asked.append((choices, rest))
        yield from ()
        return exporting.ExportReport(file, 1, rest["format_name"])

    monkeypatch.setattr(exporting, "export", export)
    return asked


def test_the_ending_or_the_option_says_the_format(shell, handed, tmp_path):
    for name in exporting.BY_NAME:
        file = tmp_path / f"选编{exporting.ending_of(name)}"
        told = shell.json("export", "--all", "-o", file)
        assert told == {"file": str(file), "articles": 1, "format": name}
    told = shell.json("export", "--all", "-o", tmp_path / "a.bin", "--format", "csl")
    assert told["format"] == "csl"
    assert [rest["format_name"] for _, rest in handed] == [*exporting.BY_NAME, "csl"]


@pytest.mark.parametrize("name", ["a.json", "a.zip", "a.doc", "a"])
def test_an_ending_that_says_nothing_is_wrong_usage(shell, handed, tmp_path, name):
    assert shell("export", "--all", "-o", tmp_path / name, code=2) == ""
    assert f"“{name}”" in shell.err
    assert ".bundle.zip" in shell.err
    assert handed == []


def test_an_unknown_template_is_wrong_usage_and_names_those_there_are(shell, handed, tmp_path):
    shell("export", "--all", "-o", tmp_path / "a.docx", "--template", "无", code=2)
    assert "“无”" in shell.err
    for template in exporting.templates():
        assert template.name in shell.err
    absent = tmp_path / "absent.json"
    shell("export", "--all", "-o", tmp_path / "a.docx", "--template", absent, code=3)
    assert str(absent) in shell.err
    assert handed == []


def test_nothing_is_printed_besides_unless_asked_for(shell, handed, tmp_path):
    shell("export", "--all", "-o", tmp_path / "a.pdf")
    [(choices, rest)] = handed
    assert choices.printing == exporting.Printing()
    assert (choices.author, choices.masthead, choices.distribution) == ("", None, ())
    assert (choices.title, choices.group_by, rest["template"]) == ("简报选编", "theme", "")


@pytest.mark.parametrize(
    ("given", "notes"),
    [
        (["--notes"], "printed"),
        (["--notes", "none"], "none"),
        (["--notes", "comments"], "comments"),
    ],
)
def test_what_is_printed_besides(shell, handed, tmp_path, given, notes):
    options = ["--citations", "footnotes", "--highlights", "--author", "研究室", "--no-layout"]
    shell("export", *given, "--all", "-o", tmp_path / "a.docx", *options)
    [(choices, _)] = handed
    assert choices.printing == exporting.Printing(notes, "footnotes", True, False)
    assert choices.author == "研究室"


@pytest.mark.parametrize(
    ("given", "notes"),
    [
        (["-o", "a.xlsx"], "printed"),
        (["-o", "a.jsonl", "--notes", "none"], "none"),
        (["-o", "a.docx", "--template", "cards"], "printed"),
    ],
)
def test_tables_and_cards_have_notes_unless_told_otherwise(shell, handed, given, notes):
    shell("export", "--all", *given)
    [(choices, _)] = handed
    assert choices.printing.notes == notes


def test_the_masthead_of_a_bulletin(shell, handed, tmp_path):
    lines = ["--number", "第3期", "--unit", "市总工会", "--date", "2026年11月22日"]
    sent = ["--distribution", "报：省总工会", "--distribution", "发：各区县"]
    for title in ([], ["--name", "工会简报"]):
        shell(
            "export", "--articles", "3", "-o", tmp_path / "a.odt", "--template", "bulletin",
            *lines, *sent, *title,
        )  # fmt: skip
    one, other = (choices for choices, _ in handed)
    assert one.masthead == exporting.Masthead("简报选编", "第3期", "市总工会", "2026年11月22日")
    assert other.masthead.name == "工会简报"
    assert one.distribution == ("报：省总工会", "发：各区县")
    assert one.group_by == "none"


def test_a_file_that_is_there_stays_where_nothing_can_be_written(shell, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("old")
    shell("export", "--query", "没有这样的词", "-o", file, code=3)
    shell("export", "--all", "-o", tmp_path / "no" / "a.txt", code=3)
    assert "文件夹不存在" in shell.err
    assert shell.err.count("\n") == 1
    assert file.read_text() == "old"
    assert [each.name for each in tmp_path.glob("*.txt")] == ["a.txt"]


@pytest.mark.parametrize("name", exporting.EXCHANGE)
def test_what_goes_to_other_programs(shell, tmp_path, name):
    file = tmp_path / f"交换{exporting.ending_of(name)}"
    shell("theme", "add", "题")
    told = shell.json("export", "--articles", "3", "5", "-o", file)
    assert (told["file"], told["format"]) == (str(file), name)
    assert file.exists()
    assert zipfile.is_zipfile(file) == (name in ("qdpx", "bundle"))
