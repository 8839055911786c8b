"""Reprints as lists, and two articles compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bulletin_desktop.services import browsing, reprints

if TYPE_CHECKING:
    from bulletin_desktop.cli.run import Run
    from bulletin_desktop.model.records import Reprint

_COLUMNS = (
    "group", "id", "issue", "date", "title", "source", "characters", "share", "differs",
)  # fmt: skip
_TABLE = ("group", "id", "date", "title", "source", "characters", "share", "differs")


def list_reprints(run: Run) -> int:
    """List the groups of articles of the same text, after looking for those that are not known."""
    with run.library() as library:
        run.finish(reprints.refresh(library))
        if run.output.interrupted:
            raise KeyboardInterrupt
        groups = [[_row(each) for each in group] for group in reprints.groups(library)]
    if run.json:
        run.output.json([{"articles": rows} for rows in groups])
        return 0
    rows = [{"group": n, **row} for n, group in enumerate(groups, 1) for row in group]
    if run.options.csv:
        run.output.csv(_COLUMNS, rows)
    else:
        for row in rows:
            row["share"] = f"{row['share']:.0%}"
            row["differs"] = [run.catalogue.text(f"reprint.{name}") for name in row["differs"]]
        run.output.table(_TABLE, rows)
    return 0


def _row(reprint: Reprint) -> dict[str, Any]:
    """An article beside the newest of its group."""
    article = reprint.article
    return {
        "id": article.id,
        "issue": article.issue,
        "date": article.date,
        "title": article.title,
        "source": article.source,
        "characters": article.characters,
        "share": round(reprint.share, 3),
        "differs": list(reprint.differs),
    }


def compare(run: Run) -> int:
    """Show what two articles share and where they differ, in code points of their bodies."""
    options = run.options
    with run.library() as library:
        bodies = [browsing.text_of(library, each).body for each in (options.article, options.other)]
    found = reprints.compare(*bodies)
    if run.json:
        run.output.json(
            {
                "passages": [list(passage) for passage in found.passages],
                "one": [each._asdict() for each in found.one],
                "other": [each._asdict() for each in found.other],
            }
        )
        return 0
    for body, sign, differences in zip(bodies, "−+", (found.one, found.other), strict=True):
        for each in differences:
            kind = run.catalogue.text(f"compare.{each.kind}")
            run.output.line(f"{sign} {each.start}–{each.end} {kind}  {body[each.start : each.end]}")
    if not (found.one or found.other):
        run.output.line(run.catalogue.text("compare.equal"))
    return 0
