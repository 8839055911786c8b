"""Sample sentences, and what a parsed text is compared by."""

from __future__ import annotations

from parse_contract import assert_contract

from bulletin_desktop.model.text import ParsedArticle, ParsedIssue, ParsedText
from bulletin_desktop.parsing.build import parse_text

TALK = "3月5日上午，市总工会召开春季就业援助座谈会，来自各县区的三十余名代表参加了会议。"
DEMAND = (
    "会议要求，各级工会要把服务职工放在突出位置，做到底数清、情况明、措施实，确保任务落到实处。"
)
PACT = "近日，城东街道总工会组织辖区十二家企业签订了工资专项集体合同，覆盖职工二千三百余人。"
# A title that its section, its source and its kind go with.
MEETING, SIGNING, SAFETY = "市总工会召开座谈会", "城东街道签订集体合同", "机床厂开展安全月活动"


def parsed(text: str, name: str = "") -> ParsedText:
    result = parse_text(text, name)
    assert_contract(text, result)
    return result


def only_issue(text: str) -> ParsedIssue:
    (issue,) = parsed(text).issues
    return issue


def cuts(issue: ParsedIssue) -> list[tuple[str | None, str, str | None, str | None]]:
    """Section, kind's first letter, title and source of each article."""
    names = [None if a.section is None else issue.sections[a.section] for a in issue.articles]
    return [
        (name, a.kind[0], a.title, a.source) for name, a in zip(names, issue.articles, strict=True)
    ]


def words_of(text: str, role: str) -> list[str]:
    return [text[s.start : s.end] for s in parsed(text).spans if s.role == role]


def paragraphs(article: ParsedArticle) -> list[str]:
    return article.body.split("\n")
