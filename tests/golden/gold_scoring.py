"""How a parse stands to its gold: which articles are there, and what of them is wrong.

Words are compared without white space; ``*_accept`` in the gold lists further right values. An
article is found where its title and the first and last characters of its body are right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bulletin_desktop.model.text import ParsedArticle, ParsedIssue, ParsedText


def bare(words: str | None) -> str:
    return "".join((words or "").split())


def accepted(gold: dict, key: str) -> set[str]:
    return {bare(v) for v in [gold.get(key), *(gold.get(f"{key}_accept") or [])]}


@dataclass
class Score:
    """Articles found, in the parse and in the gold, and sentences about what is wrong."""

    right: int = 0
    parsed: int = 0
    gold: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.parsed + self.gold) if self.parsed + self.gold else 1.0


def score(parsed: ParsedText, gold: dict) -> Score:
    """The score of a text whose issues are as many as the gold's."""
    result = Score()
    if len(parsed.issues) != len(gold["issues"]):
        result.wrong.append(f"{len(parsed.issues)} issues for {len(gold['issues'])}")
    for issue, want in zip(parsed.issues, gold["issues"], strict=False):
        pairs = list(matched(issue.articles, want["articles"]))
        result.right += len(pairs)
        result.wrong += [n for a, w in pairs for n in _article_faults(issue, a, w)]
        result.wrong += _issue_faults(issue, want)
    result.parsed = sum(len(i.articles) for i in parsed.issues)
    result.gold = sum(len(i["articles"]) for i in gold["issues"])
    return result


def matched(
    articles: Sequence[ParsedArticle], gold: Sequence[dict]
) -> Iterator[tuple[ParsedArticle, dict]]:
    """Each gold article with the next parsed one that fits it."""
    at = 0
    for want in gold:
        for k in range(at, len(articles)):
            if has_title(articles[k], want) and _has_body(articles[k], want):
                yield articles[k], want
                at = k + 1
                break


def has_title(article: ParsedArticle, want: dict) -> bool:
    """Whether the title is right, alone or with the kicker or subtitle that the gold adds."""
    whole = bare((article.title or "") + (article.subtitle or ""))
    if want.get("split_accept") and whole == bare(want["title"]):
        return True
    wanted = {t.rstrip("。…") for t in accepted(want, "title")}
    found = (bare(article.title), bare((article.kicker or "") + (article.title or "")))
    return any(t.rstrip("。…") in wanted for t in found)


def _has_body(article: ParsedArticle, want: dict) -> bool:
    title, body = bare(article.title), bare(article.body)
    forms = (body, title + body, f"{title}。{body}")
    first = any(f.startswith(x) for x in accepted(want, "first") for f in forms)
    return first and any(f.endswith(x) for x in accepted(want, "last") for f in forms)


def _article_faults(issue: ParsedIssue, article: ParsedArticle, want: dict) -> Iterator[str]:
    section = None if article.section is None else issue.sections[article.section]
    credits = accepted(want, "source") | ({bare(want["author"])} if want.get("author") else set())
    given = bare(article.source) or bare(article.author)
    checks = {
        "section": bare(section) == bare(want["section"]),
        "kind": article.kind in {want["kind"], *(want.get("kind_accept") or [])},
        "source": bare(article.source) in credits or given in credits,
        "subtitle": bool(want.get("split_accept"))
        or bare(article.subtitle) in accepted(want, "subtitle"),
    }
    for name, right in checks.items():
        if not right:
            yield f"{name} of {want['title']!r}: {getattr(article, name)!r}"


def _issue_faults(issue: ParsedIssue, want: dict) -> Iterator[str]:
    date = issue.date.value if issue.date else None
    dates = {want.get("date") or want.get("inferred_date"), *(want.get("date_accept") or [])}
    checks = {
        "number": issue.number == want["number"],
        "total_number": issue.total_number == want["total_number"],
        "date": date in dates,
        "sections": [bare(s) for s in issue.sections] == [bare(s) for s in want["sections"]],
        "distribution": bare(issue.distribution) in accepted(want, "distribution"),
    }
    for name, right in checks.items():
        if not right:
            yield f"{name}: {getattr(issue, name)!r}"
