"""A compilation as plain text, which an import reads again."""

from __future__ import annotations

from dataclasses import replace

from bulletin_desktop.exporting.compiled import Printing
from bulletin_desktop.parsing.build import parse_text


def test_an_import_finds_sections_titles_sources_and_bodies(annotated, save):
    written = replace(annotated, printing=Printing(notes="none"), intro=(), line=None, author=None)
    text = save("txt", written).read_text(encoding="utf-8")
    (issue,) = parse_text(text).issues
    assert issue.sections == ("学习贯彻", "权益维护")
    first, brief, last = issue.articles
    article = annotated.groups[0].articles[0]
    assert (first.title, first.source, first.section) == (article.title, article.source, 0)
    assert first.body.startswith("青河县总工会召开职工代表大会")
    assert brief.body.startswith("职工书屋揭牌。")
    assert (last.title, last.source) == ("青河县总工会推进工资集体协商", "青河县总工会")


def test_it_has_no_mark_before_it_and_no_carriage_returns(hostile, save):
    data = save("txt", hostile).read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert b"\x00" not in data
