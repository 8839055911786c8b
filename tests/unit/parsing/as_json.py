"""Renders a parse as the document that the command line's contract describes."""

from __future__ import annotations

from bulletin_desktop.model.text import DecodedText, ParsedArticle, ParsedIssue, ParsedText


def file_entry(path: str, decoded: DecodedText, parsed: ParsedText) -> dict[str, object]:
    return {
        "path": path,
        "encoding": decoded.encoding,
        "error": None,
        "warning": parsed.warning.code if parsed.warning else None,
        "text_length": len(decoded.text),
        "issues": [issue_entry(i) for i in parsed.issues],
        "spans": [{"role": s.role, "start": s.start, "end": s.end} for s in parsed.spans],
    }


def issue_entry(issue: ParsedIssue) -> dict[str, object]:
    date = issue.date
    return {
        "title": issue.title,
        "number": issue.number,
        "total_number": issue.total_number,
        "date": date.value if date else None,
        "date_basis": date.basis if date else None,
        "date_evidence": date.evidence if date else None,
        "masthead": issue.masthead,
        "distribution": issue.distribution,
        "sections": list(issue.sections),
        "articles": [article_entry(issue, a) for a in issue.articles],
    }


def article_entry(issue: ParsedIssue, article: ParsedArticle) -> dict[str, object]:
    section = None if article.section is None else issue.sections[article.section]
    return {
        "section": section,
        "kind": article.kind,
        "kicker": article.kicker,
        "title": article.title,
        "subtitle": article.subtitle,
        "author": article.author,
        "source": article.source,
        "body": article.body,
        "start": article.start,
        "end": article.end,
        "omitted": [list(pair) for pair in article.omitted],
    }
