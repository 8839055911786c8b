"""Finding articles: the first hits at once, then all, how many of each kind, and their words."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from bulletin_desktop.language import query_parser
from bulletin_desktop.language.folding import fold
from bulletin_desktop.language.matching import Needle, snippet
from bulletin_desktop.library import articles, lookup, search_index
from bulletin_desktop.library.lookup import EVERYTHING, Clause, Question
from bulletin_desktop.library.schema_search import HEADS
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.query import Either, Query, Spelling, Word, marked_words
from bulletin_desktop.model.records import Hit, Snippet
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import indexing
from bulletin_desktop.services.search_facts import Facts
from bulletin_desktop.services.search_marks import Marker
from bulletin_desktop.services.search_plan import Plan, Words, words_in
from bulletin_desktop.services.search_tally import FACETS, Facets, Tally, merged
from bulletin_desktop.services.search_texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from bulletin_desktop.language.matching import Range
    from bulletin_desktop.library.lookup import LiveRow
    from bulletin_desktop.library.search_index import Printed
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.query import Node
    from bulletin_desktop.model.records import Article
    from bulletin_desktop.services.search_plan import Asked
    from bulletin_desktop.services.units import Directory

_Places = dict[str, "list[Range]"]
Sort = Literal["relevance", "date", "source"]
# The best are sought among so many of the newest hits, and so many with all words in the title.
_WINDOW = 300
_IN_TITLE = 100
_TITLE_WEIGHT = 5.0
# The first of these with a word of the query is shown; after them the note.
_SHOWN = ("body", *HEADS, "author", "source")
_EARLY = 100  # code points: a hit there weighs half as much more as one at the beginning
# So many articles are asked one by one before the first hits are shown.
_APART = 300


class Options(NamedTuple):
    """How to look: in what order, among which articles, and which ways of writing are the same."""

    sort: Sort = "relevance"
    scope: Scope = Scope()
    spelling: Spelling = Spelling()


@dataclass(frozen=True, slots=True)
class Outcome:
    """All hits as ids in the order asked for, and how many there are of each kind.

    ``unindexed`` articles had to be asked one by one; ``stopped`` says that not all could be asked,
    since the work was ended or a regular expression took too long.
    """

    ids: array[int]
    facets: Facets
    unindexed: int = 0
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The first hits, how many there are in all, and how many of each kind."""

    hits: tuple[Hit, ...]
    total: int
    facets: Facets
    unindexed: int = 0
    stopped: bool = False


def parse(text: str, *, literal: bool = False) -> Query:
    """The query of a search box, or the text as it stands.

    Raises KnownError ``query.…`` with ``start`` and ``end`` (code points) of what cannot be read.
    """
    return query_parser.literal(text) if literal else query_parser.parse(text)


def spelled(*, literal: bool = False, years: bool = False, spaces: bool = False) -> Spelling:
    """The spelling of a search; a literal one takes even the lines of a title as they are."""
    return Spelling(lines=not literal, years=years, spaces=spaces)


