"""A text to its issues, sections and articles, with spans that tile it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.text import (
    Cut,
    IssueDate,
    ParsedArticle,
    ParsedIssue,
    ParsedText,
    Role,
    Span,
)
from bulletin_desktop.parsing.articles import Middle, cut_articles
from bulletin_desktop.parsing.dates import infer_date
from bulletin_desktop.parsing.issues import IssueLines, Zones, find_zones, split_issues
from bulletin_desktop.parsing.lines import Kind, Line
from bulletin_desktop.parsing.masthead import (
    day_of_year,
    editor,
    is_date,
    issue_number,
    issue_title,
    printed_date,
    total_number,
    volume_number,
)
from bulletin_desktop.parsing.names import Named, facts_in_name
from bulletin_desktop.parsing.reading import read_lines
from bulletin_desktop.parsing.sheet import tile
from bulletin_desktop.parsing.style import read_style
from bulletin_desktop.parsing.traditional import as_printed, simplified

_WHOLE_DATE = len("2012-03-15")


def parse_text(text: str, name: str = "") -> ParsedText:
    """The issues in a text and spans that tile it; ``name`` is the file's, for a silent text.

    A text without words gives no issues and the warning ``parse.empty``; where number or date
    contradict the name, ``parse.number_disagrees`` or ``parse.date_disagrees`` gives ``text`` and
    ``name``. Raises nothing.
    """
    page = _Page(text, simplified(text))
    lines = read_lines(page.plain)
    if not lines:
        blank = (Span("blank", 0, len(text)),) if text else ()
        return ParsedText(blank, (), Message("parse.empty"))
    parts, named = split_issues(lines), facts_in_name(name)
    built = [_build_issue(page, part) for part in parts]
    cuts = sorted((c for issue in built for c in issue.cuts), key=lambda c: c.start)
    spans = tile([s for issue in built for s in issue.spans], len(text))
    printed = tuple(issue.parsed for issue in built)
    issues = tuple(_supplied(issue, named, len(printed) == 1) for issue in printed)
    return ParsedText(spans, issues, _disagreement(printed, named), tuple(cuts))


@dataclass(frozen=True, slots=True)
class _Page:
    """A text as printed, and in the characters that the rules are written in."""

    text: str
    plain: str

    def printed(self, words: str, line: Line) -> str:
        """Words that were found in a line, as they are printed."""
        return as_printed(words, line.text, self.text[line.start : line.end])

    def joined(self, lines: Sequence[Line]) -> str | None:
        return "\n".join(self.text[x.start : x.end] for x in lines) or None


@dataclass(frozen=True, slots=True)
class _Built:
    parsed: ParsedIssue
    spans: list[Span]
    cuts: list[Cut]


def _build_issue(page: _Page, part: IssueLines) -> _Built:
    lines = part.lines
    zones = find_zones(lines)
    middle = lines[zones.contents : zones.tail]
    cut = cut_articles(middle, read_style(middle, zones.entries, zones.listed))
    articles = tuple(draft.finish(page.text) for draft in cut.drafts)
    masthead, tail = lines[: zones.masthead], lines[zones.tail :]
    distribution = _distribution(tail)
    issue = ParsedIssue(
        title=_title(page, masthead),
        number=_first_found(issue_number, masthead) or _first_found(volume_number, masthead),
        total_number=_first_found(total_number, masthead),
        date=_issue_date(page, masthead, tail, articles),
        masthead=page.joined(masthead),
        distribution=page.joined(distribution),
        sections=tuple(page.printed(name, line) for name, line in cut.sections),
        articles=articles,
        editor=_editor(page, masthead, tail),
    )
    cuts = [_issue_cut(part, zones), *cut.cuts]
    if distribution:
        cuts.append(Cut(distribution[0].start, "distribution", "rule.distribution_label", 0.95))
    return _Built(issue, _spans(lines, zones, cut, distribution), cuts)


def _issue_cut(part: IssueLines, zones: Zones) -> Cut:
    """Why an issue begins; where the file begins, by its masthead if it has one."""
    start = part.lines[0].start
    if part.rule == "rule.issue_start" and zones.masthead:
        return Cut(start, "issue", "rule.issue_masthead", 0.97)
    return Cut(start, "issue", part.rule, part.certainty)


def _editor(page: _Page, masthead: Sequence[Line], tail: Sequence[Line]) -> str | None:
    imprint = [x for x in tail if x.kind is Kind.IMPRINT]
    who = editor([x.text for x in masthead], [x.text for x in imprint])
    if who is None or page.text is page.plain:
        return who
    return next((f for x in (*masthead, *imprint) if (f := page.printed(who, x)) != who), who)


def _title(page: _Page, masthead: Sequence[Line]) -> str | None:
    title = issue_title([x.text for x in masthead])
    if title is None or page.text is page.plain:
        return title
    return next((f for x in masthead if (f := page.printed(title, x)) != title), title)


def _supplied(issue: ParsedIssue, named: Named, alone: bool) -> ParsedIssue:
    """The issue with what only the name tells; a number counts for a single issue alone."""
    return issue._replace(
        number=issue.number or (named.number if alone else None),
        total_number=issue.total_number or (named.total_number if alone else None),
        date=issue.date or named.date,
    )


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


def _issue_date(
    page: _Page, masthead: Sequence[Line], tail: Sequence[Line], articles: Sequence[ParsedArticle]
) -> IssueDate | None:
    """The date printed in the head, else in the imprint, else told by the articles."""
    for lines in (masthead, [x for x in tail if x.kind in (Kind.IMPRINT, Kind.DATE)]):
        found = [(d, x) for x in lines if (d := printed_date(x.text))]
        if found:
            best, line = max(found, key=lambda pair: len(pair[0].value))
            if len(best.value) == len("2012"):
                days = ((d, x) for x in lines if (d := day_of_year(x.text, best.value)))
                best, line = next(days, (best, line))
            return IssueDate(best.value, "printed", page.printed(best.words, line))
    signed = _signed_date(articles)
    if signed or not articles:
        return signed
    return infer_date(page.text, articles[0].start, articles[-1].end)


def _signed_date(articles: Sequence[ParsedArticle]) -> IssueDate | None:
    """The date line under the signature of a letter that stands alone."""
    lines = articles[0].body.splitlines() if len(articles) == 1 else []
    dates = (d for x in reversed(lines) if is_date(x) and (d := printed_date(x)))
    date = next((d for d in dates if len(d.value) == _WHOLE_DATE), None)
    return IssueDate(date.value, "printed", date.words) if date else None


def _spans(
    lines: Sequence[Line], zones: Zones, cut: Middle, distribution: Sequence[Line]
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


def _disagreement(printed: Sequence[ParsedIssue], named: Named) -> Message | None:
    """A warning where the text of a single issue and the name of its file say different things."""
    if len(printed) != 1:
        return None
    issue = printed[0]
    if issue.number and named.number and issue.number != named.number:
        return Message("parse.number_disagrees", {"text": issue.number, "name": named.number})
    if issue.date and named.date:
        shorter, longer = sorted((named.date.value, issue.date.value), key=len)
        if not longer.startswith(shorter):
            values = {"text": issue.date.value, "name": named.date.value}
            return Message("parse.date_disagrees", values)
    return None
