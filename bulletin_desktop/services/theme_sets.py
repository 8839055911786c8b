"""Theme sets: the themes of a library as a file, and those of a file in a library."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop import __version__
from bulletin_desktop.library import annotating
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.model.change import Change, Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.records import Theme
from bulletin_desktop.model.theme_set import SetTheme, ThemeSet
from bulletin_desktop.services.naming import MOST
from bulletin_desktop.services.theme_names import KEYS, insert, is_colour, known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

ENDINGS = (".json", ".qdc")
_CUT = "…"


class SetReport(NamedTuple):
    """What an import did: how many themes are new, were there as they are, or were completed.

    ``remarks`` tell what of the file was not taken over.
    """

    change: Change
    added: int
    same: int
    completed: int
    remarks: tuple[Message, ...]


class Written(NamedTuple):
    """How many themes a file has got; ``remarks`` tell what its format has no place for."""

    themes: int
    remarks: tuple[Message, ...]


def export_set(library: Library, path: Path) -> Written:
    """Write all themes into a file of the format that its ending names.

    Raises KnownError("theme_set.unknown_format"), KnownError("theme_set.empty") and ``write.*``.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise KnownError("theme_set.unknown_format", name=path.name)
    return _export(library, path, ending)


def export_codebook(library: Library, path: Path) -> Written:
    """Write all themes as a REFI-QDA codebook, whatever the file is called.

    Raises KnownError("theme_set.empty") and ``write.*``.
    """
    return _export(library, path, ".qdc")


def _export(library: Library, path: Path, ending: str) -> Written:
    from bulletin_desktop.replacing import replacing

    themes = _as_set(known(library))
    if not themes:
        raise KnownError("theme_set.empty")
    data = _dump(themes, ending)
    with replacing(path) as stream:
        stream.write(data)
    return Written(len(themes), without_place(themes) if ending == ".qdc" else ())


def _dump(themes: Sequence[SetTheme], ending: str) -> bytes:
    if ending == ".qdc":
        from bulletin_desktop.exporting import qdc

        return qdc.dump(themes, f"Bulletin Desktop {__version__}")
    from bulletin_desktop.exporting import theme_set

    return theme_set.dump(themes)


def _as_set(themes: Sequence[Theme]) -> list[SetTheme]:
    """The themes in the order of the tree, each below its parent."""
    below: dict[int | None, list[Theme]] = {}
    for theme in themes:
        below.setdefault(theme.parent, []).append(theme)
    found: list[SetTheme] = []
    waiting: list[tuple[Theme, int | None]] = [(theme, None) for theme in below.get(None, [])]
    while waiting:
        theme, parent = waiting.pop(0)
        kept = (theme.colour, theme.key, theme.aliases, theme.words, theme.description)
        waiting[:0] = [(child, len(found)) for child in below.get(theme.id, [])]
        found.append(SetTheme(theme.name, parent, *kept))
    return found


def without_place(themes: Sequence[SetTheme | Theme]) -> tuple[Message, ...]:
    """What of themes the codes of other programs have no place for."""
    more = [theme.name for theme in themes if theme.aliases or theme.words or theme.key]
    message = Message("theme_set.qdc_leaves", {"names": "、".join(more), "n": len(more)})
    return (message,) if more else ()


def read_set(path: Path) -> ThemeSet:
    """What a file holds, of either format. Raises KnownError (file.*, theme_set.*)."""
    from bulletin_desktop.services.files import read_bytes

    data = read_bytes(path)
    if path.suffix.lower() == ".qdc" or data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        from bulletin_desktop.exporting import qdc

        return qdc.load(data)
    from bulletin_desktop.exporting import theme_set

    return theme_set.load(data)


def import_set(library: Library, path: Path) -> SetReport:
    """Take in the themes of a file, as one step.

    New ones are added below their parents. One whose name, or alias, is there already keeps what
    it has and gets what it lacks. Raises KnownError (file.*, theme_set.*).
    """
    return add_set(library, read_set(path), path.name)


@atomic
def add_set(library: Library, given: ThemeSet, source: str) -> SetReport:
    """Take in a theme set, as ``import_set`` does; ``source`` names where it comes from."""
    with library.change(Message("step.theme_import", {"name": source}), "themes") as recording:
        work = _Import(library, given.themes)
        work.run()
    remarks = (*given.remarks, *work.remarks())
    return SetReport(recording.result(), work.added, work.same, work.completed, remarks)


def remarks_of(left: Mapping[str, Iterable[str]]) -> tuple[Message, ...]:
    """A sentence for each kind of what was not taken over, from the names of what it was."""
    lists = {kind: list(names) for kind, names in left.items()}
    return tuple(
        Message(f"theme_set.{kind}", {"names": "、".join(names), "n": len(names)})
        for kind, names in lists.items()
    )


def told_apart(given: Sequence[SetTheme]) -> tuple[list[str], dict[str, dict[str, None]]]:
    """A name for each theme of a set: on one line, not too long, and no name twice; "" for none.

    With it comes what was changed for that: the names by kind, as ``remarks_of`` takes them.
    """
    left: dict[str, dict[str, None]] = {}
    names: list[str] = []
    for theme in given:
        clean = " ".join(theme.name.split())
        if not clean:
            left.setdefault("nameless", {})["—"] = None
        elif len(clean) > MOST:
            left.setdefault("cut", {})[clean] = None
            clean = clean[: MOST - 1] + _CUT
        names.append(clean)
    taken: set[str] = set()
    for place in from_above(given):
        if names[place] and names[place] in taken:
            left.setdefault("twice", {})[names[place]] = None
            parent = given[place].parent
            above = names[parent] if parent is not None else ""
            names[place] = _once(names[place], above, taken)
        taken.add(names[place])
    return names, left


