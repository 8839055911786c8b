"""What is said of an article around its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.services.labels import date_label
from bulletin_desktop.ui.reader.page import FACT_GAP

if TYPE_CHECKING:
    from bulletin_desktop.model.records import Article
    from bulletin_desktop.ui.context import Context

_CHARACTERS_A_MINUTE = 450


def facts_line(article: Article, context: Context) -> str:
    """The line under the title: source, author, date, how long it takes to read."""
    date = date_label(article.date, article.date_basis, context.catalogue)
    when = context.text("reader.inferred", date=date.text) if date.inferred else date.text
    minutes = max(1, round(article.characters / _CHARACTERS_A_MINUTE))
    parts = [article.source, article.author, when, context.text("reader.minutes", n=minutes)]
    return FACT_GAP.join(part for part in parts if part)


def crumbs(article: Article, number: str | None, context: Context) -> str:
    """Where an article stands: date, number of the issue, section, place in it."""
    parts = [
        date_label(article.date, article.date_basis, context.catalogue).text,
        context.text("reader.number", number=number) if number else "",
        article.section or "",
        context.text("reader.position", n=article.position + 1),
    ]
    return " › ".join(part for part in parts if part)