class Search:
    """One query on one library, at one moment.

    ``first`` gives what is seen at once, ``complete`` all the rest, ``hits`` the words to show.
    """

    def __init__(
        self,
        library: Library,
        query: Query,
        options: Options = Options(),  # noqa: B008 - frozen
        directory: Directory | None = None,
    ) -> None:
        self._library = library
        self._options = options
        self._directory = directory
        self._root: Node | None = query.root
        self._leaves = tuple(dict.fromkeys(words_in(query.root)))
        spelling = options.spelling
        needles = {x: Needle(x.text, spelling) for x in self._leaves if isinstance(x, Word)}
        self._words = Words(needles, spelling)
        self._marked = marked_words(query)
        self._marker = Marker(query, spelling)
        self._facts = Facts(library, directory)
        self._notes = {article: fold(text) for article, text in lookup.notes(library).items()}
        self._texts = Texts(needles, self._notes)
        self._known: dict[Asked, set[int]] = {}
        self._textual = frozenset(x for x in self._leaves if not self._is_indexed(x))
        for word in needles:
            if word.field == "note":
                self._known[word] = set(self._with_note(needles[word]))
            elif word.field == "quote":
                self._known[word] = set(self._with_quote(needles[word]))
        self._apart = self._standing_apart()
        self._asked = not self._apart
        self._scope = self._scoped(options.scope)

    def _is_indexed(self, leaf: Asked) -> bool:
        return isinstance(leaf, Word) and self._words.is_indexable(leaf)

    def _with_note(self, needle: Needle) -> Iterable[int]:
        return (article for article, text in self._notes.items() if needle.stands_in(text))

    def _with_quote(self, needle: Needle) -> Iterable[int]:
        quotes = lookup.quotes(self._library).items()
        return (article for article, text in quotes if needle.stands_in(fold(text)))

    def _standing_apart(self) -> tuple[int, ...]:
        """The articles for which the index does not count: those that wait for it, and those with a
        word of the query in their note.
        """
        waiting = lookup.waiting if indexing.is_usable(self._library) else lookup.all_live
        noted: set[int] = set()
        for word, needle in self._words.needles.items():
            if word.field is None:
                noted.update(self._with_note(needle))
        self.unindexed = waiting(self._library)
        return tuple(noted.union(self.unindexed))

    def _scoped(self, scope: Scope) -> Clause:
        if scope == Scope():
            return EVERYTHING
        if scope.issue is not None and scope == Scope(issue=scope.issue):
            return lookup.issues([scope.issue])
        if scope.collection is not None and scope == Scope(collection=scope.collection):
            return lookup.collected([scope.collection])
        return lookup.articles(articles.ids_in_scope(self._library, scope))

    # The articles

    def first(self, limit: int) -> list[int]:
        """The ids of the first hits, quickly; none where that takes long (see ``complete``)."""
        if self._root is None or self._options.sort == "source":
            return []
        if self._textual - self._known.keys() or len(self._apart) > _APART:
            return []
        for _ in self._ask_apart():
            pass
        question = self._question()
        if self._options.sort == "date":
            return self._newest(question, limit)
        return self._best(question)[:limit]

    def complete(self) -> Generator[Progress, bool | None, Outcome]:
        """All hits and how many there are of each kind; a true value sent in ends the work."""
        nothing = Outcome(array("q"), {kind: {} for kind in FACETS}, stopped=True)
        if self._root is None:
            return replace(nothing, stopped=False)
        if (yield Progress(0, 0, Message("search.progress"))):
            return nothing
        if not (yield from self._ask_apart()) or not (yield from self._ask_candidates()):
            return nothing
        question = self._question()
        tally = Tally(self._library, self._directory)
        ids, issues = array("q"), array("q")
        for rows in lookup.ordered(self._library, question):
            ids.extend(row[0] for row in rows)
            issues.extend(row[1] for row in rows)
            tally.count(rows)
            if (yield Progress(len(ids), 0, Message("search.progress"))):
                return nothing
        late, others = lookup.late(self._library, question), self._live()
        tally.count(late)
        tally.count_live(others)
        ids = merged(self._library, ids, issues, [row[0] for row in (*late, *others)])
        facets = tally.facets(ids)
        stopped = self._texts.stopped
        return Outcome(self._sorted(ids, question), facets, len(self.unindexed), stopped)

    def _ask_apart(self) -> Generator[Progress, bool | None, bool]:
        """Ask the articles that stand apart for all words; says whether all were asked."""
        if not self._asked:
            leaves = [x for x in self._leaves if x not in self._known]
            found = yield from self._texts.ask(self._library, self._apart, leaves)
            if self._texts.ended:
                return False
            self._in_apart = found
            self._asked = True
        return True

    def _ask_candidates(self) -> Generator[Progress, bool | None, bool]:
        """Ask the articles that may fit for what the index cannot answer."""
        wanted = self._textual - self._known.keys()
        if not wanted:
            return True
        question = self._question()
        candidates = [row[0] for rows in lookup.ordered(self._library, question) for row in rows]
        candidates += [row[0] for row in lookup.late(self._library, question)]
        found = yield from self._texts.ask(self._library, candidates, wanted)
        self._known.update(found)
        return not self._texts.ended

    @property
    def _node(self) -> Node:
        assert self._root is not None
        return self._root

    def _question(self) -> Question:
        plan = Plan(self._facts, self._words, self._textual, self._known)
        return plan.question(self._library, self._node, self._scope)._replace(apart=self._apart)

    def _live(self) -> list[LiveRow]:
        """The hits among the articles that stand apart."""
        if not self._apart:
            return []
        known = {**self._known, **self._in_apart}
        plan = Plan(self._facts, self._words, self._textual, known)
        return lookup.live(self._library, plan.live(self._node, self._scope), self._apart)

    def _newest(self, question: Question, limit: int) -> list[int]:
        found = lookup.newest(self._library, question, limit)
        others = [row[0] for row in (*lookup.late(self._library, question), *self._live())]
        return lookup.in_order(self._library, [*found, *others])[:limit] if others else found

    # Their order

    def _sorted(self, ids: array[int], question: Question) -> array[int]:
        if self._options.sort == "source":
            return array("q", lookup.by_source(self._library, ids.tolist()))
        if self._options.sort == "date" or not self._marked:
            return ids
        best = self._best(question)
        first = set(best)
        return array("q", [*best, *(x for x in ids if x not in first)])

    def _best(self, question: Question) -> list[int]:
        """The most relevant hits: those with the words in the title, or early, or often.

        They are sought in a window, so that the time is bounded; the newest come first of equals.
        """
        window = self._newest(question, _WINDOW)
        if not self._marked:
            return window
        if len(window) == _WINDOW and (titled := self._with_title(question)):
            window = list(dict.fromkeys([*window, *titled]))
        printed = search_index.words_of(self._library, window)
        scores = {x.article: self._score(x, self._places(x)) for x in printed}
        return sorted(lookup.in_order(self._library, window), key=lambda x: -scores.get(x, 0))

    def _with_title(self, question: Question) -> list[int]:
        """The newest hits that have all the words in the title."""
        if question.words is None or question.words.table != "search_pairs":
            return []
        titles = [self._words.phrases(word, in_title=True) for word in self._marked]
        match = " AND ".join([f"({question.words.match})", *filter(None, titles)])
        heads = question._replace(words=question.words._replace(match=match))
        return lookup.newest(self._library, heads, _IN_TITLE)

    def _places(self, printed: Printed) -> _Places:
        """Where the words of the query stand in each field."""
        return {x: self._marker.places(getattr(printed, x) or "", x) for x in _SHOWN}

    def _score(self, printed: Printed, places: _Places) -> float:
        head = sum(len(places[field]) for field in HEADS)
        body = places["body"]
        score = head * _TITLE_WEIGHT + len(body) / (1 + len(printed.body) / 1000)
        score += 1 / (1 + body[0][0] / _EARLY) if body else 0
        if isinstance(self._root, Either):  # who has more of several words is meant more
            score *= sum(self._texts.holds(word, printed) for word in self._marked)
        return score

    # Their words

    def hits(self, ids: Sequence[int]) -> list[Hit]:
        """Hits to be shown, each with the words around the query's; what is gone is left out."""
        words = {x.article: x for x in search_index.words_of(self._library, ids)}
        notes = lookup.notes(self._library)
        records = articles.in_scope(self._library, Scope(ids=tuple(ids)))
        found = {x.id: x for x in records if x.id in words}
        return [self._hit(found[x], words[x], notes.get(x, "")) for x in ids if x in found]

    def _hit(self, record: Article, printed: Printed, note: str) -> Hit:
        places = self._places(printed)
        score = self._score(printed, places)
        return Hit(record, self._snippet(printed, note, places), score)

    def _snippet(self, printed: Printed, note: str, places: _Places) -> Snippet:
        """The first text that has a word of the query, around that word; else the first text."""
        field = next((field for field in _SHOWN if places[field]), "note")
        text = note if field == "note" else getattr(printed, field)
        found = self._marker.places(note, "note") if field == "note" else places[field]
        if not found:
            text = next(filter(None, (getattr(printed, field) for field in _SHOWN)), note)
        shown = snippet(text, found)
        return Snippet(shown.text, shown.ranges)


def marker(query: Query, spelling: Spelling) -> Callable[[str, str], list[Range]]:
    """What finds the words of a query in a text of a field, in order; for shown articles."""
    return Marker(query, spelling).places


def search(
    library: Library,
    query: Query,
    options: Options = Options(),  # noqa: B008 - frozen
    limit: int | None = None,
) -> Generator[Progress, bool | None, Found]:
    """The first hits with their words, and what kinds there are among all.

    Words are found in title, kicker, subtitle, body, source and note. A true value sent in ends it.
    """
    work = Search(library, query, options)
    outcome = yield from work.complete()
    hits = work.hits(outcome.ids[:limit].tolist())
    return Found(tuple(hits), len(outcome.ids), outcome.facets, outcome.unindexed, outcome.stopped)


def matching(library: Library, text: str) -> Generator[Progress, bool | None, list[int]]:
    """The ids of the articles that a query of the search box finds, newest first."""
    outcome = yield from Search(library, parse(text), Options(sort="date")).complete()
    return outcome.ids.tolist()
