"""Putting together what a file of another program tells, as a bundle that can be merged."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.exporting.moments import moment
from bulletin_desktop.library import annotating
from bulletin_desktop.model.annotations import Highlight, Note
from bulletin_desktop.model.bundle import Bundle, Marked, Tagging
from bulletin_desktop.model.change import Message
from bulletin_desktop.model.records import Theme
from bulletin_desktop.model.theme_set import SetTheme
from bulletin_desktop.services import theme_sets
from bulletin_desktop.services.theme_names import KEYS, is_colour, palette

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.annotations import NoteKind
    from bulletin_desktop.model.bundle import BundledArticle, BundledDocument, BundledIssue

_LONGEST_NAME = 60  # as annotators' names are kept
_AROUND = 32  # code points beside a passage that go with it


class Place(NamedTuple):
    """Where a passage stands: an article of the bundle, and code points of its body."""

    article: int
    start: int
    end: int


class Gathering:
    """A bundle under way, and ``left``: the names of what has no place in it, by kind.

    What nobody signed is by ``annotator``, whose file it is.
    """

    def __init__(self, library: Library, left: Mapping[str, Iterable[str]], annotator: str) -> None:
        self._annotator = clean_name(annotator)
        self.left = defaultdict(list, {kind: list(names) for kind, names in left.items()})
        self.articles: dict[int, BundledArticle] = {}
        self.issues: list[BundledIssue] = []
        self.documents: list[BundledDocument] = []
        self._known: dict[str, Theme] = {}
        for theme in annotating.themes(library, counted=False):
            self._known |= dict.fromkeys((*theme.aliases, theme.name), theme)
        self._themes: dict[int, Theme] = {}
        self._remarks: tuple[Message, ...] = ()
        self._taggings: dict[tuple[int, int, str], Tagging] = {}
        self._marks: dict[tuple[Place, str], Marked] = {}
        self._notes: dict[tuple[NoteKind, int, str], Note] = {}

    def bundle(self) -> Bundle:
        """All that was put together."""
        return Bundle(
            self._annotator, tuple(self._themes.values()), tuple(self.issues),
            tuple(self.articles.values()), tuple(self._taggings.values()),
            tuple(self._marks.values()), tuple(self._notes.values()), tuple(self.documents),
        )  # fmt: skip

    def remarks(self) -> list[Message]:
        """What had no place, a sentence for each kind with how many they are and their names."""
        told = [
            Message(
                f"merge.unplaced.{kind}",
                {"n": len(names), "names": "、".join(dict.fromkeys(map(_line, names)))},
            )
            for kind, names in self.left.items()
            if names
        ]
        return [*told, *self._remarks]

    # Themes

    def add_themes(self, given: Sequence[SetTheme]) -> list[int | None]:
        """Take in themes; gives their ids, for one without a name that of the one above it."""
        names, changed = theme_sets.told_apart(given)
        ids: list[int | None] = [None] * len(given)
        for place in theme_sets.from_above(given):
            parent = given[place].parent
            above = ids[parent] if parent is not None else None
            if names[place]:
                ids[place] = self._add(names[place], given[place], above)
            else:
                ids[place] = above
        self._remarks += theme_sets.remarks_of(changed)
        return ids

    def theme(self, name: str) -> int | None:
        """The theme of this name; a new one stands at the top. None for no name."""
        names, _ = theme_sets.told_apart([SetTheme(name)])
        if not names[0]:
            return None
        found = next((x.id for x in self._themes.values() if x.name == names[0]), None)
        return found or self._add(names[0], SetTheme(name), None)

    def _add(self, name: str, given: SetTheme, parent: int | None) -> int:
        own, number = self._known.get(name), len(self._themes) + 1
        colour = given.colour or ""
        if not is_colour(colour):  # a file that says nothing contradicts nothing
            colour = own.colour if own else palette()[number % len(palette())]
        aliases, words = (theme_sets.clean(x, name) for x in (given.aliases, given.words))
        key = given.key if given.key and given.key in set(KEYS) else None
        self._themes[number] = Theme(
            number, name, parent, colour.lower(), key, tuple(aliases), tuple(words), 0,
            given.description.strip(),
        )  # fmt: skip
        return number

    # What is on articles

    def tag(self, article: int, theme: int, annotator: str) -> None:
        """Put a theme on an article."""
        name = self._signed(annotator)
        self._taggings[article, theme, name] = Tagging(article, theme, name, True)

    def mark(self, place: Place, annotator: str, at: str, themes: Sequence[int] = ()) -> int:
        """Mark a passage, or put more themes on one that is marked already; gives its id."""
        body = self.articles[place.article].body
        around = body[max(0, place.start - _AROUND) : place.start], body[place.end :][:_AROUND]
        quote = body[place.start : place.end]
        mark = Highlight(0, *place, quote, (), annotator=self._signed(annotator), at=moment(at))
        return self.put(Marked(mark, *around), themes)

    def put(self, marked: Marked, themes: Sequence[int]) -> int:
        """Take in a passage with the words beside it; otherwise as ``mark``."""
        mark = marked.highlight
        key = Place(mark.article or 0, mark.start, mark.end), mark.quote
        had = self._marks.get(key)
        mark = had.highlight if had else mark._replace(id=len(self._marks) + 1)
        every = tuple(dict.fromkeys((*mark.themes, *themes)))
        self._marks[key] = marked._replace(highlight=mark._replace(themes=every))
        return mark.id

    def note(self, kind: NoteKind, target: int, text: str, annotator: str, at: str) -> None:
        """Write a note; what the same person says more of the same thing comes below it."""
        said = _sound(text).strip()
        if said:
            name = self._signed(annotator)
            had = self._notes.get((kind, target, name))
            if had is not None:
                said = had.text if said in had.text else f"{had.text}\n\n{said}"
            made = Note(kind, target, said, annotator=name, at=moment(at))
            self._notes[kind, target, name] = made

    def _signed(self, annotator: str) -> str:
        return clean_name(annotator) or self._annotator


def _line(name: str) -> str:
    return " ".join(name.split()) or "—"


def clean_name(annotator: str) -> str:
    """Somebody's name as it is kept."""
    return " ".join(_sound(annotator).split())[:_LONGEST_NAME].strip()


def _sound(text: str) -> str:
    return text.replace("\0", "\ufffd")
