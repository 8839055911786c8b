"""What a query says of articles beside their words: which themes, sources, issues it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.language.folding import fold
from bulletin_desktop.library import annotating, lookup, outline
from bulletin_desktop.library.lookup import NOTHING, Clause
from bulletin_desktop.model.query import Fact, Flag, Period
from bulletin_desktop.services import units

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.records import Theme
    from bulletin_desktop.services.units import Directory

_NUMBER = "第{}期"


class Facts:
    """Turns the facts of a query into conditions, with what the library holds at this moment.

    ``units`` is the directory of units where it is at hand; else it is made when a source asks
    for it.
    """

    def __init__(self, library: Library, directory: Directory | None = None) -> None:
        self._library = library
        self._directory = directory

    def clause(self, node: Fact | Period | Flag) -> Clause:
        """The condition that a fact, a stretch of time or a mark stands for."""
        if isinstance(node, Flag):
            return lookup.flagged(node.name)
        if isinstance(node, Period):
            return lookup.dated(node.since, node.until)
        if node.field == "kind":
            return lookup.briefs(node.value == "brief")
        resolve = {
            "theme": self._themes,
            "source": self._sources,
            "section": self._sections,
            "issue": self._issues,
            "collection": self._collections,
        }[node.field]
        return resolve(node)

    def _themes(self, fact: Fact) -> Clause:
        """Themes of this name or alias, else those that hold it in their names, and all below."""
        known = annotating.themes(self._library, counted=False)
        chosen = _named_themes(fact, known)
        return lookup.themed(chosen if fact.exact else with_children(known, chosen))

    def _sections(self, fact: Fact) -> Clause:
        names = lookup.sections(self._library)
        return lookup.named("section", _fitting(fact, names))

    def _sources(self, fact: Fact) -> Clause:
        """Sources that are printed so, and those that were taken for units of this name."""
        direct = set(_fitting(fact, lookup.sources(self._library)))
        parts = [lookup.named("source", direct)]
        pairs = {pair for pair in self._of_units(fact) if pair[0] not in direct}
        for place in sorted({place for _, place in pairs}):
            sources = [source for source, of in pairs if of == place]
            parts.append(
                lookup.joined([lookup.named("source", sources), lookup.placed([place])], "AND")
            )
        return parts[0] if len(parts) == 1 else lookup.joined(parts, "OR")

    def _of_units(self, fact: Fact) -> Iterable[tuple[str, str]]:
        self._directory = self._directory or units.directory(self._library)
        for unit in self._directory.units.values():
            if any(_fits(fact, name) for name in (unit.name, *unit.names)):
                yield from unit.printed

    def _issues(self, fact: Fact) -> Clause:
        """Issues with this number or total number, or whose name holds the text."""
        wanted = fold(fact.value)
        found = [
            issue
            for issue, title, number, total in lookup.issue_names(self._library)
            if wanted in (number, total)
            or (not wanted.isdigit() and wanted in fold(issue_name(title, number)))
        ]
        return lookup.issues(found)

    def _collections(self, fact: Fact) -> Clause:
        found = self._named_collections(fact)
        return lookup.collected(found) if found else NOTHING

    def _named_collections(self, fact: Fact) -> list[int]:
        names = {x.id: x.name for x in outline.collections(self._library)}
        exact = [key for key, name in names.items() if fold(name) == fold(fact.value)]
        return exact or [key for key, name in names.items() if _fits(fact, name)]

    def is_known(self, fact: Fact) -> bool:
        """Whether the library has a theme or collection that a fact means; of all else it may come
        to have some.
        """
        if fact.field == "theme":
            return bool(_named_themes(fact, annotating.themes(self._library, counted=False)))
        return fact.field != "collection" or bool(self._named_collections(fact))


def _named_themes(fact: Fact, known: Iterable[Theme]) -> set[int]:
    """The themes of this name or alias, else those that hold it in their names."""
    wanted = fold(fact.value)
    chosen = {x.id for x in known if wanted in map(fold, (x.name, *x.aliases))}
    return chosen if chosen or fact.exact else {x.id for x in known if wanted in fold(x.name)}


def issue_name(title: str | None, number: str | None) -> str:
    """What an issue is called: its title and number, as far as it has them."""
    return (title or "") + (_NUMBER.format(number) if number else "")


def _fits(fact: Fact, name: str) -> bool:
    wanted, folded = fold(fact.value), fold(name)
    return wanted == folded if fact.exact else wanted in folded


def _fitting(fact: Fact, names: Iterable[str]) -> list[str]:
    return [name for name in names if _fits(fact, name)]


def with_children(known: Iterable[Theme], chosen: Iterable[int]) -> set[int]:
    """Themes and all below them."""
    parents = {theme.id: theme.parent for theme in known}
    wanted = set(chosen)
    return {theme for theme in parents if wanted & set(_upwards(parents, theme))}


def _upwards(parents: dict[int, int | None], theme: int) -> list[int]:
    """A theme and those that it belongs to."""
    way = [theme]
    while (above := parents.get(way[-1])) is not None and above not in way:
        way.append(above)
    return way


def ancestry(known: Iterable[Theme]) -> dict[int, list[int]]:
    """Each theme with itself and all that it belongs to."""
    parents = {theme.id: theme.parent for theme in known}
    return {theme: _upwards(parents, theme) for theme in parents}
