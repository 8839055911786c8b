"""Articles as sources for reference managers: BibTeX (biblatex), RIS and CSL-JSON.

The unit that sent an article in is its author where no person is named. Keys are made of the year
and the article's number in the library: they stay the same from one export to the next.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.exporting.rows import articles_of, flat
from bulletin_desktop.exporting.text_file import clean, write_pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bulletin_desktop.exporting.compiled import Compilation, CompiledArticle
    from bulletin_desktop.exporting.template import Template
    from bulletin_desktop.model.change import Progress

_LANGUAGE = "zh-CN"
_BREAK = re.compile("[\x85\u2028\u2029]")  # some readers end a line there
_TITLE = 30  # characters of the text that stand for a title
# A brace stands for itself nowhere: BibTeX counts those behind a backslash too.
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    **{sign: f"\\{sign}" for sign in "$&#%_"},
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}^~$&#%_]")


class _Source(NamedTuple):
    """An article as a source; "" where a fact is not known.

    ``date`` is year, month, day, as far as known; ``inferred`` tells that it is printed nowhere.
    """

    key: str
    title: str
    author: str
    bulletin: str
    number: str
    date: tuple[int, ...]
    inferred: bool
    section: str
    themes: tuple[str, ...]
    note: str


def write_bibtex(compilation: Compilation, path: Path, _template: Template) -> Iterator[Progress]:
    """Write articles as BibTeX, with the fields of biblatex; all else as ``formats.Write``."""
    return write_pieces(_each(compilation, _bibtex), path, compilation.articles)


def write_ris(compilation: Compilation, path: Path, _template: Template) -> Iterator[Progress]:
    """Write articles as RIS; all else as ``formats.Write``."""
    return write_pieces(_each(compilation, _ris), path, compilation.articles)


def write_csl(compilation: Compilation, path: Path, _template: Template) -> Iterator[Progress]:
    """Write articles as CSL-JSON; all else as ``formats.Write``."""
    return write_pieces(_csl_list(compilation), path, compilation.articles)


def _each(compilation: Compilation, told: Callable[[_Source], str]) -> Iterator[str | int]:
    for number, source in _sources(compilation):
        yield number
        yield told(source)


def _csl_list(compilation: Compilation) -> Iterator[str | int]:
    yield "["
    for number, source in _sources(compilation):
        yield number
        yield (",\n" if number > 1 else "\n") + json.dumps(_csl(source), ensure_ascii=False)
    yield "\n]\n"


def _sources(compilation: Compilation) -> Iterator[tuple[int, _Source]]:
    keys: Counter[str] = Counter()
    for number, _, article in articles_of(compilation):
        key = f"jianbao{(article.date or '')[:4]}-{article.number}"
        keys[key] += 1
        if keys[key] > 1:
            key = f"{key}-{keys[key]}"
        yield number, _source(article, key, compilation)


def _source(article: CompiledArticle, key: str, compilation: Compilation) -> _Source:
    unit, author = _line(article.source), _line(article.author)
    note = f"{compilation.labels.table.source}：{unit}" if unit and author else ""
    date = tuple(int(piece) for piece in (article.date or "").split("-") if piece)
    return _Source(
        key, _title(article, compilation), author or unit, _line(article.issue_title),
        _line(article.issue_number), date, article.date_inferred, _line(article.section),
        tuple(map(_line, article.themes)), note,
    )  # fmt: skip


def _title(article: CompiledArticle, compilation: Compilation) -> str:
    title = _line(article.title)
    if not title:
        text = _line(article.text)
        return text if len(text) <= _TITLE else f"{text[:_TITLE]}……"
    subtitle = _line(article.subtitle)
    return title + (compilation.labels.subtitle.replace("{subtitle}", subtitle) if subtitle else "")


def _line(text: str | None) -> str:
    return _BREAK.sub(" ", clean(flat(text)))


def _iso(date: tuple[int, ...]) -> str:
    return "-".join(f"{number:02}" for number in date)


def _bibtex(source: _Source) -> str:
    """Braces around an author keep the name of a unit whole; those around a title its letters."""
    fields = {
        "title": f"{{{_latex(source.title)}}}",
        "author": f"{{{_latex(source.author)}}}" if source.author else "",
        "journaltitle": _latex(source.bulletin),
        "number": _latex(source.number),
        "date": _iso(source.date) + "~" * source.inferred,  # biblatex says circa
        "keywords": ", ".join(_latex(theme.replace(",", "，")) for theme in source.themes),
        "note": _latex(source.note),
        "langid": "chinese",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@article{{{source.key},\n{lines}}}\n\n"


def _latex(text: str) -> str:
    return _SPECIAL.sub(lambda sign: _LATEX[sign[0]], text.replace("\t", " "))


def _ris(source: _Source) -> str:
    day = "/".join(f"{number:02}" for number in source.date)
    tags = [
        ("TY", "JOUR"), ("ID", source.key), ("TI", source.title), ("AU", source.author),
        ("T2", source.bulletin), ("IS", source.number), ("PY", day[:4]),
        ("DA", day + "/" * (3 - len(source.date)) if day else ""), ("SE", source.section),
        *(("KW", theme) for theme in source.themes), ("N1", source.note), ("LA", _LANGUAGE),
    ]  # fmt: skip
    lines = "".join(f"{tag}  - {value}\r\n" for tag, value in tags if value)
    return f"{lines}ER  - \r\n\r\n"


def _csl(source: _Source) -> dict[str, object]:
    item: dict[str, object] = {
        "id": source.key,
        "type": "article-journal",
        "title": source.title,
        "author": [{"literal": source.author}] if source.author else "",
        "container-title": source.bulletin,
        "issue": source.number,
        "issued": _issued(source),
        "section": source.section,
        "keyword": ", ".join(theme.replace(",", "，") for theme in source.themes),
        "note": source.note,
        "language": _LANGUAGE,
    }
    return {name: value for name, value in item.items() if value}


def _issued(source: _Source) -> dict[str, object]:
    if not source.date:
        return {}
    parts = {"date-parts": [list(source.date)]}
    return {**parts, "circa": True} if source.inferred else {**parts}
