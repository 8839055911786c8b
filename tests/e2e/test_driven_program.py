"""From the first start to the finished document, and through a kill, in the real program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import Library, browsing, checking, passages, themes

Start = Callable[..., Any]


def _sample(home: Path) -> Path:
    return home / "data" / "bulletin-desktop" / "sample.bdlib"


def test_the_first_start_fills_the_sample_and_the_second_leaves_it(
    start: Start, home: Path
) -> None:
    first = start("first_start", "--sample")
    told = first.fact()
    assert first.end() == 0
    assert (told["issues"], told["articles"], told["themes"]) == (5, 45, 12)
    with Library(_sample(home)) as library:
        steps = [row[0] for row in library.rows("SELECT id FROM steps")]
    second = start("first_start", "--sample")
    assert second.fact() == told
    assert second.end() == 0
    with Library(_sample(home)) as library:
        assert [row[0] for row in library.rows("SELECT id FROM steps")] == steps


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.full)])
def test_the_whole_job_by_keys_alone(start: Start, home: Path, language: str) -> None:
    child = start("whole_job", "--sample", "--lang", language)
    told = child.fact()
    assert child.end() == 0
    assert told["chips"] == 2
    assert len(told["titles"]) == 3
    assert Path(told["file"]).parent == home
    text = "\n".join(p.text for p in Document(told["file"]).paragraphs)
    places = [text.find(title) for title in told["titles"]]
    assert -1 not in places
    assert places == sorted(places)
    with Library(_sample(home)) as library:
        assert browsing.note_of(library, told["article"]) == "compare with 2007"


def test_a_whole_issue_is_tagged_by_keys_alone(start: Start, home: Path) -> None:
    child = start("tag_issue", "--sample")
    told = child.fact()
    assert child.end() == 0
    with Library(_sample(home)) as library:
        issue = Scope(issue=told["issue"])
        found = browsing.in_scope(library, issue)
        assert sorted(told["articles"]) == sorted(article.id for article in found)
        assert len(found) == 11
        names = {theme.id: theme.name for theme in themes.all_themes(library)}
        first, *rest = (browsing.by_id(library, article) for article in told["articles"])
        assert [names[theme] for theme in first.themes] == ["组织建设", "工资集体协商"]
        assert {names[theme] for article in rest for theme in article.themes} == {"工资集体协商"}
        for number, article in enumerate(told["articles"]):
            body = browsing.text_of(library, article).body
            (mark,) = passages.highlights(library, article)
            assert body[mark.start : mark.end] == mark.quote
            assert mark.quote[-1] in "。！？；”）"
            assert [names[theme] for theme in mark.themes] == ["维权与劳动关系"]
            assert mark.note == f"note {number}"
        assert list(checking.problems(library)) == []


def _killed_after(start: Start, home: Path, tags: int) -> None:
    """Kill the program right after it showed its last tag; every tag that it showed is kept."""
    child = start("tag_on", "--sample")
    shown = {child.fact()["article"] for _ in range(tags)}
    child.kill()
    with Library(_sample(home)) as library:
        kept = {a.id for a in browsing.in_scope(library) if a.themes}
        assert shown <= kept
        assert len(kept) <= len(shown) + 1
        assert list(checking.problems(library)) == []


@pytest.mark.parametrize("tags", [pytest.param(1, marks=pytest.mark.full), 4])
def test_what_was_shown_survives_a_kill(start: Start, home: Path, tags: int) -> None:
    _killed_after(start, home, tags)
    again = start("first_start", "--sample")
    assert again.fact()["articles"] == 45
    assert again.end() == 0


def test_a_fault_below_python_is_told_of_at_the_next_start_once(start: Start, home: Path) -> None:
    child = start("fault")
    assert child.fact() == {"started": True}
    assert child.process.wait(timeout=60) < 0
    again = start("told_of_fault")
    assert "日志" in again.fact()["notice"]
    again.process.communicate(timeout=60)  # the trace is written to stderr too
    log = home / "data" / "bulletin-desktop" / "bulletin-desktop.log"
    assert "Segmentation fault" in log.read_text("utf-8")
    third = start("told_of_fault")
    assert third.fact()["notice"] == ""
    assert third.end() == 0


@pytest.mark.full
@pytest.mark.parametrize("number", range(50))
def test_what_was_shown_survives_many_kills(start: Start, home: Path, number: int) -> None:
    _killed_after(start, home, 1 + number % 7)
