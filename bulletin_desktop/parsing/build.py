"""A text to its issues, sections and articles, with spans that tile it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.text import (
    IssueDate,
    ParsedArticle,
    ParsedIssue,
    ParsedText,
    Role,
    Span,
)
from bulletin_desktop.parsing.articles import Cut, cut_articles
from bulletin_desktop.parsing.dates import date_in_name, infer_date
from bulletin_desktop.parsing.issues import Zones, find_zones, split_issues
from bulletin_desktop.parsing.lines import Kind, Line, read_lines
from bulletin_desktop.parsing.masthead import (
    is_date,
    issue_number,
    issue_title,
    printed_date,
    total_number,
)


def parse_text(text: str, name: str = "") -> ParsedText:
    """The issues in a text and spans that tile it; ``name`` is the file's, for a silent text.

    A text without words gives no issues and the warning ``parse.empty``; a text whose dates
    contradict the name gives ``parse.date_disagrees`` with ``text`` and ``name``. Raises nothing.
    """
    lines = read_lines(text)
    if not lines:
        blank = (Span("blank", 0, len(text)),) if text else ()
        return ParsedText(blank, (), Message("parse.empty"))
    built = [_build_issue(text, part, name) for part in split_issues(lines)]
    spans = _tile([s for issue in built for s in issue.spans], len(text))
    issues = tuple(issue.parsed for issue in built)
    return ParsedText(spans, issues, _disagreement(issues, name))


@dataclass(frozen=True, slots=True)
class _Built:
    parsed: ParsedIssue
    spans: list[Span]


def _build_issue(text: str, lines: Sequence[Line], name: str) -> _Built:
    zones = find_zones(lines)
    cut = cut_articles(lines[zones.contents : zones.tail], zones.entries, zones.listed)
    articles = tuple(draft.finish(text) for draft in cut.drafts)
    masthead, tail = lines[: zones.masthead], lines[zones.tail :]
    distribution = _distribution(tail)
    issue = ParsedIssue(
        title=issue_title([x.text for x in masthead]),
        number=_first_found(issue_number, masthead),
        total_number=_first_found(total_number, masthead),
        date=_issue_date(text, masthead, tail, articles) or date_in_name(name),
        masthead=_printed(masthead),
        distribution=_printed(distribution),
        sections=tuple(section for section, _ in cut.sections),
        articles=articles,
    )
    return _Built(issue, _spans(lines, zones, cut, distribution))


def _distribution(tail: Sequence[Line]) -> list[Line]:
    """The labelled lines of a tail, and the lines that carry one on."""
    found: list[Line] = []
    before: Line | None = None
    for line in tail:
        carried = before is not None and line.kind in (Kind.TITLE, Kind.TEXT) and not line.gap
        if line.kind is Kind.DISTRIBUTION or (carried and _runs_on(before, line)):
            found.append(line)
            before = line
        else:
            before = None
    return found


def _runs_on(before: Line | None, line: Line) -> bool:
    return before is not None and (before.text[-1] in "、，," or line.indent > before.indent + 1)


def _first_found(find: Callable[[str], str | None], lines: Sequence[Line]) -> str | None:
    return next((found for x in lines if (found := find(x.text))), None)


def _printed(lines: Sequence[Line]) -> str | None:
    return "\n".join(x.text for x in lines) or None


def _issue_date(
    text: str, masthead: Sequence[Line], tail: Sequence[Line], articles: Sequence[ParsedArticle]
) -> IssueDate | None:
    """The date printed in the head, else in the imprint, else told by the articles."""
    for lines in (masthead, [x for x in tail if x.kind in (Kind.IMPRINT, Kind.DATE)]):
        found = [d for x in lines if (d := printed_date(x.text))]
        if found:
            best = max(found, key=lambda d: len(d.value))
            return IssueDate(best.value, "printed", best.words)
    signed = _signed_date(articles)
    if signed or not articles:
        return signed
    return infer_date(text, articles[0].start, articles[-1].end)


def _signed_date(articles: Sequence[ParsedArticle]) -> IssueDate | None:
    """The date line under the signature of a letter that stands alone."""
    last = articles[0].body.rpartition("\n")[2] if len(articles) == 1 else ""
    date = printed_date(last) if last and is_date(last) else None
    return IssueDate(date.value, "printed", date.words) if date else None


def _spans(
    lines: Sequence[Line], zones: Zones, cut: Cut, distribution: Sequence[Line]
) -> list[Span]:
    """The stretches of an issue that have a role, in order; what lies between them is blank."""
    spans = [Span("article", d.start, d.end) for d in cut.drafts]
    spans += [Span("section", x.start, x.end) for _, x in cut.sections]
    spans += [Span("remainder", a, b) for a, b in cut.loose]
    spans += _run("masthead", lines[: zones.masthead])
    spans += _run("contents", lines[zones.masthead : zones.contents])
    printed = {x.start for x in distribution}
    for line in lines[zones.tail :]:
        role: Role = "distribution" if line.start in printed else "remainder"
        spans.append(Span(role, line.start, line.end))
    return sorted(spans, key=lambda s: s.start)


def _run(role: Role, lines: Sequence[Line]) -> list[Span]:
    return [Span(role, lines[0].start, lines[-1].end)] if lines else []


def _tile(spans: Sequence[Span], length: int) -> tuple[Span, ...]:
    """The spans with the blanks between; neighbours in the back matter of one role are joined."""
    tiles: list[Span] = []
    at = 0
    for span in spans:
        last = tiles[-1] if tiles else None
        if last and last.role == span.role and span.role in ("distribution", "remainder"):
            tiles[-1] = Span(span.role, last.start, span.end)
        else:
            if span.start > at:
                tiles.append(Span("blank", at, span.start))
            tiles.append(span)
        at = span.end
    if length > at:
        tiles.append(Span("blank", at, length))
    return tuple(tiles)


def _disagreement(issues: Sequence[ParsedIssue], name: str) -> Message | None:
    named = date_in_name(name)
    date = issues[0].date if len(issues) == 1 else None
    if named is None or date is None or date.basis == "name":
        return None
    shorter, longer = sorted((named.value, date.value), key=len)
    if longer.startswith(shorter):
        return None
    return Message("parse.date_disagrees", {"text": date.value, "name": named.value})
