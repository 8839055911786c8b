"""Bulletins of many houses and shapes, with gold: everything in them is found and right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gold_scoring import score

from bulletin_desktop.parsing.build import parse_text
from bulletin_desktop.parsing.decode import decode_bytes

FOLDER = Path(__file__).parent.parent / "data/varied"
TEXTS = sorted(FOLDER.glob("*.txt"))


def test_all_texts_are_there():
    assert len(TEXTS) == 30
    assert max(text.stat().st_size for text in TEXTS) < 200_000


@pytest.mark.parametrize("path", TEXTS, ids=[text.stem for text in TEXTS])
def test_everything_is_found_and_right(path):
    gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
    text = decode_bytes(path.read_bytes()).text
    parsed = parse_text(text, path.name)
    result = score(parsed, gold)
    assert result.wrong == []
    assert (result.f1, result.right) == (1.0, result.gold)
    for issue in parsed.issues:
        if issue.date and issue.date.basis != "name":
            assert issue.date.evidence in text
    at = 0
    for span in parsed.spans:
        assert span.start == at
        assert (span.role == "blank") == (not text[span.start : span.end].strip())
        at = span.end
    assert at == len(text)


@pytest.mark.parametrize("path", TEXTS, ids=[text.stem for text in TEXTS])
def test_no_words_are_lost(path):
    """What of an article's span stands in no field are marks, labels and brackets."""
    text = decode_bytes(path.read_bytes()).text
    for issue in parse_text(text, path.name).issues:
        for article in issue.articles:
            kept = [(p.start, p.end) for p in article.parts] + list(article.omitted)
            left = [c for k, c in enumerate(text[article.start : article.end], article.start)
                    if not c.isspace() and not any(a <= k < b for a, b in kept)]  # fmt: skip
            assert len(left) <= 16, (article.title, "".join(left))
