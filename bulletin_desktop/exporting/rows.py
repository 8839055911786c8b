"""Articles as rows: a table for spreadsheets (CSV), and one JSON object a line (JSON Lines).

The lines of JSON are for other programs. Each has

- ``id``, ``kind`` ("article" or "brief"), ``group`` (the heading it stands under, or null);
- ``title`` (its lines joined by a line feed), ``kicker``, ``subtitle``, ``author``, ``source``,
  ``section``: text or null;
- ``issue``: an object with ``title`` and ``number`` (text or null) and ``label`` (as printed);
- ``date``: YYYY, YYYY-MM or YYYY-MM-DD, or null; ``date_inferred``: whether it is printed nowhere;
  ``date_label``: as an export prints it; ``citation``: where it is from, in a sentence;
- ``themes``: their names; ``extent``: what ``body`` is: "full", "excerpt" (the sentences with
  highlights) or "summary"; ``body``: paragraphs joined by line feeds;
- ``highlights``: objects with ``id``, ``start`` and ``end`` (code points of ``body``, from 0, the
  end excluded), ``quote``, ``colour`` (#RRGGBB), ``themes`` and ``note``;
- ``note``, here and in highlights: null, or an object with ``text``, ``annotator`` and ``at``
  (ISO 8601, UTC; both "" where unknown).

Notes are there where the compilation is to have notes, printed or as comments.
"""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING

from bulletin_desktop.exporting.arranging import blocks_of
from bulletin_desktop.exporting.blocks import Cards, Parts, joined, lines_of
from bulletin_desktop.exporting.csv_lines import MARK, record
from bulletin_desktop.exporting.text_file import write_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bulletin_desktop.exporting.compiled import (
        Comment,
        Compilation,
        CompiledArticle,
        Mark,
        TableWords,
    )
    from bulletin_desktop.exporting.template import Template
    from bulletin_desktop.model.change import Progress


def write_csv(compilation: Compilation, path: Path, template: Template) -> Iterator[Progress]:
    """Write one row an article, or where the template has cards one a highlight, as CSV.

    All else as ``formats.Write``.
    """
    rows = _card_lines if template.parts.cards else _article_lines
    return write_pieces(rows(compilation), path, compilation.articles)


def write_jsonl(compilation: Compilation, path: Path, _template: Template) -> Iterator[Progress]:
    """Write one article a line as JSON, as the module says; all else as ``formats.Write``."""
    return write_pieces(_objects(compilation), path, compilation.articles)


def flat(text: str | None) -> str:
    """A text of several lines as one; "" for none."""
    return joined(lines_of(text))


def heads(words: TableWords) -> tuple[str, ...]:
    """What stands above the cells of ``cells``."""
    return (
        words.id, words.title, words.issue, words.number, words.section, words.date, words.source,
        words.author, words.themes, words.characters, words.body, words.note, words.citation,
    )  # fmt: skip


def cells(article: CompiledArticle, *, noted: bool) -> tuple[str | int, ...]:
    """An article as a row; the note is left out unless it is wanted."""
    return (
        article.number, flat(article.title), flat(article.issue_title),
        flat(article.issue_number), flat(article.section), article.date or "",
        flat(article.source), flat(article.author), "、".join(article.themes),
        characters(article), article.text, note_text(article.note if noted else None),
        article.citation,
    )  # fmt: skip


def characters(article: CompiledArticle) -> int:
    """How many characters the printed paragraphs have."""
    return sum(map(len, article.paragraphs))


def note_text(comment: Comment | None) -> str:
    """What a note says; "" for none."""
    return comment.text if comment else ""


def has_notes(compilation: Compilation) -> bool:
    """Whether it is to have notes, in whichever way."""
    return compilation.printing.notes != "none"


def articles_of(compilation: Compilation) -> Iterator[tuple[int, str | None, CompiledArticle]]:
    """Every article with its number from 1 and the heading that it stands under."""
    numbers = count(1)
    for group in compilation.groups:
        for article in group.articles:
            yield next(numbers), group.heading, article


def _article_lines(compilation: Compilation) -> Iterator[str | int]:
    yield MARK + record(heads(compilation.labels.table))
    noted = has_notes(compilation)
    for number, _, article in articles_of(compilation):
        yield number
        yield record(map(str, cells(article, noted=noted)))


def _card_lines(compilation: Compilation) -> Iterator[str]:
    yield MARK + record(compilation.labels.cards)
    for block in blocks_of(compilation, Parts(cards=True)):
        if isinstance(block, Cards):
            yield from (record(card.cells) for card in block.rows)


def _objects(compilation: Compilation) -> Iterator[str | int]:
    noted = has_notes(compilation)
    for number, heading, article in articles_of(compilation):
        yield number
        told = {"id": article.number, "group": heading, **_object(article, noted)}
        yield json.dumps(told, ensure_ascii=False) + "\n"


def _object(article: CompiledArticle, noted: bool) -> dict[str, object]:
    body = article.text
    return {
        "kind": article.kind,
        "title": article.title,
        "kicker": article.kicker,
        "subtitle": article.subtitle,
        "author": article.author,
        "source": article.source,
        "section": article.section,
        "issue": {
            "title": article.issue_title,
            "number": article.issue_number,
            "label": article.issue_label,
        },
        "date": article.date,
        "date_inferred": article.date_inferred,
        "date_label": article.date_label,
        "citation": article.citation,
        "themes": article.themes,
        "extent": article.extent,
        "body": body,
        "highlights": [_highlight(mark, body, noted) for mark in article.marks],
        "note": _note(article.note, noted),
    }


def _highlight(mark: Mark, body: str, noted: bool) -> dict[str, object]:
    return {
        "id": mark.number,
        "start": mark.start,
        "end": mark.end,
        "quote": body[mark.start : mark.end],
        "colour": f"#{mark.colour}",
        "themes": mark.themes,
        "note": _note(mark.comment, noted),
    }


def _note(comment: Comment | None, noted: bool) -> dict[str, str] | None:
    if comment is None or not noted:
        return None
    return {"text": comment.text, "annotator": comment.author, "at": comment.at}
