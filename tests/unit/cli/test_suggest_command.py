"""Suggesting, refusing and the user's words on the command line."""

from __future__ import annotations

import pytest

from bulletin_desktop.language.segment import Segmenter
from bulletin_desktop.services import Library, suggesting, themes

SEGMENTER = Segmenter()  # its dictionary takes half a second to load


@pytest.fixture
def themed(shell, monkeypatch):
    monkeypatch.setattr(suggesting, "Segmenter", lambda: SEGMENTER)
    with Library(shell.file) as library:
        themes.add_starter(library)
    return shell


def test_suggest_tells_themes_with_their_evidence(themed):
    (told,) = themed.json("suggest", 3)
    assert list(told) == ["article", "suggestions"]
    assert told["article"] == 3
    best = told["suggestions"][0]
    assert list(best) == ["theme", "score", "evidence"]
    assert best["evidence"][0]["kind"] == "words"
    assert list(best["evidence"][0]["words"][0]) == ["word", "count"]
    assert themed("suggest", 3, 4).splitlines()[0].startswith(f"3  {best['theme']}：文中有“")
    assert [each["article"] for each in themed.json("suggest", 3, 4)] == [3, 4]
    assert themed("suggest", 999, code=1) == ""


def test_what_is_refused_is_not_suggested_again(themed):
    best = themed.json("suggest", 3)[0]["suggestions"][0]["theme"]
    assert themed.json("refuse", "--theme", best, 3)["changed"] == 1
    assert best not in [each["theme"] for each in themed.json("suggest", 3)[0]["suggestions"]]
    themed("undo")
    assert themed.json("suggest", 3)[0]["suggestions"][0]["theme"] == best


def test_words(themed):
    assert themed.json("words", "list") == []
    offered = themed.json("words", "candidates")
    assert list(offered[0]) == ["word", "articles"]
    assert themed.json("words", "add", "创模", "市总")["name"] == "添加词语：创模、市总"
    assert themed.json("words", "remove", "创模")["changed"] == 1
    assert themed("words", "list").split() == ["词语", "市总"]
    assert themed("words", "add", "创 模", code=1) == ""
    assert "创 模" in themed.err
