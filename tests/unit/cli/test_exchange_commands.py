"""Two people on the command line: merging, bundles, names, agreement."""

from __future__ import annotations

import csv
import io
import shutil

import pytest

from bulletin_desktop.services import Library, annotators, tagging, themes


@pytest.fixture
def other(tmp_path, seeded_file):
    """Another annotator's library with two themes on some articles."""
    file = tmp_path / "李四.bdlib"
    shutil.copy(seeded_file, file)
    with Library(file) as library:
        annotators.set_name(library, "李四")
        for name, articles in (("甲", [1, 2, 3]), ("乙", [3])):
            tagging.tag_new(library, articles, name)
    return file


def test_merging_a_library_and_a_bundle(shell, other, tmp_path):
    document = shell.json("merge", other)
    assert list(document) == ["added", "same", "conflicts", "unplaced"]
    assert document["added"] == {"themes": 2, "tags": 4, "highlights": 0, "notes": 0}
    assert document["same"] == 0
    assert shell.json("history")[0]["name"] == "并入李四的标注"
    bundle = tmp_path / "x.bundle.zip"
    told = shell.json("export", "--all", "-o", bundle, library=other)
    assert told == {"file": str(bundle), "articles": 45, "format": "bundle"}
    shell("untag", "--theme", "甲", "1")
    document = shell.json("merge", bundle)
    assert document["same"] == 5
    [conflict] = document["conflicts"]
    assert (conflict["kind"], conflict["theme"]) == ("tag", "甲")
    assert conflict["what"].startswith("“")
    new = tmp_path / "new.bdlib"
    document = shell.json("merge", bundle, library=new)
    assert {each["kind"] for each in document["unplaced"]} == {"article"}
    assert "--with-articles" in shell("merge", bundle, library=new) + shell.err
    assert shell.json("merge", bundle, "--with-articles", library=new)["added"]["tags"] == 4
    assert "已并入李四的标注" in shell("merge", other)


def test_what_cannot_be_merged_ends_with_3_and_makes_no_library(shell, tmp_path):
    text = tmp_path / "a.txt"
    text.write_text("工会简报", "utf-8")
    for file in (text, tmp_path / "none.bdlib", shell.file):
        made = tmp_path / "made.bdlib"
        assert (
            shell("merge", file, code=3, library=shell.file if file == shell.file else made) == ""
        )
        assert not made.exists()
        assert shell.err.count("\n") == 1


def test_a_zip_alone_is_no_format(shell, tmp_path):
    file = tmp_path / "a.zip"
    shell("export", "--all", "-o", file, code=2)
    assert not file.exists()
    assert shell.json("export", "--all", "--format", "bundle", "-o", file)["format"] == "bundle"


def test_the_annotators_name(shell):
    assert shell.json("annotator") == {"annotator": ""}
    assert shell.json("annotator", "张三") == {"annotator": "张三"}
    assert shell("annotator").strip() == "张三"
    shell("annotator", "长" * 61, code=1)
    assert shell.json("annotator", "") == {"annotator": ""}


def test_agreement_as_json_csv_and_table(shell, other):
    shell("agreement", code=2)
    shell("annotator", "张三")
    shell("theme", "add", "甲")
    shell("tag", "--theme", "甲", "2", "3", "4")
    shell("merge", other)
    document = shell.json("agreement")
    assert list(document) == ["first", "second", "articles", "themes", "all"]
    assert (document["first"], document["second"], document["articles"]) == ("张三", "李四", 10)
    row = document["themes"][0]
    assert row == {
        "theme": "甲", "articles": 10, "both": 2, "first": 1, "second": 1, "neither": 6,
        "agreement": 80.0, "kappa": 0.5238,
    }  # fmt: skip
    assert document["all"]["theme"] is None
    text = shell("agreement", "李四", "张三", "--csv").removeprefix("\ufeff")
    table = list(csv.DictReader(io.StringIO(text)))
    assert (table[-1]["theme"], table[-1]["agreement"]) == ("合计", "85.0")
    assert "合计" in shell("agreement", "张三", "李四")


def test_the_theme_of_a_library_that_was_merged_is_where_it_stood(shell, other):
    with Library(other) as library:
        themes.move(library, 2, 1)
    shell("merge", other)
    found = {theme["name"]: theme["parent"] for theme in shell.json("list", "themes")}
    assert found == {"甲": None, "乙": "甲"}
