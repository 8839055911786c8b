"""What must hold for every parse, whatever the text."""

from __future__ import annotations

from bulletin_desktop.model.text import ParsedArticle, ParsedText

ROLES = ("section", "distribution")
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
SECTION_ENDS = "】〗"  # a section and what follows it may share a line


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
    assert_cuts(text, parsed)


def assert_cuts(text: str, parsed: ParsedText) -> None:
    """The cuts stand in order, at the first words of lines, one for whatever begins."""
    starts = [cut.start for cut in parsed.cuts]
    assert starts == sorted(starts)
    begins = {role: [s.start for s in parsed.spans if s.role == role] for role in ROLES}
    for role in ("section", "distribution"):
        found = [c.start for c in parsed.cuts if c.role == role]
        assert set(found) <= set(begins[role])
    assert [c.start for c in parsed.cuts if c.role == "section"] == begins["section"]
    kinds = [(c.start, c.role) for c in parsed.cuts if c.role in ("article", "brief")]
    assert kinds == [(a.start, a.kind) for issue in parsed.issues for a in issue.articles]
    assert sum(c.role == "issue" for c in parsed.cuts) == len(parsed.issues)
    for cut in parsed.cuts:
        assert 0 <= cut.certainty <= 1
        assert not text[cut.start].isspace()
        at = cut.start
        while at and text[at - 1].isspace() and text[at - 1] not in LINE_ENDS:
            at -= 1
        assert not at or text[at - 1] in LINE_ENDS + SECTION_ENDS


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
    assert article.author == unbroken(joined("author"))
    assert article.source == unbroken(joined("source"))
    for part in article.parts:
        assert article.start <= part.start < part.end <= article.end
        assert text[part.start : part.end] == text[part.start : part.end].strip()
    bodies = [p for p in article.parts if p.role == "body"]
    assert bodies == sorted(bodies, key=lambda p: p.start)
    assert all(article.start <= a < b <= article.end for a, b in article.omitted)


def unbroken(words: str | None) -> str | None:
    """Names are given without the line break that may stand in them."""
    return "".join(x.strip() for x in words.splitlines()) if words else words
