"""How far two annotators agree, theme by theme."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.exporting.csv_lines import MARK, record
from bulletin_desktop.library import agreement, annotating
from bulletin_desktop.replacing import replacing
from bulletin_desktop.services import annotators

if TYPE_CHECKING:
    from pathlib import Path

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.library.store import Library


COLUMNS = ("theme", "articles", "both", "first", "second", "neither", "agreement", "kappa")


class Row(NamedTuple):
    """What two annotators said of one theme (of all together where ``theme`` is None).

    The four counts are of articles: both put it there, only one did, neither did.
    """

    theme: str | None
    both: int
    first: int
    second: int
    neither: int

    @property
    def decisions(self) -> int:
        """How often each of them has said yes or no."""
        return self.both + self.first + self.second + self.neither

    @property
    def percent(self) -> float | None:
        """The share of decisions in which they agree, 0 to 100; None where there are none."""
        if not self.decisions:
            return None
        return 100 * (self.both + self.neither) / self.decisions

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa, -1 to 1: how far they agree beyond chance.

        (observed - expected) / (1 - expected), where expected is the agreement of two who say yes
        as often as these but know nothing of each other; None where that is certain. See J. Cohen,
        A Coefficient of Agreement for Nominal Scales, Educational and Psychological Measurement 20
        (1960), 37-46.
        """
        n = self.decisions
        yes = (self.both + self.first) * (self.both + self.second)
        no = (self.second + self.neither) * (self.first + self.neither)
        if n * n == yes + no:
            return None
        return (n * (self.both + self.neither) - yes - no) / (n * n - yes - no)


class Table(NamedTuple):
    """The agreement of two annotators on ``articles`` articles.

    ``rows`` has a row for each theme, ``all`` all their decisions together.
    """

    first: str
    second: str
    articles: int
    rows: tuple[Row, ...]
    all: Row


def table(library: Library, first: str, second: str) -> Table:
    """Compare two annotators; "" is who works on the library.

    What counts are all themes, and the articles of issues in which both have put a theme on
    something: of others it is not known whether they were read. A theme that was taken off by
    another counts still for who has put it there.
    """
    names = [_names(library, each) for each in (first, second)]
    articles = agreement.judged(library, *names)
    said = [_by_theme(agreement.tagged(library, each), set(articles)) for each in names]
    rows = [
        _row(theme.name, len(articles), *(each[theme.id] for each in said))
        for theme in annotating.themes(library)
    ]
    rows.sort(key=lambda row: row.neither == row.decisions)  # unused ones last
    counts = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    return Table(first, second, len(articles), tuple(rows), Row(None, *(counts or [0, 0, 0, 0])))


def _names(library: Library, annotator: str) -> list[str]:
    present = annotators.name(library)
    return ["", present] if annotator in ("", present) else [annotator]


def _by_theme(pairs: set[tuple[int, int]], among: set[int]) -> dict[int, set[int]]:
    """The articles of each theme, of those that are compared."""
    found: dict[int, set[int]] = defaultdict(set)
    for theme, article in pairs:
        if article in among:
            found[theme].add(article)
    return found


def _row(name: str, articles: int, one: set[int], other: set[int]) -> Row:
    neither = articles - len(one | other)
    return Row(name, len(one & other), len(one - other), len(other - one), neither)


def cells(row: Row, catalogue: Catalogue) -> tuple[str, ...]:
    """A row as it is shown, column by column; a dash stands for a figure that makes no sense."""
    name = catalogue.text("agreement.all") if row.theme is None else row.theme
    percent = "–" if row.percent is None else f"{row.percent:.1f}%"
    kappa = "–" if row.kappa is None else f"{row.kappa:.2f}"
    return (name, *map(str, (row.decisions, *row[1:])), percent, kappa)


def heads(table: Table, catalogue: Catalogue) -> tuple[str, ...]:
    """The heads of the columns, with the names of the two."""
    names = [each or catalogue.text("agreement.nobody") for each in (table.first, table.second)]
    params = dict(zip(("first", "second"), names, strict=True))
    return tuple(catalogue.text(f"agreement.column.{column}", **params) for column in COLUMNS)


def write_csv(table: Table, file: Path, catalogue: Catalogue) -> Path:
    """Write a table for spreadsheets; gives the file. Raises ``write.*`` as ``replacing`` does."""
    rows = [heads(table, catalogue), *(cells(x, catalogue) for x in (*table.rows, table.all))]
    with replacing(file) as stream:
        stream.write((MARK + "".join(map(record, rows))).encode())
    return file
