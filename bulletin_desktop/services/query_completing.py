"""What can be typed next in the search box: names of fields and flags, and a field's values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.language import query_parser
from bulletin_desktop.language.folding import fold
from bulletin_desktop.language.query_parser import FIELDS, FLAGS, KINDS, value_text
from bulletin_desktop.library import annotating, lookup, outline
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import completing
from bulletin_desktop.services.search_facts import issue_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bulletin_desktop.language.query_lexer import Language, Names
    from bulletin_desktop.language.query_parser import Asked
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.query import Field, FlagName
    from bulletin_desktop.services.units import Directory

MOST = 40
# So many values are looked through; the ones with most articles come first.
_LOOKED_THROUGH = 3_000
# Fewer Latin letters are no beginning of a name's pinyin.
_LEAST_LETTERS = 2


class Offer(NamedTuple):
    """One way on: ``typed`` takes the place of the code points from ``start`` to ``end``.

    ``about`` is the field or flag whose name is offered, None for a value. One that is
    ``meant`` was found by its sound: what was typed would find nothing.
    """

    words: str
    typed: str
    start: int
    end: int
    about: Field | FlagName | None = None
    colour: str = ""
    meant: bool = False


class _Value(NamedTuple):
    """A value that a field can have; the colour is a theme's."""

    words: str
    colour: str = ""


class Completer:
    """Completes queries on one library at one moment: each field's values are read once."""

    def __init__(self, language: Language, directory: Directory | None = None) -> None:
        self._language: Language = language
        self._directory = directory
        self._known: dict[Field, list[_Value]] = {}

    def offers(self, library: Library, text: str, cursor: int) -> list[Offer]:
        """What may be meant at the cursor (a code point), best first; nothing in plain words.

        May take 0.1 s on large libraries, so it is called away from the window.
        """
        asked = query_parser.asked_at(text, cursor)
        if asked is None:
            return []
        if asked.field is None:
            return self._names(asked)
        return self._values(library, asked, asked.field)

    def _names(self, asked: Asked) -> list[Offer]:
        """Fields and flags whose names begin as a word that is being typed."""
        typed = fold(asked.typed)
        if not typed or (typed.isascii() and len(typed) < _LEAST_LETTERS):
            return []
        fields = [(key, names, ":") for key, names in FIELDS.items() if _begins(typed, names)]
        flags = [(key, names, " ") for key, names in FLAGS.items() if _begins(typed, names)]
        return [
            Offer(words, words + sign, asked.start, asked.end, key)
            for key, names, sign in (*fields, *flags)
            for words in [names.of(self._language)]
            if words != asked.typed or sign == ":"
        ]

    def _values(self, library: Library, asked: Asked, field: Field) -> list[Offer]:
        if field not in self._known:
            self._known[field] = self._read(library, field)
        known = self._known[field]
        if [x.words for x in known if fold(x.words) == fold(asked.typed)]:
            return []  # it is all there
        found = completing.find(asked.typed, [x.words for x in known], MOST)
        typed = fold(asked.typed)
        return [
            Offer(
                value.words, value_text(value.words), asked.start, asked.end, None,
                value.colour, typed not in fold(value.words),
            )
            for value in (known[x.index] for x in found)
        ]  # fmt: skip

    def _read(self, library: Library, field: Field) -> list[_Value]:
        """The values of a field, each once."""
        readers: dict[Field, Callable[[Library], Iterable[str]]] = {
            "source": self._sources,
            "section": lookup.sections,
            "issue": _issues,
            "year": _years,
            "date": _years,
            "collection": lambda x: [collection.name for collection in outline.collections(x)],
            "kind": lambda _: [names.of(self._language) for names in KINDS.values()],
        }
        if field == "theme":
            return [_Value(x.name, x.colour) for x in annotating.themes(library)]
        found = readers[field](library) if field in readers else ()
        return [_Value(x) for x in list(dict.fromkeys(x for x in found if x))[:_LOOKED_THROUGH]]

    def _sources(self, library: Library) -> list[str]:
        """Units, those with most articles first, and then sources as they are printed."""
        known = self._directory.units.values() if self._directory else ()
        units = sorted(known, key=lambda unit: -unit.articles)
        return [*(x.name for x in units if x.articles), *lookup.sources(library)]


def _begins(typed: str, names: Names) -> bool:
    """Whether a name begins as what is typed, in characters, pinyin or initials."""
    if any(fold(name).startswith(typed) for name in (names.zh, names.en, *names.others)):
        return True
    return typed.isascii() and any(x.ranges[0][0] == 0 for x in completing.find(typed, [names.zh]))


def _issues(library: Library) -> list[str]:
    return [issue_name(title, number) for _, title, number, _ in lookup.issue_names(library)]


def _years(library: Library) -> list[str]:
    return [year.name for year in outline.years(library, Scope()) if year.name]