def _once(name: str, above: str, taken: set[str]) -> str:
    """A name that the set has not had yet: that of its parent, or a number, tells it apart."""
    tries = (f"（{above}）", *(f"（{n}）" for n in range(2, len(taken) + 3)))
    made = (name[: MOST - len(more)] + more for more in tries[0 if above else 1 :])
    return next(each for each in made if each not in taken)


def from_above(given: Sequence[SetTheme]) -> list[int]:
    """The places of a set's themes, those above before those below."""

    def depth(place: int) -> int:
        steps, at = 0, given[place].parent
        while at is not None:
            steps, at = steps + 1, given[at].parent
        return steps

    return sorted(range(len(given)), key=depth)


class _Import:
    """Takes in themes one by one, those above before those below."""

    def __init__(self, library: Library, given: Sequence[SetTheme]) -> None:
        self.added = self.same = self.completed = 0
        self._library = library
        self._given = given
        self._left: dict[str, dict[str, None]] = {}  # what was not taken over: names by kind
        self._known = {theme.id: theme for theme in known(library)}
        self._meant = {alias: t.id for t in self._known.values() for alias in t.aliases}
        self._meant.update({theme.name: theme.id for theme in self._known.values()})
        self._keys = {theme.key for theme in self._known.values()} | {None}
        self._ids: dict[int, int | None] = {}
        self._claimed: set[str] = set()  # the names that the set gives its themes

    def run(self) -> None:
        """Take in all of them."""
        names, left = told_apart(self._given)
        self._left.update(left)
        self._claimed.update(names)
        for place in from_above(self._given):
            theme, name = self._given[place], names[place]
            parent = self._ids[theme.parent] if theme.parent is not None else None
            if not name:
                self._ids[place] = parent
            elif name in self._meant:
                self._ids[place] = self._meant[name]
                self._complete(self._known[self._meant[name]], theme, parent)
            else:
                self._ids[place] = self._add(name, theme, parent)

    def remarks(self) -> tuple[Message, ...]:
        """What was not taken over, a sentence for each kind."""
        return remarks_of(self._left)

    def _leave(self, kind: str, name: str) -> None:
        self._left.setdefault(kind, {})[name] = None

    # Themes

    def _add(self, name: str, given: SetTheme, parent: int | None) -> int:
        colour = given.colour
        if colour is not None and not is_colour(colour):
            self._leave("bad_colour", name)
            colour = None
        bare = Theme(0, name, parent, "", None, (), (), 0)
        full = self._filled(bare, given)
        theme = insert(
            self._library, name, parent=parent, colour=colour, key=full.key, aliases=full.aliases,
            words=full.words, description=full.description,
        )  # fmt: skip
        self._know(theme)
        self.added += 1
        return theme.id

    def _complete(self, theme: Theme, given: SetTheme, parent: int | None) -> None:
        if given.colour and given.colour.lower() != theme.colour.lower():
            self._leave("kept_colour", theme.name)
        if parent != theme.parent:
            self._leave("kept_parent", theme.name)
        full = self._filled(theme, given)
        if full == theme:
            self.same += 1
            return
        annotating.update_theme(self._library, full)
        self._know(full)
        self.completed += 1

    def _know(self, theme: Theme) -> None:
        self._known[theme.id] = theme
        self._meant.update(dict.fromkeys((*theme.aliases, theme.name), theme.id))
        self._keys.add(theme.key)

    def _filled(self, theme: Theme, given: SetTheme) -> Theme:
        """A theme with what it lacks and a file has."""
        description = given.description.strip()
        if theme.description and description not in theme.description:
            self._leave("kept_description", theme.name)
        return theme._replace(
            key=self._key(theme, given.key),
            aliases=(*theme.aliases, *self._new_aliases(theme, given)),
            words=tuple(dict.fromkeys((*theme.words, *clean(given.words, theme.name)))),
            description=theme.description or description,
        )

    def _key(self, theme: Theme, wanted: str | None) -> str | None:
        if wanted in (None, theme.key):
            return theme.key
        if theme.key is None and wanted in set(KEYS) and wanted not in self._keys:
            return wanted
        self._leave("kept_key", theme.name)
        return theme.key

    def _new_aliases(self, theme: Theme, given: SetTheme) -> list[str]:
        """What the file calls the theme besides, unless it means another one."""
        new = []
        for alias in clean(given.aliases, theme.name):
            meant = self._meant.get(alias)
            if meant is not None and meant == theme.id:
                continue
            if meant is not None or alias in self._claimed or len(alias) > MOST:
                self._leave("alias_taken", alias)
            else:
                new.append(alias)
        return new


def clean(names: Iterable[str], own: str) -> list[str]:
    """Names on one line each, once, without the theme's own."""
    clean = dict.fromkeys(" ".join(name.split()) for name in names)
    return [name for name in clean if name and name != own]
