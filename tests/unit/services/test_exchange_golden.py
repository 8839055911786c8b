"""What other programs are handed, character by character."""

from __future__ import annotations

import re
import zipfile

import pytest
from support import ROOT, finish

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    Library,
    annotators,
    browsing,
    exchange,
    noting,
    passages,
    tagging,
    themes,
)
from bulletin_desktop.services.importing import import_paths

GOLDEN = ROOT / "tests" / "golden" / "export"
TEXT = (
    "工会简报\r\n第7期\r\n2012年3月5日\r\n\r\n【工作动态】\r\n𠮷林分会开展普法宣传\r\n"
    "　　三月四日，𠮷林分会在广场开展普法宣传，发放资料三百份。\r\n"
    "　　活动受到职工欢迎 <&>，下一步将继续办好。\r\n（𠮷林分会）\r\n"
)
# Moments differ with each run, and the program's number with each version.
MOMENT = re.compile(
    r"(?<=Bulletin Desktop )[\d.]+|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)"
)


@pytest.fixture
def annotated(tmp_path):
    """A library of one article with themes, a passage on odd characters, and notes."""
    (tmp_path / "07.txt").write_bytes(TEXT.encode())
    with Library(tmp_path / "small.bdlib", create=True) as library:
        annotators.set_name(library, "王芳")
        finish(import_paths(library, [tmp_path / "07.txt"]))
        (article,) = browsing.in_scope(library)
        tagging.tag_new(library, [article.id], "普法")
        (law,) = themes.all_themes(library)
        themes.set_colour(library, law.id, "#4F7F52")
        body = browsing.text_of(library, article.id).body
        start = body.index("𠮷林分会在广场")
        passages.mark(library, article.id, start, start + 7, [law.id], "地点")
        noting.set_note(library, "article", article.id, "可用。\n第二行")
        noting.set_note(library, "theme", law.id, "公开的说明")
        yield library


def shown(file):
    if file.suffix == ".qdpx":
        with zipfile.ZipFile(file) as archive:
            names = sorted(archive.namelist())
            texts = [archive.read(name).decode() for name in names]
        words = "".join(f"== {a}\n{b}\n" for a, b in zip(names, texts, strict=True))
    else:
        words = file.read_text("utf-8")
    return MOMENT.sub("MOMENT", words)


@pytest.mark.parametrize("name", ["qdpx", "qdc", "jsonld"])
def test_it_is_written_as_the_golden_file_has_it(annotated, tmp_path, name):
    file = tmp_path / f"a.{name}"
    finish(exchange.write(annotated, Scope(), file, name))
    golden = GOLDEN / name / f"small.{name}.txt"
    assert shown(file) == golden.read_text("utf-8")
