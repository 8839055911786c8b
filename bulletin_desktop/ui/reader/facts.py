"""What is said of an article around its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.services.labels import date_label
from bulletin_desktop.ui.reader.page import FACT_GAP, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.model.records import Article, ArticleText, Subhead
    from bulletin_desktop.ui.context import Context

_CHARACTERS_A_MINUTE = 450


def sheet_of(text: ArticleText, heads: Sequence[Subhead], context: Context) -> Sheet:
    """An article with its subheads and what is said around it."""
    article = text.article
    mended = context.text("reader.amended", printed="{}")
    facts, inferred = facts_line(article, context), inferred_date(article, context)
    return Sheet(text, facts, heads, inferred, context.text("reader.confirm_date"), mended)


def facts_line(article: Article, context: Context) -> str:
    """The line under the title: source, author, date, how long it takes to read."""
    date = date_label(article.date, article.date_basis, context.catalogue)
    when = inferred_date(article, context) or date.text
    minutes = max(1, round(article.characters / _CHARACTERS_A_MINUTE))
    parts = [article.source, article.author, when, context.text("reader.minutes", n=minutes)]
    return FACT_GAP.join(part for part in parts if part)


def inferred_date(article: Article, context: Context) -> str:
    """The words of the facts that tell an inferred date; "" where it is printed or confirmed."""
    date = date_label(article.date, article.date_basis, context.catalogue)
    return context.text("reader.inferred", date=date.text) if date.inferred else ""


def unit_words(context: Context, article: Article) -> str:
    """What the source of an article was taken for, and why; "" where it has none."""
    from bulletin_desktop.services import units  # deferred: a start asks for none

    printed, known = units.printed_of(context.library, article.id), context.units()
    if printed is None or printed not in known.readings:
        return ""
    names = "、".join(known.units[key].name for key in known.readings[printed].units)
    reasons = (context.catalogue.message(reason) for reason in known.reasons(printed))
    return "\n".join([names or context.text("unit.none"), *reasons])


def crumbs(article: Article, number: str | None, context: Context) -> str:
    """Where an article stands: date, number of the issue, section, place in it."""
    parts = [
        date_label(article.date, article.date_basis, context.catalogue).text,
        context.text("reader.number", number=number) if number else "",
        article.section or "",
        context.text("reader.position", n=article.position + 1),
    ]
    return " › ".join(part for part in parts if part)
