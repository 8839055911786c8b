"""The user's corrections of a document, made again on a new cut or a new state of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.language.anchors import Anchor, place
from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.model.records import Correction
    from bulletin_desktop.model.text import ParsedText

# What is said of an article as a whole: it holds only where one still begins.
_OF_ARTICLES = frozenset({"discard", "kind", "section", "issue"})


def replay(
    text: str, parsed: ParsedText, made: Sequence[Correction], length: int
) -> tuple[ParsedText, list[Correction]]:
    """A cut with all corrections made on it, and these with their places in this text.

    ``length`` is that of the text on which they were made. One whose words are gone, or which makes
    no sense any more, comes back as not placed.
    """
    kept: list[Correction] = []
    for correction in made:
        found = _found(text, correction, length)
        placed = correction._replace(placed=False)
        if found is not None:
            parsed, done = _again(text, parsed, correction, found)
            placed = correction._replace(start=found[0], end=found[1], placed=done)
        kept.append(placed if placed.placed else placed._replace(start=0, end=0))
    return parsed, kept


def _found(text: str, correction: Correction, length: int) -> tuple[int, int] | None:
    start, end = correction.start, correction.end
    if correction.placed and len(text) == length and text[start:end] == correction.quote:
        return start, end
    depth = correction.start / max(1, length)
    return place(text, Anchor(correction.quote, correction.before, correction.after, depth))


def _again(
    text: str, parsed: ParsedText, correction: Correction, span: tuple[int, int]
) -> tuple[ParsedText, bool]:
    """The cut after one correction, and whether that still says anything."""
    from bulletin_desktop.parsing.correcting import correct
    from bulletin_desktop.parsing.sheet import issue_starts

    code, at = correction.code, span[0]
    if code == "erratum":
        return parsed, True
    begins = any(a.start == at for issue in parsed.issues for a in issue.articles)
    if code in _OF_ARTICLES and not begins:
        return parsed, False
    if (code == "join" and not begins) or (code == "join_issue" and at not in issue_starts(parsed)):
        code = "confirm"  # nothing begins there any more, as it should be
    try:
        return correct(text, parsed, code, at, correction.value), True
    except KnownError as error:
        if error.code != "correct.begins_here":
            return parsed, False
    return correct(text, parsed, "confirm", at, {}), True
