"""What goes on from a document to the one that takes its place, beside what is on its articles:
notes on its issues, and what of it is in the trash. All inside an open change.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bulletin_desktop.library.noting import note, set_note, sign
from bulletin_desktop.library.trash_links import repoint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin_desktop.library.store import Library

_ISSUES = """SELECT i.id, a.id FROM issues i LEFT JOIN articles a ON a.issue_id = i.id
    WHERE i.document_id = ? ORDER BY i.position, a.position"""


def carry_trash(library: Library, heirs: Mapping[int, int]) -> None:
    """Have the heirs of articles that are in the trash be there in their stead, and what is there
    with its articles name them.
    """
    repoint(library, "articles", heirs)
    library.connection.executemany(
        "UPDATE trash SET item = ?2 WHERE kind = 'article' AND item = ?1", list(heirs.items())
    )


def carry_issues(library: Library, old: int, new: int, heirs: Mapping[int, int]) -> None:
    """Give notes on issues of a document, and their places in the trash, to the issues that most of
    their articles became, else to those in the same place.
    """
    before, after = _articles(library, old), _articles(library, new)
    home = {article: issue for issue, articles in after.items() for article in articles}
    for place, (issue, articles) in enumerate(before.items()):
        votes = Counter(home[heirs[x]] for x in articles if heirs.get(x) in home)
        same = list(after)[place : place + 1]
        onto = next(iter(votes.most_common(1)), (next(iter(same or after), None), 0))[0]
        if onto is not None:
            _carry_issue(library, issue, onto)


def _articles(library: Library, document: int) -> dict[int, list[int]]:
    """The issues of a document, each with its articles."""
    found: dict[int, list[int]] = {}
    for issue, article in library.rows(_ISSUES, [document]):
        found.setdefault(issue, []).extend([article] if article is not None else [])
    return found


def _carry_issue(library: Library, issue: int, onto: int) -> None:
    mine, theirs = note(library, "issue", issue), note(library, "issue", onto)
    if mine is not None:
        words = mine.text if theirs is None else f"{theirs.text}\n\n{mine.text}"
        private = mine.private or (theirs is not None and theirs.private)
        set_note(library, "issue", onto, words, private=private)
        sign(library, "issue", onto, mine.annotator, mine.at)
        set_note(library, "issue", issue, "")
    library.connection.execute(
        "UPDATE trash SET item = ?2 WHERE kind = 'issue' AND item = ?1 AND NOT EXISTS"
        " (SELECT 1 FROM trash WHERE kind = 'issue' AND item = ?2)",
        [issue, onto],
    )
