"""Subcommands for two people: whose work it is, taking in another's, how far both agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bulletin_desktop.cli.arguments import UsageError
from bulletin_desktop.cli.run import Run

if TYPE_CHECKING:
    from bulletin_desktop.model.change import Message
    from bulletin_desktop.services.agreement import Row
    from bulletin_desktop.services.merging import MergeReport


def merge(run: Run) -> int:
    """Take in another annotator's work."""
    from bulletin_desktop.services import merging

    file = run.options.file
    merging.look(file)  # before a library is made for it
    with run.library(create=True) as library:
        work = merging.merge(library, file, with_articles=run.options.with_articles)
        report = run.finish(work)
    if report.cancelled:
        raise KeyboardInterrupt
    if run.json:
        run.output.json(
            {
                "added": report.added,
                "same": report.same,
                "conflicts": [_told(run, each) for each in report.conflicts],
                "unplaced": [_told(run, each) for each in report.unplaced],
            }
        )
    else:
        _print(run, report)
    return 0


def _told(run: Run, message: Message) -> dict[str, Any]:
    kind = message.code.rpartition(".")[2]
    return {"kind": kind, **message.params, "what": run.catalogue.message(message)}


def _print(run: Run, report: MergeReport) -> None:
    words = run.catalogue
    counts = {"documents": 0, **report.added}
    run.output.line(words.text("merge.done", name=report.name, same=report.same, **counts))
    for code, messages in (("conflicts", report.conflicts), ("unplaced", report.unplaced)):
        if messages:
            run.output.line(words.text(f"merge.{code}", n=len(messages)))
        for message in messages:
            run.output.line(f"    {words.message(message)}")
    if report.absent and not run.options.with_articles:
        run.output.say(words.text("cli.merge_hint"))


def annotator(run: Run) -> int:
    """Say who works on the library, or keep it."""
    from bulletin_desktop.services import annotators

    given = run.options.name
    with run.library() as library:
        name = annotators.name(library) if given is None else annotators.set_name(library, given)
    if run.json:
        run.output.json({"annotator": name})
    else:
        run.output.line(name or run.catalogue.text("cli.no_annotator"))
    return 0


def agreement(run: Run) -> int:
    """Compare what two annotators put on the same articles."""
    from bulletin_desktop.services import agreement, annotators

    with run.library() as library:
        names = run.options.names or annotators.known(library)
        if len(names) != 2:
            found = [each or '""' for each in annotators.known(library)]
            words = run.catalogue.text("cli.two_annotators", names="、".join(found) or "–")
            raise UsageError(words)
        table = agreement.table(library, *names)
    if run.json:
        run.output.json(
            {
                "first": table.first,
                "second": table.second,
                "articles": table.articles,
                "themes": [_row(row) for row in table.rows],
                "all": _row(table.all),
            }
        )
    elif run.options.csv:
        together = run.catalogue.text("agreement.all")
        rows = [_row(row) for row in (*table.rows, table.all)]
        run.output.csv(
            agreement.COLUMNS, (row | {"theme": row["theme"] or together} for row in rows)
        )
    else:
        run.output.line(run.catalogue.text("agreement.counted", n=table.articles))
        lines = (agreement.cells(row, run.catalogue) for row in (*table.rows, table.all))
        columns = agreement.COLUMNS
        run.output.table(columns, [dict(zip(columns, line, strict=True)) for line in lines])
    return 0


def _row(row: Row) -> dict[str, Any]:
    figures = {"agreement": row.percent, "kappa": row.kappa}
    return {
        "theme": row.theme,
        "articles": row.decisions,
        **{name: getattr(row, name) for name in ("both", "first", "second", "neither")},
        **{name: x if x is None else round(x, 4) for name, x in figures.items()},
    }


COMMANDS: dict[str, Callable[[Run], int]] = {
    "merge": merge,
    "annotator": annotator,
    "agreement": agreement,
}
