"""What ``parse`` prints of a file."""

from __future__ import annotations

from typing import Any

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.cli.run import Run
from bulletin_desktop.model.text import ParsedArticle, ParsedIssue
from bulletin_desktop.services.files import Failure, Loaded


def parsed_file(loaded: Loaded, catalogue: Catalogue) -> dict[str, Any]:
    """A file that was parsed."""
    parsed = loaded.parsed
    told = [*loaded.decoded.remarks, *([parsed.warning] if parsed.warning else [])]
    return {
        "path": loaded.path,
        "encoding": loaded.decoded.encoding,
        "error": None,
        "warning": "\n".join(map(catalogue.message, told)) or None,
        "text_length": len(loaded.decoded.text),
        "issues": [_issue(issue) for issue in parsed.issues],
        "spans": [{"role": s.role, "start": s.start, "end": s.end} for s in parsed.spans],
    }


def failed_file(failure: Failure, catalogue: Catalogue) -> dict[str, Any]:
    """A file that could not be parsed."""
    return {
        "path": failure.path,
        "encoding": None,
        "error": catalogue.message(failure.reason),
        "warning": None,
        "text_length": 0,
        "issues": [],
        "spans": [],
    }


def _issue(issue: ParsedIssue) -> dict[str, Any]:
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
        "articles": [_article(article, issue.sections) for article in issue.articles],
    }


def _article(article: ParsedArticle, sections: tuple[str, ...]) -> dict[str, Any]:
    return {
        "section": None if article.section is None else sections[article.section],
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


def summary(entry: dict[str, Any], run: Run) -> None:
    """A parsed file for the eye: its issues and the titles in them."""
    if entry["error"]:
        return
    run.output.line(f"{entry['path']}  {entry['encoding'] or ''}".rstrip())
    if entry["warning"]:
        run.output.say(
            run.catalogue.text("cli.failure", path=entry["path"], reason=entry["warning"])
        )
    for issue in entry["issues"]:
        facts = (issue["title"], issue["number"], issue["date"], issue["date_basis"])
        run.output.line("  ".join(["", *(fact for fact in facts if fact)]))
        for article in issue["articles"]:
            title = (article["title"] or "").replace("\n", "")
            source = f"  {article['source']}" if article["source"] else ""
            run.output.line(f"    {title}{source}")
