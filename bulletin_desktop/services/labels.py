"""How issues and dates are called, on screen and in an exported document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.model.records import Issue


@dataclass(frozen=True, slots=True)
class Label:
    """A name for the screen; ``inferred`` says that its date is nowhere printed as such."""

    text: str
    inferred: bool


def date_label(date: str | None, basis: str | None, catalogue: Catalogue) -> Label:
    """A date (YYYY, YYYY-MM or YYYY-MM-DD) as it is read, 2011 年 5 月; or that there is none."""
    if not date:
        return Label(catalogue.text("label.no_date"), False)
    return Label(_date(date, catalogue, "label.date"), basis != "printed")


def issue_label(issue: Issue, catalogue: Catalogue) -> Label:
    """What an issue is called in a list: its number, if it has one, and its date."""
    date = date_label(issue.date, issue.date_basis, catalogue)
    if not issue.number and not issue.total_number:
        return date
    number = _number(issue, catalogue)
    if not issue.date:
        return Label(number, False)
    return Label(catalogue.text("label.number_date", number=number, date=date.text), date.inferred)


def printed_date(date: str | None, basis: str | None, catalogue: Catalogue) -> str:
    """A date for a document, 2011年5月 or 2011年5月（推定）; "" where there is none."""
    if not date:
        return ""
    text = _date(date, catalogue, "label.printed_date")
    return text if basis == "printed" else catalogue.text("label.printed_inferred", date=text)


def printed_issue(issue: Issue, catalogue: Catalogue) -> str:
    """An issue for a document: 《工会简报》2012年第3期（总第128期）2012年3月15日.

    Only what is known; the year stands before the number only where it is printed.
    """
    title = catalogue.text("label.printed_title", title=issue.title) if issue.title else ""
    number = _printed_number(issue, catalogue)
    date = printed_date(issue.date, issue.date_basis, catalogue)
    pieces = [piece for piece in (title, number, date) if piece]
    return catalogue.text("label.join").join(pieces)


def _number(issue: Issue, catalogue: Catalogue) -> str:
    if not issue.number:
        return catalogue.text("label.total_alone", total=issue.total_number)
    return catalogue.text("label.number", number=issue.number)


def _printed_number(issue: Issue, catalogue: Catalogue) -> str:
    if not issue.number and not issue.total_number:
        return ""
    number = _number(issue, catalogue)
    if issue.number and issue.date and issue.date_basis == "printed":
        number = catalogue.text("label.year_number", year=issue.date[:4], number=issue.number)
    if issue.number and issue.total_number:
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
