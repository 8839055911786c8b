"""The concordance of a query: printed, or written to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bulletin_desktop.cli.arguments import UsageError
from bulletin_desktop.cli.output import width
from bulletin_desktop.services import concordance, searching
from bulletin_desktop.services.concordance_view import View, arranged

if TYPE_CHECKING:
    from bulletin_desktop.cli.run import Run
    from bulletin_desktop.services.concordance import Format, Line

_COLUMNS = (
    "left", "keyword", "right", "article", "issue", "title", "source", "date", "field", "start",
    "end",
)  # fmt: skip


def list_places(run: Run) -> int:
    """List every place of a query's words with what stands left and right."""
    options = run.options
    written_as = concordance.format_of(options.output) if options.output else None
    if options.output and written_as is None:
        raise UsageError(run.catalogue.text("cli.unknown_lines_format", name=options.output.name))
    lines = _gather(run)
    if written_as is not None:
        return _export(run, lines, written_as)
    rows = [_row(line, options.width) for line in lines]
    if run.json:
        run.output.json({"total": len(rows), "lines": rows})
    elif options.csv:
        run.output.csv(_COLUMNS, rows)
    else:
        _print(run, rows)
    return 0


def _gather(run: Run) -> list[Line]:
    options, words = run.options, run.catalogue.text
    spelling = searching.spelled(
        literal=options.literal, years=options.years, spaces=options.spaces
    )
    query = searching.parse(options.query, literal=options.literal)
    asked = searching.Options(spelling=spelling)
    work = concordance.Concordance(query, asked, options.width)
    with run.library() as library:
        found = run.finish(work.more(library, options.limit))
    if run.output.interrupted:
        raise KeyboardInterrupt
    if found.stopped:
        run.output.say(words("concordance.stopped"))
    if not found.whole:
        run.output.say(words("cli.more_lines", n=len(found.lines)))
    view = View(sort=options.sort, pinyin=options.pinyin)
    return [found.lines[row] for row in arranged(found.lines, view).rows]


def _export(run: Run, lines: list[Line], written_as: Format) -> int:
    options, words = run.options, run.catalogue.text
    writing = concordance.export(
        lines,
        options.output,
        written_as,
        catalogue=run.catalogue,
        title=words("concordance.title", query=options.query),
        width=options.width,
    )
    if not run.finish(writing):
        raise KeyboardInterrupt
    told = {"file": str(options.output), "lines": len(lines), "format": written_as}
    if run.json:
        run.output.json(told)
    else:
        run.output.line(words("cli.lines_exported", **told, n=len(lines)))
    return 0


def _row(line: Line, characters: int) -> dict[str, Any]:
    article = line.where.article
    left, right = concordance.cut(line, characters)
    return {
        "article": article.id,
        "issue": article.issue,
        "title": article.title,
        "source": article.source,
        "date": article.date,
        "field": line.field,
        "start": line.start,
        "end": line.end,
        "left": left,
        "keyword": line.keyword,
        "right": right,
    }


def _print(run: Run, rows: list[dict[str, Any]]) -> None:
    """The keywords stand below one another."""
    found = len({row["article"] for row in rows})
    run.output.line(run.catalogue.text("concordance.count", lines=len(rows), n=found))
    left = max((width(row["left"]) for row in rows), default=0)
    for row in rows:
        before = " " * (left - width(row["left"])) + row["left"]
        words = f"{before}  {row['keyword']}  {row['right']}"
        run.output.line(f"{words}  {row['article']}  {row['date'] or ''}".rstrip())
