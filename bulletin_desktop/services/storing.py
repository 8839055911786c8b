"""How a file that was read comes into a library: as a new document, or a new state of one.

All happens inside an open change.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.language.anchors import Anchor, place_passage
from bulletin_desktop.language.fingerprint import likeness
from bulletin_desktop.library import (
    annotating,
    corrections,
    documents,
    layouts,
    passages,
    succession,
)
from bulletin_desktop.library.reprints import Words, carry_denials
from bulletin_desktop.services import reprints
from bulletin_desktop.services.recutting import replay

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.services.files import Loaded

# A file is a new state of the document from its path if so many of the old titles are in it.
SAME_SHARE = 0.5
# A retitled article is the one that has so much of the shorter of both texts.
_SAME_TEXT = 0.6


class Kept(NamedTuple):
    """What became of a file: its document, whether that took the place of an earlier one, and how
    many corrections and highlights of that found no place in it. ``new`` are the articles that were
    not there before.
    """

    stored: documents.Stored
    replaced: bool
    new: tuple[int, ...]
    unplaced: int = 0
    lost: int = 0


def store(
    library: Library, path: str, loaded: Loaded, old: int | None, *, anyway: bool = False
) -> Kept:
    """Store a file; where it is a new state of an old document, with the corrections made on that.

    It is no new state where most of the old titles are gone (another issue under the same file
    name), unless it is one ``anyway``: the same file read in another encoding, which may have no
    title in common.
    """
    made = corrections.corrections(library, old) if old is not None else []
    parsed, text = loaded.parsed, loaded.decoded.text
    if made and old is not None:
        parsed, made = replay(text, parsed, made, documents.length(library, old))
    stored = documents.insert(library.connection, path, loaded.sha256, loaded.decoded, parsed)
    new = stored.document
    for correction in made:
        corrections.add(library, correction._replace(document=new))
    if any(c.code == "erratum" and c.placed for c in made):
        layouts.rearrange(library, new, text, parsed)
    heirs = _heirs(library, old, new, anyway=anyway) if old is not None else None
    if heirs is None and made:  # they were made on something else
        corrections.remove_all(library, new)
        layouts.rearrange(library, new, text, loaded.parsed)
        stored, made = documents.stored(library.connection, new), []
    if made:
        reprints.note(library, new)
    else:
        reprints.note_loaded(library, new, loaded)
    kept = _settled(library, stored, old, heirs)
    return kept._replace(unplaced=sum(not c.placed for c in made))


def restore(library: Library, document: int, old: int | None) -> Kept:
    """Take an earlier state of a document out of the trash, to take the present one's place."""
    stored = documents.restore(library.connection, document)
    heirs = _heirs(library, old, document) if old is not None else None
    return _settled(library, stored, old, heirs)


def _settled(
    library: Library, stored: documents.Stored, old: int | None, heirs: Mapping[int, int] | None
) -> Kept:
    """A document that stands in the place of an old one, if it has heirs to that one's articles, or
    else beside it.
    """
    new = [article for article, _ in documents.article_titles(library, stored.document)]
    if old is None or heirs is None or not _can_take_place(library, old, heirs):
        return Kept(stored, False, tuple(new))
    lost = _take_place(library, old, stored.document, heirs)
    known = set(heirs.values())
    return Kept(stored, True, tuple(x for x in new if x not in known), lost=lost)


def _heirs(library: Library, old: int, new: int, *, anyway: bool = False) -> dict[int, int] | None:
    """For articles of one document those of the other that they became; None if it is no new state
    of it.
    """
    pairs = _pairs(library, old, new)
    before = [article for article, _ in documents.article_titles(library, old)]
    if anyway:
        lost = annotating.annotated(library, before) - set(pairs)
        return pairs | layouts.nearest(library, lost, new)
    return pairs if len(pairs) >= SAME_SHARE * len(before) else None


def _worked_on(library: Library, document: int) -> set[int]:
    articles = documents.article_titles(library, document)
    return annotating.annotated(library, [article for article, _ in articles])


