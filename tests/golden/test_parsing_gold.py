"""The bulletins with gold, compared field by field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bulletin_desktop.model.text import ParsedArticle, ParsedIssue, ParsedText
from bulletin_desktop.parsing.build import parse_text
from bulletin_desktop.parsing.decode import decode_bytes

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SEEDS = [(p, HERE / "seeds" / f"{p.name}.json") for p in sorted((ROOT / "seeds").glob("*.txt"))]
BULLETINS = [
    (p, p.with_suffix(".json")) for p in sorted((ROOT / "tests/data/bulletins").glob("*.txt"))
]
CASES = SEEDS + BULLETINS
NAMES = [text.stem for text, _ in CASES]


def bare(words: str | None) -> str:
    return "".join((words or "").split())


def accepted(gold: dict, key: str) -> set[str]:
    return {bare(v) for v in [gold.get(key), *(gold.get(f"{key}_accept") or [])]}


@pytest.fixture(params=CASES, ids=NAMES)
def case(request) -> tuple[str, ParsedText, list[dict]]:
    text_path, gold_path = request.param
    text = decode_bytes(text_path.read_bytes()).text
    gold = json.loads(gold_path.read_text(encoding="utf-8"))
    return text, parse_text(text, text_path.name), gold["issues"]


def test_all_samples_are_there():
    assert len(SEEDS) == 5
    assert len(BULLETINS) == 7


def test_issue_facts(case):
    _, parsed, gold = case
    assert len(parsed.issues) == len(gold)
    for issue, want in zip(parsed.issues, gold, strict=True):
        assert issue.title == want["title"]
        assert issue.number == want["number"]
        assert issue.total_number == want["total_number"]
        assert list(issue.sections) == want["sections"]
        assert bare(issue.distribution) in accepted(want, "distribution")
        assert_date(issue, want)


def assert_date(issue: ParsedIssue, want: dict) -> None:
    value = issue.date.value if issue.date else None
    assert value in {want["date"] or want.get("inferred_date"), *(want.get("date_accept") or [])}
    if issue.date:
        assert issue.date.basis == ("printed" if want["date"] else "inferred")


def test_evidence_stands_in_the_text(case):
    text, parsed, _ = case
    for issue in parsed.issues:
        if issue.date:
            assert issue.date.evidence
            assert issue.date.evidence in text


def test_articles(case):
    _, parsed, gold = case
    for issue, want in zip(parsed.issues, gold, strict=True):
        found = [(a.kind, bare(a.title)) for a in issue.articles]
        assert found == [(w["kind"], bare(title_of(a, w))) for a, w in zip_articles(issue, want)]
        for article, fields in zip_articles(issue, want):
            assert_article(issue, article, fields)


def zip_articles(issue: ParsedIssue, want: dict) -> list[tuple[ParsedArticle, dict]]:
    return list(zip(issue.articles, want["articles"], strict=True))


def title_of(article: ParsedArticle, want: dict) -> str:
    """The title that is right: the gold's, or another that it accepts."""
    return article.title if bare(article.title) in accepted(want, "title") else want["title"]


def assert_article(issue: ParsedIssue, article: ParsedArticle, want: dict) -> None:
    section = None if article.section is None else issue.sections[article.section]
    assert section == want["section"]
    assert bare(article.kicker) == bare(want.get("kicker"))
    assert bare(article.subtitle) in accepted(want, "subtitle")
    credits = accepted(want, "source") | {bare(want.get("author"))}
    assert bare(article.source) in credits
    assert bare(article.source or article.author) in credits
    body = bare(article.body)
    assert any(body.startswith(first) for first in accepted(want, "first"))
    assert any(body.endswith(last) for last in accepted(want, "last"))
