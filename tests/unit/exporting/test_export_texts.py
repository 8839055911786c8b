"""What all formats without pages have in common: golden files, progress, cancelling."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin_desktop.exporting import formats
from bulletin_desktop.exporting.compiled import CompiledGroup, Printing
from bulletin_desktop.exporting.template import load_template

GOLDEN = Path(__file__).parents[2] / "golden" / "export"
TEXTS = ("html", "md", "txt", "csv", "jsonl", "bib", "ris", "csl")
ALL = (*TEXTS, "xlsx")


def shown(path: Path) -> str:
    """What a golden file has of a written one: all but the style sheet of a page."""
    text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    head, opened, rest = text.partition("<style>\n")
    return head + opened + rest[rest.find("</style>") :] if opened else text


@pytest.mark.parametrize("name", TEXTS)
def test_it_is_written_as_the_golden_file_has_it(annotated, save, name):
    golden = GOLDEN / name / f"annotated{formats.BY_NAME[name].endings[0]}"
    assert shown(save(name, annotated)) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["html", "md", "txt", "csv"])
def test_cards_are_written_as_the_golden_file_has_them(annotated, save, name):
    template = load_template()
    template = replace(template, parts=replace(template.parts, cards=True))
    golden = GOLDEN / name / f"cards{formats.BY_NAME[name].endings[0]}"
    assert shown(save(name, annotated, template)) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TEXTS)
def test_notes_are_left_out_where_none_are_wanted(annotated, save, name):
    bare = replace(annotated, printing=Printing(notes="none", highlights=True))
    text = shown(save(name, bare))
    assert "可作专题材料" not in text
    assert "待核" not in text


@pytest.mark.parametrize("name", TEXTS)
def test_a_compilation_without_articles_is_a_file_too(compile_groups, save, name):
    text = shown(save(name, compile_groups()))
    assert "None" not in text
    if name == "csl":
        assert json.loads(text) == []


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("steps", [1, 2, 4])
def test_broken_off_it_leaves_the_old_file(tmp_path, compile_groups, article, name, steps):
    target = tmp_path / "选编"
    target.write_bytes(b"old")
    many = compile_groups(CompiledGroup(None, tuple(article(number=n) for n in range(25))))
    work = formats.writer(name)(many, target, load_template())
    done = [next(work).done for _ in range(steps)]
    work.close()
    assert done == [0, 10, 20, 25][:steps]
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