def _can_take_place(library: Library, old: int, heirs: Mapping[int, int]) -> bool:
    """Whether no work of the user's on an article would lose its place."""
    return not _worked_on(library, old) - set(heirs)


def _take_place(library: Library, old: int, new: int, heirs: Mapping[int, int]) -> int:
    """Let what the user put on articles go to their heirs, and the old document into the trash;
    gives how many highlights found no place.
    """
    worked_on = _worked_on(library, old)
    bearing = annotating.annotated(library, heirs.values())
    for article, onto in heirs.items():
        if onto in bearing:
            annotating.unite(library, article, onto)
        else:
            annotating.carry_over(library, article, onto)
        if article in worked_on:
            bearing.add(onto)
    carry_denials(library, heirs)
    succession.carry_trash(library, heirs)
    succession.carry_issues(library, old, new, heirs)
    lost = _carry_highlights(library, old, new, heirs)
    documents.trash(library.connection, old)
    return lost


def _carry_highlights(library: Library, old: int, new: int, heirs: Mapping[int, int]) -> int:
    """Find the marked passages of a document again in the one that takes its place; gives how many
    were not found.

    One whose words are gone stays with the article, without a place, but with the printed words.
    """
    there = passages.laid(library, old)
    if not there:
        return 0
    lost = 0
    before, after = documents.text(library, old), documents.text(library, new)
    homes = passages.extents(library, new)
    for each in there:
        home = heirs.get(each.article or 0)
        printed = before[each.start : each.end] if each.placed else each.quote
        span = _again(before, after, each._replace(quote=printed), homes.get(home or 0))
        if span is None:
            lost += 1
            moved = each._replace(article=home, start=0, end=0, quote=printed, placed=False)
        else:
            around = passages.around(library, new, span)
            moved = each._replace(start=span[0], end=span[1], placed=True)
            moved = moved._replace(before=around[0], after=around[1])
        passages.move(library, each.id, moved._replace(document=new))
    passages.refit(library, new)
    return lost


def _again(
    before: str, after: str, each: passages.Laid, home: tuple[int, int] | None
) -> tuple[int, int] | None:
    """Where a passage of one text stands in another: in its article, or else anywhere."""
    anchor = Anchor(each.quote, each.before, each.after, 0.0)
    if home is not None:
        start, end = home
        near = anchor._replace(depth=_depth(each, home, before, after))
        span = place_passage(after[start:end], near)
        if span is not None:
            return span[0] + start, span[1] + start
    return place_passage(after, anchor._replace(depth=each.start / max(1, len(before))))


def _depth(each: passages.Laid, home: tuple[int, int], before: str, after: str) -> float:
    """How far into its article a passage may stand, if that begins as deep in both texts."""
    begun = home[0] / max(1, len(after)) * len(before)
    return min(1.0, max(0.0, (each.start - begun) / max(1, home[1] - home[0])))


def _pairs(library: Library, old: int, new: int) -> dict[int, int]:
    """For articles of one document those of the other with the same title, in order, each once.

    One that carries the user's work and was retitled goes to the one with most of its text.
    """
    free: dict[str, deque[int]] = {}
    for article, title in documents.article_titles(library, new):
        free.setdefault(title or "", deque()).append(article)
    titled = documents.article_titles(library, old)
    pairs = {
        article: free[title].popleft() for article, title in titled if title and free.get(title)
    }
    lost = annotating.annotated(library, [a for a, _ in titled if a not in pairs])
    rest = [article for articles in free.values() for article in articles]
    for article in sorted(lost):
        onto = _most_alike(library, article, rest)
        if onto is not None:
            pairs[article] = onto
            rest.remove(onto)
    return pairs


def _most_alike(library: Library, article: int, others: list[int]) -> int | None:
    """The article that has most of another's text, if it has enough."""
    words = Words(library)
    mine = words.of(article)
    shares = ((likeness(mine, words.of(other)).share, other) for other in others)
    share, best = max(shares, default=(0.0, 0))
    return best if share >= _SAME_TEXT else None
