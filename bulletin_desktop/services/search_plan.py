"""How a query is answered: which part by phrases of the index, which by conditions on its rows.

What the index cannot answer (a regular expression, rare characters) is asked of the texts. Where
those are not known yet, a plan has all articles that may fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.language import grams
from bulletin_desktop.language.matching import Needle
from bulletin_desktop.library import lookup
from bulletin_desktop.library.lookup import EVERYTHING, NOTHING, Clause, Phrases, Question
from bulletin_desktop.library.schema_search import HEADS
from bulletin_desktop.model.query import All, Either, Not, Pattern, Spelling, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.query import Node
    from bulletin_desktop.services.search_facts import Facts

Asked = Word | Pattern
# The parts of an article in which a word is looked for, by its field.
FIELDS: dict[str | None, tuple[str, ...]] = {
    None: (*HEADS, "source", "body"),
    "title": HEADS,
    "body": ("body",),
    "author": ("author",),
}
# A query of the index may be nested so deep.
_DEPTH = 20


class Words(NamedTuple):
    """The words of a query as needles, by their nodes."""

    needles: Mapping[Word, Needle]
    spelling: Spelling

    def is_indexable(self, word: Word) -> bool:
        """Whether the index can tell where a word stands."""
        needle = self.needles[word]
        ways = (*needle.phrases, *filter(None, needle.tight))
        return word.field in FIELDS and all(map(grams.indexable, ways))

    def phrases(self, word: Word, *, in_title: bool = False) -> str | None:
        """The query of pairs that finds a word, or None where the index cannot tell."""
        if not self.is_indexable(word):
            return None
        fields = HEADS if in_title else FIELDS[word.field]
        has_head = "title" in fields
        lines = ("heading",) if has_head and self.spelling.lines else ()
        needle = self.needles[word]
        found = [lookup.columns((*fields, *lines)) + grams.phrase(x) for x in needle.phrases]
        if has_head and self.spelling.spaces:
            tight = lookup.columns((*HEADS, "tight"))
            found += [tight + grams.phrase(phrase) for phrase in needle.tight if phrase]
        return f"({' OR '.join(found)})"

    def letter(self, word: Word) -> str | None:
        """The query of letters that finds a single character anywhere."""
        needle = self.needles[word]
        phrase = needle.phrases[0]
        single = len(phrase) == 1 and word.field is None and not phrase.isspace()
        return grams.letter(phrase) if single and grams.indexable(phrase) else None


def words_in(node: Node | None) -> Iterator[Asked]:
    """All words and regular expressions of a query, negated ones too."""
    if isinstance(node, (Word, Pattern)):
        yield node
    elif isinstance(node, Not):
        yield from words_in(node.of)
    elif isinstance(node, (All, Either)):
        for part in node.of:
            yield from words_in(part)


class Plan:
    """A query in the terms of the library.

    ``textual`` are the words and expressions that the texts must be asked for, not the index;
    ``known`` the articles in which they were found, and among articles that stand apart from the
    index all others as well.
    """

    def __init__(
        self,
        facts: Facts,
        words: Words,
        textual: AbstractSet[Asked],
        known: Mapping[Asked, AbstractSet[int]],
    ) -> None:
        self._facts = facts
        self._words = words
        self._textual = textual
        self._known = known

    def question(self, library: Library, node: Node, scope: Clause) -> Question:
        """The question to the index, without the articles that stand apart."""
        parts: list[Node] = list(node.of) if isinstance(node, All) else [node]
        match, rest = self._match(parts)
        clauses = [self._clause(part, self._indexed) for part in rest]
        if scope is not EVERYTHING:
            clauses.append(scope)
        seed = None
        if match is None:
            seed = next((clause for clause in clauses if lookup.is_few(library, clause)), None)
        return Question(lookup.joined(clauses, "AND"), match, seed)

    def live(self, node: Node, scope: Clause) -> Clause:
        """The condition on articles whose texts were all asked."""
        return lookup.joined([self._clause(node, self._asked), scope], "AND")

    def _match(self, parts: list[Node]) -> tuple[Phrases | None, list[Node]]:
        """What the index is asked first, and the parts that are left."""
        found = {at: self._pairs(part) for at, part in enumerate(parts)}
        wanted = [phrase for phrase in found.values() if phrase]
        if wanted:
            # Unwanted words of the same table cost little there.
            unwanted = {
                at: self._pairs(part.of) for at, part in enumerate(parts) if isinstance(part, Not)
            }
            match = " AND ".join(wanted)
            if negative := [phrase for phrase in unwanted.values() if phrase]:
                match = f"({match}) NOT ({' OR '.join(negative)})"
            done = {at for at, phrase in [*found.items(), *unwanted.items()] if phrase}
            return Phrases("search_pairs", match), [
                part for at, part in enumerate(parts) if at not in done
            ]
        for part in parts:
            if isinstance(part, Word) and (letter := self._letter(part)):
                return Phrases("search_letters", letter), [x for x in parts if x is not part]
        return None, parts

    def _pairs(self, node: Node, depth: int = 0) -> str | None:
        """A part of a query as phrases of the table of pairs, where it is nothing else."""
        if isinstance(node, Word):
            return (
                None if node in self._textual or self._letter(node) else self._words.phrases(node)
            )
        if isinstance(node, (All, Either)) and depth < _DEPTH:
            parts = [self._pairs(part, depth + 1) for part in node.of]
            by = " AND " if isinstance(node, All) else " OR "
            known = [part for part in parts if part]
            return f"({by.join(known)})" if len(known) == len(parts) else None
        return None

    def _letter(self, word: Word) -> str | None:
        return None if word in self._textual else self._words.letter(word)

    def _clause(
        self, node: Node, leaf: Callable[[Asked, bool], Clause], wide: bool = True
    ) -> Clause:
        """The condition for a part; ``wide`` lets what is unknown through, else it keeps it out."""
        if isinstance(node, (Word, Pattern)):
            return leaf(node, wide)
        if isinstance(node, Not):
            return lookup.negated(self._clause(node.of, leaf, not wide))
        if isinstance(node, (All, Either)):
            parts = [self._clause(part, leaf, wide) for part in node.of]
            return lookup.joined(parts, "AND" if isinstance(node, All) else "OR")
        return self._facts.clause(node)

    def _indexed(self, leaf: Asked, wide: bool) -> Clause:
        if isinstance(leaf, Pattern) or leaf in self._textual:
            if leaf in self._known:
                return lookup.articles(self._known[leaf])
            return EVERYTHING if wide else NOTHING
        if letter := self._words.letter(leaf):
            return lookup.phrases(Phrases("search_letters", letter))
        return lookup.phrases(Phrases("search_pairs", self._words.phrases(leaf) or ""))

    def _asked(self, leaf: Asked, _: bool) -> Clause:
        return lookup.articles(self._known.get(leaf, ()))
