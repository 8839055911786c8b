"""What must hold for every parse, whatever the text."""

from __future__ import annotations

from bulletin_desktop.model.text import ParsedArticle, ParsedText


def assert_contract(text: str, parsed: ParsedText) -> None:
    assert_tiles(text, parsed)
    articles = [a for issue in parsed.issues for a in issue.articles]
    spans = [(s.start, s.end) for s in parsed.spans if s.role == "article"]
    assert spans == [(a.start, a.end) for a in articles]
    for article in articles:
        assert_article(text, article)
    for issue in parsed.issues:
        assert all(a.section is None or a.section < len(issue.sections) for a in issue.articles)
        if issue.date and issue.date.basis != "name":
            assert issue.date.evidence in text


def assert_tiles(text: str, parsed: ParsedText) -> None:
    at = 0
    for span in parsed.spans:
        assert span.start == at
        assert span.end > span.start
        at = span.end
        words = text[span.start : span.end]
        assert (span.role == "blank") == (not words.strip())
    assert at == len(text)


def assert_article(text: str, article: ParsedArticle) -> None:
    def joined(role: str) -> str | None:
        found = [text[p.start : p.end] for p in article.parts if p.role == role]
        return "\n".join(found) if found else None

    assert article.body == (joined("body") or "")
    assert article.title == joined("title")
    assert article.kicker == joined("kicker")
    assert article.subtitle == joined("subtitle")
    assert article.author == joined("author")
    assert article.source == joined("source")
    for part in article.parts:
        assert article.start <= part.start < part.end <= article.end
        assert text[part.start : part.end] == text[part.start : part.end].strip()
    bodies = [p for p in article.parts if p.role == "body"]
    assert bodies == sorted(bodies, key=lambda p: p.start)
    assert all(article.start <= a < b <= article.end for a, b in article.omitted)
