"""How issues and dates are called, on screen and in an exported document."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.model.records import ArticleText, Issue


# A date that is printed, or that the user has confirmed or given, is told without a doubt.
SETTLED = ("printed", "confirmed")


class Label(NamedTuple):
    """A name for the screen; ``inferred`` says that its date is nowhere printed as such."""

    text: str
    inferred: bool


def date_label(date: str | None, basis: str | None, catalogue: Catalogue) -> Label:
    """A date (YYYY, YYYY-MM or YYYY-MM-DD) as it is read, 2011 年 5 月; or that there is none."""
    if not date:
        return Label(catalogue.text("label.no_date"), False)
    return Label(_date(date, catalogue, "label.date"), basis not in SETTLED)


def issue_label(issue: Issue, catalogue: Catalogue) -> Label:
    """What an issue is called in a list: its number, if it has one, and its date."""
    date = date_label(issue.date, issue.date_basis, catalogue)
    if not issue.number and not issue.total_number:
        return date
    number = _number(issue.number, issue.total_number, catalogue)
    if not issue.date:
        return Label(number, False)
    return Label(catalogue.text("label.number_date", number=number, date=date.text), date.inferred)


def printed_date(date: str | None, basis: str | None, catalogue: Catalogue) -> str:
    """A date for a document, 2011年5月 or 2011年5月（推定）; "" where there is none."""
    if not date:
        return ""
    text = _date(date, catalogue, "label.printed_date")
    return text if basis in SETTLED else catalogue.text("label.printed_inferred", date=text)


def printed_issue(issue: Issue, catalogue: Catalogue) -> str:
    """An issue for a document: 《工会简报》2012年第3期（总第128期）2012年3月15日.

    Only what is known; the year stands before the number only where it is printed.
    """
    title = catalogue.text("label.printed_title", title=issue.title) if issue.title else ""
    number = _printed_number(issue, catalogue)
    date = printed_date(issue.date, issue.date_basis, catalogue)
    pieces = [piece for piece in (title, number, date) if piece]
    return catalogue.text("label.join").join(pieces)


def citation(text: ArticleText, catalogue: Catalogue) -> str:
    """Where an article is from: 《工会简报》2012年第3期，“标题”，市总工会.

    Only what is known; the date stands where no number says the year.
    """
    article = text.article
    bulletin = text.issue_title
    title = catalogue.text("label.printed_title", title=bulletin) if bulletin else ""
    number = _year_number(text.issue_number, article.date, article.date_basis, catalogue)
    date = printed_date(article.date, article.date_basis, catalogue)
    if text.issue_number and article.date_basis in SETTLED:
        date = ""
    issue = catalogue.text("label.join").join(piece for piece in (title, number, date) if piece)
    words = _inner_marks(article.heading)
    heading = catalogue.text("citation.title", title=words) if words else ""
    pieces = [piece for piece in (issue, heading, article.source) if piece]
    return catalogue.text("citation.join").join(pieces)


def quotation(words: str, text: ArticleText, catalogue: Catalogue) -> str:
    """Words of an article in quotation marks, with the citation after them.

    Their own marks turn into inner ones; paragraphs stay apart.
    """
    quoted = catalogue.text("citation.words", words=_inner_marks(words.strip()))
    source = citation(text, catalogue)
    return catalogue.text("citation.quotation", words=quoted, citation=source) if source else quoted


# An apostrophe between Latin letters is none of them. Compiled when it is wanted.
_MARKS = r"[“‘”]|(?<![A-Za-z])’|’(?![A-Za-z])"


def _inner_marks(words: str) -> str:
    """Quotation marks as they stand inside others: ‘ ’, and “ ” inside those."""
    depth = 0

    def inner(match: re.Match[str]) -> str:
        nonlocal depth
        if match[0] in "“‘":
            depth += 1
            return "‘“"[(depth - 1) % 2]
        depth = max(0, depth - 1)
        return "’”"[depth % 2]

    return re.sub(_MARKS, inner, words)


def _number(number: str | None, total: str | None, catalogue: Catalogue) -> str:
    if not number:
        return catalogue.text("label.total_alone", total=total)
    return catalogue.text("label.number", number=number)


def _year_number(
    number: str | None, date: str | None, basis: str | None, catalogue: Catalogue
) -> str:
    """A number as documents print it, after its year where that is printed; "" without one."""
    if not number:
        return ""
    if date and basis in SETTLED:
        return catalogue.text("label.year_number", year=date[:4], number=number)
    return _number(number, None, catalogue)


def _printed_number(issue: Issue, catalogue: Catalogue) -> str:
    if not issue.number and not issue.total_number:
        return ""
    if not issue.number:
        return _number(None, issue.total_number, catalogue)
    number = _year_number(issue.number, issue.date, issue.date_basis, catalogue)
    if issue.total_number:
        number += catalogue.text("label.total", total=issue.total_number)
    return number


def _date(date: str, catalogue: Catalogue, code: str) -> str:
    """A date in the words of the catalogue; ``code`` and its precision choose the form."""
    year, month, day = [*date.split("-"), "", ""][:3]
    if day:
        return catalogue.text(
            f"{code}.day", year=year, month=_month(month, catalogue), day=int(day)
        )
    if month:
        return catalogue.text(f"{code}.month", year=year, month=_month(month, catalogue))
    return catalogue.text(f"{code}.year", year=year)


def _month(month: str, catalogue: Catalogue) -> str:
    return catalogue.text(f"label.month.{int(month)}")


def moment(at: str) -> str:
    """A time as the history keeps it (ISO 8601, UTC), by the clock of this place to the minute."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
